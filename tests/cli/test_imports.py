"""What a command loads. Loading is most of what a run on one file costs, so nothing is loaded without need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"botocore", "jsonata", "jsonpath_ng", "jsonschema", "networkx", "pygls", "pygments", "tree_sitter", "yaml"}
ELSEWHERE = {
    "multiprocessing",
    "stepvet.asl.jsonata.engine",
    "stepvet.asl.jsonata.tree",
    "stepvet.cli.fixing",
    "stepvet.lint.fix",
    "stepvet.run.concrete.execution",
    "stepvet.sources.cloudformation",
    "stepvet.sources.serverless",
    "stepvet.sources.terraform",
    "stepvet.text.yaml",
}
"""What a definition in JSON and JSONPath without a finding has no use for."""

PROGRAM = """
import atexit, sys
from stepvet.cli.main import main
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
sys.exit(main(sys.argv[1:]))
"""

WORK = {
    "Type": "Task",
    "Resource": "arn:aws:states:::lambda:invoke",
    "Parameters": {"FunctionName": "work", "Payload": {"id.$": "States.Format('order {}', $.id)"}},
    "ResultSelector": {"status.$": "$.Payload.status"},
    "ResultPath": "$.work",
    "TimeoutSeconds": 60,
    "Retry": [{"ErrorEquals": ["Lambda.TooManyRequestsException"], "MaxAttempts": 2, "BackoffRate": 2}],
    "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Failed"}],
}


def step(name: str) -> dict[str, object]:
    """A scope of one state."""
    return {"StartAt": name, "States": {name: {"Type": "Pass", "End": True}}}


CLEAN = {
    "StartAt": "Work",
    "States": {
        "Work": {**WORK, "Next": "Is it done?"},
        "Is it done?": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.work.status", "StringEquals": "done", "Next": "Each"}],
            "Default": "Wait",
        },
        "Wait": {"Type": "Wait", "Seconds": 5, "Next": "Work"},
        "Each": {
            "Type": "Map",
            "ItemsPath": "$.items",
            "ItemProcessor": step("Item"),
            "ResultPath": None,
            "Next": "Both",
        },
        "Both": {"Type": "Parallel", "Branches": [step("Left"), step("Right")], "Next": "Done"},
        "Done": {"Type": "Succeed"},
        "Failed": {"Type": "Fail", "Error": "WorkFailed", "Cause": "the work failed"},
    },
}


def loaded(*words: str) -> set[str]:
    """Every module that the command has loaded when it ends, and every package of theirs."""
    run = subprocess.run([sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, check=True)
    modules = run.stderr.splitlines()[-1].split()
    return {".".join(name.split(".")[: depth + 1]) for name in modules for depth in range(name.count(".") + 1)}


@pytest.mark.parametrize(
    "words", ["--help", "--version", "check --help", "explain unknown-field", "explain data", "rules"]
)
def test_help_loads_nothing_heavy(words: str) -> None:
    assert not loaded(*words.split()) & (HEAVY | ELSEWHERE)


def test_a_clean_definition_loads_nothing_heavy(tmp_path: Path) -> None:
    file = tmp_path / "clean.asl.json"
    file.write_text(json.dumps(CLEAN), encoding="utf-8")
    assert not loaded("check", "--isolated", str(file)) & (HEAVY | ELSEWHERE)


def test_a_file_without_definitions_loads_no_reader_of_templates(tmp_path: Path) -> None:
    file = tmp_path / "package.json"
    file.write_text('{"name": "none", "scripts": {"test": "true"}}', encoding="utf-8")
    assert not loaded("check", "--isolated", str(file)) & (HEAVY | ELSEWHERE)


def test_yaml_loads_yaml_alone(tmp_path: Path) -> None:
    file = tmp_path / "clean.asl.yaml"
    file.write_text("StartAt: A\nStates:\n  A:\n    Type: Succeed\n", encoding="utf-8")
    assert loaded("check", "--isolated", str(file)) & HEAVY == {"yaml"}
