"""Places as SARIF writes them: files by their real path from the top of the repository, regions in code points,
and GitHub's hash of the line."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from stepvet.lint.diagnostic import Place
from stepvet.report import Style
from stepvet.report.line_hash import line_hashes
from stepvet.text.source import Source


class Places:
    """Locations of one log; a file's address and its line hashes are computed once."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self._uris: dict[str, str] = {}
        self._hashes: dict[int, tuple[Source, list[str]]] = {}

    @cached_property
    def _here(self) -> Path:
        return Path(os.path.realpath(os.curdir))

    def uri(self, file: str) -> str:
        if file not in self._uris:
            self._uris[file] = relative_reference(self.style.located(self._real(file)))
        return self._uris[file]

    def _real(self, file: str) -> str:
        """GitHub finds a linked file by its real path only."""
        path = Path(file)
        if not any(p.is_symlink() for p in (path, *path.parents)):
            return file
        real = Path(os.path.realpath(path))
        return real.relative_to(self._here).as_posix() if real.is_relative_to(self._here) else file

    def location(self, place: Place) -> dict[str, Any]:
        return {"physicalLocation": {"artifactLocation": {"uri": self.uri(place.file)}, "region": region(place)}}

    def line_hash(self, place: Place) -> str:
        source = place.source
        if id(source) not in self._hashes:  # the source is kept, so that its id stays its own
            self._hashes[id(source)] = (source, line_hashes(source.text))
        hashes = self._hashes[id(source)][1]
        return hashes[min(place.start.line, len(hashes)) - 1]


def region(place: Place) -> dict[str, int]:
    start, end = place.start, place.end
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def relative_reference(file: str) -> str:
    """A path as a URI reference.

    >>> relative_reference("flows/my order#1.json")
    'flows/my%20order%231.json'
    """
    return quote(file.replace("\\", "/"), safe="/~", errors="surrogatepass")
