"""Filling a new index folder in a process of its own, so that its files hold nothing of this one.

Owns: starting that process, and the form in which vectors travel to it. Must not know: chromadb, texts.

Chroma writes its vector files with whatever lay in the memory it was given. A fresh process that sees only the
ids and vectors to be kept cannot leak what must be gone.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import retrieval
from retrieval.vectors import Rows

_ROOT = Path(str(retrieval.__file__)).resolve().parent.parent


class CleanFillFailed(RuntimeError):
    """The process that fills the new folder ended badly; the old folder is as it was."""


def fill_in_child(folder: Path, embedder_name: str, rows: Sequence[Rows]) -> None:
    """Make an index in `folder` that holds `rows` and nothing else.

    Raises:
        CleanFillFailed: the process failed; the message ends with its last line.
    """
    command = [sys.executable, "-m", "retrieval.clean_fill_child", str(folder), embedder_name]
    done = subprocess.run(command, input=pack_rows(rows), capture_output=True, env=_environment())
    if done.returncode:
        complaint = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise CleanFillFailed(f"the index could not be rebuilt: {complaint[-1] if complaint else done.returncode}")


def pack_rows(rows: Sequence[Rows]) -> bytes:
    """The rows as the bytes of an .npz file."""
    arrays: dict[str, NDArray[Any]] = {
        "places": np.array([[part.collection, part.document_id] for part in rows], dtype=np.str_)
    }
    for number, part in enumerate(rows):
        arrays[f"ids{number}"] = np.array(part.ids, dtype=np.str_)
        arrays[f"vectors{number}"] = part.vectors
    packed = io.BytesIO()
    np.savez(packed, **arrays)  # type: ignore[arg-type]  # numpy's stub wants ArrayLike by keyword
    return packed.getvalue()


def unpack_rows(packed: bytes) -> Iterator[Rows]:
    """The rows of `pack_rows`."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        for number, place in enumerate(arrays["places"]):
            ids = tuple(str(name) for name in arrays[f"ids{number}"])
            yield Rows(str(place[0]), str(place[1]), ids, arrays[f"vectors{number}"])


def _environment() -> dict[str, str]:
    """Only what Python needs."""
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "HOME", "VIRTUAL_ENV", "SYSTEMROOT") if key in os.environ}
    return kept | {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
