"""Retriers, catchers and times: lists of error names that AWS refuses, and texts that should be timestamps."""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.asl import aws
from stepvet.asl.errors import ALL
from stepvet.asl.fault import Fault
from stepvet.asl.operators import OPERATORS
from stepvet.asl.schema.sites import Site
from stepvet.asl.timestamps import is_timestamp
from stepvet.text.finding import Change, Fix, Label, MoveLast, SetValue
from stepvet.text.node import Array, Object, Route, String, known_string


def handler_faults(site: Site) -> Iterator[Fault]:
    """`States.ALL` that isn't alone in its list, or not in the last retrier or catcher."""
    for field in ("Retry", "Catch"):
        handlers = site.node.get(field)
        if isinstance(handlers, Array):
            yield from _list_faults(handlers, (*site.route, field))


def _list_faults(handlers: Array, route: Route) -> Iterator[Fault]:
    for index, handler in enumerate(handlers.items):
        names = handler.get("ErrorEquals") if isinstance(handler, Object) else None
        if isinstance(names, Array):
            yield from _all_faults(handlers, index, names, (*route, index, "ErrorEquals"))


def _all_faults(handlers: Array, index: int, names: Array, route: Route) -> Iterator[Fault]:
    found = next((i for i, n in enumerate(names.items) if isinstance(n, String) and n.value == ALL), None)
    if found is None:
        return
    token = names.items[found]
    diagnostic = aws.schema_error((*route, found), aws.ALL_NOT_LAST)
    last = index == len(handlers.items) - 1
    if len(names.items) > 1:
        fix = _alone(names) if last else None
        message = '"States.ALL" matches every error, so it has to stand alone'
        yield Fault("states-all-not-alone", message, token, diagnostic, fix=fix)
    elif not last:
        what = "retrier" if route[-3] == "Retry" else "catcher"
        yield Fault(
            rule="states-all-not-last",
            message=f'"States.ALL" matches every error, so no {what} after it can match',
            at=token,
            aws=diagnostic,
            fix=Fix(f"move this {what} to the end", (MoveLast(handlers, index),)),
            labels=(Label(handlers.items[index + 1], "never asked"),),
        )


def _alone(names: Array) -> Fix:
    """The other names add nothing to it."""
    change: Change = SetValue(names, [ALL])
    return Fix('leave "States.ALL" alone', (change,))


def timestamp_faults(site: Site) -> Iterator[Fault]:
    """A Wait for a time that is none."""
    value = known_string(site.field("Timestamp"))
    if value is None or is_timestamp(value.value):
        return
    if site.language == "JSONata" and (value.value.startswith("{%") or not site.language_known):
        return
    yield _no_timestamp(value, (*site.route, "Timestamp"))


def operand_faults(site: Site) -> Iterator[Fault]:
    """An operand that has to be a timestamp and is none; AWS's answer isn't recorded."""
    for member in site.node.members:
        operator = OPERATORS.get(member.key.value)
        if operator and operator.family == "Timestamp" and not operator.takes_path:
            value = known_string(member.value)
            if value and not is_timestamp(value.value):
                yield _no_timestamp(value, None)


def _no_timestamp(value: String, route: Route | None) -> Fault:
    return Fault(
        rule="invalid-timestamp",
        message=f'"{value.value}" is no timestamp',
        at=value,
        aws=aws.schema_error(route, aws.NOT_A_TIMESTAMP) if route else None,
        help='write it as in "2030-01-31T09:00:00Z", with an offset such as "+01:00" in place of "Z" if need be',
    )
