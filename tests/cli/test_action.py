"""The GitHub Action: its script run as the runner runs it, with the results that a workflow sees."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

TOP = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((TOP / "action.yml").read_text(encoding="utf-8"))
BAD = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}\n'
DEFAULTS = {name: given["default"] for name, given in ACTION["inputs"].items()}


class Outcome:
    def __init__(self, folder: Path, done: subprocess.CompletedProcess[str]) -> None:
        self.status, self.annotations = done.returncode, done.stdout.splitlines()
        self.outputs = outputs((folder / "output").read_text(encoding="utf-8"))
        self.summary = (folder / "summary").read_text(encoding="utf-8")


def outputs(text: str) -> dict[str, str]:
    """As the runner reads them: `name<<MARK`, lines, `MARK`."""
    found: dict[str, str] = {}
    lines = iter(text.splitlines())
    for line in lines:
        name, mark = line.split("<<")
        found[name] = "\n".join(iter(lambda mark=mark: next(lines), mark))  # type: ignore[misc]
    return found


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    (folder / "services" / "a b").mkdir(parents=True)
    (folder / "services" / "a b" / "flow.asl.json").write_text(BAD)
    return folder


def run(workspace: Path, **inputs: str) -> Outcome:
    """The step `check` with the environment that the runner makes of its inputs."""
    step = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "check")
    given = {**DEFAULTS, **{name.replace("_", "-"): value for name, value in inputs.items()}}
    asked = {f"${{{{ inputs.{name} }}}}": value for name, value in given.items()}
    for name in ("output", "summary"):
        (workspace.parent / name).write_text("")
    environment = {
        **os.environ,
        **{name: asked.get(value, value) for name, value in step["env"].items()},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKSPACE": str(workspace),
        "GITHUB_OUTPUT": str(workspace.parent / "output"),
        "GITHUB_STEP_SUMMARY": str(workspace.parent / "summary"),
        "RUNNER_TEMP": str(workspace.parent),
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    done = subprocess.run(
        command, cwd=workspace, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return Outcome(workspace.parent, done)


def test_one_run_gives_annotations_a_sarif_file_and_a_summary(workspace: Path) -> None:
    outcome = run(workspace)
    assert outcome.status == 1
    assert outcome.annotations == [
        '::error file=services/a b/flow.asl.json,line=1,endLine=1,col=59,endColumn=62,title=error[missing-target]::'
        'there is no state "B" to go on to'
    ]
    assert outcome.outputs == {
        "findings": "1", "errors": "1", "warnings": "0", "sarif-file": "stepvet.sarif", "exit-code": "1",
    }  # fmt: skip
    sarif = json.loads((workspace / "stepvet.sarif").read_text(encoding="utf-8"))
    place = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "services/a%20b/flow.asl.json"
    assert outcome.summary.startswith("## stepvet\n\nFound 1 error in 1 definition.\n")


def test_paths_count_from_the_top_of_the_repository(workspace: Path) -> None:
    outcome = run(workspace, working_directory="services", paths="'a b'", sarif_file="out.sarif", args="--exit-zero")
    assert outcome.status == 0
    assert outcome.annotations[0].startswith("::error file=services/a b/flow.asl.json,")
    assert outcome.outputs["sarif-file"] == "services/out.sarif"
    assert (workspace / "services" / "out.sarif").exists()


@pytest.mark.parametrize("text", ["$(touch forged)", "; touch forged", "`touch forged`", "\n::error::forged"])
def test_inputs_are_no_shell_text(workspace: Path, text: str) -> None:
    outcome = run(workspace, paths=f"'{text}'", sarif_file=f"a{text}")
    assert outcome.status == 2
    assert outcome.outputs["exit-code"] == "2"
    assert not list(workspace.parent.rglob("forged"))
    assert "::error::forged" not in outcome.annotations


@pytest.mark.parametrize(
    "inputs",
    [{"args": "--nonsense"}, {"args": "'open"}, {"args": "--config no.toml"}, {"working_directory": "nowhere"}],
)
def test_wrong_inputs_fail_and_say_so(workspace: Path, inputs: dict[str, str]) -> None:
    outcome = run(workspace, **inputs)
    assert outcome.status == 2
    assert outcome.outputs["exit-code"] == "2"
    assert outcome.outputs["findings"] == "0"


def test_a_summary_that_would_be_refused_is_left_out(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from stepvet.cli import action

    summary = workspace / "summary"
    summary.write_bytes(b"x" * action.SUMMARY_LIMIT)
    monkeypatch.chdir(workspace)
    action.run({"STEPVET_ARGS": "--isolated", "GITHUB_STEP_SUMMARY": str(summary)})
    assert summary.stat().st_size == action.SUMMARY_LIMIT


def test_no_script_holds_an_expression() -> None:
    scripts = [step["run"] for step in ACTION["runs"]["steps"]]
    assert scripts and not any("${{" in script for script in scripts)


def test_every_output_comes_from_the_step_and_is_written(workspace: Path) -> None:
    named = {name: f"${{{{ steps.check.outputs.{name} }}}}" for name in run(workspace).outputs}
    assert {name: output["value"] for name, output in ACTION["outputs"].items()} == named


def test_the_file_is_what_github_takes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", TOP / "action.yml"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
