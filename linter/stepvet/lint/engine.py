"""The engine: one definition, the selected rules and the settings to a Report. A pure function of its arguments.

Parts are visited in the order of the text, outer ones first; the diagnostics are sorted, so that the output does not
depend on the order of rules. A rule that raises is our fault: it is noted, and the other rules go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from stepvet.asl.fault import Fault
from stepvet.asl.model import Choice as ChoiceState
from stepvet.asl.model import ChoiceRule, Combination, Handled, MachineType, State, StateMachine, Test
from stepvet.asl.parse import parse
from stepvet.lint import suppress
from stepvet.lint.context import Context
from stepvet.lint.diagnostic import Diagnostic, Place, Related, Repair
from stepvet.lint.directives import directives
from stepvet.lint.registry import AnyRule, installed, specificity
from stepvet.lint.report import Report, Summary, merged
from stepvet.lint.settings import Settings
from stepvet.lint.syntax import syntax_faults
from stepvet.sources.definition import Definition
from stepvet.sources.notice import Notice
from stepvet.text.finding import Finding, Fix, Label
from stepvet.text.inner import resolve_at
from stepvet.text.node import At, Inside, Object, Route, index_routes
from stepvet.text.source import Source, Span


def check(definition: Definition, settings: Settings, rules: tuple[AnyRule, ...] | None = None) -> Report:
    """Every finding of the rules in one definition. Never raises, whatever the definition holds."""
    chosen = settings.selected(installed()) if rules is None else rules
    machine = parse(definition.root, machine_type(definition, settings)) if definition.root else None
    run = Run(Context(definition, machine, settings), Dispatch(chosen))
    marked, unused = suppress.apply(run.visit(parts(run.context)), list(directives(definition)))
    vain = [part for part in unused if _was_looked_for(part, chosen)]
    everything = [*marked, *run.visit(vain)]
    kept = tuple(d for d in (suppress.outside(d, settings) for d in everything) if d is not None)
    return merged([Report((summary(definition, machine, settings),), kept, tuple(run.notices))])


def _was_looked_for(unused: suppress.UnusedSuppression, chosen: tuple[AnyRule, ...]) -> bool:
    """Did the rules run that the name is about? A name that no rule has is always in vain."""
    about = [rule for rule in installed().rules if specificity(unused.name, rule)]
    return all(rule in chosen for rule in about)


def machine_type(definition: Definition, settings: Settings) -> MachineType:
    return definition.type or settings.type or "STANDARD"


def summary(definition: Definition, machine: StateMachine | None, settings: Settings) -> Summary:
    return Summary(
        file=definition.file,
        resource=definition.resource,
        origin=definition.origin,
        type=machine_type(definition, settings),
        query_language=machine.language if machine else None,
        states=count_states(definition.root) if machine else None,
        unread=definition.unread,
    )


def count_states(node: Any) -> int:
    """States at every depth, also those of an unknown type."""
    states = node.get("States") if isinstance(node, Object) else None
    members = states.members if isinstance(states, Object) else []
    return len(members) + sum(count_states(scope) for m in members for scope in _nested(m.value))


def _nested(state: Any) -> Iterator[Any]:
    if isinstance(state, Object):
        yield from (state.get(key) for key in ("ItemProcessor", "Iterator"))
        yield from getattr(state.get("Branches"), "items", ())


def parts(context: Context) -> Iterator[object]:
    """Everything that a rule may visit."""
    yield context.definition
    yield from syntax_faults(context.definition)
    yield from context.faults
    if context.machine is None:
        return
    yield context.machine
    for scope in context.machine.scopes():
        yield scope
        for state in scope.states.values():
            yield from _state_parts(state)


def _state_parts(state: State) -> Iterator[object]:
    yield state
    if isinstance(state, Handled):
        yield from state.retry
        yield from state.catch
    if isinstance(state, ChoiceState):
        for rule in state.choices:
            yield from _rule_parts(rule)


def _rule_parts(rule: ChoiceRule) -> Iterator[object]:
    yield rule
    pending: list[Test | None] = [rule.test]
    while pending:
        test = pending.pop()
        if test is not None:
            yield test
        if isinstance(test, Combination):
            pending.extend(test.tests)


class Dispatch:
    """Which rules visit a part: by the part's class and the classes above it, faults by their name."""

    def __init__(self, rules: Iterable[AnyRule]) -> None:
        self.by_type: dict[type, list[AnyRule]] = {}
        self.by_fault: dict[str, AnyRule] = {}
        for rule in rules:
            if rule.visits is Fault:
                self.by_fault[rule.name] = rule
            else:
                self.by_type.setdefault(rule.visits, []).append(rule)
        self._of_class: dict[type, tuple[AnyRule, ...]] = {}

    def rules(self, part: object) -> tuple[AnyRule, ...]:
        if isinstance(part, Fault):
            rule = self.by_fault.get(part.rule)
            return (rule,) if rule and not part.hidden else ()
        kind = type(part)
        if kind not in self._of_class:
            self._of_class[kind] = tuple(rule for base in kind.__mro__ for rule in self.by_type.get(base, ()))
        return self._of_class[kind]


class Run:
    """One definition under the chosen rules: what they find, and what goes wrong with them."""

    def __init__(self, context: Context, dispatch: Dispatch) -> None:
        self.context = context
        self.dispatch = dispatch
        self.placer = Placer(context.definition)
        self.notices: list[Notice] = []
        self.failed: set[str] = set()

    def visit(self, parts: Iterable[object]) -> Iterator[Diagnostic]:
        for part in parts:
            for rule in self.dispatch.rules(part):
                yield from self._found(rule, part)

    def _found(self, rule: AnyRule, part: object) -> Iterator[Diagnostic]:
        try:
            for finding in rule.check(part, self.context):
                yield self.placer.diagnostic(rule, finding, self.context.settings)
        except Exception as error:  # a rule's bug must not hide the others' findings
            self._note(rule, error)

    def _note(self, rule: AnyRule, error: Exception) -> None:
        """What fails in a fact that many rules ask for is told once."""
        if repr(error) not in self.failed:
            self.failed.add(repr(error))
            self.notices.append(Notice("error", failure(f'rule "{rule.name}"', error), self.context.definition.file))


def failure(what: str, error: BaseException) -> str:
    """One line that tells a fault of ours."""
    return f"{what} failed: {type(error).__name__}: {error}".replace("\n", " ")


class Placer:
    """Turns the places that rules name into spans of the user's files, and into routes of the definition."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self._routes: dict[int, Route] | None = None

    def place(self, at: At | Span, source: Source | None) -> Place:
        own = source or self.definition.source
        span = at if isinstance(at, Span) else resolve_at(at, own)
        return Place(*own.resolve(span))

    def route(self, at: At | Span) -> Route:
        if isinstance(at, Span) or self.definition.root is None:
            return ()
        if self._routes is None:
            self._routes = index_routes(self.definition.root)
        return self._routes.get(id(at.node if isinstance(at, Inside) else at), ())

    def related(self, label: Label) -> Related:
        return Related(self.place(label.at, label.source), label.message)

    def repair(self, fix: Fix) -> Repair | None:
        from stepvet.lint.fix import repair

        return repair(fix, self.definition)

    def diagnostic(self, rule: AnyRule, finding: Finding, settings: Settings) -> Diagnostic:
        return Diagnostic(
            rule=rule,
            severity=settings.severities.get(rule.name) or finding.severity or rule.severity,
            message=finding.message,
            place=self.place(finding.at, finding.source),
            route=self.route(finding.at) if finding.source is None else (),
            resource=self.definition.resource,
            construct=self.definition.construct,
            help=finding.help,
            related=tuple(self.related(label) for label in finding.labels),
            repair=self.repair(finding.fix) if finding.fix else None,
            witness=finding.witness,
            aws_code=finding.aws_code,
        )
