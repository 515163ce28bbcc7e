"""The reports of the samples, made in their own folder."""

from __future__ import annotations

import pytest
from report.samples import FOLDER, sample

from stepvet.lint.report import Report


@pytest.fixture
def four(monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.chdir(FOLDER)
    return sample()
