"""What a terminal is shown, and where files lie in a build server's checkout."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from stepvet.cli import terminal
from stepvet.cli.main import main
from stepvet.cli.terminal import prefix, with_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


ITEMS = ["a", "b", "c"]


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the clock says, from call to call."""
    told: list[float] = []
    monkeypatch.setattr("time.monotonic", lambda: told.pop(0))
    return told


def test_a_bar_appears_after_a_second_and_goes_again(times: list[float]) -> None:
    times[:] = [0.0, 0.5, 1.5, 1.55]
    stream = Terminal()
    assert list(with_progress(ITEMS, 4, stream)) == ["a", "b", "c"]
    assert stream.getvalue() == f"\r{terminal.bar(2, 4)}\r\x1b[K"


def test_a_short_run_shows_nothing(times: list[float]) -> None:
    times[:] = [0.0, 0.1, 0.2, 0.3]
    stream = Terminal()
    assert list(with_progress(ITEMS, 4, stream)) == ["a", "b", "c"]
    assert stream.getvalue() == ""


def test_the_bar_goes_when_the_run_fails(times: list[float]) -> None:
    times[:] = [0.0, 5.0]
    stream = Terminal()
    steps = with_progress(ITEMS, 4, stream)
    next(steps)
    steps.close()
    assert stream.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize("stream", [None, io.StringIO()])
def test_nothing_but_a_terminal_has_a_bar(stream: io.StringIO | None) -> None:
    assert list(with_progress(ITEMS, 4, stream)) == ["a", "b", "c"]
    assert stream is None or stream.getvalue() == ""


@pytest.mark.parametrize(
    ("name", "top", "expected"),
    [
        ("GITHUB_WORKSPACE", "", "a/b/"),
        ("CI_PROJECT_DIR", "a", "b/"),
        ("GITHUB_WORKSPACE", "a/b", ""),
        ("GITHUB_WORKSPACE", "a/b/c", ""),
        ("SOMETHING", "", ""),
    ],
)
def test_the_way_from_the_top_of_the_checkout(
    name: str, top: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    for variable in terminal.CHECKOUTS:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path / "a" / "b")
    monkeypatch.setenv(name, str(tmp_path / top))
    assert prefix() == expected


@pytest.mark.parametrize(
    ("environment", "links"),
    [
        ({"TERM_PROGRAM": "vscode"}, True),
        ({"VTE_VERSION": "7000"}, True),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm"}, False),
        ({"TERM": "dumb", "TERM_PROGRAM": "vscode"}, False),
        ({"NO_COLOR": "1", "TERM_PROGRAM": "vscode"}, False),
    ],
)
def test_hyperlinks_where_the_terminal_is_known(
    environment: dict[str, str], links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    import argparse

    for name in ("TERM", "TERM_PROGRAM", "VTE_VERSION", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    options = argparse.Namespace(color="auto", show_suppressed=False)
    assert terminal.style_of(options, Terminal()).hyperlinks == links
    assert not terminal.style_of(options, io.StringIO()).hyperlinks


def test_a_difference_shows_a_terminal_no_escapes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe gets the file's own characters, since `patch` needs them."""
    monkeypatch.chdir(tmp_path)
    text = "StartAt: A\nStates:\n  A:\n    Type: Pass # \x1b[31m\n    end: true"
    Path("a.asl.yaml").write_text(text, encoding="utf-8")
    shown = []
    for stream in (Terminal(), io.StringIO()):
        monkeypatch.setattr("sys.stdout", stream)
        main(["a.asl.yaml", "--diff"])
        shown.append(stream.getvalue())
    assert "\x1b" not in shown[0] and "\x1b" in shown[1]
    assert shown[0] == shown[1].replace("\x1b", "␛")
    assert shown[1].endswith("+    End: true\n\\ No newline at end of file\n")
