"""`stepvet check` as it is used: exit status, streams, formats, fixes."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from stepvet.cli.main import main

GOOD = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}\n'
BAD = GOOD.replace('"End": true', '"Next": "B"')
MILD = GOOD.replace('"Pass"', '"Pass", "Comment": "stepvet: ignore[end-false]"')
TYPO = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Nxet": "B"}, "B": {"Type": "Pass", "end": true}}}\n'
MENDED = TYPO.replace("end", "End")
ALL_MENDED = MENDED.replace("Nxet", "Next")

Streams = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "CI_PROJECT_DIR", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, text in (("good", GOOD), ("bad", BAD), ("mild", MILD), ("typo", TYPO)):
        (tmp_path / f"{name}.asl.json").write_text(text, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    return tmp_path


def piped(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("good.asl.json", 0),
        ("check good.asl.json", 0),
        ("bad.asl.json", 1),
        ("good.asl.json bad.asl.json", 1),
        ("bad.asl.json --exit-zero", 0),
        ("bad.asl.json --fail-on never", 0),
        ("bad.asl.json --ignore missing-target", 0),
        ("bad.asl.json --select graph", 0),
        ("bad.asl.json --select graph --extend-select MISSING_TRANSITION_TARGET", 1),
        ("bad.asl.json --select missing-target --ignore ALL", 1),
        ("mild.asl.json", 0),
        ("mild.asl.json --fail-on warning", 1),
        ("mild.asl.json --fail-on warning --min-severity error", 1),
        ("folder", 0),
        ("folder --require-definitions", 2),
        ("missing.asl.json", 2),
        ("missing.asl.json bad.asl.json --exit-zero", 2),
        ("good.asl.json --nonsense", 2),
        ("good.asl.json --select nonsense", 2),
        ("good.asl.json -f nonsense", 2),
        ("good.asl.json -f json -f sarif", 2),
        ("good.asl.json -f json=", 2),
        ("good.asl.json -f json=nowhere/out.json", 2),
        ("good.asl.json --var nonsense", 2),
        ("good.asl.json --baseline missing.json", 2),
        ("good.asl.json --config missing.toml", 2),
    ],
)
def test_exit_status(words: str, status: int, capsys: Streams) -> None:
    assert _status(words) == status
    err = capsys.readouterr().err
    assert "Traceback" not in err
    assert bool(err) == (status == 2 or words == "folder")
    assert err.count("\n") <= 1


def _status(words: str) -> int | str | None:
    try:
        return main(words.split())
    except SystemExit as stop:
        return stop.code


def test_partial_results_come_with_trouble(capsys: Streams) -> None:
    assert main(["missing.asl.json", "bad.asl.json"]) == 2
    out, err = capsys.readouterr()
    assert out == 'bad.asl.json:1:59-1:62: error[missing-target] there is no state "B" to go on to\n'
    assert err == "stepvet: missing.asl.json: can't be read: No such file or directory\n"


def test_a_wrong_name_has_a_near_one(capsys: Streams) -> None:
    assert main(["good.asl.json", "--ignore", "mising-target"]) == 2
    assert capsys.readouterr().err.endswith('"mising-target"; did you mean "missing-target"?\n')
    assert main(["good.asl.json", "-f", "jnuit"]) == 2
    assert 'did you mean "junit"?' in capsys.readouterr().err


def test_several_formats_each_to_its_file(folder: Path, capsys: Streams) -> None:
    assert main(["bad.asl.json", "-f", "concise", "-f", "json=out.json", "-f", "sarif=out.sarif"]) == 1
    assert capsys.readouterr().out.count("\n") == 1
    report = json.loads((folder / "out.json").read_text())
    assert report["summary"] == {
        "files": 1, "definitions": 1, "error": 1, "warning": 0, "info": 0, "suppressed": 0, "fixable": 0,
    }  # fmt: skip
    assert json.loads((folder / "out.sarif").read_text())["version"] == "2.1.0"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [({}, "bad.asl.json:1:"), ({"GITHUB_ACTIONS": "true"}, "::error file="), ({"GITHUB_ACTIONS": ""}, "bad.asl.")],
)
def test_the_format_of_choice(
    environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch, capsys: Streams
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    main(["bad.asl.json"])
    assert capsys.readouterr().out.startswith(expected)


@pytest.mark.parametrize(
    ("words", "environment", "coloured"),
    [
        ([], {}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "", "NO_COLOR": ""}, False),
    ],
)
def test_colours(
    words: list[str],
    environment: dict[str, str],
    coloured: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Streams,
    folder: Path,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    main(["bad.asl.json", "-f", "full", "-f", "full=out.txt", *words])
    main(["bad.asl.json", "-f", "full=out.txt", *words])
    assert ("\x1b[" in capsys.readouterr().out) == coloured
    assert "\x1b" not in (folder / "out.txt").read_text()


def test_standard_input_has_a_name(monkeypatch: pytest.MonkeyPatch, capsys: Streams) -> None:
    piped(monkeypatch, "StartAt: A\nStates:\n  A: {Type: Pass, Next: B}\n")
    assert main(["-", "--stdin-filename", "flows/new.asl.yaml"]) == 1
    assert capsys.readouterr().out.startswith("flows/new.asl.yaml:3:25-3:26: error[missing-target]")


def test_statistics(capsys: Streams) -> None:
    assert main([".", "--statistics", "--select", "missing-target,end-false,unused-suppression"]) == 1
    assert capsys.readouterr().out == "1  error    missing-target\n1  warning  unused-suppression\n"


def test_statistics_leave_reports_in_files(folder: Path, capsys: Streams) -> None:
    assert main(["bad.asl.json", "--statistics", "-f", "json", "-f", "jsonl=found.jsonl"]) == 1
    assert json.loads(capsys.readouterr().out) == [{"rule": "missing-target", "severity": "error", "count": 1}]
    assert json.loads((folder / "found.jsonl").read_text())["rule"] == "missing-target"


def test_a_file_takes_one_format(capsys: Streams) -> None:
    assert main(["bad.asl.json", "-f", "json=a", "-f", "sarif=a"]) == 2
    assert capsys.readouterr().err == 'stepvet: only one format can go to "a"\n'


def test_an_output_that_fails_leaves_the_others(folder: Path, capsys: Streams) -> None:
    assert main(["bad.asl.json", "-f", "json=no/a.json", "-f", "jsonl=b.jsonl", "-f", "concise"]) == 2
    out, err = capsys.readouterr()
    assert out.startswith("bad.asl.json:1:") and (folder / "b.jsonl").read_text()
    assert err == 'stepvet: "no/a.json" can\'t be written: No such file or directory\n'


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", ""])
def test_a_number_of_processes_is_at_least_one(number: str, capsys: Streams) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["check", f"--jobs={number}"])
    assert f'--jobs: it takes a whole number from 1, not "{number}"' in capsys.readouterr().err


def test_a_difference_counts_lines_as_patch_does(folder: Path, capsys: Streams) -> None:
    """Only a line feed ends a line, though a text may hold other characters that some readers break lines at."""
    text = TYPO.replace('"Pass", "Nxet"', '"Pass", "Comment": "a\u2028b\u0085c", "Nxet"')
    (folder / "typo.asl.json").write_text(text, encoding="utf-8", newline="")
    assert main(["typo.asl.json", "--diff"]) == 1
    assert capsys.readouterr().out.partition("@@")[2] == f" -1 +1 @@\n-{text}+{text.replace('end', 'End')}"


def test_suppressed_findings_are_shown_on_demand(folder: Path, capsys: Streams) -> None:
    (folder / "a.asl.json").write_text(BAD.replace('"Pass"', '"Pass", "Comment": "stepvet: ignore[missing-target] x"'))
    assert main(["a.asl.json"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["a.asl.json", "--show-suppressed"]) == 0
    assert capsys.readouterr().out.endswith("(suppressed)\n")


def test_safe_fixes_are_written(folder: Path, capsys: Streams) -> None:
    assert main(["typo.asl.json", "--fix"]) == 1
    assert (folder / "typo.asl.json").read_text() == MENDED
    out, err = capsys.readouterr()
    assert "unknown-field" in out and err == "stepvet: fixed 1 finding in 1 file\n"


def test_unsafe_fixes_are_written_when_asked_for(folder: Path) -> None:
    assert main(["typo.asl.json", "--fix", "--unsafe-fixes", "-q"]) == 0
    assert (folder / "typo.asl.json").read_text() == ALL_MENDED
    assert main(["typo.asl.json", "--fix", "--unsafe-fixes"]) == 0
    assert (folder / "typo.asl.json").read_text() == ALL_MENDED


def test_a_difference_changes_nothing_and_can_be_applied(folder: Path, capsys: Streams) -> None:
    (folder / "typo.asl.json").write_text(TYPO.rstrip("\n"))
    assert main(["typo.asl.json", "--diff", "--unsafe-fixes"]) == 1
    assert (folder / "typo.asl.json").read_text() == TYPO.rstrip("\n")
    out, err = capsys.readouterr()
    assert err == "stepvet: would fix 2 findings in 1 file\n"
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "apply", "-"], input=out, text=True, check=True)
    assert (folder / "typo.asl.json").read_text() == ALL_MENDED.rstrip("\n")
    assert main(["good.asl.json", "--diff"]) == 0


def test_standard_input_is_fixed_to_standard_output(monkeypatch: pytest.MonkeyPatch, capsys: Streams) -> None:
    piped(monkeypatch, TYPO)
    assert main(["-", "--fix", "--unsafe-fixes"]) == 0
    assert capsys.readouterr().out == ALL_MENDED
    piped(monkeypatch, BAD)
    assert main(["-", "--fix"]) == 1
    out, err = capsys.readouterr()
    assert out == BAD and "error[missing-target]" in err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_a_fixed_file_keeps_encoding_line_ends_and_mode(encoding: str, folder: Path) -> None:
    path = folder / "typo.asl.json"
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    text = TYPO.replace(", ", ",\r\n").replace("Pass", "Pass").replace('"A"', '"注文🎉"')
    path.write_bytes(mark + text.encode(encoding))
    path.chmod(0o640)
    main(["typo.asl.json", "--fix", "--unsafe-fixes"])
    fixed = text.replace("end", "End").replace("Nxet", "Next")
    assert path.read_bytes() == mark + fixed.encode(encoding)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert not list(folder.glob(".typo*"))


def test_a_fixed_link_stays_a_link(folder: Path) -> None:
    (folder / "link.asl.json").symlink_to("typo.asl.json")
    main(["link.asl.json", "--fix"])
    assert (folder / "link.asl.json").is_symlink()
    assert (folder / "typo.asl.json").read_text() == MENDED


def test_a_baseline_leaves_new_findings(folder: Path, capsys: Streams) -> None:
    assert main(["baseline", "write", "bad.asl.json"]) == 0
    assert main(["bad.asl.json", "--baseline", "stepvet-baseline.json"]) == 0
    (folder / "bad.asl.json").write_text("\n" + BAD.replace('"A": {', '"A": {"Comment": "", ').replace("B", "C"))
    assert main(["bad.asl.json", "--baseline", "stepvet-baseline.json"]) == 1
    assert main(["baseline", "prune", "bad.asl.json"]) == 0
    assert json.loads((folder / "stepvet-baseline.json").read_text()) == {"version": 1, "findings": []}


@pytest.mark.parametrize(
    ("arguments", "left"),
    [
        (["."], []),
        (["bad.asl.json"], ["typo.asl.json"]),
        (["./bad.asl.json", "folder"], ["typo.asl.json"]),
        ([".", "--ignore", "missing-target"], ["bad.asl.json"]),
        ([".", "--select", "missing-target"], ["typo.asl.json"]),
    ],
)
def test_pruning_leaves_what_was_not_looked_for(folder: Path, arguments: list[str], left: list[str]) -> None:
    main(["baseline", "write"])
    for name in ("bad", "typo"):
        (folder / f"{name}.asl.json").write_text(GOOD)
    assert main(["baseline", "prune", *arguments]) == 0
    rows = json.loads((folder / "stepvet-baseline.json").read_text())["findings"]
    assert sorted({row["file"] for row in rows if row["file"] != "mild.asl.json"}) == left


def test_a_renamed_file_is_known_to_the_baseline(folder: Path, capsys: Streams) -> None:
    main(["baseline", "write", "bad.asl.json", "typo.asl.json"])
    (folder / "bad.asl.json").rename(folder / "folder" / "new.asl.json")
    assert main(["folder", "--baseline", "stepvet-baseline.json"]) == 0
    assert main(["baseline", "prune"]) == 0
    rows = json.loads((folder / "stepvet-baseline.json").read_text())["findings"]
    assert {row["file"] for row in rows} == {"folder/new.asl.json", "typo.asl.json"}
    assert main(["folder", "--baseline", "stepvet-baseline.json"]) == 0
    (folder / "copy.asl.json").write_text(BAD)
    assert main(["copy.asl.json", "--baseline", "stepvet-baseline.json"]) == 1


def test_a_deleted_file_hides_nothing_in_others(folder: Path) -> None:
    (folder / "typo.asl.json").write_text(GOOD.replace("true", "false"))
    main(["baseline", "write", "bad.asl.json", "typo.asl.json"])
    (folder / "bad.asl.json").unlink()
    (folder / "typo.asl.json").write_text(BAD)
    assert main(["typo.asl.json", "--baseline", "stepvet-baseline.json"]) == 1


def test_pruning_leaves_what_could_not_be_read(folder: Path) -> None:
    main(["baseline", "write", "bad.asl.json"])
    before = (folder / "stepvet-baseline.json").read_text()
    (folder / "bad.asl.json").write_bytes(b"\0\1\2")
    assert main(["baseline", "prune"]) == 2
    assert (folder / "stepvet-baseline.json").read_text() == before


def test_settings_are_found_and_can_be_left_out(folder: Path, capsys: Streams) -> None:
    (folder / "stepvet.toml").write_text('ignore = ["missing-target"]\nexclude = ["typo*"]\n')
    assert main(["."]) == 0
    assert main([".", "--isolated"]) == 1
    (folder / "other.toml").write_text("select = []\n")
    assert main([".", "--config", "other.toml"]) == 0
    (folder / "stepvet.toml").write_text("\nignor = []\n")
    capsys.readouterr()
    assert main(["."]) == 2
    assert capsys.readouterr().err == 'stepvet: stepvet.toml:2: there is no setting "ignor"; did you mean "ignore"?\n'


def test_config_show_says_where_values_come_from(folder: Path, capsys: Streams) -> None:
    (folder / "stepvet.toml").write_text('ignore = ["missing-target"]\n\n[severity]\nend-false = "error"\n')
    (folder / "folder").joinpath("x").mkdir()
    assert main(["config", "show"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert 'ignore = ["missing-target"]  # stepvet.toml:1' in lines
    assert 'severity.end-false = "error"  # stepvet.toml:4' in lines
    assert 'select = ["ALL"]  # default' in lines


def test_config_show_takes_flags(folder: Path, capsys: Streams) -> None:
    (folder / "stepvet.toml").write_text('ignore = ["missing-target"]\n[variables]\nA = "1"\nB = "2"\n')
    flags = ["--ignore", "handlers,shape", "--select", "graph", "--fail-on", "never", "--exclude", "x"]
    assert main(["config", "show", *flags, "--var", "B=3", "--var", "C=4"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if not line.endswith("# default")] == [
        'select = ["graph"]  # --select',
        'ignore = ["missing-target", "handlers", "shape"]  # stepvet.toml:1 and --ignore',
        'fail-on = "never"  # --fail-on',
        'exclude = ["x"]  # --exclude',
        'variables.A = "1"  # stepvet.toml:3',
        'variables.B = "3"  # --var',
        'variables.C = "4"  # --var',
    ]
    assert main(["config", "show", "--select", "handler"]) == 2
    assert main(["config", "show", "--var", "B"]) == 2


def test_config_init_writes_a_file_that_holds_when_uncommented(folder: Path, capsys: Streams) -> None:
    assert main(["config", "init"]) == 0
    assert main(["config", "init"]) == 2
    text = (folder / "stepvet.toml").read_text()
    live = "\n".join(line[1:] if line.startswith("#") and line[1:2] != " " else line for line in text.splitlines())
    (folder / "stepvet.toml").write_text(live)
    assert main(["config", "show"]) == 0


@pytest.mark.parametrize("words", [["config", "schema"], ["schema", "report"], ["schema", "baseline"]])
def test_schemas_are_printed(words: list[str], capsys: Streams) -> None:
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["$schema"]


def shell(line: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "STEPVET": f"{sys.executable} -m stepvet", **more}
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, env=environment)


@pytest.mark.parametrize("words", ["--help", "rules", "explain states-all-not-last", "explain nope…", "eval --help"])
def test_what_a_terminal_cannot_show_is_escaped(words: str) -> None:
    done = shell(f"$STEPVET {words}", PYTHONIOENCODING="ascii")
    assert done.stdout.isascii() and "fault" not in done.stderr
    assert "\\u2026" in done.stdout or "\\xb7" in done.stdout or "\\u2026" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("line", ["$STEPVET bad.asl.json > /dev/full", "$STEPVET bad.asl.json -f sarif=/dev/full"])
def test_an_output_that_cannot_be_written_is_one_line(line: str) -> None:
    done = shell(line)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "can't be written: No space left on device" in done.stderr


def test_a_closed_pipe_is_one_line(folder: Path) -> None:
    for number in range(300):
        (folder / f"{number}.asl.json").write_text(BAD)
    done = shell("set -o pipefail; $STEPVET . -f full -f json=out.json | head -c 1")
    assert done.returncode == 2
    assert done.stderr == "stepvet: the output can't be written: Broken pipe\n"
    assert json.loads((folder / "out.json").read_text())["summary"]["error"] > 300


def test_an_interrupted_run_leaves_no_half_written_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> object:
        yield "half"
        raise KeyboardInterrupt

    monkeypatch.setattr("stepvet.cli.output.renderer", lambda _: interrupted)
    before = sorted(folder.iterdir())
    assert main(["bad.asl.json", "-f", "sarif=out.sarif"]) == 130
    assert sorted(folder.iterdir()) == before


def test_devices_are_written_and_not_replaced() -> None:
    assert main(["bad.asl.json", "-f", f"json={os.devnull}", "--exit-zero"]) == 0
    assert not Path(os.devnull).is_file()


def test_several_processes_find_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Streams) -> None:
    for number in range(60):
        (folder / f"{number}.asl.json").write_text((BAD, TYPO, MILD)[number % 3])
    main([".", "-f", "json", "--jobs", "1"])
    alone = capsys.readouterr().out
    monkeypatch.setattr("stepvet.cli.workers.FLOOR", 10)
    monkeypatch.setattr("stepvet.cli.workers.BATCH", 7)
    main([".", "-f", "json", "--jobs", "3"])
    assert capsys.readouterr().out == alone
