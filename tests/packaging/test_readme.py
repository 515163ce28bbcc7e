"""What the README tells people to copy is taken by the programs that it is for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from stepvet.lint.settings import Settings
from stepvet.lint.settings_file import load

TOP = Path(__file__).parents[2]
README = (TOP / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
LINE = 'flows/order.asl.json:41:22-41:34: error[path-never-present] `$.order.id` cannot exist when "Ship order" runs'


def block(kind: str, word: str) -> str:
    """The block of a kind that holds a word."""
    return next(text for found, text in BLOCKS if found == kind and word in text)


def accepted(schema: str, data: Any, folder: Path) -> bool:
    path = folder / "file.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(path)]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def test_pre_commit_takes_the_hooks_in_six_lines(tmp_path: Path) -> None:
    text = block("yaml", "repos:")
    assert len(text.splitlines()) <= 6
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    words = [sys.executable, "-m", "pre_commit", "validate-config", str(tmp_path / "config.yaml")]
    assert subprocess.run(words, capture_output=True, check=False).returncode == 0
    published = {hook["id"] for hook in yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    assert {hook["id"] for hook in yaml.safe_load(text)["repos"][0]["hooks"]} <= published


def test_github_takes_the_steps_in_six_lines(tmp_path: Path) -> None:
    text = block("yaml", "upload-sarif")
    assert len(text.splitlines()) <= 6
    job = {"runs-on": "ubuntu-24.04", **yaml.safe_load(text)}
    assert accepted("github-workflows", {"on": "push", "jobs": {"check": job}}, tmp_path)
    action = yaml.safe_load((TOP / "action.yml").read_text(encoding="utf-8"))
    assert job["steps"][2]["with"]["sarif_file"] == action["inputs"]["sarif-file"]["default"]


def test_gitlab_takes_the_job(tmp_path: Path) -> None:
    assert accepted("gitlab-ci", yaml.safe_load(block("yaml", "codequality")), tmp_path)


def test_the_problem_matcher_reads_a_concise_line() -> None:
    pattern = json.loads(block("json", "problemMatcher"))["tasks"][0]["problemMatcher"]["pattern"]
    match = re.match(pattern["regexp"], LINE)
    assert match
    assert {key: match[group] for key, group in pattern.items() if key != "regexp"} == {
        "file": "flows/order.asl.json", "line": "41", "column": "22", "endLine": "41", "endColumn": "34",
        "severity": "error", "code": "path-never-present",
        "message": '`$.order.id` cannot exist when "Ship order" runs',
    }  # fmt: skip


def test_the_settings_hold(tmp_path: Path) -> None:
    path = tmp_path / "stepvet.toml"
    path.write_text(block("toml", "ignore-at"), encoding="utf-8")
    assert isinstance(load(tmp_path, path), Settings)


@pytest.mark.parametrize("word", ["completion bash", "baseline write", "config init", "--stdin-filename"])
def test_commands_are_told(word: str) -> None:
    assert word in README


def test_the_finding_is_what_check_prints() -> None:
    words = ["check", "--output-format", "full", "--isolated", "--ignore", "lambda-errors-not-retried"]
    command = [sys.executable, "-m", "stepvet", *words, "flows/order.asl.json"]
    done = subprocess.run(
        command, cwd=TOP / "fixtures" / "readme", capture_output=True, encoding="utf-8", check=False
    )
    assert block("text", "flows/order.asl.json") == done.stdout.rstrip("\n") + "\n"
