"""Fields that are a constant, a path (`⟨name⟩Path`) or a JSONata expression: seconds, counts, limits, moments."""

from __future__ import annotations

from typing import TypeVar

from stepvet.asl.model import Text
from stepvet.run.demand import demand
from stepvet.run.domain import Answers, Domain, Field
from stepvet.run.expression import Found, Sight, bind, expression, is_expression, only, plain_path
from stepvet.run.move import ABSENT
from stepvet.text.node import Number, String, plain

W = TypeVar("W")
V = TypeVar("V")


def computed(
    domain: Domain[W, V],
    world: W,
    sight: Sight[V],
    name: str,
    given: Number | Text | None,
    path: Text | None,
    meaning: str,
) -> Answers[W, V]:
    """The field's value, checked where it isn't written out; `meaning` names what is demanded of it."""
    check = demand(sight.visit.state.language, meaning)
    if isinstance(path, String):
        field = Field(path, f"{name}Path", "input value" if name == "Seconds" else "path")
        return bind(plain_path(domain, world, sight, path, field), lambda w, v: domain.check(w, v, check, field))
    if isinstance(given, String) and is_expression(given) and sight.visit.state.language == "JSONata":
        field = Field(given, name)
        return bind(expression(domain, world, sight, given, name), lambda w, v: domain.check(w, v, check, field))
    return only(world, domain.literal(plain(given) if given is not None else None))


def if_given(
    domain: Domain[W, V],
    world: W,
    sight: Sight[V],
    name: str,
    given: Number | Text | None,
    path: Text | None,
    meaning: str,
) -> Found[W]:
    """The same of a field that may be left out: it is absent then."""
    if given is None and path is None:
        return only(world, ABSENT)
    return computed(domain, world, sight, name, given, path, meaning)
