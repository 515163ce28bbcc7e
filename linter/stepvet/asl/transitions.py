"""Transitions as AWS judges them: targets that don't exist, states that nothing refers to, no state that ends.

AWS asks "does anything refer to it", not "can it be reached" (measured), and looks for a terminal state at the top
level only. Real reachability, loops and dominators are the room `flow`'s matter. Everything here works on the tree, so
that a state whose `Type` is wrong still refers to others.

Invariant: where a name or a target is filled in later, nothing that depends on it is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from stepvet.asl import aws
from stepvet.asl.fault import Aws, Fault
from stepvet.asl.schema.sites import Site
from stepvet.asl.slips import did_you_mean
from stepvet.text.finding import Add, Fix, Label, SetValue
from stepvet.text.near import nearest
from stepvet.text.node import Array, Bool, Hole, Member, Node, Object, Route, String, is_hidden, is_known

SCOPES = frozenset({"root", "branch", "processor"})
_ENDS = frozenset({"Succeed", "Fail"})
_NO_NEXT = frozenset({"Choice", "Succeed", "Fail"})


class Reference(NamedTuple):
    """A field that names a state. `legal` is false where its state may not have it."""

    target: Node
    route: Route
    legal: bool = True


@dataclass(frozen=True)
class ScopeView:
    """One `States` object with its `StartAt`, and where it stands."""

    node: Object
    route: Route

    @property
    def is_top(self) -> bool:
        return not self.route

    @cached_property
    def states(self) -> Mapping[str, Member]:
        held = self.node.get("States")
        return {m.key.value: m for m in held.members} if isinstance(held, Object) else {}

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        start = self.node.get("StartAt")
        own = [Reference(start, (*self.route, "StartAt"))] if start else []
        inner = (
            reference
            for member in self.states.values()
            if isinstance(member.value, Object)
            for reference in _references(member.value, (*self.route, "States", member.key.value))
        )
        return (*own, *inner)

    @cached_property
    def has_open_names(self) -> bool:
        """Is a state's name, or the list of states, filled in later?"""
        held = self.node.get("States")
        return self.node.is_open or not isinstance(held, Object) or held.is_open

    @cached_property
    def has_open_targets(self) -> bool:
        """Also where a target is no string: then that is the fault, not that a state lacks a reference."""
        hidden = any(not is_known(r.target) for r in self.references)
        return hidden or any(_hides_targets(m) for m in self.states.values())


def transition_faults(sites: Iterable[Site]) -> Iterator[Fault]:
    """All of them in AWS's order: missing targets, no terminal state, states that nothing refers to."""
    scopes = [ScopeView(site.node, site.route) for site in sites if site.kind in SCOPES]
    homes = {name: member.key for scope in reversed(scopes) for name, member in scope.states.items()}
    dangling = {id(scope): [*_missing_targets(scope, homes)] for scope in scopes}
    for scope in scopes:
        yield from dangling[id(scope)]
    no_end = False
    for scope in scopes:
        if scope.is_top and not _has_terminal(scope):
            no_end = True
            yield _no_terminal(scope, following=bool(dangling[id(scope)]))
    for scope in scopes:
        yield from _unreferenced(scope, suppressed=no_end and scope.is_top)


def _references(state: Object, route: Route) -> Iterator[Reference]:
    type_ = _text(state.get("Type"))
    for name, legal in (("Next", type_ not in _NO_NEXT), ("Default", type_ == "Choice")):
        target = state.get(name)
        if target is not None:
            yield Reference(target, (*route, name), legal)
    for name, legal in (("Choices", type_ == "Choice"), ("Catch", True)):
        items = state.get(name)
        for index, item in enumerate(items.items if isinstance(items, Array) else ()):
            target = item.get("Next") if isinstance(item, Object) else None
            if target is not None:
                yield Reference(target, (*route, name, index, "Next"), legal)


def _text(node: Node | None) -> str | None:
    return node.value if isinstance(node, String) else None


def _hides_targets(member: Member) -> bool:
    """A state, or a list of rules or catchers, that is filled in later may lead anywhere."""
    state = member.value
    if not isinstance(state, Object):
        return isinstance(state, Hole)
    lists = [held for name in ("Choices", "Catch") if (held := state.get(name))]
    entries = [entry for held in lists if isinstance(held, Array) for entry in held.items]
    return state.is_open or any(isinstance(node, Hole) or _is_open_object(node) for node in (*lists, *entries))


def _is_open_object(node: Node) -> bool:
    return isinstance(node, Object) and node.is_open


# --- targets


def _missing_targets(scope: ScopeView, homes: Mapping[str, String]) -> Iterator[Fault]:
    if scope.has_open_names:
        return
    for reference in scope.references:
        target = reference.target
        if is_known(target) and reference.legal and target.value not in scope.states:
            yield _missing_target(scope, target, reference.route, homes)


def _missing_target(scope: ScopeView, target: String, route: Route, homes: Mapping[str, String]) -> Fault:
    name = target.value
    diagnostic = Aws(aws.TRANSITION, aws.MISSING_TARGET.format(name=name), aws.location(route))
    home = homes.get(name)
    if home is not None:
        return Fault(
            rule="cross-scope-transition",
            message=f'state "{name}" is in another scope, so nothing here can lead to it',
            at=target,
            aws=diagnostic,
            labels=(Label(home, f'"{name}" is here'),),
            help="a branch or an item processor is entered at its StartAt and left at its end",
        )
    near = nearest(name, scope.states)
    return Fault(
        rule="missing-target",
        message=f'there is no state "{name}" to {"start at" if route[-1] == "StartAt" else "go on to"}',
        at=target,
        aws=diagnostic,
        help=did_you_mean(near),
        fix=Fix(f'write "{near}"', (SetValue(target, near),)) if near else None,
    )


# --- states that nothing refers to


def _unreferenced(scope: ScopeView, *, suppressed: bool) -> Iterator[Fault]:
    if scope.has_open_names or scope.has_open_targets or scope.node.get("StartAt") is None:
        return
    named = {r.target.value for r in scope.references if isinstance(r.target, String)}
    for name, member in scope.states.items():
        if name not in named:
            route = (*scope.route, "States", name)
            diagnostic = Aws(aws.TRANSITION, aws.UNREACHABLE.format(name=name), aws.location(route))
            yield Fault(
                rule="unreferenced-state",
                message=f'no state leads to "{name}", so it never runs',
                at=member.key,
                aws=None if suppressed else diagnostic,
            )


# --- an end


def _has_terminal(scope: ScopeView) -> bool:
    """Also true where an end may be filled in later, or a fault of shape may be why there is none."""
    if scope.has_open_names or scope.node.get("StartAt") is None:
        return True
    return any(_ends(member.value) for member in scope.states.values())


def _ends(state: Node) -> bool:
    if not isinstance(state, Object):
        return True
    type_, end = state.get("Type"), state.get("End")
    if type_ is None or is_hidden(type_) or state.is_open or isinstance(end, Hole | Object):
        return True
    return _text(type_) in _ENDS or (isinstance(end, Bool) and end.value)


def _no_terminal(scope: ScopeView, *, following: bool) -> Fault:
    """One fault more for AWS; our reader hears of it only where no other fault explains it."""
    states = scope.node.member("States")
    last = [*scope.states.values()][-1] if scope.states else None
    unfinished = any(isinstance(m.value, Object) and not _goes_on(m.value) for m in scope.states.values())
    return Fault(
        rule="no-terminal-state",
        message="no state ends the execution, so it runs until it times out",
        at=states.key if states else scope.node,
        aws=Aws(aws.NO_END, aws.NO_TERMINAL, None),
        help='give a state "End": true, or add a Succeed or Fail state',
        fix=_end_fix(last),
        hidden=following or unfinished or not scope.states,
    )


def _goes_on(state: Object) -> bool:
    return state.get("Next") is not None or _text(state.get("Type")) == "Choice"


def _end_fix(last: Member | None) -> Fix | None:
    """Only a state that goes nowhere can be ended without a loss."""
    if last is None or not isinstance(last.value, Object) or _goes_on(last.value):
        return None
    return Fix('add "End": true', (Add(last.value, "End", True),))
