"""Colours of source lines on a terminal: the only module that imports pygments."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


def highlighted(line: str, file: str) -> str:
    """The line with ANSI colours for its language; the line itself where pygments has nothing to say."""
    lexer, formatter = _tools("yaml" if file.endswith((".yaml", ".yml")) else "json")
    from pygments import highlight

    text = highlight(line, lexer, formatter).rstrip("\n")
    return text if text else line


@lru_cache(maxsize=2)
def _tools(language: str) -> tuple[Any, Any]:
    from pygments.formatters.terminal import TerminalFormatter
    from pygments.lexers.data import JsonLexer, YamlLexer

    lexer = YamlLexer(stripnl=False) if language == "yaml" else JsonLexer(stripnl=False)
    return lexer, TerminalFormatter()
