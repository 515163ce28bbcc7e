"""JSON as every format of it is written: ASCII, so that lone surrogates and direction marks stay out of the output, and
without what a build server would take for a command."""

from __future__ import annotations

import json
import re
from typing import Any

_COMMAND = re.compile(r"##(?=(?:vso)?\[)")


def dumped(data: Any, indent: int | None = 1) -> str:
    """
    >>> dumped({"a": "##[error]é"}, None)
    '{"a": "#\\\\u0023[error]\\\\u00e9"}'
    """
    return _COMMAND.sub(r"#\\u0023", json.dumps(data, indent=indent))
