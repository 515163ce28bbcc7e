"""Values as text, in the form of what stands around them: JSON's or YAML's quotes, HCL's, one line or several."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from stepvet.text.node import Json, String, Style
from stepvet.text.source import Span
from stepvet.text.yaml_scalar import older_reading, plain_scalar

_plain = re.compile(r"[\w$./][\w$./@-]*(?: [\w$./@-]+)*")
_hcl_openings = re.compile(r"([$%])(?=\{)")


def written(value: Json, style: Style) -> str | None:
    """A value on one line; `style` is that of the strings around it. None where such strings can't be written."""
    if style == "joined":
        return None
    if not isinstance(value, str):
        return _json(value)
    return string(value, style)


def string(value: str, style: Style) -> str:
    """A string in quotes of the style, or without where it needs none.

    >>> string("Next", "plain"), string("yes", "plain"), string("it's", "single"), string("a${b}", "hcl")
    ('Next', '"yes"', "'it''s'", '"a$${b}"')
    """
    if style in ("plain", "literal", "folded") and is_plain(value):
        return value
    if style == "single" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return _hcl_openings.sub(r"\1\1", _json(value)) if style == "hcl" else _json(value)


def inner(value: str, style: Style) -> str | None:
    """A text to stand inside a string of the style; None where it can't, without changing the whole string.

    >>> inner('a"b', "json"), inner("it's", "single"), inner("a: b", "plain")
    ('a\\\\"b', "it''s", None)
    """
    match style:
        case "json" | "double":
            return _json(value)[1:-1]
        case "hcl":
            return string(value, style)[1:-1]
        case "single" if value.isprintable():
            return value.replace("'", "''")
        case "literal" if value.isprintable():
            return value
        case "plain" | "folded" if is_plain(value):
            return value
        case _:
            return None


def is_plain(value: str) -> bool:
    """Does YAML read the text without quotes as this very string, in a block as in brackets?"""
    return (
        _plain.fullmatch(value) is not None
        and isinstance(plain_scalar(value, Span(0, 0)), String)
        and older_reading(value) is None
    )


def _json(value: Json) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    try:
        shown.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value)
    return shown


def spread(value: Json, depth: str, unit: str) -> str:
    """JSON over several lines, for a place that is indented by `depth`. Lists of scalars stay on one line.

    >>> print(spread({"a": [1, {"b": "c"}], "d": [1, 2]}, "", "  "))
    {
      "a": [
        1,
        {
          "b": "c"
        }
      ],
      "d": [1, 2]
    }
    """
    further = depth + unit
    match value:
        case dict() if value:
            parts = [f"{_json(key)}: {spread(item, further, unit)}" for key, item in value.items()]
            return f"{{\n{further}" + f",\n{further}".join(parts) + f"\n{depth}}}"
        case list() if any(isinstance(item, (dict, list)) for item in value):
            parts = [spread(item, further, unit) for item in value]
            return f"[\n{further}" + f",\n{further}".join(parts) + f"\n{depth}]"
        case _:
            return _json(value)


def block(value: Json, margin: str) -> str:
    """YAML after `key:`, where the key is indented by `margin`.

    >>> print("key:" + block([{"a": "b", "c": [1, "x"]}], ""))
    key:
      - a: b
        c:
          - 1
          - x
    """
    if not value or not isinstance(value, (dict, list)):
        return " " + _scalar(value)
    return "".join(f"\n{margin}  {line}" for line in _lines(value))


def _lines(value: Json) -> Iterator[str]:
    match value:
        case dict():
            for key, item in value.items():
                yield from f"{string(key, 'plain')}:{block(item, '')}".split("\n")
        case list():
            for item in value:
                first, *rest = list(_lines(item)) if item and isinstance(item, (dict, list)) else [_scalar(item)]
                yield f"- {first}"
                yield from (f"  {line}" for line in rest)


def _scalar(value: Json) -> str:
    return string(value, "plain") if isinstance(value, str) else _json(value)
