"""Completion scripts, asked by the shells themselves."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from stepvet.cli.completion import SHELLS
from stepvet.cli.main import COMMANDS, main


def script(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["completion", shell]) == 0
    return capsys.readouterr().out


def ask(shell: str, text: str, folder: Path) -> list[str]:
    assert shutil.which(shell)
    done = subprocess.run([shell, "-c", text], cwd=folder, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_is_offered(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = script(shell, capsys)
    assert all(command in text for command in COMMANDS)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("stepvet che", {"check"}),
        ("stepvet check --sta", {"--statistics"}),
        ("stepvet check --fail-on ", {"error", "warning", "info", "never"}),
        ("stepvet check --fail-on w", {"warning"}),
        ("stepvet check flo", {"flow one.asl.json"}),
        ("stepvet completion ", {"bash", "zsh", "fish"}),
        ("stepvet flo", {"flow one.asl.json"}),
        ("stepvet check -f js", {"json", "jsonl"}),
        ("stepvet check --output-format jn", set()),
        ("stepvet explain missing-tar", {"missing-target"}),
        ("stepvet check --select missing-tar", {"missing-target"}),
    ],
)
def test_bash(line: str, expected: set[str], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "flow one.asl.json").write_text("{}")
    words = line.split(" ")
    listed = " ".join(f"'{word}'" for word in words)
    text = f"""
{script("bash", capsys)}
COMP_WORDS=({listed}); COMP_CWORD={len(words) - 1}
_stepvet
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    offered = set(filter(None, ask("bash", text, tmp_path)))
    assert offered == expected


ZSH = """
{script}
_files() {{ print -l files; }}
compadd() {{ shift; print -l -- $@; }}
words=({words}); CURRENT={count}; PREFIX='{last}'
_stepvet
"""


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
@pytest.mark.parametrize(
    ("line", "some"),
    [
        ("stepvet ", {"check", "explain", "files"}),
        ("stepvet check --fail-on ", {"error", "never"}),
        ("stepvet check -f ", {"sarif"}),
        ("stepvet check --config ", {"files"}),
        ("stepvet check -", {"--statistics", "-f"}),
        ("stepvet check ", {"files"}),
        ("stepvet folder -", {"--statistics", "-f"}),
        ("stepvet completion ", {"zsh"}),
        ("stepvet check --select ", {"missing-target"}),
    ],
)
def test_zsh(line: str, some: set[str], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = line.split(" ")
    listed = " ".join(f"'{word}'" for word in words)
    defined = "compdef() { : }\n" + script("zsh", capsys)
    text = ZSH.format(script=defined, words=listed, count=len(words), last=words[-1])
    assert some <= set(ask("zsh", text, tmp_path))


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
@pytest.mark.parametrize(
    ("line", "some"),
    [
        ("stepvet che", {"check"}),
        ("stepvet check --fail-on w", {"warning"}),
        ("stepvet check --stat", {"--statistics"}),
        ("stepvet completion z", {"zsh"}),
        ("stepvet check --select missing-ta", {"missing-target"}),
    ],
)
def test_fish(line: str, some: set[str], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = f"{script('fish', capsys)}\ncomplete -C '{line}'"
    assert some <= {found.split("\t")[0] for found in ask("fish", text, tmp_path)}
