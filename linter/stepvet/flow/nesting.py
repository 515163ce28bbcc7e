"""Which scope a state stands in, and which Map or Parallel state a scope belongs to: the way outwards.

The model itself leads inwards only (a state knows its scopes). States and scopes are told apart by identity.
"""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.asl.model import Scope, State, StateMachine, inner_scopes


class Nesting:
    """The nesting of one machine."""

    def __init__(self, machine: StateMachine) -> None:
        self._scopes = {id(state): scope for scope in machine.scopes() for state in scope.states.values()}
        self._owners = {id(scope): state for state in machine.states() for scope in inner_scopes(state)}

    def scope_of(self, state: State) -> Scope:
        """The scope that the state stands in."""
        return self._scopes[id(state)]

    def owner(self, scope: Scope) -> State | None:
        """The Map or Parallel state that the scope is inside of; None for the machine's own."""
        return self._owners.get(id(scope))

    def around(self, state: State) -> Iterator[State]:
        """The Map and Parallel states that the state stands in, innermost first."""
        while (outer := self.owner(self.scope_of(state))) is not None:
            yield outer
            state = outer
