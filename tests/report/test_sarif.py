"""What GitHub's code scanning asks of a SARIF file."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from stepvet.lint.diagnostic import Related, Suppression
from stepvet.lint.engine import check
from stepvet.lint.report import Report
from stepvet.lint.settings import Settings
from stepvet.report import Style, renderer
from stepvet.report.line_hash import line_hashes
from stepvet.sources import LoadOptions, Notice, load
from stepvet.text.finding import Severity


def run_of(report: Report, style: Style = Style()) -> dict[str, Any]:  # noqa: B008 a frozen value
    run: dict[str, Any] = json.loads("".join(renderer("sarif")(report, style)))["runs"][0]
    return run


def texts(node: Any) -> list[str]:
    if isinstance(node, dict):
        return [t for value in node.values() for t in texts(value)]
    if isinstance(node, list):
        return [t for item in node for t in texts(item)]
    return [node] if isinstance(node, str) else []


def test_what_github_requires_of_a_run(four: Report) -> None:
    run = run_of(four)
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["automationDetails"]["id"].endswith("/")
    rules = run["tool"]["driver"]["rules"]
    assert [r["id"] for r in rules] == sorted(r["id"] for r in rules)
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    for rule in rules:
        assert rule["help"]["text"] and rule["defaultConfiguration"]["level"] in ("note", "warning", "error")
        assert max(len(rule[key]["text"]) for key in ("shortDescription", "fullDescription")) <= 1024
        assert len(rule["name"]) <= 255 and len(rule["properties"]["tags"]) <= 20
    assert "" not in texts(run)


def test_addresses_are_relative_and_encoded(four: Report) -> None:
    uris = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run_of(four)["results"]]
    assert uris == ["order.asl.json", "refund.asl.yaml", "shop/flow.asl.json", "%E6%B3%A8%E6%96%87.asl.json"]
    below = run_of(four, Style(prefix="services/"))["results"][0]["locations"][0]["physicalLocation"]
    assert below["artifactLocation"]["uri"] == "services/order.asl.json"


def test_links_in_the_message_have_their_places(four: Report) -> None:
    result = run_of(four)["results"][0]
    assert "[replaces the whole input](1)" in result["message"]["text"]
    assert [place["id"] for place in result["relatedLocations"]] == [1]


def test_a_witness_makes_a_story(four: Report) -> None:
    flows = [result.get("codeFlows") for result in run_of(four)["results"]]
    assert [bool(flow) for flow in flows] == [True, False, False, False]
    steps = flows[0][0]["threadFlows"][0]["locations"]
    assert steps[0]["location"]["message"]["text"] == "replaces the whole input"
    assert run_of(four)["results"][0]["properties"]["witness"] == {"input": {"order": {"id": 7}}, "mocks": {}}


def test_suppressions_are_on_all_results_or_on_none(four: Report) -> None:
    assert all("suppressions" not in result for result in run_of(four)["results"])
    first, *others = four.diagnostics
    marked = replace(first, suppressed=Suppression("inSource", "known"))
    found = [r["suppressions"] for r in run_of(replace(four, diagnostics=(marked, *others)))["results"]]
    assert found == [[{"kind": "inSource", "status": "accepted", "justification": "known"}], [], [], []]


def test_unreadable_files_are_notifications(four: Report) -> None:
    report = replace(four, notices=(Notice("error", "can't be read", "lost.asl.json"), Notice("info", "skipped", "b")))
    invocation = run_of(report)["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert [n["message"]["text"] for n in invocation["toolExecutionNotifications"]] == ["can't be read"]
    assert run_of(four)["invocations"][0]["executionSuccessful"] is True


def test_over_the_limit_the_mildest_are_left_out(four: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stepvet.report.sarif.RESULTS", 2)
    run = run_of(four)
    assert [r["level"] for r in run["results"]] == ["error", "error"]
    assert "2 findings" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_related_places_are_capped(four: Report) -> None:
    first = four.diagnostics[0]
    many = replace(first, related=tuple(Related(first.place, f"step {n}") for n in range(2000)))
    result = run_of(replace(four, diagnostics=(many,)))["results"][0]
    assert len(result["relatedLocations"]) == 100
    assert len(result["codeFlows"][0]["threadFlows"][0]["locations"]) == 1000


def test_a_linked_file_is_called_by_its_real_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.asl.json").write_text("{}")
    (tmp_path / "link").symlink_to("real")
    definitions = [d for d in load(["link/a.asl.json"], LoadOptions()) if not isinstance(d, Notice)]
    run = run_of(check(definitions[0], Settings()))
    assert run["results"]
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]}
    assert uris == {"real/a.asl.json"}


def test_levels(four: Report) -> None:
    order = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    assert [r["level"] for r in run_of(four)["results"]] == [order[d.severity] for d in four.diagnostics]


@pytest.mark.parametrize("text", ["a\nb\nc", "a\r\nb\r\nc", "a\rb\rc", " a \n\tb\nc  "])
def test_line_hashes_do_not_depend_on_line_ends_and_blanks(text: str) -> None:
    assert line_hashes(text) == line_hashes("a\nb\nc")


def test_alike_lines_are_counted() -> None:
    hashes = line_hashes("x\n" * 300)
    assert len(hashes) == 301
    assert [h.split(":")[1] for h in hashes[:3]] == ["1", "2", "3"]


def test_a_log_is_no_larger_than_github_takes(four: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is of the compressed file; texts of chance can't be compressed to less than half."""
    monkeypatch.setattr("stepvet.report.sarif.SIZE", 95_000)
    chance = Random(0)
    first = replace(four.diagnostics[0], severity=Severity.WARNING)
    many = [replace(first, message=f"{chance.getrandbits(20_000):x}", ordinal=n) for n in range(100)]
    worst = replace(first, severity=Severity.ERROR)
    text = "".join(renderer("sarif")(Report(diagnostics=(*many, worst)), Style()))
    assert 80_000 < len(gzip.compress(text.encode(), 6)) < 100_000
    run = json.loads(text)["runs"][0]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == f"{101 - len(run['results'])} findings of the lowest severity are left out"
    assert "error" in {found["level"] for found in run["results"]}
