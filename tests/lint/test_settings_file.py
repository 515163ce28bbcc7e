"""Settings files: which one holds, what they come to, and the line of everything that is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from stepvet._version import __version__
from stepvet.lint.knowledge import known_shapes
from stepvet.lint.options import schema
from stepvet.lint.registry import Installed, installed
from stepvet.lint.rule import Rule
from stepvet.lint.settings import Settings
from stepvet.lint.settings_faults import faults
from stepvet.lint.settings_file import SettingsFault, find, load, read
from stepvet.sources import Definition, from_text
from stepvet.text.finding import Severity


def loaded(folder: Path, text: str, name: str = "stepvet.toml") -> Settings | SettingsFault:
    (folder / name).write_text(text, encoding="utf-8")
    return load(folder, folder / name)


def test_every_key(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        f"""
        select = ["graph", "SCHEMA_VALIDATION_FAILED"]
        extend-select = ["end-false"]
        ignore = ["missing-target"]
        fail-on = "warning"
        exclude = ["old"]
        required-version = ">=0.0.1,<100,!=0.0.2,=={__version__}"
        severity.end-false = "error"
        per-file-ignores."*.yaml" = ["ALL"]
        ignore-at = [{{file = "a", state = "A", rules = ["ALL"], reason = "known", expires = 2030-01-01}}]
        variables.Stage = "prod"
        """,
    )
    assert isinstance(settings, Settings)
    assert settings.select == ("graph", "SCHEMA_VALIDATION_FAILED")
    assert settings.severities == {"end-false": Severity.ERROR}
    assert (settings.fail_on, settings.exclude, settings.root) == ("warning", ("old",), tmp_path)
    assert settings.per_file_ignores[0].pattern == "*.yaml"
    assert (settings.ignore_at[0].expires, settings.ignore_at[0].reason) == ("2030-01-01", "known")
    assert settings.variables == {"Stage": "prod"}


WRONG = [
    ("\nselct = []", 2, 'there is no setting "selct"; did you mean "select"?'),
    ("# select = 1\n\nselect = 1", 3, '"select" must be a list'),
    ('select = ["ALL"]\nignore = [\n  "end-false",\n  "mising-target",\n]', 4,
     'no rule, group or AWS code is called "mising-target"; did you mean "missing-target"?'),
    ('select = [1]', 1, '"select" must be a string'),
    ('fail-on = "eror"', 1, '"fail-on" must be one of error, warning, info, never'),
    ('[severity]\nend-false = "error"\nmissing-target = "bad"', 3,
     '"missing-target" must be one of error, warning, info'),
    ('[severity]\ngraph = "error"', 2, 'no rule is called "graph"'),
    ('[per-file-ignores]\n"a" = ["ALL"]\n"b" = ["nonsense"]', 3, 'no rule, group or AWS code is called "nonsense"'),
    ('[[ignore-at]]\nfile = "a"\nrules = []\nreason = "x"\n[[ignore-at]]\nfile = "a"\nrules = []', 5,
     '"ignore-at" lacks "reason"'),
    ('[[ignore-at]]\nfile = "a"\nrules = []\nreason = ""', 4, '"reason" must not be empty'),
    ('[[ignore-at]]\nfile = "a"\nrules = []\nreason = "x"\nexpires = "soon"', 5,
     '"expires" is no date of the form YYYY-MM-DD: "soon"'),
    ('[[ignore-at]]\nfile = "a"\nrules = []\nreason = "x"\nwhen = "soon"', 5, '"ignore-at" has no "when"'),
    ('required-version = ">=99"', 1, f"this is stepvet {__version__}, the settings require >=99"),
    ('brand-new = 1\nrequired-version = ">=99"', 2, f"this is stepvet {__version__}, the settings require >=99"),
    ('required-version = "new"', 1, '"required-version" is no version condition: "new"'),
    ("rules.end-false.depth = 1", 1, 'rule "end-false" has no option "depth"'),
    ("select = [", 1, "not valid TOML"),
    ('select = ["a"]\n  = 2', 2, "not valid TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message"), WRONG)
def test_what_is_wrong_has_a_line_and_the_near_name(text: str, line: int, message: str, tmp_path: Path) -> None:
    fault = loaded(tmp_path, text)
    assert isinstance(fault, SettingsFault)
    assert (fault.line, fault.message[: len(message)]) == (line, message)


@pytest.mark.parametrize(("text", "line", "message"), [case for case in WRONG if "[" not in case[0][:1]])
def test_lines_count_in_the_whole_pyproject(text: str, line: int, message: str, tmp_path: Path) -> None:
    head = '[project]\nname = "x"\nselect = 1\n\n[tool.stepvet]\n'
    fault = loaded(tmp_path, head + text, "pyproject.toml")
    assert isinstance(fault, SettingsFault)
    assert fault.message.startswith(message)
    assert fault.line == line + 5


def test_options_have_the_type_of_their_default() -> None:
    rule: Rule[Definition] = Rule(
        "some-rule", "group", Definition, Severity.INFO, "0.1", lambda *_: iter(()), (), (), "Page.",
        options={"limit": 5, "names": ("a",), "strict": False},
    )  # fmt: skip
    rules = Installed((rule,), ())

    def told(options: dict[str, Any]) -> list[str]:
        return [fault.message for fault in faults({"rules": {"some-rule": options}}, rules)]

    assert told({"limit": 7.5, "names": ["b"], "strict": True}) == []
    assert told({"limit": "7"}) == ['option "limit" of "some-rule" must be a number']
    assert told({"limit": True}) == ['option "limit" of "some-rule" must be a number']
    assert told({"names": "b"}) == ['option "names" of "some-rule" must be a list']
    assert told({"strict": 1}) == ['option "strict" of "some-rule" must be true or false']
    assert told({"limt": 1}) == ['rule "some-rule" has no option "limt"; did you mean "limit"?']


def test_the_nearest_file_holds_up_to_the_root_of_the_repository(tmp_path: Path) -> None:
    deep = tmp_path / "repository" / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "stepvet.toml").write_text("")
    assert find(deep) == tmp_path / "stepvet.toml"
    (tmp_path / "repository" / ".git").mkdir()
    assert find(deep) is None
    (tmp_path / "repository" / "pyproject.toml").write_text("[tool.stepvet]\n")
    assert find(deep) == tmp_path / "repository" / "pyproject.toml"
    (deep.parent / "pyproject.toml").write_text('[project]\nname = "stepvet-user"\n')
    assert find(deep) == tmp_path / "repository" / "pyproject.toml"
    (deep / "pyproject.toml").write_text("tool.stepvet.select = []\n")
    assert find(deep) == deep / "pyproject.toml"
    (deep / "stepvet.toml").write_text("")
    assert find(deep) == deep / "stepvet.toml"


@pytest.mark.parametrize("name", ["stepvet.toml", "other.toml", "pyproject.toml"])
def test_a_file_of_ours_may_have_the_table_of_a_pyproject(name: str, tmp_path: Path) -> None:
    settings = loaded(tmp_path, '[tool.stepvet]\nselect = ["graph"]\n', name)
    assert isinstance(settings, Settings) and settings.select == ("graph",)
    wrong = loaded(tmp_path, '[tool.stepvet]\n\nselct = ["graph"]\n', name)
    assert isinstance(wrong, SettingsFault) and wrong.line == 3


def test_beside_other_keys_a_table_of_tools_is_none_of_ours(tmp_path: Path) -> None:
    for text in ("select = []\n[tool.stepvet]\n", "[tool.other]\n"):
        fault = loaded(tmp_path, text)
        assert isinstance(fault, SettingsFault) and fault.message.startswith('there is no setting "tool"')


@pytest.mark.parametrize("text", ["tool = 1", "tool.stepvet = 1", "[tool.stepvet\n"])
def test_odd_project_files(text: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert not isinstance(load(tmp_path, tmp_path / "pyproject.toml"), Settings) or text == "tool = 1"


def test_unreadable_files(tmp_path: Path) -> None:
    assert "No such file" in str(read(tmp_path / "none.toml"))
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in str(read(tmp_path / "bytes.toml"))
    (tmp_path / "marked.toml").write_bytes(b"\xef\xbb\xbfselect = []")
    assert isinstance(load(tmp_path, tmp_path / "marked.toml"), Settings)


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(schema()["properties"])), plain, max_size=3))
def test_our_check_is_as_strict_as_the_schema(table: dict[str, Any]) -> None:
    found = list(faults(table, installed()))
    if not Draft202012Validator(schema()).is_valid(table):
        assert found
    assert all(fault.path and fault.message for fault in found)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


def test_what_is_known_is_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Globs of `known` count from the settings' folder, wherever the program runs."""
    (tmp_path / "order.json").write_text('{"id": 7}')
    (tmp_path / "flows").mkdir()
    text = '[[known]]\nfile = "flows/*.asl.json"\nexample = "order.json"\n'
    settings = loaded(tmp_path, text)
    assert isinstance(settings, Settings)
    for folder, file in ((tmp_path, "flows/a.asl.json"), (tmp_path / "flows", "a.asl.json")):
        monkeypatch.chdir(folder)
        (definition,) = from_text('{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}', file)
        assert list(known_shapes(definition, settings)) == [""]
    monkeypatch.chdir(tmp_path)
    (definition,) = from_text('{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}', "other/a.asl.json")
    assert known_shapes(definition, settings) == {}
