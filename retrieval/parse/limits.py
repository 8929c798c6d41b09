"""How much a file may ask of the reader.

Owns: `ParseLimits` with its documented defaults. Must not know: who sets them.
"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ParseLimits:
    """Limits on one file; all are checked, whatever the format.

    Attributes:
        max_bytes: size of the file as uploaded.
        max_words: words of the canonical text.
        max_unpacked_bytes: total size after unpacking (zip parts, PDF streams).
        max_ratio: unpacked to packed size; only asked above 10 MiB unpacked.
        max_seconds: wall-clock time, for the child process.
        max_memory_bytes: address space, for the child process.
    """

    max_bytes: int = 25 * MIB
    max_words: int = 200_000
    max_unpacked_bytes: int = 250 * MIB
    max_ratio: int = 200
    max_seconds: float = 60.0
    max_memory_bytes: int = 1024 * MIB


DEFAULT_LIMITS = ParseLimits()
