"""Which of the routines that a document states belong to an intent.

Owns: that tie, by the intent's own sentences and the list under them. Must not know: how routines are read or
worded, engines, storage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.documents import BlockKind
from service.plan.intents import Intent
from service.plan.proposals import IntentBrief
from service.plan.reading import Reading
from service.plan.routine import Routine

#: So many behaviours of a plan may be the document's own routines; the others come from the library.
MOST_IN_PLAN = 2


def routines_of(intent: Intent, reading: Reading) -> tuple[Routine, ...]:
    """The routines that the intent's quoted sentences state, then those of the list right under them."""
    if not reading.routines:
        return ()
    stated = {routine.sentence_id: routine for routine in reading.routines}
    own = [sentence_id for quote in intent.quotes for sentence_id in quote.sentence_ids]
    below = [sentence_id for key in own for sentence_id in _listed_under(key, reading)]
    return tuple(stated[key] for key in dict.fromkeys([*own, *below]) if key in stated)


def with_routines(
    briefs: Sequence[IntentBrief], reading: Reading, taken: frozenset[str] = frozenset()
) -> tuple[IntentBrief, ...]:
    """The briefs, each of the first few that state a routine with one of them; no sentence serves twice.

    `taken` are ids of sentences whose routine the plan uses already; they count.
    """
    used = set(taken)
    told = []
    for brief in briefs:
        free = [one for one in routines_of(brief.intent, reading) if one.sentence_id not in used]
        if len(used) >= MOST_IN_PLAN or not free:
            told.append(brief)
            continue
        used.add(free[0].sentence_id)
        told.append(replace(brief, routine=free[0]))
    return tuple(told)


def _listed_under(sentence_id: str, reading: Reading) -> Iterator[str]:
    """Sentences of the list under a line that ends in a colon, under a heading, under an item with its own items."""
    head = reading.by_id(sentence_id)
    blocks, at = reading.document.blocks, head.sentence.block
    if head.kind not in {BlockKind.heading, BlockKind.list_item} and not head.text.rstrip().endswith(":"):
        return
    for sentence in reading.sentences:
        block = sentence.sentence.block
        if block <= at:
            continue
        between = blocks[at + 1 : block + 1]
        if any(one.kind is not BlockKind.list_item for one in between):
            return
        if head.kind is BlockKind.list_item and any(one.depth <= blocks[at].depth for one in between):
            return
        yield sentence.id
