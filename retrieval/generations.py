"""Numbered folders of which one is current, switched in one step by a pointer file.

Owns: their names, the pointer and the sweeping. Must not know: what lies in the folders.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_POINTER = "current"
_PREFIX = "generation-"


def current_generation(root: Path) -> Path:
    """The folder in use (it need not exist yet); the first one where there is none."""
    pointer = root / _POINTER
    if not pointer.exists():
        switch_generation(root / f"{_PREFIX}{1:06d}")
    return root / pointer.read_text(encoding="utf-8").strip()


def next_generation(current: Path) -> Path:
    """The folder to fill before a switch; nothing is left in it from a switch that failed."""
    number = int(current.name.removeprefix(_PREFIX)) + 1
    folder = current.with_name(f"{_PREFIX}{number:06d}")
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def switch_generation(folder: Path) -> None:
    """Make `folder` the current one; a crash leaves the old or the new pointer, never half of one."""
    partial = folder.with_name(f"{_POINTER}.partial")
    with partial.open("w", encoding="utf-8") as file:
        file.write(folder.name)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder.with_name(_POINTER))


def sweep_generations(root: Path) -> None:
    """Delete every generation but the current one."""
    current = current_generation(root)
    for folder in root.glob(f"{_PREFIX}*"):
        if folder != current:
            shutil.rmtree(folder)
