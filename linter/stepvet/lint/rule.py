"""What a rule is: a stateless generator over one kind of part, with its documentation, examples and severity as data.

Rules are declared with `@rule`. The declaration is the rule's page, its tests and its entry in every report; the
function does nothing but look at the part it visits and yield findings.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from stepvet.asl.fault import Fault
from stepvet.asl.model import MachineType
from stepvet.text.finding import Finding, Severity

if TYPE_CHECKING:
    from stepvet.lint.context import Context

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Example:
    """A definition that shows a rule. Under each offending text stands a line of `^^^^` (and, if wanted, the message);
    good examples have none. `fixed` is what the rule's fix makes of it. The file name decides between JSON and YAML.
    `files` are the texts of files that a template refers to, by name."""

    text: str
    fixed: str | None = None
    filename: str = "example.asl.json"
    type: MachineType = "STANDARD"
    files: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Rule(Generic[Part]):
    """`check` is called for every part that is a `visits`; a rule that visits `Fault` gets the faults of its name."""

    name: str
    group: str
    visits: type[Part]
    severity: Severity
    since: str
    check: Callable[[Part, Context], Iterator[Finding]]
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    page: str
    """The rule's text: a first sentence that says what it finds, then why it matters and how to mend it."""
    aws_codes: tuple[str, ...] = ()
    options: dict[str, Any] | None = None
    """Name of each option → its default value."""

    @property
    def summary(self) -> str:
        return self.page.split("\n\n", 1)[0].replace("\n", " ").strip().rstrip(".")


def rule(
    name: str,
    *,
    visits: type[Part],
    severity: Severity,
    since: str,
    bad: tuple[Example, ...] | list[Example],
    good: tuple[Example, ...] | list[Example] = (),
    aws_codes: tuple[str, ...] = (),
    options: dict[str, Any] | None = None,
) -> Callable[[Callable[[Part, Context], Iterator[Finding]]], Rule[Part]]:
    """Declare the function below as a rule; its group is the folder that its module stands in."""

    def declare(check: Callable[[Part, Context], Iterator[Finding]]) -> Rule[Part]:
        group = check.__module__.split(".")[-2] if "." in check.__module__ else check.__module__
        page = inspect.cleandoc(check.__doc__ or "")
        return Rule(
            name, group, visits, severity, since, check, tuple(bad), tuple(good), page, tuple(aws_codes), options
        )

    return declare


def told(fault: Fault) -> Finding:
    """The finding that a fault is, in its own words."""
    return Finding(
        message=fault.message,
        at=fault.at,
        labels=fault.labels,
        help=fault.help,
        fix=fault.fix,
        severity=fault.severity,
        aws_code=fault.aws.code if fault.aws else None,
    )
