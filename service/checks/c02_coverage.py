"""C2 Intent coverage: every intent is served or deferred with a reason, and no section is passed over.

Owns: which sections speak of commitments and whether the ledger holds one of their sentences. Must
not know: stages, engines.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.documents import Block, Document
from service.checks.c01_grounding import MAX_WORDS
from service.checks.context import CheckContext
from service.checks.scoring import items_of
from service.checks.wording import phrase_pattern, word_count
from service.plan.plan import CriterionScore, Plan

#: A section this rich in commitments should be in the ledger; one passing "will" is not enough.
DIRECTIVE_BLOCKS = 2


def directive_sections(document: Document, directive: Sequence[str]) -> dict[tuple[str, ...], list[Block]]:
    """Blocks with directive words by heading path, for sections that hold at least two of them."""
    pattern = phrase_pattern(directive)
    found: dict[tuple[str, ...], list[Block]] = {}
    for block in document.blocks:
        if document.quotable(block) and pattern.search(block.span.of(document.text)):
            found.setdefault(block.location.heading_path, []).append(block)
    return {path: blocks for path, blocks in found.items() if len(blocks) >= DIRECTIVE_BLOCKS}


def check(plan: Plan, context: CheckContext) -> CriterionScore:
    """The ledger once: unserved intents, empty reasons, too many first intents, sections passed over."""
    if not plan.intents and not plan.deferred_intents:
        return CriterionScore(criterion="C2", score=None, reason="the plan has no intents")
    faults = [*_unserved(plan), *_unreasoned(plan)]
    limit = context.budgets.max_intents_first_window
    if len(plan.intents) > limit:
        faults.append(("", f"{len(plan.intents)} intents start at once, {limit} allowed"))
    passed = _sections_passed(plan, context)
    score = 5.0 - len(faults) - 2.0 * passed
    words = [reason for _, reason in faults]
    if passed:
        words.append(f"{passed:.0%} of the sections that commit have no place in the ledger")
    reason = "; ".join(words[:4]) or "every intent is served or deferred with a reason"
    ids = tuple(key for key, _ in faults if key)
    return CriterionScore(criterion="C2", score=round(max(1.0, score), 2), reason=reason, item_ids=ids)


def _unserved(plan: Plan) -> list[tuple[str, str]]:
    behaviours = {key for item in plan.behaviours for key in item.intent_ids}
    served = {key for item in items_of(plan) for key in item.intent_ids}
    faults = []
    for intent in plan.intents:
        if intent.id not in served:
            faults.append((intent.id, f"'{intent.label}' is neither served nor deferred"))
        elif intent.id not in behaviours:
            faults.append((intent.id, f"'{intent.label}' has no behaviour"))
    return faults


def _unreasoned(plan: Plan) -> list[tuple[str, str]]:
    return [
        (entry.intent.id, f"'{entry.intent.label}' is deferred without a reason")
        for entry in plan.deferred_intents
        if not entry.reason.strip() or not entry.waits_for.strip()
    ]


def _sections_passed(plan: Plan, context: CheckContext) -> float:
    """Share of directive sections in which no quote of the ledger or of a near miss stands.

    A quote too long to be true (C1) covers nothing: else one quote of the whole document would cover it all.
    """
    sections = directive_sections(context.document, context.lexicons.directive)
    ledger = [*plan.intents, *(entry.intent for entry in plan.deferred_intents)]
    quotes = [quote for intent in ledger for quote in intent.quotes] + [miss.quote for miss in plan.near_misses]
    quotes = [quote for quote in quotes if word_count(quote.text) <= MAX_WORDS]
    missed = [
        path
        for path, blocks in sections.items()
        if not any(
            block.span.start < quote.end and quote.start < block.span.end for block in blocks for quote in quotes
        )
    ]
    return len(missed) / len(sections) if sections else 0.0
