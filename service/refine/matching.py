"""A plan's intents matched to a newer version of its document: kept, changed, new or gone, each with a reason.

Owns: what becomes of an intent, and its form on the new words. Must not know: items, what a person
settles, storage, pages. Pure: the same two texts and intents give the same comparison.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.documents import Span
from service.plan.intents import Intent
from service.plan.plan import Plan
from service.plan.proposals import IntentProposal
from service.plan.provenance import Quote
from service.plan.reading import Reading
from service.refine.anchors import Text
from service.refine.changes import Comparison, Fate, Match, Pair
from service.refine.compare import Part, word_changes
from service.refine.lists import items_of
from service.refine.passages import Embed, pair_up
from service.stages.intents import make_intents
from service.stages.nothing import holds

#: Digits, or a number written as a word.
_NUMBER = re.compile(
    r"(?i)\d|^\W*(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third|quarter)s?\W*$"
)


@dataclass(frozen=True, slots=True)
class Newer:
    """The newer version as read, and the intents found in it, strongest first."""

    reading: Reading
    intents: tuple[Intent, ...]

    def text(self) -> Text:
        """It as a text to be searched."""
        return Text(self.reading.document, tuple(one.sentence for one in self.reading.sentences))


def compare(plan: Plan, old: Text, newer: Newer, embed: Embed) -> Comparison:
    """What became of everything that the plan rests on.

    Args:
        plan: Its quotes stand in `old`.
        old: The text the plan rests on.
        newer: The newer version.
        embed: For the likeness of passages that do not stand word for word.
    """
    new = newer.text()
    wanted = [quote for intent in newer.intents for quote in intent.quotes]
    pairs = pair_up(quotes_of(plan), old, new, wanted, embed)
    by_place = {(pair.quote.start, pair.quote.end): pair for pair in pairs}
    matches = []
    for intent in (*plan.intents, *(entry.intent for entry in plan.deferred_intents)):
        own = tuple(by_place[quote.start, quote.end] for quote in intent.quotes)
        matches.append(_match(intent, own, intent in plan.intents, newer))
    fresh = _fresh(newer, old, new, [pair.new for pair in pairs if pair.new], {match.intent_id for match in matches})
    return Comparison(matches=(*matches, *fresh), pairs=pairs, holds=holds(newer.reading))


def quotes_of(plan: Plan) -> tuple[Quote, ...]:
    """Every quote that anything in the plan rests on."""
    quotes: list[Quote] = []
    for intent in (*plan.intents, *(entry.intent for entry in plan.deferred_intents)):
        quotes += intent.quotes
    for item in items_of(plan):
        quotes += item.quotes
        quotes += item.alternative.quotes if item.alternative else ()
    quotes += [indicator.quote for indicator in plan.indicators if indicator.quote]
    for question in plan.questions_for_leadership:
        quotes += question.quotes
    return tuple(quotes)


def _match(intent: Intent, pairs: tuple[Pair, ...], active: bool, newer: Newer) -> Match:
    stands = [pair.new for pair in pairs if pair.new is not None]
    fates = {pair.fate for pair in pairs}
    if fates == {Fate.kept}:
        became = intent.model_copy(update={"quotes": tuple(stands)})
        return Match(
            fate=Fate.kept, reason=_kept_reason(pairs), intent=intent, became=became, active=active, pairs=pairs
        )
    found = _became(intent, pairs, stands, newer) if stands else None
    if found is None:
        reason = "No passage of the new version says this."
        return Match(fate=Fate.gone, reason=reason, intent=intent, active=active, pairs=pairs)
    return Match(
        fate=Fate.changed, reason=_changed_reason(pairs), intent=intent, became=found, active=active, pairs=pairs
    )


def _became(intent: Intent, pairs: Sequence[Pair], stands: Sequence[Quote], newer: Newer) -> Intent | None:
    """The intent on its new words, under its old id, wave and order."""
    quotes = tuple({(quote.start, quote.end): quote for quote in stands}.values())
    if pairs[0].fate is Fate.kept:
        return intent.model_copy(update={"quotes": quotes})
    found = _intent_on(quotes[0], newer) or _intent_at(quotes[0], intent, newer)
    if found is None:
        return None
    rest = tuple(quote for quote in quotes[1:] if quote not in found.quotes)
    kept = {"id": intent.id, "wave": intent.wave, "reason_first": intent.reason_first, "importance": intent.importance}
    return found.model_copy(update={**kept, "quotes": (quotes[0], *rest)})


def _intent_on(quote: Quote, newer: Newer) -> Intent | None:
    """The intent found in the new version whose first quote these words are."""
    return next((one for one in newer.intents if _same(one.quotes[0], quote)), None)


def _intent_at(quote: Quote, like: Intent, newer: Newer) -> Intent | None:
    """An intent made of words that reading did not take for one: the plan's intent says that they are."""
    proposal = IntentProposal(
        statement=quote.text,
        kind=like.kind,
        spans=(Span(quote.start, quote.end),),
        confidence=like.confidence,
        importance=like.importance,
    )
    return next(iter(make_intents((proposal,), newer.reading)), None)


def _same(one: Quote, other: Quote) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _fresh(newer: Newer, old: Text, new: Text, taken: Sequence[Quote], ids: set[str]) -> Iterable[Match]:
    """Intents on passages that the old version did not have and that no old intent became."""
    for intent in newer.intents:
        claimed = any(quote.start < one.end and one.start < quote.end for quote in intent.quotes for one in taken)
        passages = [new.around(Span(quote.start, quote.end)).of(new.document.text) for quote in intent.quotes]
        stood = any(old.has(passage) for passage in passages)
        if not claimed and not stood and intent.id not in ids:
            yield Match(fate=Fate.new, reason="The old version did not say this.", became=intent)


def _kept_reason(pairs: Sequence[Pair]) -> str:
    moved = next((pair for pair in pairs if pair.moved and pair.now_at), None)
    if moved is None or moved.now_at is None:
        return "The same words stand in the new version."
    return f"The same words stand in another place now: {moved.now_at.words()}."


def _changed_reason(pairs: Sequence[Pair]) -> str:
    changed = [pair for pair in pairs if pair.fate is Fate.changed]
    if not changed:
        return "One of its passages left; another still says it."
    if all(_only_numbers(pair) for pair in changed):
        return "A number changed."
    if all(pair.new is not None and pair.quote.text == pair.new.text for pair in changed):
        return "Its words stand, but the sentence around them changed."
    return "It is worded differently."


def _only_numbers(pair: Pair) -> bool:
    """Whether nothing but words with digits differs."""
    differing = [piece for piece in word_changes(pair.was, pair.now or "") if piece.part is not Part.same]
    words = [word for piece in differing for word in piece.text.split()]
    return bool(words) and all(_NUMBER.search(word) for word in words)
