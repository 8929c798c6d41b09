"""Which capabilities a strategy demands, by which intents, with the signs to look for.

Owns: that judgement. Must not know: items, engines, storage.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpora.records import Capability
from service.plan.intents import Intent
from service.plan.plan import CapabilityDemand

LEAST = 0.38
EACH = 2


def demands(
    intents: Sequence[Intent], fits: NDArray[np.float64], capabilities: Sequence[Capability]
) -> tuple[CapabilityDemand, ...]:
    """Up to two capabilities an active intent; `fits` has shape (intents, capabilities)."""
    wanted: dict[int, list[int]] = {}
    for row, _ in enumerate(intents):
        order = np.argsort(-fits[row], kind="stable")[:EACH]
        for column in order:
            if fits[row, column] >= LEAST or column == order[0]:
                wanted.setdefault(int(column), []).append(row)
    return tuple(_demand(capabilities[c], [intents[r] for r in rows]) for c, rows in sorted(wanted.items()))


def _demand(capability: Capability, intents: Sequence[Intent]) -> CapabilityDemand:
    words = " and ".join(f"“{intent.label}”" for intent in intents)
    return CapabilityDemand(
        capability=capability.id,
        name=capability.name,
        intent_ids=tuple(intent.id for intent in intents),
        why=f"{words} cannot hold without it.",
        project_signs=capability.project_signs,
        product_signs=capability.product_signs,
    )
