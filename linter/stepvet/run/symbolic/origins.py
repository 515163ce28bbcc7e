"""Who made an object or an array: the state and its field. Kept beside the values, which are made before it is known.

Invariant: a value keeps the first origin that was noted for it.
"""

from __future__ import annotations

from dataclasses import replace

from stepvet.asl.model import State
from stepvet.run.symbolic.values import Arr, Mark, Obj, Origin, Source, Value

_FIELDS = {
    "input_path": ("input_path", "InputPath"),
    "parameters": ("parameters", "Parameters"),
    "arguments": ("arguments", "Arguments"),
    "result": ("result", "Result"),
    "result_selector": ("result_selector", "ResultSelector"),
    "result_path": ("result_path", "ResultPath"),
    "output_path": ("output_path", "OutputPath"),
    "output": ("output", "Output"),
    "item_selector": ("item_selector", "ItemSelector"),
    "item_batcher": ("item_batcher", "ItemBatcher"),
    "error_output": ("catch", "Catch"),
}


class Origins:
    """Object → what made it. The objects are held here, so that their identities stay theirs."""

    def __init__(self) -> None:
        self._of: dict[int, tuple[Value, Origin]] = {}

    def note(self, value: Value, state: State, stage: str, turn: str = "") -> None:
        """`turn` is what the state took last; it names the catcher that an error output is for."""
        if not isinstance(value, Obj | Arr) or id(value) in self._of or stage not in _FIELDS:
            return
        attribute, name = _FIELDS[stage]
        made = getattr(state, attribute, None)
        node = state.key if made is None or isinstance(made, tuple) else made
        if value.origin is not None and turn.startswith("catcher ") and isinstance(made, tuple):
            node = made[int(turn.removeprefix("catcher "))].node
            origin = replace(value.origin, node=node)
        else:
            origin = value.origin or Origin(Source.TEMPLATE, f'{name} of "{state.name}"', state.path, node)
        self._keep(value, origin)

    def _keep(self, value: Value, origin: Origin) -> None:
        self._of[id(value)] = (value, origin)
        parts = value.fields.values() if isinstance(value, Obj) else value.items if isinstance(value, Arr) else ()
        for part in parts:
            if isinstance(part, Obj | Arr) and not isinstance(part, Mark) and id(part) not in self._of:
                self._keep(part, origin)

    def of(self, value: Value | None) -> Origin | None:
        if value is None:
            return None
        noted = self._of.get(id(value))
        return noted[1] if noted else value.origin
