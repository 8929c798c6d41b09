"""How near a ledger's entry is to the headlines of its document: what the author would miss first.

Owns: the features of an entry, the weights' file and the arithmetic. Must not know: how the weights were trained
(`evals/headlines.py`), practices, items, storage.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.documents import BlockKind
from service.engines.patterns.lead import LEANING
from service.engines.patterns.salience import TITLE_WORDS
from service.errors import ModelDataMissing
from service.plan.reading import Reading, ReadSentence
from service.reader.explicit import WORDINGS
from service.stages.waves import BINDS

WEIGHTS = Path(__file__).parent / "headline.json"
#: The grade of a headline; a graded entry is 3, 2 (supporting), 1 (minor) or 0 (nothing to act on).
HIGHEST = 3.0
NEIGHBOURS = 5
CROWD = 8
DEEP = 5
LONG = 40
ALL = re.compile(r"(?i)\b(?:all|every|each|everyone)\b")


@dataclass(frozen=True, slots=True)
class Spoken:
    """An entry: the sentence that speaks for it, the rows of all of its sentences, and its rank, 0 last to 1 first."""

    sentence: ReadSentence
    rows: tuple[int, ...]
    rank: float


def importance(entries: Sequence[Spoken], reading: Reading) -> NDArray[np.float64]:
    """Weight 0 to 1 of each entry, shape (entries,)."""
    if not entries:
        return np.zeros(0)
    weights, bias = _weights()
    grades = headline_features(entries, reading) @ weights + bias
    return np.clip(grades / HIGHEST, 0.0, 1.0).round(3).astype(np.float64)


def headline_features(entries: Sequence[Spoken], reading: Reading) -> NDArray[np.float64]:
    """What the weight is made of, shape (entries, features), columns in the order of `FEATURE_NAMES`."""
    vectors = np.vstack([reading.vectors[list(entry.rows)].mean(axis=0) for entry in entries])
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    agreement, theme = _agreement(vectors), vectors @ _theme(reading)
    crowds = Counter(entry.sentence.location.heading_path for entry in entries)
    opening = _openings(reading)
    rows = []
    for place, entry in enumerate(entries):
        seen = _seen(entry, reading)
        path = entry.sentence.location.heading_path
        seen["agreement"], seen["theme"] = float(agreement[place]), float(theme[place])
        seen["crowd"] = float(min(CROWD, crowds[path]))
        seen["opens section"] = float(opening[path] == entry.sentence.row)
        rows.append([seen[name] for name in FEATURE_NAMES])
    return np.array(rows, dtype=np.float64).round(6).astype(np.float64)


FEATURE_NAMES: tuple[str, ...] = (
    "agreement", "theme", "crowd", "opens section", "rank", "commitment", "place", "depth", "heading", "title words",
    "leans on another", "binding wording", "shall, must or will", "all or every", "words", "negated", "gerund",
    "infinitive", "imperative",
)  # fmt: skip


def _seen(entry: Spoken, reading: Reading) -> dict[str, float]:
    """What one entry shows by itself."""
    sentence, grammar = entry.sentence, reading.grammars[entry.sentence.row]
    text = sentence.text
    return {
        "rank": entry.rank,
        "commitment": sentence.commitment,
        "place": sentence.sentence.span.start / max(1, len(reading.document.text)),
        "depth": float(min(DEEP, sentence.depth)),
        "heading": float(sentence.kind is BlockKind.heading),
        "title words": float(bool(TITLE_WORDS.search(sentence.heading))),
        "leans on another": float(bool(LEANING.match(text))),
        "binding wording": float(any(wording.search(text) for wording in WORDINGS)),
        "shall, must or will": float(bool(BINDS.search(text))),
        "all or every": float(bool(ALL.search(text))),
        "words": min(LONG, len(text.split())) / LONG,
        "negated": float(grammar.negated),
        "gerund": float(grammar.form == "gerund"),
        "infinitive": float(grammar.form == "infinitive"),
        "imperative": float(grammar.form == "imperative"),
    }


def _agreement(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Mean cosine of each entry to the `NEIGHBOURS` entries nearest to it; 0 for one that is alone."""
    if len(vectors) < 2:
        return np.zeros(len(vectors))
    near = (vectors @ vectors.T).astype(np.float64)
    np.fill_diagonal(near, -np.inf)
    nearest = np.sort(near, axis=1)[:, ::-1][:, : min(NEIGHBOURS, len(vectors) - 1)]
    return np.asarray(nearest.mean(axis=1), dtype=np.float64)


def _theme(reading: Reading) -> NDArray[np.float32]:
    """Unit vector of what the document commits to: its sentences weighed by their commitment, shape (384,)."""
    commitment = np.array([sentence.commitment for sentence in reading.sentences], dtype=np.float32)
    theme = commitment @ reading.vectors
    return np.asarray(theme / max(float(np.linalg.norm(theme)), 1e-6), dtype=np.float32)


def _openings(reading: Reading) -> Mapping[tuple[str, ...], int]:
    """Row of the first sentence under each heading path."""
    first: dict[tuple[str, ...], int] = {}
    for sentence in reading.sentences:
        first.setdefault(sentence.location.heading_path, sentence.row)
    return first


@cache
def _weights(path: Path = WEIGHTS) -> tuple[NDArray[np.float64], float]:
    remedy = "run python -m evals headlines --train"
    if not path.is_file():
        raise ModelDataMissing(f"no weights at {path.name}: {remedy}")
    data = json.loads(path.read_text(encoding="utf-8"))
    if tuple(data["features"]) != FEATURE_NAMES:
        raise ModelDataMissing(f"{path.name} was trained for other features: {remedy}")
    return np.array(data["weights"], dtype=np.float64), float(data["bias"])
