"""Makes `models.zip` from the installed botocore: `python -m stepvet.asl.services.sdk.generate [FILE]`.

The same botocore and zlib give the same bytes: entries are sorted and carry one fixed date.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from stepvet.asl.services.sdk.installed import encoded_model, installed_services, installed_version
from stepvet.asl.services.sdk.table import INDEX, MODELS

_DATE = (1980, 1, 1, 0, 0, 0)


def entries() -> Iterator[tuple[str, Any]]:
    """File names in the archive with their contents as plain data: the index, then every service."""
    folders = installed_services()
    yield INDEX, {"botocore": installed_version(), "folders": folders}
    for name, folder in folders.items():
        yield f"{name}.json", encoded_model(folder)


def write(path: Path) -> None:
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in entries():
            info = ZipInfo(name, _DATE)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, json.dumps(content, separators=(",", ":")), compresslevel=9)


def main(arguments: list[str]) -> int:
    if installed_version() is None:
        print('botocore is not installed: pip install "stepvet[aws]"', file=sys.stderr)
        return 2
    write(Path(arguments[0]) if arguments else Path(__file__).with_name(MODELS))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
