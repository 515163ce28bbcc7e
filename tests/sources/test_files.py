"""Which files a run looks at, what it says of those that it can't read, and each definition once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stepvet.sources import Definition, LoadOptions, Notice, from_text, load

machine = '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}'
template = """\
Resources:
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      DefinitionUri: flows/a.asl.json
  Other:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Succeed}}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def found(*paths: str, **options: object) -> list[tuple[str, str | None]]:
    given = LoadOptions(**options)  # type: ignore[arg-type]
    return [(d.file, d.resource) for d in load(paths, given) if isinstance(d, Definition)]


def notices(*paths: str) -> list[tuple[str, str | None]]:
    return [(n.level, n.file) for n in load(paths, LoadOptions()) if isinstance(n, Notice)]


def test_by_name_and_by_content(folder: Path) -> None:
    names = ["a.asl.json", "b.asl", "c/d.asl.yaml", "c/plain.json", "c/e.asl.yml"]
    yaml = "StartAt: A\nStates: {A: {Type: Succeed}}\n"
    write(folder, {name: yaml if name.endswith(("yaml", "yml")) else machine for name in names})
    write(folder, {"package.json": '{"name": "x"}', "notes.md": machine, "values.yaml": "a: 1\n"})
    assert sorted(found(".")) == sorted((name, None) for name in names)


def test_a_definition_that_a_template_uses_is_looked_at_as_part_of_it(folder: Path) -> None:
    write(folder, {"template.yaml": template, "flows/a.asl.json": machine, "flows/b.asl.json": machine})
    assert found(".") == [("template.yaml", "Flow"), ("template.yaml", "Other"), ("flows/b.asl.json", None)]


def test_one_resource(folder: Path) -> None:
    write(folder, {"template.yaml": template, "flows/a.asl.json": machine})
    assert found("template.yaml#Other") == [("template.yaml", "Other")]
    (notice,) = [n for n in load(["template.yaml#Othre"], LoadOptions()) if isinstance(n, Notice)]
    assert notice.message == 'no state machine in it is called "Othre"; did you mean "Other"?'


def test_terraform_names_may_be_short(folder: Path) -> None:
    resource = 'resource "awscc_stepfunctions_state_machine" "%s" {\n  definition_string = jsonencode({})\n}\n'
    write(folder, {"main.tf": resource % "one" + resource % "two"})
    assert found("main.tf#two") == [("main.tf", "awscc_stepfunctions_state_machine.two")]


def test_a_cdk_application_without_its_templates(folder: Path) -> None:
    write(folder, {"app/cdk.json": "{}"})
    assert notices(".") == [("info", "app/cdk.json")]


def test_what_git_ignores_and_what_tools_make_is_left_out(folder: Path) -> None:
    write(
        folder,
        {
            ".git/HEAD": "",
            ".gitignore": "build/\n*.gen.asl.json\n!keep.gen.asl.json\n/top.asl.json\n",
            "sub/.gitignore": "inner.asl.json\n",
            "build/a.asl.json": machine,
            "build/b.gen.asl.json": machine,
            "a.gen.asl.json": machine,
            "keep.gen.asl.json": machine,
            "top.asl.json": machine,
            "sub/top.asl.json": machine,
            "sub/inner.asl.json": machine,
            "node_modules/x/a.asl.json": machine,
        },
    )
    assert found(".") == [("keep.gen.asl.json", None), ("sub/top.asl.json", None)]
    assert found("build/a.asl.json") == [("build/a.asl.json", None)]
    assert found("build") == [("build/a.asl.json", None), ("build/b.gen.asl.json", None)]
    assert found("sub") == [("sub/top.asl.json", None)]


def test_exclude(folder: Path) -> None:
    write(folder, {"a.asl.json": machine, "old/b.asl.json": machine})
    assert found(".", exclude=("old/",)) == [("a.asl.json", None)]
    assert found("old/b.asl.json", exclude=("b.*",)) == [("old/b.asl.json", None)]
    assert found("old/b.asl.json", exclude=("b.*",), force_exclude=True) == []


def test_loops_of_links_end(folder: Path) -> None:
    write(folder, {"a/b.asl.json": machine})
    (folder / "a" / "up").symlink_to("..")
    (folder / "self.asl.json").symlink_to("self.asl.json")
    assert found(".") == [("a/b.asl.json", None)]
    assert notices(".") == [("error", "self.asl.json")]


unreadable = {
    "binary.asl.json": b"\x00\x01",
    "latin.asl.json": '{"StartAt": "café"}'.encode("latin-1"),
    "half.asl.json": '{"a": 1}'.encode("utf-16")[:-1],
}


@pytest.mark.parametrize("name", unreadable)
def test_what_is_no_text_is_a_notice_and_the_rest_goes_on(folder: Path, name: str) -> None:
    write(folder, {name: unreadable[name], "z.asl.json": machine})
    assert notices(".") == [("error", name)]
    assert found(".") == [("z.asl.json", None)]


def test_names_outside_the_working_folder_stay_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a/x.txt": "", "b/c.asl.json": machine})
    monkeypatch.chdir(tmp_path / "a")
    assert found("../b/c.asl.json") == [("../b/c.asl.json", None)]
    assert found("../b") == [("../b/c.asl.json", None)]


def test_missing_file_and_empty_folder(folder: Path) -> None:
    (folder / "empty").mkdir()
    assert notices("empty") == []
    assert notices("nowhere.json") == [("error", "nowhere.json")]


marked = [
    (b"\xef\xbb\xbf" + machine.encode(), "byte-order-mark"),
    (machine.encode("utf-16"), "encoding"),
]


@pytest.mark.parametrize(("data", "kind"), marked)
def test_byte_order_marks_are_faults(folder: Path, data: bytes, kind: str) -> None:
    write(folder, {"a.asl.json": data})
    (definition,) = [d for d in load(["a.asl.json"], LoadOptions()) if isinstance(d, Definition)]
    assert [f.kind for f in definition.faults] == [kind]
    assert definition.root is not None


def test_outside_of_the_repository_nothing_is_read(folder: Path) -> None:
    write(folder, {"outside.asl.json": machine, "repo/.git/HEAD": ""})
    write(folder, {"repo/template.yaml": template.replace("flows/a", "../outside")})
    (flow, _) = [d for d in load(["repo"], LoadOptions()) if isinstance(d, Definition)]
    assert (flow.root, flow.unread) == (None, "../outside.asl.json lies outside of the repository")


followed = [
    ("infra/../flows/a", []),
    ("../flows/a", [("info", "infra/stacks/template.yaml")]),
    ("../../flows/a", [("info", "infra/stacks/template.yaml")]),
    ("../../../beyond/a", None),
    ("/etc/a", None),
    ("../../../../../../../../../../../../../etc/a", None),
]


@pytest.mark.parametrize(("reference", "told"), followed)
def test_without_a_repository_what_is_near_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reference: str, told: list[tuple[str, str]] | None
) -> None:
    inside = {f"work/{folder}/a.asl.json": machine for folder in ("flows", "infra/flows", "infra/stacks/flows")}
    made = {"work/infra/stacks/template.yaml": template.replace("flows/a", reference), "beyond/a.asl.json": machine}
    write(tmp_path, {**inside, **made, "work/infra/stacks/infra/x.txt": ""})
    monkeypatch.chdir(tmp_path / "work")
    loaded = list(load(["infra/stacks/template.yaml"], LoadOptions()))
    flow = next(d for d in loaded if isinstance(d, Definition))
    assert (flow.root is None) == (told is None)
    assert [(n.level, n.file) for n in loaded if isinstance(n, Notice)] == (told or [])
    if told is None:
        assert flow.unread is not None
        assert flow.unread.endswith("lies outside of the folders around the template, and of the working folder")


def test_what_a_build_makes_is_not_called_missing(folder: Path) -> None:
    write(folder, {".git/HEAD": "", ".gitignore": "flows/\n", "template.yaml": template})
    flow = next(d for d in load(["template.yaml"], LoadOptions()) if isinstance(d, Definition))
    assert flow.wiring is not None
    assert flow.wiring.missing is None
    assert flow.unread == "flows/a.asl.json does not exist, and git ignores it: a build may make it"


def test_letter_case_counts(folder: Path) -> None:
    write(folder, {"template.yaml": template, "flows/A.asl.json": machine})
    flow = next(d for d in load(["template.yaml"], LoadOptions()) if isinstance(d, Definition))
    assert flow.wiring is not None
    assert flow.wiring.missing is not None
    assert flow.wiring.missing.near == "A.asl.json"


def test_standard_input_and_variables() -> None:
    (definition,) = from_text('{"StartAt": "A", "States": {"A": "${X}"}}', "a.asl.json", {"X": "1"})
    states = definition.root.get("States")  # type: ignore[union-attr]
    assert states.get("A").known.value == "1"  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "\ud800", "a: b: c", "\x00"])
@pytest.mark.parametrize("name", ["a.asl.json", "a.asl.yaml", "template.yaml", "x.json", "main.tf", "serverless.yml"])
def test_no_text_raises(text: str, name: str) -> None:
    for definition in from_text(text, name):
        assert definition.root is not None or definition.faults or definition.unread


def test_definitions_inside_other_data() -> None:
    text = '{"flows": [{"StartAt": "A", "States": {}}, {"deep": {"StartAt": "B", "States": {}}}]}'
    assert [d.resource for d in from_text(text, "flows.json")] == ["flows[0]", "flows[1].deep"]


texts = [
    (json.dumps({"name": "flow", "definition": machine}), "flow.json", "definition"),
    (f"spec:\n  definition: |\n    {machine}\n", "machine.yaml", "spec.definition"),
]


@pytest.mark.parametrize(("text", "filename", "name"), texts)
def test_a_definition_as_text_inside_other_data(text: str, filename: str, name: str) -> None:
    (definition,) = from_text(text, filename)
    assert (definition.resource, definition.faults) == (name, ())
    assert definition.root is not None
    file, span = definition.source.resolve(definition.root.span)
    assert file.text[span.start] == "{"
