"""What an ItemReader's mock has to hold, so that the reader finds the wanted items: a file's text, or a listing."""

from __future__ import annotations

import csv
import io
import json

from stepvet.asl.model import Map
from stepvet.text.node import Json, Object, String, plain


def file_of(state: Map, items: Json) -> Json:
    """The answer to the state's ItemReader."""
    reader = state.item_reader
    resource = reader.get("Resource") if reader else None
    if not isinstance(items, list) or reader is None or not isinstance(resource, String):
        return items
    if "listObjects" in resource.value:
        return [_listed(item, n) for n, item in enumerate(items)]
    config = reader.get("ReaderConfig")
    told = plain(config) if isinstance(config, Object) else {}
    kind = told.get("InputType") if isinstance(told, dict) else None
    match kind:
        case "CSV":
            return _table(told if isinstance(told, dict) else {}, items)
        case "JSONL":
            return "\n".join(json.dumps(item) for item in items)
        case _:
            return json.dumps(_at(told.get("ItemsPointer") if isinstance(told, dict) else None, items))


def _listed(item: Json, number: int) -> Json:
    known = item if isinstance(item, dict) else {}
    return {"Etag": "etag", "Key": f"key-{number}", "LastModified": 0, "Size": 1, "StorageClass": "STANDARD", **known}


def _table(config: dict[str, Json], items: list[Json]) -> str:
    """A CSV file. Where the headers are in the file they are the keys of the items."""
    rows = [item if isinstance(item, dict) else {} for item in items]
    given = config.get("CSVHeaders")
    headers = [str(h) for h in given] if isinstance(given, list) else list(dict.fromkeys(k for r in rows for k in r))
    written = io.StringIO()
    delimiters = {"PIPE": "|", "SEMICOLON": ";", "SPACE": " ", "TAB": "\t"}
    table = csv.writer(written, delimiter=delimiters.get(str(config.get("CSVDelimiter")), ","), lineterminator="\n")
    if not isinstance(given, list):
        table.writerow(headers or ["column"])
    table.writerows([[_cell(row.get(h, "")) for h in headers or ["column"]] for row in rows])
    return written.getvalue()


def _cell(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _at(pointer: Json, items: list[Json]) -> Json:
    """The items at a JSON Pointer."""
    made: Json = items
    for key in reversed(pointer.split("/")[1:]) if isinstance(pointer, str) else ():
        made = {key.replace("~1", "/").replace("~0", "~"): made}
    return made
