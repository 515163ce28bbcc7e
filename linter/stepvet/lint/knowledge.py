"""What the user says of inputs and task results in the settings, as types for symbolic runs."""

from __future__ import annotations

from stepvet.asl.services.shapes import Shape
from stepvet.lint.settings import Settings
from stepvet.lint.suppress import matches
from stepvet.sources.definition import Definition


def known_shapes(definition: Definition, settings: Settings) -> dict[str, Shape]:
    """State name → what its task answers; the empty name has the machine's input."""
    from stepvet.run.symbolic.knowledge import from_example, from_schema

    file = settings.relative(definition.file)
    return {
        known.state or "": from_schema(known.schema) if known.schema is not None else from_example(known.example)
        for known in settings.known
        if matches(file, known.file)
    }
