"""The words for faults of a JSON text, as a table, and what a bare word was probably meant to be."""

from __future__ import annotations

import re

from stepvet.text.node import Array, Bool, Node, Null, Number, Object, String
from stepvet.text.reading import SyntaxFault
from stepvet.text.source import Span

_messages = {
    "empty": "the text is empty",
    "byte-order-mark": "the text starts with a byte order mark, which JSON doesn't have",
    "missing-comma": "a comma is missing here",
    "trailing-comma": "no item follows this comma",
    "missing-colon": "a colon is missing after this key",
    "missing-value": "{what} has no value",
    "missing-key": "a value without a key in an object",
    "unexpected-colon": "this colon follows a value, not a key",
    "comment": "JSON has no comments",
    "single-quotes": "JSON has no single quotes",
    "unclosed": "{what} is never closed",
    "unclosed-string": "this string is never closed",
    "stray-bracket": 'this "{what}" closes nothing',
    "extra-text": "text after the end of the value",
    "too-deep": "more than {what} containers inside each other",
    "bad-number": "{what} is no number of JSON",
    "unquoted-text": "text without quotes",
    "odd-space": "{what} is no white space of JSON",
    "duplicate-key": 'the key "{what}" is here twice, and only the last one counts',
}
_literals = {
    "True": "true", "TRUE": "true", "False": "false", "FALSE": "false", "None": "null", "NULL": "null",
    "undefined": "null",
}  # fmt: skip
"""Other languages' words for JSON's."""
_not_numbers = {"NaN", "Infinity", "-Infinity", "+Infinity", "inf", "-inf"}
_numeric = re.compile(r"[+-]?(?:0[xX][0-9a-fA-F]+|[0-9.][0-9_.]*(?:[eE][+-]?[0-9]*)?)")


def describe(kind: str, what: str = "") -> str:
    return _messages[kind].format(what=what)


def name_container(node: Object | Array, key: String | None) -> tuple[str, str]:
    """What a container is called, and the help for one that lacks its end."""
    bracket = "}" if isinstance(node, Object) else "]"
    kind = "object" if isinstance(node, Object) else "array"
    name = f'the {kind} of "{key.value}"' if key else f"this {kind}"
    return name, f'add the missing "{bracket}"'


def word_fault(text: str, span: Span) -> tuple[SyntaxFault, Node | None]:
    """The fault of a bare word, and the value it was meant to be, where that is plain."""
    if right := _literals.get(text):
        fault = SyntaxFault("unquoted-text", f'"{text}" is no value of JSON', span, f"write {right}")
        return fault, Null(span) if right == "null" else Bool(span, right == "true")
    if text in _not_numbers or _numeric.fullmatch(text):
        value = 0 if text in _not_numbers else _guess(text)
        return SyntaxFault("bad-number", describe("bad-number", f'"{text}"'), span), Number(span, value, text)
    help = 'write it in double quotes, as in "…"'
    return SyntaxFault("unquoted-text", describe("unquoted-text"), span, help), None


def _guess(text: str) -> int | float:
    """A number that keeps the reading going; the fault is reported anyhow."""
    try:
        return int(text, 0) if "x" in text.lower() else float(text.replace("_", "")[:4000])
    except ValueError:
        return 0
