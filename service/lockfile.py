"""One process owns a data folder.

Owns: the lock and the name of its holder. Must not know: what is in the folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from service.store.errors import FolderInUse

_LOCK, _HOLDER = "lock", "lock.pid"


@contextmanager
def owned(folder: Path) -> Iterator[None]:
    """Own the folder while the block runs; the lock falls with the process, however it ends.

    Raises:
        FolderInUse: another process owns it; the message names its number.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = filelock.FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout as error:
        raise FolderInUse(
            f"The data folder {folder} is in use by process {holder(folder) or 'unknown'}; "
            "stop that one first, or name another folder."
        ) from error
    try:
        (folder / _HOLDER).write_text(f"{os.getpid()}\n", encoding="ascii")
        yield
    finally:
        (folder / _HOLDER).unlink(missing_ok=True)
        lock.release()


def holder(folder: Path) -> int | None:
    """The process that says it owns the folder, if one does."""
    try:
        return int((folder / _HOLDER).read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return None
