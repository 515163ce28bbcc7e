"""What all tests share.

`--approve` writes what the tests with an expected text beside them came to, so that the difference can be read.
Properties are tried on the same examples in every run; `HYPOTHESIS_PROFILE=explore` looks for new ones.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("gate", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--approve", action="store_true", help="write the expected texts anew")


@pytest.fixture
def expects(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Holds a text against the one in a file."""
    approve = request.config.getoption("--approve")

    def compare(path: Path, text: str) -> None:
        if approve:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert text == path.read_bytes().decode()

    return compare
