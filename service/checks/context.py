"""What a check may look at besides the plan.

Owns: CheckContext and the embedder's protocol. Must not know: single criteria, stages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpora.budgets import Budgets
from corpora.lexicons import Lexicons
from corpora.records import Practice
from retrieval.documents import Document


class Embedder(Protocol):
    """Turns texts into unit rows of one width."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row a text, shape (len(texts), width)."""
        ...


@dataclass(frozen=True, slots=True)
class CheckContext:
    """The document the plan was made from, the library, and what similarity needs (None: not computed)."""

    document: Document
    practices: Mapping[str, Practice]
    budgets: Budgets
    lexicons: Lexicons
    embedder: Embedder | None = None
    reference_intents: tuple[str, ...] = ()
