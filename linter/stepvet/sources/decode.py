"""Bytes to text. What is no text is an input that can't be read; a byte order mark and UTF-16 are faults of a text."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from stepvet.text.reading import SyntaxFault
from stepvet.text.source import Span

_marks = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text without its byte order mark, and what is wrong with its bytes."""

    text: str
    faults: tuple[SyntaxFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Undecodable:
    """Bytes that are no text, and why."""

    reason: str


def decode(data: bytes) -> Decoded | Undecodable:
    encoding = next((name for mark, name in _marks if data.startswith(mark)), None)
    if encoding is None and b"\0" in data[:8192]:
        return Undecodable("it is binary, not text")
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        byte = f"byte 0x{data[error.start]:02x} at offset {error.start}" if error.start < len(data) else "its end"
        return Undecodable(f"it is not {(encoding or 'utf-8').upper()} text ({byte})")
    text = text.removeprefix("\ufeff")
    return Decoded(text, _mark_faults(encoding, Span(0, min(1, len(text)))))


def encoded(text: str, like: bytes) -> bytes:
    """The text in the encoding, and with the byte order mark, that the bytes have."""
    mark, encoding = next(((m, name) for m, name in _marks if like.startswith(m)), (b"", "utf-8"))
    exact = encoding if encoding == "utf-8" else f"{encoding}-{'le' if mark[0] == 0xFF else 'be'}"
    return mark + text.encode(exact)


def _mark_faults(encoding: str | None, span: Span) -> tuple[SyntaxFault, ...]:
    if encoding is None:
        return ()
    if encoding == "utf-8":
        message = "the file starts with a byte order mark, which JSON doesn't have"
        return (SyntaxFault("byte-order-mark", message, span, "save it as UTF-8 without a byte order mark"),)
    return (SyntaxFault("encoding", f"the file is {encoding.upper()}, not UTF-8", span, "save it as UTF-8"),)


def cleaned(text: str) -> str:
    """A text that can be written anywhere: half surrogate pairs replaced, character by character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _has_surrogates(text) else text


def _has_surrogates(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
