"""Files that an ItemReader reads, made into items: CSV, JSON, JSON lines, and manifests of further files.

A service gives a file's text or bytes (gzip is unpacked), or the value itself, which stands for a file of any format
(so for Parquet, which nothing here reads). Recorded: cells are texts, short rows are filled with `""`, surplus cells
are dropped, a JSON file whose root is no array is refused.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from stepvet.asl.json_text import read_json
from stepvet.run.distributed.csv_text import rows_of
from stepvet.run.failure import ITEM_READER, Failure
from stepvet.text.node import Json

Fetch = Callable[[Mapping[str, Json]], Any]
"""Gets an S3 object by `Bucket` and `Key`; what a service answers, or a Failure."""
Config = Mapping[str, Json]

DELIMITERS = {"COMMA": ",", "PIPE": "|", "SEMICOLON": ";", "SPACE": " ", "TAB": "\t"}
NON_ITERABLE = "Attempting to map over non-iterable node."
NO_POINTER = "The provided ReaderConfig.ItemsPointer does not match any valid path in the JSON structure."
DUPLICATE_HEADERS = "CSV headers cannot contain duplicates."


def items_of_file(body: Any, config: Config, fetch: Fetch) -> Json | Failure:
    """The items of a file as `ReaderConfig` reads it; an object only where ItemsPointer leads to one."""
    if config.get("ManifestType") is not None or config.get("InputType") == "MANIFEST":
        return _manifest(body, config, fetch)
    return _READERS.get(str(config.get("InputType")), _json)(body, config)


def refused(cause: str) -> Failure:
    return Failure(ITEM_READER, cause)


def _text(body: Any) -> str | None:
    if isinstance(body, bytes):
        try:
            return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode("utf-8-sig")
        except (OSError, EOFError, UnicodeDecodeError):
            return None
    return body if isinstance(body, str) else None


def _json(body: Any, config: Config) -> Json | Failure:
    text = _text(body)
    if text is None and isinstance(body, bytes):
        return refused("The file could not be read as UTF-8 text.")
    try:
        value: Json = read_json(text) if text is not None else body
    except (ValueError, RecursionError):
        return refused("Attempting to parse a file that is no valid JSON.")
    pointer = config.get("ItemsPointer")
    if isinstance(pointer, str) and pointer:
        found = _pointed(value, pointer)
        if isinstance(found, Failure):
            return found
        return found if isinstance(found, list | dict) else refused(NON_ITERABLE)
    return value if isinstance(value, list) else refused(NON_ITERABLE)


def _pointed(value: Json, pointer: str) -> Json | Failure:
    """RFC 6901."""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        else:
            return refused(NO_POINTER)
    return value


def _lines(body: Any, _config: Config) -> Json | Failure:
    text = _text(body)
    if text is None:
        return body if isinstance(body, list) else refused("The file could not be read as UTF-8 text.")
    try:
        return [read_json(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError):
        return refused("Attempting to parse a line that is no valid JSON.")


def _csv(body: Any, config: Config) -> Json | Failure:
    text = _text(body)
    if text is None:
        return body if isinstance(body, list) else refused("The file could not be read as UTF-8 text.")
    delimiter = DELIMITERS.get(str(config.get("CSVDelimiter", "COMMA")), ",")
    rows = rows_of(text, delimiter)
    if config.get("CSVHeaderLocation") == "GIVEN":
        given = config.get("CSVHeaders")
        headers = [str(h) for h in given] if isinstance(given, list) else []
    else:
        headers = next(rows, [])
    if len(set(headers)) < len(headers):
        return refused(DUPLICATE_HEADERS)
    width = len(headers)
    return [dict(zip(headers, [*row[:width], *[""] * (width - len(row))], strict=True)) for row in rows]


def _given(body: Any, _config: Config) -> Json | Failure:
    """A format that isn't read here: the service gives the items."""
    return body if isinstance(body, list) else refused("The mocked file must be given as a list of items.")


def _manifest(body: Any, config: Config, fetch: Fetch) -> Json | Failure:
    """S3 inventory (its files are CSV in the columns of `fileSchema`) or Athena (a CSV of S3 addresses)."""
    if isinstance(body, list):
        return body
    if config.get("ManifestType") == "ATHENA_DATA":
        return _athena(_text(body) or "", config, fetch)
    manifest = _json_object(body)
    files = manifest.get("files") if manifest else None
    if manifest is None or not isinstance(files, list):
        return refused("The manifest file is not valid.")
    headers = [name.strip() for name in str(manifest.get("fileSchema", "")).split(",")]
    bucket = str(manifest.get("destinationBucket", "")).rpartition(":")[2]
    keys = [str(file.get("key")) for file in files if isinstance(file, dict)]
    own: Config = {"InputType": "CSV", "CSVHeaderLocation": "GIVEN", "CSVHeaders": list(headers)}
    return _joined(((bucket, key) for key in keys), own, fetch)


def _json_object(body: Any) -> dict[str, Json] | None:
    try:
        value = read_json(_text(body) or "") if isinstance(body, str | bytes) else body
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _athena(text: str, config: Config, fetch: Fetch) -> Json | Failure:
    addresses = [line.strip().strip('"') for line in text.split("\n") if line.strip()]
    places = (address.removeprefix("s3://").partition("/") for address in addresses)
    own = {k: v for k, v in config.items() if k != "ManifestType"}
    return _joined(((bucket, key) for bucket, _, key in places), own, fetch)


def _joined(places: Iterator[tuple[str, str]], config: Config, fetch: Fetch) -> Json | Failure:
    joined: list[Json] = []
    for bucket, key in places:
        body = fetch({"Bucket": bucket, "Key": key})
        if isinstance(body, Failure):
            return body
        items = items_of_file(body, config, fetch)
        if isinstance(items, Failure):
            return items
        joined.extend(items if isinstance(items, list) else [items])
    return joined


_READERS: dict[str, Callable[[Any, Config], Json | Failure]] = {
    "CSV": _csv,
    "JSON": _json,
    "JSONL": _lines,
    "PARQUET": _given,
}


def flattened(listing: list[Json], bucket: str, config: Config, fetch: Fetch) -> Json | Failure:
    """`LOAD_AND_FLATTEN`: the records of every listed object."""
    keys = [str(entry.get("Key")) for entry in listing if isinstance(entry, dict)]
    own = {k: v for k, v in config.items() if k != "Transformation"}
    return _joined(((bucket, key) for key in keys), own, fetch)


def limited(items: Json, limit: float | None) -> Json | Failure:
    """The first `limit` items; 0 and None are no limit, and less than 0 fails while reading (recorded)."""
    if not limit:
        return items
    if limit < 0:
        return refused("field MaxItems must be positive")
    if isinstance(items, dict):
        return dict(list(items.items())[: int(limit)])
    return items[: int(limit)] if isinstance(items, list) else items
