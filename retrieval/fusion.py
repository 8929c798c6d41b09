"""Rankings into one ranking, by reciprocal rank.

Owns: the formula. Must not know: what is ranked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

#: Damps the first places; the value of Cormack, Clarke and Büttcher, SIGIR 2009.
K = 60


def reciprocal_rank_scores(rankings: Sequence[Sequence[str]]) -> dict[str, float]:
    """The sum of 1 / (K + rank) over the lists an id is in (rank from 1), best first; equal scores by id."""
    scores: dict[str, float] = defaultdict(float)
    for ranking in rankings:
        for rank, name in enumerate(ranking, start=1):
            scores[name] += 1 / (K + rank)
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))
