"""The bytes of a file, of a size that can be a definition, a template or mocks.

What a name stands for may be anything: a pipe that nobody writes to, or a device without an end, is refused and not
waited for.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

max_bytes = 20_000_000
"""A file that is larger is none of ours."""

_CHUNK = 1 << 20


def bytes_of(path: Path) -> bytes:
    """All bytes of a file, or of a pipe that something writes to. Raises OSError with the reason, and ValueError
    where the path can't be one."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise OSError(errno.EISDIR, "it is a folder")
        if not stat.S_ISREG(mode) and not stat.S_ISFIFO(mode):
            raise OSError(errno.EINVAL, "it is a device, not a file")
        start = b"" if stat.S_ISREG(mode) else _start_of_pipe(handle)
        return _rest(handle, start)
    finally:
        os.close(handle)


def _start_of_pipe(handle: int) -> bytes:
    """What the pipe has. Reading one without a writer ends at once, as long as it doesn't block."""
    try:
        start = os.read(handle, _CHUNK)
    except BlockingIOError:
        start = b""
    else:
        if not start:
            raise OSError(errno.EPIPE, "it is a pipe, and nothing writes to it")
    os.set_blocking(handle, True)
    return start


def _rest(handle: int, start: bytes) -> bytes:
    chunks, size = [start], len(start)
    while chunk := os.read(handle, _CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > max_bytes:
            raise OSError(errno.EFBIG, f"it is larger than {max_bytes // 1_000_000} MB")
    return b"".join(chunks)
