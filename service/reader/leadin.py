"""A committing sentence that ends in a colon lends its force to the list under it.

Owns: that rule. Must not know: the classifier's weights, plans, engines.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.documents import BlockKind
from service.plan.reading import ReadSentence

LENT = 0.5


def lead_ins(sentences: Sequence[ReadSentence]) -> dict[int, float]:
    """Row -> raised commitment, for list items that follow a committing lead-in.

    A lead-in with p >= 0.5 moves each item's own p half the way to the lead-in's.
    """
    raised: dict[int, float] = {}
    lead: ReadSentence | None = None
    for sentence in sentences:
        if sentence.kind is not BlockKind.list_item:
            ends = sentence.text.rstrip().endswith(":")
            lead = sentence if ends and sentence.commitment >= LENT else None
        elif lead is not None and lead.commitment > sentence.commitment:
            raised[sentence.row] = round(sentence.commitment + LENT * (lead.commitment - sentence.commitment), 6)
    return raised
