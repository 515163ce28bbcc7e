"""Each format as its readers see it: libraries that others wrote where there are some, else what their manuals ask for
as a schema."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import junitparser
import pytest
from jsonschema import Draft202012Validator, validate
from markdown_it import MarkdownIt
from pydantic import BaseModel
from report.samples import FOLDER
from sarif import loader
from sarif_pydantic import Sarif

from stepvet.lint.baseline import SCHEMA as BASELINE
from stepvet.lint.report import Report
from stepvet.lint.report_schema import FINDING, SCHEMA
from stepvet.report import Style, renderer
from stepvet.sources import Notice

UNREAD = Report(notices=(Notice("error", "can't be read: no such file", "lost.asl.json"), Notice("info", "skipped")))
MATCHER = r"^(.+?):(\d+):(\d+)(?:-(\d+):(\d+))?: (error|warning|info)\[([a-z][a-z0-9/-]*)\] (.*)$"
"""The pattern of the problem matcher that the README shows."""


def text(name: str, report: Report) -> str:
    return "".join(renderer(name)(report, Style()))


def record(optional: dict[str, Any] | None = None, **required: Any) -> dict[str, Any]:
    properties = {**required, **(optional or {})}
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": False}


COUNT = {"type": "integer", "minimum": 1}
TEXT = {"type": "string", "minLength": 1}
POSITION = record(line=COUNT, column=COUNT)
GITLAB = {
    "type": "array",
    "items": record(
        description=TEXT,
        check_name=TEXT,
        fingerprint=TEXT,
        severity={"enum": ["info", "minor", "major", "critical", "blocker"]},
        location={
            "oneOf": [
                record(path=TEXT, lines=record(begin=COUNT)),
                record(path=TEXT, positions=record(begin=POSITION, end=POSITION)),
            ]
        },
    ),
}
RANGE = record(start=POSITION, end=POSITION)
LOCATION = record({"range": RANGE}, path=TEXT)
SOURCE = record({"url": TEXT}, name=TEXT)
SEVERITY = {"enum": ["ERROR", "WARNING", "INFO", "UNKNOWN_SEVERITY"]}
RDJSON = record(
    source=SOURCE,
    severity=SEVERITY,
    diagnostics={
        "type": "array",
        "items": record(
            {
                "source": SOURCE,
                "code": record({"url": TEXT}, value=TEXT),
                "suggestions": {"type": "array", "minItems": 1, "items": record(range=RANGE, text={"type": "string"})},
                "related_locations": {"type": "array", "items": record(message=TEXT, location=LOCATION)},
            },
            message=TEXT,
            location=LOCATION,
            severity=SEVERITY,
        ),
    },
)


@pytest.mark.parametrize("schema", [SCHEMA, BASELINE])
def test_our_schemas_are_schemas(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)


def test_json_is_what_its_schema_says(four: Report) -> None:
    for report in (four, UNREAD, Report()):
        validate(json.loads(text("json", report)), SCHEMA)
    assert four.to_json() == json.loads(text("json", four))


def test_jsonl_has_a_finding_in_each_line(four: Report) -> None:
    findings = [json.loads(line) for line in text("jsonl", four).splitlines()]
    assert findings == json.loads(text("json", four))["findings"]
    for finding in findings:
        validate(finding, FINDING)


def test_places_slice_back_to_what_they_are_about(four: Report) -> None:
    for finding in json.loads(text("json", four))["findings"]:
        content = (FOLDER / finding["file"]).read_text(encoding="utf-8")
        start, end = finding["range"]["start"], finding["range"]["end"]
        line = content.splitlines()[start["line"] - 1]
        assert line[start["column"] - 1 : end["column"] - 1] == content[start["offset"] : end["offset"]] != ""


def test_concise_fits_the_problem_matcher(four: Report) -> None:
    matches = [re.match(MATCHER, line) for line in text("concise", four).splitlines()]
    assert [m and m.groups() for m in matches][1] == (
        "refund.asl.yaml", "6", "5", "6", "13", "warning", "old-field-name", '"Iterator" is called "ItemProcessor" now',
    )  # fmt: skip
    assert all(matches)


def unknown_fields(model: object) -> list[str]:
    """Fields that the model of SARIF doesn't have."""
    if isinstance(model, list):
        return [name for item in model for name in unknown_fields(item)]
    if not isinstance(model, BaseModel):
        return []
    inner = [name for field in type(model).model_fields for name in unknown_fields(getattr(model, field))]
    return [*(model.model_extra or {}), *inner]


def test_sarif_is_read_by_sarif_tools(four: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.sarif"
    path.write_text(text("sarif", four), encoding="utf-8")
    log = loader.load_sarif_file(str(path))
    assert log.get_distinct_tool_names() == ["stepvet"]
    assert [(r["Location"], r["Line"], r["Severity"], r["Code"]) for r in log.get_records()] == [
        ("order.asl.json", 11, "error", "field-never-there"),
        ("refund.asl.yaml", 6, "warning", "old-field-name"),
        ("shop/flow.asl.json", 7, "error", "undefined-placeholder"),
        ("%E6%B3%A8%E6%96%87.asl.json", 4, "note", "no-default"),
    ]


def test_sarif_has_no_field_that_sarif_doesnt_know(four: Report) -> None:
    lacking = {"columnKind", "toolExecutionNotifications"}  # in the standard (3.14.17, 3.20.21), not in the library
    for report in (four, UNREAD, Report()):
        assert set(unknown_fields(Sarif.model_validate_json(text("sarif", report)))) == lacking


def test_gitlab(four: Report) -> None:
    for report in (four, UNREAD):
        validate(json.loads(text("gitlab", report)), GITLAB)
    assert json.loads(text("gitlab", Report())) == []
    assert json.loads(text("gitlab", UNREAD))[0]["severity"] == "critical"


def test_rdjson(four: Report) -> None:
    for report in (four, UNREAD, Report()):
        validate(json.loads(text("rdjson", report)), RDJSON)


def test_rdjson_counts_bytes(four: Report) -> None:
    found = json.loads(text("rdjson", four))["diagnostics"][3]["location"]
    line = (FOLDER / found["path"]).read_bytes().splitlines()[found["range"]["start"]["line"] - 1]
    start, end = found["range"]["start"]["column"], found["range"]["end"]["column"]
    assert line[start - 1 : end - 1].decode().startswith('[{"Variable": "$.数"')


def test_junit_is_read_by_junitparser(four: Report) -> None:
    suites = junitparser.JUnitXml.fromstring(text("junit", four).encode())
    assert (suites.tests, suites.failures, suites.errors, suites.skipped) == (4, 3, 0, 0)
    cases = [case for suite in suites for case in suite]
    assert [case.is_failure for case in cases] == [True, True, True, False]
    assert cases[0].result[0].message == '`$.order.id` cannot exist when "Ship order" runs'
    assert "help: read `$.id`" in cases[0].result[0].text


def test_junit_of_a_clean_run_has_a_case_that_passes() -> None:
    suites = junitparser.JUnitXml.fromstring(text("junit", Report()).encode())
    assert [case.is_passed for suite in suites for case in suite] == [True]


def test_junit_of_an_unreadable_file_is_an_error() -> None:
    suites = junitparser.JUnitXml.fromstring(text("junit", UNREAD).encode())
    assert (suites.errors, suites.failures) == (1, 0)


def test_checkstyle_has_what_its_readers_ask_for(four: Report) -> None:
    root = ElementTree.fromstring(text("checkstyle", four))
    assert root.tag == "checkstyle" and root.get("version") == "4.3"
    errors = [(file.get("name"), error.attrib) for file in root.iterfind("file") for error in file.iterfind("error")]
    assert len(errors) == 4
    for name, attributes in errors:
        assert name and int(attributes["line"]) > 0 and int(attributes["column"]) > 0
        assert attributes["severity"] in ("error", "warning", "info")
        assert attributes["message"] and attributes["source"]
    assert len(list(ElementTree.fromstring(text("checkstyle", UNREAD)).iter("error"))) == 1


def test_markdown_reads_as_tables_of_the_very_texts(four: Report) -> None:
    tokens = MarkdownIt("gfm-like").disable("linkify").parse(text("markdown", four))
    headings = [t.children for previous, t in pairwise(tokens) if previous.type == "heading_open"]
    shown = ["".join(c.content for c in children or ()) for children in headings]
    assert shown == ["stepvet", "order.asl.json", "refund.asl.yaml", "shop/flow.asl.json", "注文.asl.json"]
    cells = ["".join(c.content for c in t.children or ()) for t in tokens if t.type == "inline"]
    assert '`$.order.id` cannot exist when "Ship order" runs' in cells
    assert sum(t.type == "table_open" for t in tokens) == 4
