"""What a format's reader hands over: pieces in reading order, not yet placed in a canonical text.

Owns: Piece and Draft. Must not know: offsets, heading paths, languages.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from retrieval.documents import BlockKind


@dataclass(frozen=True, slots=True)
class Piece:
    """One block as read: its words may still hold line breaks and loose spaces.

    `mark` is printed before the words but lies outside the block's span ('- ', '3. ').
    """

    kind: BlockKind
    text: str
    depth: int = 0
    mark: str = ""
    page: int | None = None
    slide: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """All pieces of one file, with the title it gives itself (empty if none) and its metadata."""

    pieces: tuple[Piece, ...]
    title: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
