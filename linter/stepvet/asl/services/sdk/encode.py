"""A botocore service model as plain data: the form in which the shipped table keeps a service.

    {"id": "DynamoDB", "errors": [name…], "shapes": [shape…], "actions": {action: [request, result, flags]}}

`request` and `result` are indexes into `shapes`; a shape refers to others by index, and always to smaller ones, so
that one pass decodes them. A shape is a list whose first item is its kind:

    ["a"] any · ["s", value…] string · ["t"] timestamp · ["b"] boolean · ["n", low, high] number · ["i", low, high]
    integer · ["l", shape] list · ["m", shape] map · ["o", flags, {name: 2 * shape + required}] object

Equal shapes are kept once. A recursive shape is unrolled `UNROLLED` times and then ends in "any". Names are the API's
own; how Step Functions spells them is decided when a shape is read. Nothing here imports botocore: the model is given.
"""

from collections.abc import Iterator
from typing import Any

from stepvet.asl.services.sdk.naming import action_name, error_name

UNROLLED = 2

UNSUPPORTED = 1
UNION = 1

Encoded = list[Any]

# Operations that Step Functions refuses, beside those that stream events.
_REFUSED = {
    "sts": frozenset({"AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot"}),
    "lambda": frozenset({"InvokeAsync", "InvokeWithResponseStream"}),
}

_NUMBERS = {"integer": "i", "long": "i", "float": "n", "double": "n"}


def encode_service(model: Any) -> dict[str, Any]:
    """The whole of a `botocore.model.ServiceModel`."""
    pool = _Pool()
    into, out = _Direction(pool, blob=["a"]), _Direction(pool, blob=["s"])
    actions = {
        action_name(name): _operation(model.operation_model(name), model.signing_name, into, out)
        for name in sorted(model.operation_names)
    }
    errors = sorted({error_name(shape.name) for shape in model.error_shapes})
    return {"id": str(model.service_id), "errors": errors, "shapes": pool.shapes, "actions": actions}


def _operation(operation: Any, service: str, into: "_Direction", out: "_Direction") -> Encoded:
    streams = operation.has_event_stream_output or operation.has_event_stream_input
    refused = streams or operation.name in _REFUSED.get(service, ())
    return [into.top(operation.input_shape), out.top(operation.output_shape), UNSUPPORTED if refused else 0]


class _Pool:
    """Encoded shapes, each kept once, in the order of their first use."""

    def __init__(self) -> None:
        self.shapes: list[Encoded] = []
        self._known: dict[str, int] = {}

    def index(self, shape: Encoded) -> int:
        at = self._known.setdefault(repr(shape), len(self.shapes))
        if at == len(self.shapes):
            self.shapes.append(shape)
        return at


class _Direction:
    """Encodes what goes in or what comes out: a request takes any value for a blob, a result gives text."""

    def __init__(self, pool: _Pool, blob: Encoded) -> None:
        self._pool = pool
        self._blob = blob
        self._open: list[str] = []
        self._done: dict[str, int] = {}
        self._met_again: set[str] = set()

    def top(self, shape: Any) -> int:
        return self._pool.index(["o", 0, {}]) if shape is None else self._index(shape)

    def _index(self, shape: Any) -> int:
        """The shape's place in the pool. A shape inside which no shape still open was met is the same everywhere."""
        name = shape.name
        if name in self._done:
            return self._done[name]
        times = self._open.count(name)
        if times > UNROLLED:
            self._met_again.add(name)
            return self._pool.index(["a"])
        outside, self._met_again = self._met_again, {name} if times else set()
        self._open.append(name)
        at = self._pool.index(self._encode(shape))
        self._open.pop()
        if not times:
            self._met_again.discard(name)
            if not self._met_again:
                self._done[name] = at
        self._met_again |= outside
        return at

    def _encode(self, shape: Any) -> Encoded:
        match shape.type_name:
            case "structure" if shape.is_document_type or shape.metadata.get("eventstream"):
                return ["a"]
            case "structure":
                return ["o", UNION if shape.is_tagged_union else 0, dict(self._members(shape))]
            case "list":
                return ["l", self._index(shape.member)]
            case "map":
                return ["m", self._index(shape.value)]
            case "string":
                return ["a"] if shape.serialization.get("jsonvalue") else ["s", *shape.enum]
            case "blob":
                return self._blob
            case "boolean":
                return ["b"]
            case "timestamp":
                return ["t"]
            case kind if kind in _NUMBERS:
                return _number(_NUMBERS[kind], shape.metadata)
            case _:
                return ["a"]

    def _members(self, shape: Any) -> Iterator[tuple[str, int]]:
        for name, member in shape.members.items():
            tokens = member.metadata.get("idempotencyToken", False)
            required = name in shape.required_members and not tokens
            yield name, 2 * self._index(member) + required


def _number(kind: str, limits: Any) -> Encoded:
    low, high = limits.get("min"), limits.get("max")
    return [kind] if low is None and high is None else [kind, low, high]
