"""The hooks, run by pre-commit on a repository with good, bad and unrelated files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

TOP = Path(__file__).parents[2]
GOOD = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}\n'
BAD = GOOD.replace('"End": true', '"Next": "B"')
OLD = """\
StartAt: A
States:
  A:
    Type: Map
    Iterator:  # the name of old
      StartAt: B
      States: {B: {Type: Pass, End: true}}
    End: true
"""
TEMPLATE = """\
Resources:
  Flow:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/flow
      Definition:
        StartAt: A
        States: {A: {Type: Pass, Next: B}}
"""


class Repository:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        scripts = Path(sys.executable).parent
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT")},
            "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
            "PRE_COMMIT_HOME": str(folder.parent / "pre-commit"),
        }
        self.git("init", "-q")
        self.git("config", "user.email", "a@example.com")
        self.git("config", "user.name", "a")
        self.write(".pre-commit-config.yaml", yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks()}]}))

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, cwd=self.folder, env=self.environment, capture_output=True, text=True, encoding="utf-8", check=False
        )

    def git(self, *words: str) -> None:
        assert self.run("git", *words).returncode == 0

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.git("add", name)

    def hook(self, name: str) -> tuple[int, str]:
        done = self.run(sys.executable, "-m", "pre_commit", "run", "--color", "never", name)
        return done.returncode, done.stdout


def hooks() -> list[dict[str, object]]:
    """As they are published, but run by the environment of the tests."""
    published = yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    own = ("id", "name", "entry", "files", "exclude")
    return [{**{key: hook[key] for key in own if key in hook}, "language": "system"} for hook in published]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    folder = tmp_path / "repository"
    folder.mkdir()
    return Repository(folder)


def test_good_bad_and_unrelated_files(repository: Repository) -> None:
    for name, text in (("good.asl.json", GOOD), ("README.md", "{"), ("tsconfig.json", "{//\n}"), ("empty.json", "")):
        repository.write(name, text)
    for hook in ("stepvet", "stepvet-fix", "stepvet-templates"):
        assert repository.hook(hook)[0] == 0
    repository.write("flows/bad.asl.json", BAD)
    status, out = repository.hook("stepvet")
    assert status == 1
    assert "flows/bad.asl.json:1:59-1:62: error[missing-target]" in out
    assert repository.hook("stepvet-templates")[0] == 0


def test_excluded_files_are_left_out_though_they_are_named(repository: Repository) -> None:
    repository.write("stepvet.toml", 'exclude = ["vendor"]\n')
    repository.write("vendor/bad.asl.json", BAD)
    assert repository.hook("stepvet")[0] == 0


def test_templates(repository: Repository) -> None:
    repository.write("template.yaml", TEMPLATE)
    assert "(no files to check)Skipped" in repository.hook("stepvet")[1]
    status, out = repository.hook("stepvet-templates")
    assert status == 1
    assert "template.yaml:8:40-8:41: error[missing-target]" in out


def test_fixes_are_left_to_be_staged(repository: Repository) -> None:
    repository.write("old.asl.yaml", OLD)
    status, out = repository.hook("stepvet-fix")
    assert status == 1 and "files were modified by this hook" in out
    assert (repository.folder / "old.asl.yaml").read_text() == OLD.replace("Iterator:", "ItemProcessor:")
    repository.git("add", "old.asl.yaml")
    assert repository.hook("stepvet-fix")[0] == 0


def test_what_is_not_staged_is_not_checked_and_not_lost(repository: Repository) -> None:
    repository.write("a.asl.json", BAD)
    repository.git("commit", "-qm", "start", "--no-verify")
    repository.write("a.asl.json", GOOD)
    (repository.folder / "a.asl.json").write_text(BAD)
    assert repository.hook("stepvet")[0] == 0
    assert (repository.folder / "a.asl.json").read_text() == BAD


def test_many_files_go_to_several_processes(repository: Repository) -> None:
    for number in range(40):
        repository.write(f"{number:02}.asl.json", BAD if number in (0, 39) else GOOD)
    status, out = repository.hook("stepvet")
    assert status == 1
    assert "00.asl.json:1:59-1:62: error[missing-target]" in out
    assert "39.asl.json:1:59-1:62: error[missing-target]" in out
