"""What the two ways of ingest share: a contract, and the documents they are given.

Owns: the protocol and the reading of the folders. Must not know: either way.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from retrieval.documents import Document
from retrieval.parse import parse_bytes

_SUFFIXES = (".md", ".txt", ".html", ".pdf", ".docx", ".pptx")


class Contender(Protocol):
    """A way from a parsed document to a searchable index; built once, models loaded."""

    def ingest(self, documents: Sequence[Document], folder: Path) -> int:
        """Index the documents one after the other in an empty folder; returns how many pieces it indexed."""
        ...


def read_documents(folders: Sequence[Path]) -> list[Document]:
    """Every document of the folders, by name; parsing is no part of the measurement."""
    paths = [path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in _SUFFIXES]
    return [parse_bytes(path.read_bytes(), path.name) for path in paths]
