"""`stepvet.check`: one text, checked, as Python calls it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from stepvet.asl.model import MachineType
from stepvet.lint.engine import check as check_definition
from stepvet.lint.registry import installed
from stepvet.lint.report import Report, merged
from stepvet.lint.settings import Settings
from stepvet.lint.settings_file import table_fault, table_settings
from stepvet.sources import from_text


def check(
    text: str,
    *,
    filename: str = "definition.asl.json",
    type: MachineType = "STANDARD",
    settings: Settings | Mapping[str, Any] | None = None,
) -> Report:
    """Check the definitions in a text: a definition, or a template, as the file name and the content say.

    `settings` are a `Settings` or a mapping with the keys of a settings file; a wrong one raises ValueError. No
    settings file is read. A template's own machine type wins over `type`. Never raises for what the text holds.
    """
    chosen = _settings(settings)
    rules = chosen.selected(installed())
    with_type = replace(chosen, type=type)
    reports = [check_definition(definition, with_type, rules) for definition in from_text(text, filename)]
    return merged([Report(files=1), *reports])


def _settings(given: Settings | Mapping[str, Any] | None) -> Settings:
    if isinstance(given, Settings):
        return given
    fault = table_fault(given or {})
    if fault:
        raise ValueError(fault)
    return table_settings(given or {})
