"""The command `validate`: AWS's response on stdout, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stepvet.cli.main import main

FINE = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}'
LOOP = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "A"}}}'
YAML = """
StartAt: A
States:
  A:
    Type: Task
    Resource: ${Function}
    End: true
"""


@pytest.mark.parametrize(
    ("name", "text", "status", "codes"),
    [
        ("fine.json", FINE, 0, []),
        ("loop.json", LOOP, 1, ["MISSING_END_STATE"]),
        ("blank.json", " ", 1, ["SCHEMA_VALIDATION_FAILED"]),
        ("broken.json", "{", 1, ["INVALID_JSON_DESCRIPTION"]),
        ("bare.json", '{"StartAt": ${First}}', 1, ["INVALID_JSON_DESCRIPTION"]),
        ("task.asl.yaml", YAML, 1, ["SCHEMA_VALIDATION_FAILED"]),
        ("broken.yaml", "a: [", 1, ["INVALID_JSON_DESCRIPTION"]),
    ],
)
def test_answers(
    name: str, text: str, status: int, codes: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["validate", str(tmp_path / name)]) == status
    given = json.loads(capsys.readouterr().out)
    assert [d["code"] for d in given["diagnostics"]] == codes
    assert given["result"] == ("FAIL" if status else "OK")


@pytest.mark.parametrize(("data", "flags"), [(b"", []), (b"\x00\x01", []), (FINE.encode(), ["--max-results", "101"])])
def test_bad_requests(data: bytes, flags: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "d.json").write_bytes(data)
    assert main(["validate", str(tmp_path / "d.json"), *flags]) == 2
    assert capsys.readouterr().out == ""


def test_a_missing_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(tmp_path / "none.json")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_machines_type_and_the_severity_are_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = '{"Type": "Task", "Resource": "arn:aws:states:us-east-1:123456789012:activity:a", "End": true}'
    (tmp_path / "d.json").write_text(f'{{"StartAt": "A", "States": {{"A": {state}}}}}', encoding="utf-8")
    assert main(["validate", str(tmp_path / "d.json")]) == 0
    assert main(["validate", str(tmp_path / "d.json"), "--type", "EXPRESS"]) == 1
    (tmp_path / "p.json").write_text(FINE.replace('"End"', '"Result": "$.a", "End"'), encoding="utf-8")
    capsys.readouterr()
    assert main(["validate", str(tmp_path / "p.json"), "--severity", "WARNING"]) == 0
    assert "PASS_RESULT_IS_STATIC" in capsys.readouterr().out
