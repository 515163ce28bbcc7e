"""Input that is broken, hostile or no input at all: a finding, or one line on stderr, and the right exit status.

Nothing raises, nothing hangs, and what is beside the bad input is still told.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from stepvet.cli.main import main

GOOD = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}\n'
BROKEN = GOOD.replace('"End": true', '"Next": "B"')

Streams = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "good.asl.json").write_text(GOOD, encoding="utf-8")
    return tmp_path


def told(capsys: Streams, *words: str) -> tuple[int, str, str]:
    try:
        status = main(words)
    except SystemExit as ended:  # as argparse ends on wrong usage
        status = int(ended.code or 0)
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return status, out, err


UNREADABLE = {
    "binary": b"\x7fELF\0\0\0",
    "latin-1": '{"StartAt": "é"}'.encode("latin-1"),
    "UTF-16 without a mark": GOOD.encode("utf-16-le"),
    "half a UTF-16 character": GOOD.encode("utf-16")[:-1],
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("command", ["check", "validate", "run", "test"])
def test_bytes_that_are_no_text_are_one_line(folder: Path, capsys: Streams, command: str, data: bytes) -> None:
    (folder / "bad.asl.json").write_bytes(data)
    status, out, err = told(capsys, command, "bad.asl.json")
    assert status == 2
    assert err.count("\n") == 1 and "bad.asl.json" in err
    assert not out.strip() or command == "test"


BROKEN_TEXTS = {
    "nothing": "",
    "white space": " \n\t\n",
    "100,000 brackets": "[" * 100_000,
    "100,000 braces": '{"a":' * 100_000,
    "half a file": GOOD[:40],
    "an endless string": '{"StartAt": "',
    "a list": "[]",
    "a number beyond all numbers": "1e999999",
    "5,000 digits": GOOD.replace("true", "9" * 5_000),
    "NaN": GOOD.replace("true", "NaN"),
    "half a surrogate pair": GOOD.replace('"A"', '"\\ud800"'),
}


@pytest.mark.parametrize("text", BROKEN_TEXTS.values(), ids=BROKEN_TEXTS)
def test_broken_text_is_a_finding_and_no_good_definition(folder: Path, capsys: Streams, text: str) -> None:
    (folder / "bad.asl.json").write_text(text, encoding="utf-8")
    status, out, err = told(capsys, "check", "bad.asl.json", "good.asl.json", "-f", "json")
    assert (status, err) == (1, "")
    findings = json.loads(out)["findings"]
    assert findings and {found["file"] for found in findings} == {"bad.asl.json"}
    assert told(capsys, "validate", "bad.asl.json")[0] in (1, 2)
    assert told(capsys, "run", "bad.asl.json")[0] == 2


BROKEN_YAML = {
    "nothing but a comment": "# nothing\n",
    "deep": "StartAt: A\nStates: " + "{a: " * 10_000,
    "tabs": "StartAt: A\nStates:\n\tA: {}\n",
    "an alias inside its own anchor": "StartAt: A\nStates: &a\n  A: *a\n",
    "a tag that would run code": 'StartAt: A\nStates: !!python/object/apply:os.system ["true"]\n',
    "keys that are no texts": "StartAt: A\nStates: {? [a] : 1, ? {b: c} : 2}\n",
    "aliases that explode": "a0: &a0 [x, x]\n"
    + "".join(f"a{i + 1}: &a{i + 1} [{', '.join([f'*a{i}'] * 9)}]\n" for i in range(12))
    + "StartAt: A\nStates: *a12\n",
}


@pytest.mark.parametrize("text", BROKEN_YAML.values(), ids=BROKEN_YAML)
def test_broken_yaml_is_a_finding(folder: Path, capsys: Streams, text: str) -> None:
    (folder / "bad.asl.yaml").write_text(text, encoding="utf-8")
    status, out, err = told(capsys, "check", "bad.asl.yaml")
    assert (status, err) == (1, "")
    assert out.startswith("bad.asl.yaml:")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
@pytest.mark.parametrize("command", ["check", "validate", "run", "paths", "test", "check --baseline", "check --config"])
def test_a_pipe_without_a_writer_is_not_waited_for(folder: Path, capsys: Streams, command: str) -> None:
    os.mkfifo(folder / "pipe.asl.json")
    status, _, err = told(capsys, *command.split(), "pipe.asl.json")
    assert status == 2
    assert err.count("\n") == 1 and "it is a pipe, and nothing writes to it" in err


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without an end")
@pytest.mark.parametrize("command", ["check", "validate", "run", "paths", "test", "check --baseline", "check --config"])
def test_a_device_without_an_end_is_not_read(capsys: Streams, command: str) -> None:
    status, _, err = told(capsys, *command.split(), "/dev/zero")
    assert status == 2
    assert err.count("\n") == 1 and "it is a device, not a file" in err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_a_pipe_with_a_writer_is_read(folder: Path, capsys: Streams) -> None:
    os.mkfifo(folder / "pipe.asl.json")
    reader = os.open(folder / "pipe.asl.json", os.O_RDONLY | os.O_NONBLOCK)
    writer = os.open(folder / "pipe.asl.json", os.O_WRONLY)
    os.write(writer, BROKEN.encode())
    os.close(writer)
    try:
        assert told(capsys, "check", "pipe.asl.json")[0] == 1
    finally:
        os.close(reader)


def test_links_in_a_circle_are_one_line_and_the_rest_is_checked(folder: Path, capsys: Streams) -> None:
    (folder / "loop.asl.json").symlink_to("loop.asl.json")
    (folder / "around").symlink_to(".")
    (folder / "broken.asl.json").write_text(BROKEN, encoding="utf-8")
    status, out, err = told(capsys, "check", ".")
    assert status == 2
    assert out.count("broken.asl.json:") == 1
    assert err.count("\n") == 1 and "loop.asl.json" in err


def test_names_with_control_characters_stay_on_their_line(folder: Path, capsys: Streams) -> None:
    for name in ("new\nline.asl.json", "esc\x1b[31m.asl.json"):
        (folder / name).write_text(BROKEN.replace('"B"', '"B\\u001b[2J\\n"'), encoding="utf-8")
    status, out, err = told(capsys, "check", ".", "-f", "concise")
    assert (status, err) == (1, "")
    assert out.count("\n") == 2 and "\x1b" not in out


VALUES = {
    "no JSON": ("{", "neither a file nor JSON"),
    "NaN": ("[NaN]", "NaN is no number of JSON"),
    "a number beyond all numbers": ("[1e999]", "too large"),
    "5,000 digits": ("[" + "9" * 5_000 + "]", "a number of 5000 digits is too large"),
    "20,000 brackets": ("[" * 20_000, "neither a file nor JSON"),
}


@pytest.mark.parametrize(("text", "message"), VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("command", [["run", "good.asl.json"], ["eval", "$"]])
def test_an_input_that_is_no_json_is_one_short_line(
    capsys: Streams, command: list[str], text: str, message: str
) -> None:
    status, out, err = told(capsys, *command, "--input", text)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1 and message in err and len(err) < 300


WRONG_USAGE = {
    "chek good.asl.json": 'there is no command and no file "chek"; did you mean "stepvet check"?',
    "run good.asl.json --max-events 0": '"0" is no number from 1 up',
    "explain dead-choise-rule": 'did you mean "dead-choice-rule"?',
    "nowhere.json": "No such file or directory",
    "good.asl.json#Nothing": "no state machine in it is called",
    "check -f nonsense good.asl.json": "no output format is called",
    "paths good.asl.json --write /proc/nowhere": "can't be written",
}


@pytest.mark.parametrize(("line", "message"), WRONG_USAGE.items())
def test_wrong_usage_is_one_line(capsys: Streams, line: str, message: str) -> None:
    status, out, err = told(capsys, *line.split())
    assert (status, out) == (2, "")
    assert err.count("\n") == 1 and message in err


def test_an_expression_that_is_never_closed_says_so(capsys: Streams) -> None:
    status, out, _ = told(capsys, "eval", "{% $states.input")
    assert status == 1
    assert 'it has to end in "%}"' in out


def test_a_path_of_thousands_of_steps_is_read_at_once(folder: Path, capsys: Streams) -> None:
    path = "$" + ".a" * 20_000
    state = {"Type": "Pass", "Parameters": {"x.$": path, "y.$": f"States.Array({path}{', 1' * 20_000})"}, "End": True}
    (folder / "long.asl.json").write_text(json.dumps({"StartAt": "A", "States": {"A": state}}), encoding="utf-8")
    assert told(capsys, "check", "long.asl.json") == (0, "", "")


def test_names_of_thousands_of_letters_are_compared_at_once(folder: Path, capsys: Streams) -> None:
    names = [f"{'x' * 5_000}{number}" for number in range(20)]
    states = {name: {"Type": "Pass", "Next": f"{name}y"} for name in names}
    text = json.dumps({"StartAt": names[0], "States": states})
    (folder / "long.asl.json").write_text(text, encoding="utf-8")
    assert told(capsys, "validate", "long.asl.json")[0] == 1
    assert told(capsys, "check", "long.asl.json")[0] == 1


def test_what_is_not_checked_is_said_when_asked(folder: Path, capsys: Streams) -> None:
    pytest.importorskip("tree_sitter_hcl", reason="needs the extra terraform")
    (folder / "main.tf").write_text(
        "locals {\n  a = local.b\n  b = local.a\n}\n"
        'resource "aws_sfn_state_machine" "x" {\n  definition = jsonencode(local.a)\n}\n',
        encoding="utf-8",
    )
    assert told(capsys, "check", "main.tf") == (0, "", "")
    assert '"aws_sfn_state_machine.x" is not checked: ' in told(capsys, "check", "-v", "main.tf")[2]
