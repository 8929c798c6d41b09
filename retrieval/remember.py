"""An embedder that remembers: texts asked for again cost nothing.

Owns: a bounded memory of vectors in front of another embedder. Must not know: what the texts are for. What
it forgets is only computed again; it holds no truth.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from retrieval.embed import Embedder, Vectors

MOST = 4096


class RememberingEmbedder:
    """The inner embedder's vectors, to the bit; threads may share it."""

    def __init__(self, inner: Embedder, most: int = MOST) -> None:
        self._inner = inner
        self._most = most
        self._kept: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def forget(self) -> None:
        """Drop all texts; they may not be remembered where they were erased."""
        with self._lock:
            self._kept.clear()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, float32 (n, dimensions), one a text."""
        with self._lock:
            held = {text: self._kept[text] for text in texts if text in self._kept}
        missing = [text for text in dict.fromkeys(texts) if text not in held]
        if missing:
            fresh = self._inner.embed(missing)
            held |= {text: fresh[row] for row, text in enumerate(missing)}
        self._remember(held)
        if not texts:
            return self._inner.embed([])
        return np.stack([held[text] for text in texts])

    def _remember(self, held: dict[str, Vectors]) -> None:
        with self._lock:
            for text, vector in held.items():
                self._kept[text] = vector
                self._kept.move_to_end(text)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
