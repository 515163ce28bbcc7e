"""What gets installed, and that another distribution's rules plug in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from hatchling.builders.wheel import WheelBuilder

    folder = tmp_path_factory.mktemp("dist")
    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))


def test_the_wheel_holds_two_packages_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"stepvet", "stepvet_rules"}


def test_the_wheel_holds_every_module_and_the_type_markers(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    roots = (ROOT / "linter", ROOT / "rules")
    modules = {p.relative_to(root).as_posix() for root in roots for p in root.glob("stepvet*/**/*.py")}
    assert modules <= held
    assert {"stepvet/py.typed", "stepvet_rules/py.typed"} <= held


def test_a_rule_pack_of_somebody_else_plugs_in(tmp_path: Path) -> None:
    pack = ROOT / "fixtures" / "packs" / "acme"
    install = ["install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--target", str(tmp_path)]
    subprocess.run([sys.executable, "-m", "pip", *install, str(pack)], check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "stepvet", "check", "--isolated", "--select", "acme-state-case", "-f", "json", "-"]
    text = '{"StartAt": "done", "States": {"done": {"Type": "Succeed"}}}'
    done = subprocess.run(command, input=text, capture_output=True, text=True, env=environment, check=False)
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["rule"], finding["group"], finding["pointer"]) == ("acme-state-case", "acme_rules", "/States/done")


def test_a_rule_pack_that_fails_to_load_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    info = tmp_path / "broken_pack-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-pack\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[stepvet.rules]\nbroken = no_such_module:rules\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "stepvet", "check", "--isolated", "-"]
    text = '{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}'
    done = subprocess.run(command, input=text, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 2
    assert "no_such_module" in done.stderr
    assert "Traceback" not in done.stderr
