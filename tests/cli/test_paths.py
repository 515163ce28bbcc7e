"""`stepvet paths`: what it prints and writes, and that what it writes passes `stepvet test`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stepvet.cli.main import main

ORDER = """
{"StartAt": "Known?", "States": {
  "Known?": {"Type": "Choice", "Choices": [{"Variable": "$.kind", "StringEquals": "new", "Next": "Charge"}],
    "Default": "Done"},
  "Charge": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
    "Parameters": {"FunctionName": "f", "Payload.$": "$.order"}, "ResultPath": "$.charge",
    "Retry": [{"ErrorEquals": ["Lambda.ServiceException"]}],
    "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Done"}], "Next": "Done"},
  "Done": {"Type": "Succeed"}}}
"""


@pytest.fixture
def order(tmp_path: Path) -> Path:
    file = tmp_path / "order.asl.json"
    file.write_text(ORDER, encoding="utf-8")
    return file


def test_every_path_is_printed_with_its_witness(order: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["paths", str(order)]) == 0
    shown = capsys.readouterr().out
    assert "path: Known? → Charge → Done" in shown and "path: Known? → Done" in shown
    assert '`$.kind` is "new"' in shown and "3 paths, 3 confirmed" in shown
    assert "states 3 of 3, edges 3 of 3" in shown


def test_json_has_the_fields_of_an_exploration(order: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["paths", str(order), "-f", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"paths", "coverage"} and found["coverage"]["limits"] == []
    assert {"states", "status", "error", "assumptions", "input", "services", "confirmed"} <= set(found["paths"][0])


def test_what_is_written_passes(order: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = order.parent / "made"
    assert main(["paths", str(order), "--write", str(folder)]) == 0
    assert main(["test", str(folder)]) == 0
    assert "3 passed, 0 failed" in capsys.readouterr().out
    mocks = json.loads((folder / "order.MockConfigFile.json").read_text(encoding="utf-8"))
    assert set(mocks) == {"StateMachines", "MockedResponses"} and len(mocks["StateMachines"]["order"]["TestCases"]) == 3


def test_the_schema_of_the_input(order: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["paths", str(order), "--input-schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["required"] == ["kind"] and set(schema["properties"]) == {"kind", "order"}


def test_explained_paths_can_be_pasted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.asl.json"
    reading = '"Done": {"Type": "Pass", "InputPath": "$.charge.Nope", "End": true}'
    file.write_text(ORDER.replace('"Done": {"Type": "Succeed"}', reading), encoding="utf-8")
    main(["check", str(file), "--isolated", "-f", "full", "--explain-paths"])
    shown = capsys.readouterr().out
    assert "input.json:" in shown and "mocks.json:" in shown
