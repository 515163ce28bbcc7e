"""What `check` shares with the commands that check first: the settings in force, and every definition checked."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from stepvet.cli.main import Trouble
from stepvet.cli.terminal import with_progress
from stepvet.cli.workers import check_all
from stepvet.lint import baseline, settings_file
from stepvet.lint.registry import installed, is_known
from stepvet.lint.report import Report, merged
from stepvet.lint.settings import Settings
from stepvet.lint.settings_faults import meant
from stepvet.lint.settings_file import SettingsFault
from stepvet.sources import Definition, LoadOptions, load
from stepvet.sources.disk import bytes_of
from stepvet.sources.notice import Notice


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings in force: the flags' words before the file's."""
    found = file_settings(options)
    for word in (*(options.select or ()), *(options.ignore or ()), *(options.extend_select or ())):
        require_known(word)
    return replace(
        found,
        select=tuple(found.select if options.select is None else options.select),
        ignore=(*found.ignore, *(options.ignore or ())),
        extend_select=(*found.extend_select, *(options.extend_select or ())),
        exclude=(*found.exclude, *(_from_root(pattern, found.root) for pattern in options.exclude)),
        fail_on=options.fail_on or found.fail_on,
    )


def file_settings(options: argparse.Namespace) -> Settings:
    """The settings file's, with the variables and the type of the flags."""
    found = Settings() if options.isolated else settings_file.load(Path.cwd(), options.config)
    if isinstance(found, SettingsFault):
        raise Trouble(str(found))
    variables = {**found.variables, **dict(variable(text) for text in options.var)}
    return replace(found, variables=variables, today=date.today(), type=options.type)


def _from_root(pattern: str, root: Path | None) -> str:
    """A pattern of the working folder as one of the settings' folder. Without a slash it holds at any depth anyway."""
    here = Path.cwd()
    inside = here.relative_to(root).as_posix() if root is not None and here.is_relative_to(root) else "."
    return pattern if inside == "." or "/" not in pattern.rstrip("/") else f"{inside}/{pattern.removeprefix('./')}"


def require_known(word: str) -> None:
    """A name that no rule has is wrong usage."""
    rules = installed()
    if not is_known(word, rules):
        near = meant(word, [*(r.name for r in rules.rules), *rules.groups])
        raise Trouble(f'no rule, group or AWS code is called "{word}"{near}')


def variable(text: str) -> tuple[str, str]:
    """Name and value of a `--var`; trouble where it has none."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise Trouble(f'--var takes NAME=VALUE, not "{text}"')
    return name, value


Known = dict[tuple[str, ...], Report]
"""What is known of a definition: its names and texts → its report."""


def run_check(
    options: argparse.Namespace,
    settings: Settings,
    texts: Mapping[str, str] | None = None,
    known: Known | None = None,
) -> Report:
    """Every definition below the paths, checked, with what the baseline knows marked.

    `texts`: what files hold in place of what the disk has. `known` saves work between runs with other texts.
    """
    found = list(load(options.paths or ["."], load_options(options, settings, texts or {})))
    notices = [*(Notice("error", text) for text in installed().faults), *(f for f in found if isinstance(f, Notice))]
    definitions = [f for f in found if isinstance(f, Definition)]
    notices += [_unread(d) for d in definitions if d.unread is not None]
    reports = _checked(definitions, options, settings, {} if known is None else known)
    files = len({f for d in definitions for f in (d.file, d.source.file)} | {n.file for n in notices if n.file})
    report = merged([Report(notices=tuple(notices), files=files), *reports])
    return report if options.baseline is None else _less(report, options.baseline)


def _checked(
    definitions: list[Definition], options: argparse.Namespace, settings: Settings, known: Known
) -> Iterator[Report]:
    fresh = [d for d in definitions if _key(d) not in known]
    checked = check_all(fresh, settings, settings.selected(installed()), options.jobs)
    for index, report in with_progress(checked, len(fresh), None if options.quiet else sys.stderr):
        known[_key(fresh[index])] = report
    return (known[_key(definition)] for definition in definitions)


def _key(definition: Definition) -> tuple[str, ...]:
    template = definition.template.text if definition.template else ""
    place = str(definition.root.span) if definition.root else ""
    return definition.file, definition.resource or "", place, definition.source.file, definition.source.text, template


def _unread(definition: Definition) -> Notice:
    return Notice("info", f'"{definition.resource}" is not checked: {definition.unread}', definition.file)


def _less(report: Report, path: Path) -> Report:
    known = read_baseline(path, report)
    return replace(report, diagnostics=tuple(baseline.applied(known, report.diagnostics)))


def read_baseline(path: Path, report: Report) -> baseline.Baseline:
    """The baseline in a file, its files called as the report calls them now; trouble where there is none."""
    try:
        known = baseline.read(bytes_of(path).decode("utf-8"))
        return baseline.moved(known, report.diagnostics, lambda file: not os.path.lexists(file))
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f'baseline "{path}" can\'t be read: {getattr(error, "strerror", None) or error}') from None
    except baseline.BaselineError as error:
        raise Trouble(f'baseline "{path}": {error}') from None


def load_options(options: argparse.Namespace, settings: Settings, texts: Mapping[str, str]) -> LoadOptions:
    return LoadOptions(
        exclude=settings.exclude,
        exclude_root=settings.root,
        force_exclude=options.force_exclude,
        skip_unrelated=options.skip_unrelated,
        stdin_filename=options.stdin_filename,
        variables=settings.variables,
        texts=texts,
    )
