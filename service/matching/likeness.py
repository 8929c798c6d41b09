"""What is seen of an intent beside every practice: the features that the fit is made of.

Owns: Likeness (the practices' statements, ready to be compared) and the features' names and arithmetic. Must not
know: weights, plans, documents, the library's files.

Sentence embeddings of "nurses decide on the ward" and "waiting on the ward" are near for the ward's sake. Each
practice is described by statements of unlike sectors, so what varies *within* a practice is mostly sector: whitening
by the within-practice scatter (Hatch & Stolcke 2006, WCCN, shrunk towards the identity) turns that down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from service.checks.wording import stems

Floats = NDArray[np.float64]

FEATURE_NAMES = (
    "serves_best",
    "serves_three",
    "serves_ahead",
    "whitened_three",
    "whitened_mean",
    "whitened_ahead",
    "purpose",
    "capability",
    "words",
    "words_ahead",
    "themes",
)
#: Statements that must agree: one near statement can be near for a word's sake.
AGREEING = 3
#: A practice's lead is over the one at this place for the same intent: what is near everything leads nothing.
PLACE = 4
SHRINKAGE = 1.0
MOST_THEMES = 3
#: BM25's usual constants (Robertson & Zaragoza 2009).
SATURATION, LENGTH_SHARE = 1.2, 0.75
OWN_WORDS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """A practice's words: statements it serves, its own name, purpose and themes."""

    serves: tuple[str, ...]
    own: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """Statements of n practices in plain and whitened space, and their words' weights.

    `starts` holds the row at which each practice's statements begin; statements of a practice stand together.
    """

    serves: Floats
    starts: NDArray[np.intp]
    centre: Floats
    whitener: Floats
    whitened: Floats
    means: Floats
    words: tuple[dict[str, float], ...]
    themes: tuple[tuple[str, ...], ...]

    def features(self, vectors: NDArray[np.float32], text: str, seen: Seen) -> Floats:
        """Features of one intent beside every practice, shape (n, len(FEATURE_NAMES)).

        `vectors` are the unit rows of the intent's sentences; the best sentence counts for each statement.
        """
        plain = vectors.astype(np.float64)
        white = _unit((plain - self.centre) @ self.whitener)
        statements = (self.serves @ plain.T).max(axis=1)
        best, three = self._top(statements, 1), self._top(statements, AGREEING)
        agreeing = self._top((self.whitened @ white.T).max(axis=1), AGREEING)
        words = self._words(text)
        columns = {
            "serves_best": best,
            "serves_three": three,
            "serves_ahead": _ahead(three),
            "whitened_three": agreeing,
            "whitened_mean": (self.means @ white.T).max(axis=1),
            "whitened_ahead": _ahead(agreeing),
            "purpose": seen.purpose,
            "capability": seen.capability,
            "words": words,
            "words_ahead": _ahead(words),
            "themes": self._themes(text),
        }
        return np.stack([columns[name] for name in FEATURE_NAMES], axis=-1)

    def _top(self, values: Floats, most: int) -> Floats:
        """Mean of each practice's `most` highest values."""
        parts = np.split(values, self.starts[1:])
        return np.array([np.sort(part)[::-1][:most].mean() if len(part) else 0.0 for part in parts])

    def _words(self, text: str) -> Floats:
        said = stems(text)
        scale = 1 + sqrt(max(1, len(said)))
        return np.array([sum(weights.get(word, 0.0) for word in sorted(said)) / scale for weights in self.words])

    def _themes(self, text: str) -> Floats:
        low = f" {text.lower()}"
        hits = [min(MOST_THEMES, sum(f" {theme}" in low for theme in themes)) for themes in self.themes]
        return np.array(hits, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Cosines of an intent that need no statements, one a practice: to its purpose and to its capability."""

    purpose: Floats
    capability: Floats


def make_likeness(serves: NDArray[np.float32], owners: NDArray[np.intp], texts: Sequence[Texts]) -> Likeness:
    """Built once a library; `owners` gives each statement's practice, in order. A library may hold none."""
    rows = serves.astype(np.float64)
    if not texts:
        size = rows.shape[-1] if rows.ndim == 2 else 0
        none = np.zeros((0, size))
        return Likeness(none, np.zeros(0, dtype=np.intp), np.zeros(size), np.eye(size), none, none, (), ())
    starts = np.searchsorted(owners, np.arange(len(texts)))
    centre = rows.mean(axis=0)
    whitener = _whitener(rows, owners, len(texts))
    whitened = _unit((rows - centre) @ whitener)
    means = _unit(np.array([whitened[owners == index].mean(axis=0) for index in range(len(texts))]))
    return Likeness(
        serves=rows,
        starts=starts,
        centre=centre,
        whitener=whitener,
        whitened=whitened,
        means=means,
        words=_word_weights(texts),
        themes=tuple(text.themes for text in texts),
    )


def _whitener(rows: Floats, owners: NDArray[np.intp], count: int) -> Floats:
    """Inverse square root of the shrunk within-practice scatter."""
    apart = np.vstack([rows[owners == index] - rows[owners == index].mean(axis=0) for index in range(count)])
    scatter = apart.T @ apart / max(1, len(rows) - count)
    size = len(scatter)
    mean = float(np.trace(scatter)) / size or 1.0
    values, axes = np.linalg.eigh(scatter + SHRINKAGE * mean * np.eye(size))
    return np.asarray((axes * values**-0.5) @ axes.T, dtype=np.float64)


def _word_weights(texts: Sequence[Texts]) -> tuple[dict[str, float], ...]:
    """BM25 weight of each stem for each practice; words of its own name and purpose count twice."""
    counts = [Counter(word for line in text.serves for word in stems(line)) for text in texts]
    for count, text in zip(counts, texts, strict=True):
        count.update({word: OWN_WORDS for word in stems(text.own)})
    usual = sum(count.total() for count in counts) / len(counts)
    spread = Counter(word for count in counts for word in count)
    rare = {word: log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for word, n in spread.items()}
    return tuple(
        {word: rare[word] * _saturated(n, count.total() / usual) for word, n in count.items()} for count in counts
    )


def _saturated(times: int, length: float) -> float:
    return times * (SATURATION + 1) / (times + SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length))


def _ahead(values: Floats) -> Floats:
    place = min(PLACE, len(values) - 1)
    return np.asarray(values - np.sort(values)[::-1][place], dtype=np.float64)


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-12), dtype=np.float64)
