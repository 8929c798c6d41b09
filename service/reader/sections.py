"""A sentence among its neighbours: a section that commits lends force to each of its sentences.

Owns: that smoothing. Must not know: how commitment was found, plans, engines.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

#: Share of the neighbours' mean that is added, and how many average neighbours a section is thought to have besides.
LENT, PRIOR = 0.4, 3.0


def among_neighbours(odds: NDArray[np.float64], sections: Sequence[Hashable]) -> NDArray[np.float64]:
    """Log-odds moved towards those of the other sentences of the same section, as far as they differ from the mean.

    `odds` has shape (n,); `sections` names the section of each sentence. The result has shape (n,).
    """
    if not len(odds):
        return odds
    apart = odds - odds.mean()
    names = {name: number for number, name in enumerate(dict.fromkeys(sections))}
    member = np.array([names[name] for name in sections])
    totals = np.bincount(member, weights=apart, minlength=len(names))
    counts = np.bincount(member, minlength=len(names))
    others = counts[member] - 1
    lent: NDArray[np.float64] = LENT * (totals[member] - apart) / (others + PRIOR) * (others > 0)
    return odds + lent
