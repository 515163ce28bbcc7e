"""What an unquoted YAML scalar stands for: YAML 1.2's core schema, and where YAML 1.1 reads something else.

AWS's tools don't agree: SAM and the VS Code toolkit read 1.1, Serverless reads 1.2. Where the two give values of
different types, the scalar is ambiguous.
"""

from __future__ import annotations

import re

from stepvet.text.json_string import gaps, string_or_hole
from stepvet.text.node import Bool, Node, Null, Number, String, Style
from stepvet.text.source import Span

_nulls = {"", "~", "null", "Null", "NULL"}
_bools = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_integer = re.compile(r"[-+]?[0-9]+")
_based = re.compile(r"0(?:o[0-7]+|x[0-9a-fA-F]+)")
_float = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_may_be_plain = re.compile(r"[-+.0-9]")

_older = (
    (re.compile(r"(?i:yes|on)"), "true"),
    (re.compile(r"(?i:no|off)"), "false"),
    (re.compile(r"[-+]?0[0-7_]*[1-7][0-7_]*"), "an octal number"),
    (re.compile(r"0o[0-7]+"), "a string"),
    (re.compile(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"), "a number of seconds or minutes"),
    (re.compile(r"[-+]?[0-9]+_[0-9_]*(?:\.[0-9_]*)?"), "a number"),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "a date"),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*"), "a date"),
    (re.compile(r"[-+]?[0-9]+(?:\.[0-9]*)?[eE][0-9]+|[-+]?[0-9]+[eE][-+]?[0-9]+"), "a string"),
)
_words = {"yes", "no", "on", "off"}


def older_reading(text: str) -> str | None:
    """What YAML 1.1 makes of an unquoted scalar, where 1.2 makes something else of it."""
    if not text[:1].isdigit() and text[:1] not in "+-" and text.lower() not in _words:
        return None
    return next((what for pattern, what in _older if pattern.fullmatch(text)), None)


def plain_scalar(text: str, span: Span) -> Node:
    """The node of an unquoted, untagged scalar."""
    if text in _nulls:
        return Null(span)
    if text in _bools:
        return Bool(span, _bools[text])
    if _may_be_plain.match(text) and (number := _number(text)) is not None:
        return Number(span, number, text)
    return string_or_hole(span, text, "plain")


def _number(text: str) -> int | float | None:
    if len(text) > 4000:
        return None
    if _integer.fullmatch(text):
        return int(text)
    if _based.fullmatch(text):
        return int(text, 0)
    return float(text) if _float.fullmatch(text) else None


def tagged_scalar(tag: str, text: str, span: Span, style: Style) -> Node:
    """The node of a scalar with a tag of its own. What only a template's tool knows stays the string that it is."""
    short = tag.removeprefix("tag:yaml.org,2002:")
    if short in ("int", "float", "bool", "null") and short != tag:
        node = plain_scalar(text, span)
        if not isinstance(node, String):
            return node
    return String(span, text, style, gaps(text) if "${" in text else ())
