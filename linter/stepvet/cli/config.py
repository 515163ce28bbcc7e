"""Show the settings in force and where each comes from, write a first settings file, or print its JSON Schema."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from stepvet.cli.main import OK, Trouble
from stepvet.lint import settings_file
from stepvet.lint.options import KEYS, schema
from stepvet.lint.registry import installed
from stepvet.lint.settings_file import SettingsFault, SettingsFile

FIRST = """\
# Settings of stepvet; `stepvet config schema` describes every key.
#select = ["ALL"]
#ignore = []
#fail-on = "error"
#exclude = ["cdk.out"]

#[severity]
#no-error-handling = "info"

#[per-file-ignores]
#"examples/**" = ["ALL"]

#[variables]
#Environment = "prod"
"""

DEFAULTS: dict[str, object] = {"select": ["ALL"], "fail-on": "error"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("show", "init", "schema"))
    parser.add_argument("--config", metavar="PATH", type=Path, help="this settings file instead of the nearest one")


def execute(options: argparse.Namespace) -> int:
    match options.action:
        case "schema":
            print(json.dumps(schema(), indent=2))
        case "init":
            _init(Path("stepvet.toml"))
        case _:
            print("\n".join(_shown(options.config or settings_file.find(Path.cwd()))))
    return OK


def _init(path: Path) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(FIRST)
    except FileExistsError:
        raise Trouble(f'"{path}" is there already') from None
    except OSError as error:
        raise Trouble(f'"{path}" can\'t be written: {error.strerror}') from None
    print(f"wrote {path}")


def _shown(path: Path | None) -> Iterator[str]:
    """`key = value  # where it comes from`, for every key."""
    file = settings_file.read(path) if path else None
    if isinstance(file, SettingsFault):
        raise Trouble(str(file))
    fault = next(settings_file.faults(file, installed()), None) if file else None
    if fault:
        raise Trouble(str(fault))
    for key in KEYS:
        if file is not None and key.name in file.table:
            yield f"{key.name} = {_value(file, key.name)}  # {file.path}:{file.line_of(key.name)}"
        else:
            yield f"{key.name} = {json.dumps(DEFAULTS.get(key.name, _empty(key.schema)))}  # default"


def _value(file: SettingsFile, name: str) -> str:
    return json.dumps(file.table[name], default=str, ensure_ascii=False)


def _empty(value_schema: dict[str, object]) -> object:
    return {"array": [], "object": {}}.get(str(value_schema.get("type")))
