"""`--approve` writes what the tests with an expected text beside them came to, so that the difference can be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


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
