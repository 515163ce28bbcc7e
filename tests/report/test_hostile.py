"""No text of a definition, and no file name, can be taken for a command, for markup or for a terminal's escape."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from stepvet.lint.diagnostic import Diagnostic, Edit, Place, Related, Repair, Suppression
from stepvet.lint.report import Report, Summary
from stepvet.lint.rule import Rule
from stepvet.report import FORMATS, Style, renderer
from stepvet.report.safe import visible
from stepvet.sources import Definition, Notice
from stepvet.text.finding import Fix, Severity, Witness
from stepvet.text.source import Source, Span

PAYLOADS = (
    "::error file=a.json::forged",
    "\n::error::forged",
    "\r::add-mask::a",
    "%0A::error::forged",
    "##[add-mask]a",
    "##vso[task.setvariable variable=a]b",
    "a##[error]b",
    ",line=1::forged",
    "\x1b[31mred\x1b]8;;https://example.com\x07link",
    "\x9b31mred",
    "\x00\x07\x08\x7f",
    "\u202etxt.exe\u2066",
    "\u2028\u0085line",
    "\ud800",
    "\ufffe\uffff",
    "<img src=x onerror=alert(1)>",
    "</failure><failure>",
    '" onload="x',
    "]]>&lt;&#10;&amp;",
    "[text](https://example.com)",
    "![image](https://example.com/a.png)",
    "https://example.com www.example.com a@example.com @octocat #1",
    "|a|b|\n|---|",
    "`code` *bold* _it_ ~~no~~ \\",
    "# heading\n- list\n1. list",
    "---\n```\nfence",
    "</details><script>alert(1)</script>",
)
RULE: Rule[Definition] = Rule("rule", "group", Definition, Severity.ERROR, "0.1", lambda *_: iter(()), (), (), "Page.")
UNSAFE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def hostile(text: str) -> Report:
    """A report in which every text that can come from outside is the given one."""
    source = Source(f"{text}.json", f"{text}\n{text}")
    place = Place(source, Span(0, max(1, len(text) // 2)))
    repair = Repair(Fix(text, (), "safe"), (Edit(source, place.span, text),))
    witness = Witness({text: text}, {text: [text]})
    diagnostic = Diagnostic(
        RULE, Severity.ERROR, text, place, ("States", text), text, text, (Related(place, text),), repair, witness, text
    )
    known = Suppression("inSource", text)
    suppressed = Diagnostic(RULE, Severity.INFO, text, place, ("States", text), text, suppressed=known)
    summary = Summary(source.file, text, "json", "STANDARD", "JSONPath", 1, text)
    return Report((summary,), (diagnostic, suppressed), (Notice("error", text, text),), 1)


def rendered(name: str, text: str) -> str:
    return "".join(renderer(name)(hostile(text), Style(show_suppressed=True)))


@pytest.mark.parametrize("text", PAYLOADS, ids=ascii)
@pytest.mark.parametrize("name", FORMATS)
def test_no_control_character_and_no_command(name: str, text: str) -> None:
    out = rendered(name, text)
    assert not UNSAFE.search(out)
    assert not re.search(r"##(vso)?\[", out)
    commands = [line for line in out.split("\n") if line.lstrip().startswith("::")]
    assert len(commands) == (2 if name == "github" else 0)


@pytest.mark.parametrize("text", PAYLOADS, ids=ascii)
def test_github_reads_two_commands_of_the_very_text(text: str) -> None:
    for line, title in zip(rendered("github", text).splitlines(), ("stepvet", "error[rule]"), strict=True):
        match = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
        assert match and match[1] == "error"
        assert unescaped(match[3]) == visible(text)
        properties = dict(item.split("=", 1) for item in match[2].split(","))
        assert properties["title"] == title
        assert unescaped(properties["file"]) in (visible(text), visible(f"{text}.json"))


def unescaped(text: str) -> str:
    """As GitHub's runner does it."""
    pairs = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))
    return re.sub("|".join(a for a, _ in pairs), lambda m: dict(pairs)[m[0]], text)


@pytest.mark.parametrize("text", PAYLOADS, ids=ascii)
@pytest.mark.parametrize("name", ["json", "jsonl", "sarif", "gitlab", "rdjson"])
def test_json_stays_json(name: str, text: str) -> None:
    out = rendered(name, text)
    for document in out.splitlines() if name == "jsonl" else [out]:
        assert json.loads(document)


@pytest.mark.parametrize("text", PAYLOADS, ids=ascii)
def test_sarif_messages_hold_our_links_only(text: str) -> None:
    result = json.loads(rendered("sarif", text))["runs"][0]["results"][0]
    unescaped = re.sub(r"\\.", "", result["message"]["text"])
    assert re.findall(r"\]\(([^)]*)\)", unescaped) == ["1"]
    steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
    told = [*result["relatedLocations"], *(s["location"] for s in steps)]
    assert not any("](" in location["message"]["text"] for location in told)


@pytest.mark.parametrize("text", PAYLOADS, ids=ascii)
@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_xml_holds_the_very_text_and_nothing_more(name: str, text: str) -> None:
    root = ElementTree.fromstring(rendered(name, text).encode())
    calm = ElementTree.fromstring(rendered(name, "a").encode())
    assert [e.tag for e in root.iter()] == [e.tag for e in calm.iter()]
    assert [sorted(e.attrib) for e in root.iter()] == [sorted(e.attrib) for e in calm.iter()]
    assert visible(text) in [e.get("message") for e in root.iter()]


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))


@pytest.mark.parametrize("text", PAYLOADS, ids=ascii)
def test_markdown_has_no_markup_but_ours(text: str) -> None:
    reader = MarkdownIt("gfm-like", {"html": True})
    assert Tags(reader.render(rendered("markdown", text))).tags == Tags(reader.render(rendered("markdown", "a"))).tags
