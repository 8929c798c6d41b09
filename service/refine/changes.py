"""What became of a strategy: its passages and intents in a newer version of the document.

Owns: Fate, Pair, Match, Comparison. Must not know: how they are found, what a person settles, storage.
"""

from __future__ import annotations

from enum import StrEnum

from corpora.records import Frozen
from service.plan.intents import Intent
from service.plan.plan import Question
from service.plan.provenance import Place, Quote


class Fate(StrEnum):
    """What became of a passage or an intent."""

    kept = "kept"
    changed = "changed"
    new = "new"
    gone = "gone"


class Pair(Frozen):
    """A quoted passage and what stands in its place.

    `quote` is the plan's quote in the old text, `new` the quote that can take its place. `was` and `now` are
    the whole sentences around them, to be shown side by side; `moved` says that they stand elsewhere now.
    """

    fate: Fate
    quote: Quote
    new: Quote | None = None
    was: str
    now: str | None = None
    now_at: Place | None = None
    moved: bool = False


class Match(Frozen):
    """An intent of the plan, of the new version, or of both, with the reason in plain words.

    `became` is the intent on its new words, under the old one's id; None where it is gone. `active` says
    whether items of the plan serve it.
    """

    fate: Fate
    reason: str
    intent: Intent | None = None
    became: Intent | None = None
    active: bool = False
    pairs: tuple[Pair, ...] = ()

    @property
    def intent_id(self) -> str:
        """The id it has in the plan, or will have."""
        found = self.intent or self.became
        if found is None:
            raise ValueError("a match without an intent")
        return found.id


class Comparison(Frozen):
    """Two versions of a document, as far as a plan rests on them.

    `matches` are the plan's intents in its order, then the new ones; `pairs` are all passages that anything
    in the plan quotes. `holds` and `questions` come from reading the new version.
    """

    matches: tuple[Match, ...]
    pairs: tuple[Pair, ...]
    holds: str
    questions: tuple[Question, ...] = ()

    def of_fate(self, fate: Fate) -> tuple[Match, ...]:
        """Matches of one fate, in order."""
        return tuple(match for match in self.matches if match.fate is fate)

    def match(self, intent_id: str) -> Match | None:
        """What became of an intent, or None where the comparison does not know it."""
        return next((match for match in self.matches if match.intent_id == intent_id), None)

    def pair(self, quote: Quote) -> Pair | None:
        """What became of a quoted passage, or None where nobody asked when the two were compared."""
        return next((p for p in self.pairs if (p.quote.start, p.quote.end) == (quote.start, quote.end)), None)

    def over(self, start: int, end: int) -> Pair | None:
        """What became of a quoted passage that shares words with a place of the old text, or None."""
        return next((p for p in self.pairs if p.quote.start < end and start < p.quote.end), None)
