"""One list of intents from several answers.

Owns: which proposals say the same (overlapping quotes or the same words), and how many a document
may have. Must not know: models, prompts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from retrieval.documents import Span
from service.plan.proposals import IntentProposal

LIMIT, LIMIT_LONG, LONG_WORDS = 30, 45, 8000
SAME_SPAN, SAME_WORDS = 0.5, 0.7
MAX_SPANS = 3


def intent_limit(words: int) -> int:
    """How many intents a document of so many words may have."""
    return LIMIT_LONG if words >= LONG_WORDS else LIMIT


def merged(proposals: Iterable[IntentProposal], limit: int) -> tuple[IntentProposal, ...]:
    """Proposals without those that say what a stronger one says, strongest first, at most `limit`."""
    kept: list[IntentProposal] = []
    for proposal in sorted(proposals, key=lambda each: (-each.importance, each.spans[0])):
        twin = next((place for place, other in enumerate(kept) if _same(proposal, other)), None)
        if twin is None:
            kept.append(proposal)
        else:
            kept[twin] = _joined(kept[twin], proposal)
    return tuple(kept[:limit])


def _same(one: IntentProposal, other: IntentProposal) -> bool:
    if _overlap(one.spans[0], other.spans[0]) > SAME_SPAN:
        return True
    mine, theirs = _words(one.statement), _words(other.statement)
    return len(mine & theirs) > SAME_WORDS * len(mine | theirs)


def _joined(strong: IntentProposal, weak: IntentProposal) -> IntentProposal:
    fresh = [span for span in weak.spans if all(_overlap(span, known) == 0 for known in strong.spans)]
    return replace(
        strong,
        spans=(*strong.spans, *fresh)[:MAX_SPANS],
        from_span=strong.from_span or weak.from_span,
        to_span=strong.to_span or weak.to_span,
        from_hypothesis=None if strong.from_span or weak.from_span else strong.from_hypothesis or weak.from_hypothesis,
    )


def _overlap(one: Span, other: Span) -> float:
    """Shared characters as a share of the shorter span."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / min(one.end - one.start, other.end - other.start)


def _words(statement: str) -> set[str]:
    return set(re.findall(r"\w+", statement.lower()))
