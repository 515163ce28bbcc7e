"""Show the settings in force and where each comes from, write a first settings file, or print its JSON Schema."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stepvet.cli.main import OK, Trouble
from stepvet.lint import settings_file
from stepvet.lint.options import KEYS, Key, schema
from stepvet.lint.settings_file import SettingsFault, SettingsFile

FIRST = """\
# Settings of stepvet; `stepvet config schema` describes every key.
#select = ["ALL"]
#ignore = []
#fail-on = "error"
#exclude = ["cdk.out"]

#[severity]
#errors-unhandled = "warning"

#[per-file-ignores]
#"examples/**" = ["ALL"]

#[[ignore-at]]
#file = "flows/order.asl.json"
#state = "Charge card"
#rules = ["errors-unhandled"]
#reason = "the caller retries"
#expires = "2030-01-01"

#[variables]
#Environment = "prod"
"""

DEFAULTS: dict[str, object] = {"select": ["ALL"], "fail-on": "error"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("show", "init", "schema"))
    parser.add_argument("--config", metavar="PATH", type=Path, help="this settings file instead of the nearest one")
    parser.add_argument("--isolated", action="store_true", help="read no settings file")


def execute(options: argparse.Namespace) -> int:
    match options.action:
        case "schema":
            print(json.dumps(schema(), indent=2))
        case "init":
            _init(Path("stepvet.toml"))
        case _:
            file = _file(None if options.isolated else options.config or settings_file.find(Path.cwd()))
            print("\n".join(line for key in KEYS for line in _shown(key, file)))
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


def _file(path: Path | None) -> SettingsFile | None:
    """The settings file, without faults."""
    if path is None:
        return None
    file = settings_file.read(path)
    fault = file if isinstance(file, SettingsFault) else settings_file.checked(file)
    if isinstance(file, SettingsFault) or fault:
        raise Trouble(str(fault))
    return file


def _shown(key: Key, file: SettingsFile | None) -> Iterator[str]:
    """`key = value  # where it comes from`; each entry of a table by itself."""
    value = file.table.get(key.name) if file else None
    if file is None or value is None:
        yield f"{key.name} = {json.dumps(DEFAULTS.get(key.name, _empty(key)))}  # default"
    elif isinstance(value, dict):
        yield from (_line(file, f"{key.name}.{_name(name)}", item, (key.name, name)) for name, item in value.items())
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        yield from (_line(file, f"{key.name}[{n}]", item, (key.name, n)) for n, item in enumerate(value))
    else:
        yield _line(file, key.name, value, (key.name,))


def _line(file: SettingsFile, name: str, value: Any, path: tuple[str | int, ...]) -> str:
    return f"{name} = {json.dumps(value, default=str, ensure_ascii=False)}  # {file.shown}:{file.line_of(path)}"


def _name(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() else json.dumps(name, ensure_ascii=False)


def _empty(key: Key) -> object:
    return {"array": [], "object": {}}.get(str(key.schema.get("type")))
