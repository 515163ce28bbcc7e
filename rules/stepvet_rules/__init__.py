"""The rules that ship with stepvet, found by the entry point group `stepvet.rules`.

A folder is a group, a module is a rule: the module's only `Rule` has the module's name in kebab-case.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from stepvet.api import AnyRule, Rule


def rules() -> Iterator[AnyRule]:
    """Every rule below this package, by group and name."""
    root = Path(__file__).parent
    for path in sorted(root.glob("*/*.py")):
        if not path.name.startswith("_"):
            module = import_module(f"{__name__}.{path.parent.name}.{path.stem}")
            yield from (value for value in vars(module).values() if isinstance(value, Rule))
