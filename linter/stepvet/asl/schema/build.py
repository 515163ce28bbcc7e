"""One flat JSON Schema for each kind of object and query language, made of the tables.

Flat: a field that holds an object is only asked to be one; what is inside is held to a schema of its own. So a
schema's errors are about one object, and nothing is tried twice.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from stepvet.asl.model import QueryLanguage
from stepvet.asl.schema.tables import ON_EVERY_STATE, STATES, TABLES, Table
from stepvet.asl.schema.values import value

Schema = dict[str, Any]


@cache
def fields(kind: str, language: QueryLanguage) -> tuple[str, ...]:
    """The fields that an object of the kind may have where the query language holds."""
    table = TABLES[kind]
    own = table.jsonpath if language == "JSONPath" else table.jsonata
    every = ON_EVERY_STATE if kind in STATES else ""
    return tuple(f"{every} {table.fields} {own}".split())


@cache
def schema(kind: str, language: QueryLanguage) -> Schema:
    """The JSON Schema (2020-12) of the kind. Don't change it: it is shared."""
    table = TABLES[kind]
    made: Schema = {
        "type": "object",
        "properties": {name: value(kind, name, language) for name in fields(kind, language)},
        "required": table.required.split(),
    }
    groups = _groups(table)
    return made | ({"allOf": groups} if groups else {}) | ({} if table.open else {"additionalProperties": False})


def _groups(table: Table) -> list[Schema]:
    exactly = [{"oneOf": [{"required": [name]} for name in group.split()]} for group in table.one_of]
    at_most = [{"not": {"required": group.split()}} for group in table.exclusive]
    return exactly + at_most


@cache
def kinds_with(field: str) -> tuple[str, ...]:
    """The state types that have a field in one of the query languages, in AWS's order."""
    return tuple(kind for kind in STATES if any(field in fields(kind, of) for of in ("JSONPath", "JSONata")))
