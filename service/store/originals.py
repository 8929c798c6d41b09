"""Originals: the bytes as they were uploaded, by workspace and SHA-256.

Owns: their folder. Must not know: SQL, parsing. A name from outside is never part of a path.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

_SHA256 = re.compile(r"[0-9a-f]{64}")
_WORKSPACE = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


class Originals:
    """Uploaded bytes of one workspace."""

    def __init__(self, root: Path, workspace_id: str) -> None:
        if not _WORKSPACE.fullmatch(workspace_id):
            raise ValueError(f"{workspace_id!r} is no workspace id")
        self._folder = root / workspace_id

    def keep(self, sha256: str, data: bytes) -> None:
        """Write the bytes whole or not at all; the same bytes again alter nothing."""
        path = self._path(sha256)
        if path.exists():
            return
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = path.with_suffix(".partial")
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)

    def read(self, sha256: str) -> bytes:
        """The bytes.

        Raises:
            FileNotFoundError: they are not kept.
        """
        return self._path(sha256).read_bytes()

    def remove(self, sha256: str) -> None:
        """Delete the bytes, if there are any."""
        self._path(sha256).unlink(missing_ok=True)

    def sweep(self, known: Iterable[str]) -> None:
        """Delete what a crash left behind: every file but the `known`."""
        kept = set(known)
        for path in self._folder.glob("*"):
            if path.name not in kept:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is no SHA-256")
        return self._folder / sha256
