"""The table of SDK services, read one service at a time.

Shapes are decoded when asked for, and each once. A name that the table lacks may be newer than the table: nobody should
take its absence for certain, which `asl.services.resource_faults` and `asl.services.request_faults` heed.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from stepvet.asl.services.sdk.encode import UNION, UNSUPPORTED
from stepvet.asl.services.sdk.naming import MemberName, error_prefix, member_name, optimized_member_name
from stepvet.asl.services.shapes import (
    ANY,
    BOOLEAN,
    STRING,
    TIMESTAMP,
    Integer,
    ListOf,
    MapOf,
    Member,
    Number,
    Object,
    Shape,
    String,
)

MODELS = "models.zip"
INDEX = "index.json"

Spelling = Callable[[str], MemberName]


class Decoder:
    """Shapes of one service in one spelling, each decoded once."""

    def __init__(self, encoded: list[Any], spelling: Spelling) -> None:
        self._encoded = encoded
        self._spelling = spelling
        self._decoded: dict[int, Shape] = {}

    def shape(self, at: int) -> Shape:
        if at not in self._decoded:
            self._decoded[at] = self._decode(self._encoded[at])
        return self._decoded[at]

    def _decode(self, encoded: list[Any]) -> Shape:
        match encoded:
            case ["s", *values]:
                return String(tuple(values)) if values else STRING
            case ["o", flags, members]:
                return Object(dict(map(self._member, members.items())), union=bool(flags & UNION))
            case ["l", item]:
                return ListOf(self.shape(item))
            case ["m", value]:
                return MapOf(self.shape(value))
            case ["i", *limits]:
                return Integer(*limits)
            case ["n", *limits]:
                return Number(*limits)
            case ["b"]:
                return BOOLEAN
            case ["t"]:
                return TIMESTAMP
            case _:
                return ANY

    def _member(self, given: tuple[str, int]) -> tuple[str, Member]:
        name, code = given
        spelled = self._spelling(name)
        shape, required = self.shape(code // 2), bool(code % 2)
        return spelled.name, Member(shape, required, spelled.is_exact, spelled.others)


@dataclass(frozen=True, slots=True)
class Action:
    """An operation. `supported` is false where Step Functions refuses it, as it does streams of events.

    Requests and results are `Object`s, in the spelling of an SDK integration or of an optimized one.
    """

    name: str
    supported: bool
    _request: int = field(repr=False)
    _result: int = field(repr=False)
    _sdk: Decoder = field(repr=False, compare=False)
    _optimized: Decoder = field(repr=False, compare=False)

    @property
    def request_shape(self) -> Object:
        return _as_object(self._sdk.shape(self._request))

    @property
    def result_shape(self) -> Object:
        return _as_object(self._sdk.shape(self._result))

    @property
    def optimized_request_shape(self) -> Object:
        return _as_object(self._optimized.shape(self._request))

    @property
    def optimized_result_shape(self) -> Object:
        return _as_object(self._optimized.shape(self._result))


@dataclass(frozen=True, slots=True)
class Service:
    """A service under the name that resources use. `errors` are the modelled ones, without the prefix; others occur."""

    name: str
    error_prefix: str
    errors: tuple[str, ...]
    actions: Mapping[str, Action]

    def action(self, name: str) -> Action | None:
        return self.actions.get(name)


@cache
def sdk_services() -> frozenset[str]:
    """The names of all services, as in `aws-sdk:⟨service⟩:…`."""
    return frozenset(_index()["folders"])


@cache
def sdk_service(name: str) -> Service | None:
    """The service of that name, or None. Its first look-up takes some milliseconds."""
    encoded = _newer_model(name) or (_read(f"{name}.json") if name in sdk_services() else None)
    return None if encoded is None else _service(name, encoded)


def table_version() -> str:
    """The version of botocore that the shipped table was made from."""
    return str(_index()["botocore"])


def _service(name: str, encoded: Mapping[str, Any]) -> Service:
    sdk, optimized = (Decoder(encoded["shapes"], spelling) for spelling in (member_name, optimized_member_name))
    actions = {
        action: Action(action, not flags & UNSUPPORTED, request, result, sdk, optimized)
        for action, (request, result, flags) in encoded["actions"].items()
    }
    return Service(name, error_prefix(encoded["id"]), tuple(encoded["errors"]), actions)


def _newer_model(name: str) -> Mapping[str, Any] | None:
    from stepvet.asl.services.sdk.installed import newer_model

    return newer_model(name, table_version(), _index()["folders"])


@cache
def _index() -> Mapping[str, Any]:
    index: Mapping[str, Any] = _read(INDEX)
    return index


@cache
def _models() -> Any:
    from zipfile import ZipFile

    return ZipFile(BytesIO(Path(__file__).with_name(MODELS).read_bytes()))


def _read(entry: str) -> Any:
    return json.loads(_models().read(entry))


def _as_object(shape: Shape) -> Object:
    return shape if isinstance(shape, Object) else Object(closed=False)
