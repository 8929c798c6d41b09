"""How much weight a document puts on one of its commitments.

Owns: emphasis cues and centrality. Must not know: practices, items, storage.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from service.plan.reading import Reading, ReadSentence

EMPHASIS = re.compile(
    r"(?i)\b(?:most important|first priority|top priority|single (?:\w+ )?priority|number one|above all|at the (?:heart|core|"
    r"cent(?:re|er)) of|core of|focus(?:ing|ed)? (?:our efforts |everything )?(?:on|into)|double down|we (?:have )?decided|"
    r"we (?:have )?chosen|our (?:goal|aim|mission|vision|priority|objective|strategy|ambition|north star) is|"
    r"rather than|instead of|no longer|moving away|shift(?:ing)? (?:from|to)|must|unless|in order to achieve)\b"
)
TITLE_WORDS = re.compile(
    r"(?i)\b(?:goals?|objectives?|vision|mission|priorit\w+|strategy|summary|tl;?dr|outcomes?|focus|ambition)\b"
)
NEIGHBOURS = 8


def salience(reading: Reading, rows: NDArray[np.intp]) -> NDArray[np.float64]:
    """Weight 0 to 1 of each sentence at `rows` among them: emphasis, heading, early place, agreement.

    Agreement is the mean cosine to the sentence's nearest `NEIGHBOURS` fellow candidates.
    """
    if rows.size == 0:
        return np.zeros(0)
    agreement = _agreement(reading.vectors[rows])
    total = max(1, len(reading.document.text))
    marks = np.array([_marks(reading.sentences[row], total) for row in rows])
    return np.clip(0.45 * agreement + 0.55 * marks, 0.0, 1.0).round(6).astype(np.float64)


def _marks(sentence: ReadSentence, total: int) -> float:
    emphasis = 0.5 if EMPHASIS.search(sentence.text) else 0.0
    heading = 0.25 if TITLE_WORDS.search(sentence.heading) else 0.0
    early = 0.25 * (1.0 - sentence.sentence.span.start / total)
    return emphasis + heading + early


def _agreement(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    similarity = (vectors @ vectors.T).astype(np.float64)
    np.fill_diagonal(similarity, 0.0)
    nearest = np.sort(similarity, axis=1)[:, -NEIGHBOURS:]
    mean = nearest.mean(axis=1) if nearest.size else np.zeros(len(vectors))
    spread = float(mean.max() - mean.min())
    return (mean - mean.min()) / spread if spread > 1e-6 else np.full(len(vectors), 0.5)
