"""Show the settings in force and where each comes from, write a first settings file, or print its JSON Schema.

What flags say is shown as `check` takes it: `--select`, `--fail-on` and `--var` go before the file's values,
`--ignore`, `--extend-select` and `--exclude` are added to them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stepvet.cli.flags import add_settings_flags
from stepvet.cli.main import OK, Trouble
from stepvet.lint import settings_file
from stepvet.lint.options import KEYS, Key, schema
from stepvet.lint.settings_faults import TablePath
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
ADDED = frozenset({"ignore", "extend-select", "exclude"})
"""Keys whose flags add to what the file says."""

Line = tuple[str, object, str]
"""Name, value, where it comes from."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("show", "init", "schema"))
    add_settings_flags(parser)


def execute(options: argparse.Namespace) -> int:
    match options.action:
        case "schema":
            print(json.dumps(schema(), indent=2))
        case "init":
            _init(Path("stepvet.toml"))
        case _:
            file = _file(None if options.isolated else options.config or settings_file.find(Path.cwd()))
            given = _given(options)
            print("\n".join(_text(line) for key in KEYS for line in _in_force(key, file, given.get(key.name))))
    return OK


def _given(options: argparse.Namespace) -> dict[str, Any]:
    """What flags say, by key."""
    from stepvet.cli.checking import require_known, variable

    names = {"select": options.select, "extend-select": options.extend_select, "ignore": options.ignore}
    for word in (word for words in names.values() for word in words or ()):
        require_known(word)
    others = {"fail-on": options.fail_on, "exclude": options.exclude, "variables": dict(map(variable, options.var))}
    return {**names, **{key: value or None for key, value in others.items()}}


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


def _in_force(key: Key, file: SettingsFile | None, given: Any) -> Iterator[Line]:
    """The file's or the default, and what a flag makes of it."""
    if given is None:
        yield from _own(key, file)
    elif isinstance(given, dict):
        said = {f"{key.name}.{_name(name)}": value for name, value in given.items()}
        yield from (line for line in _own(key, file) if line[0] not in (key.name, *said))
        yield from ((name, value, "--var") for name, value in said.items())
    elif file and key.name in file.table and key.name in ADDED:
        place = f"{file.shown}:{file.line_of((key.name,))}"
        yield key.name, [*file.table[key.name], *given], f"{place} and --{key.name}"
    else:
        yield key.name, given, f"--{key.name}"


def _own(key: Key, file: SettingsFile | None) -> Iterator[Line]:
    """Each entry of a table by itself."""
    value = file.table.get(key.name) if file else None
    if file is None or value is None:
        yield key.name, DEFAULTS.get(key.name, _empty(key)), "default"
    elif isinstance(value, dict):
        yield from (_line(file, f"{key.name}.{_name(name)}", item, (key.name, name)) for name, item in value.items())
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        yield from (_line(file, f"{key.name}[{n}]", item, (key.name, n)) for n, item in enumerate(value))
    else:
        yield _line(file, key.name, value, (key.name,))


def _line(file: SettingsFile, name: str, value: Any, path: TablePath) -> Line:
    return name, value, f"{file.shown}:{file.line_of(path)}"


def _text(line: Line) -> str:
    name, value, where = line
    return f"{name} = {json.dumps(value, default=str, ensure_ascii=False)}  # {where}"


def _name(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() else json.dumps(name, ensure_ascii=False)


def _empty(key: Key) -> object:
    return {"array": [], "object": {}}.get(str(key.schema.get("type")))
