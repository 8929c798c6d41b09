"""What the page of a changed strategy shows: two versions side by side and what is to be settled.

Owns: ChangedPage and how matches, items and practices come together on it. Must not know: HTML, requests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from corpora.records import Practice
from service.plan.intents import Intent
from service.plan.items import Item
from service.refine.changes import Fate, Match, Pair
from service.refine.compare import Part, Piece, word_changes
from service.refine.lists import items_of, kind_of
from service.refine.marks import Loss, Stale, Way
from service.refine.settle import homes
from service.settling import Open
from service.store.records import PlanRecord, RevisionRecord, TextRecord
from service.web.contexts.start import ACCEPTED

FATE_WORDS = {Fate.kept: "Kept", Fate.changed: "Changed", Fate.new: "New", Fate.gone: "Gone"}
#: What asks most of the lead comes first; what stays the same is folded away.
_ORDER = (Fate.changed, Fate.gone, Fate.new, Fate.kept)
_KINDS = {"behaviour": "Behaviour", "ritual": "Ritual", "policy": "Decision"}
_DECIDED = {Way.keep: "Kept as it is", Way.redraft: "Kept, with another draft beside it"}


@dataclass(frozen=True, slots=True)
class Side:
    """A passage in both versions: the pieces of each that read through as it stands there."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    before_at: str
    after_at: str


@dataclass(frozen=True, slots=True)
class ToSettle:
    """An item that rests on lost words.

    `losses` are those that the row above it does not show side by side; `decided` says in words what a person
    settled, and is empty until then.
    """

    item: Item
    kind: str
    stale: Stale
    losses: tuple[Loss, ...]
    decided: str
    locked: bool
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An intent with its fate, its passages side by side and the items that depend on them.

    `offered` are practices that could serve a new intent; `decided` says what a person settled about it.
    """

    match: Match
    label: str
    fate: str
    sides: tuple[Side, ...]
    items: tuple[ToSettle, ...] = ()
    offered: tuple[Practice, ...] = ()
    decided: str = ""

    @property
    def simple(self) -> tuple[str, ...]:
        """Ids of its items that can be kept without a reason."""
        return tuple(one.item.id for one in self.items if not one.decided and not one.stale.gone)


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A newer version of a plan's document.

    Attributes:
        record: the plan.
        version: the version of the plan that is settled on; 0 while there is none.
        progress: none, comparing, failed, settling, settled or laid_aside.
        revision: the newest comparison, or nothing.
        older: the version of the document it started from, or nothing.
        newer: the version it is held against, or nothing.
        waiting: a version of the document that is here and was not compared yet, or nothing.
        rows: intents that changed, went or came, in the order of what they ask.
        kept: intents whose words all stand.
        elsewhere: stale items that no row above shows.
        homes: intents that an item can serve whose own went.
        left: how many things are still to be settled.
        fault: why the last settlement was refused.
        accepted: file name endings for the file dialogue.
    """

    template: ClassVar[str] = "changed.html"
    record: PlanRecord
    version: int
    progress: str
    revision: RevisionRecord | None
    older: TextRecord | None
    newer: TextRecord | None
    waiting: TextRecord | None
    rows: tuple[Row, ...] = ()
    kept: tuple[Row, ...] = ()
    elsewhere: tuple[ToSettle, ...] = ()
    homes: tuple[Intent, ...] = ()
    left: int = 0
    fault: str = ""
    accepted: str = ACCEPTED


def rows_of(found: Open, offered: Mapping[str, Sequence[Practice]]) -> tuple[Row, ...]:
    """Every intent with its passages, those that ask most of the lead first; an item stands under one of them."""
    shown: set[str] = set()
    rows = []
    for match in sorted(found.comparison.matches, key=lambda one: _ORDER.index(one.fate)):
        items = tuple(
            _beside(match, one) for one in stale_items(found) if one.item.id not in shown and _under(match, one)
        )
        shown |= {one.item.id for one in items}
        rows.append(
            Row(
                match=match,
                label=(match.became or match.intent or _none()).label,
                fate=FATE_WORDS[match.fate],
                sides=sides_of(match),
                items=items,
                offered=tuple(offered.get(match.intent_id, ())),
                decided=_decided(found, match),
            )
        )
    return tuple(rows)


def stale_items(found: Open) -> tuple[ToSettle, ...]:
    """All items that rest on lost words, in the plan's order."""
    marks = found.standing.marks
    return tuple(
        ToSettle(
            item=item,
            kind=_KINDS[kind_of(item).value],
            stale=mark.stale,
            losses=mark.stale.losses,
            decided=_said(mark.stale),
            locked=mark.locked,
            by_hand=bool(mark.hand_written),
        )
        for item in items_of(found.standing.plan)
        if (mark := marks.of(item.id)).stale is not None
    )


def homes_of(found: Open) -> tuple[Intent, ...]:
    """Intents that an item can serve whose own went."""
    return homes(found.standing, found.comparison)


def sides_of(match: Match) -> tuple[Side, ...]:
    """The intent's passages side by side; those that stand word for word only where nothing else is to be shown."""
    if match.intent is None:
        quotes = match.became.quotes if match.became else ()
        return tuple(Side((), (Piece(Part.new, one.text),), "", one.location.words()) for one in quotes)
    turned = [pair for pair in match.pairs if pair.fate is not Fate.kept]
    return tuple({pair.was: _side(pair) for pair in turned or match.pairs}.values())


def _side(pair: Pair) -> Side:
    pieces = word_changes(pair.was, pair.now) if pair.now else (Piece(Part.gone, pair.was),)
    return Side(
        before=tuple(piece for piece in pieces if piece.part is not Part.new),
        after=tuple(piece for piece in pieces if piece.part is not Part.gone),
        before_at=pair.quote.location.words(),
        after_at=pair.now_at.words() if pair.now_at else "",
    )


def _under(match: Match, one: ToSettle) -> bool:
    """Whether the item serves the intent, or names words of its passages that turned."""
    if match.fate is Fate.new:
        return False
    turned = [pair.was for pair in match.pairs if pair.fate is not Fate.kept]
    return match.intent_id in one.item.intent_ids or any(loss.was in was for loss in one.stale.losses for was in turned)


def _beside(match: Match, one: ToSettle) -> ToSettle:
    """The item with only those losses that the match's passages do not show."""
    shown = {pair.was for pair in match.pairs}
    return replace(one, losses=tuple(loss for loss in one.losses if loss.was not in shown))


def _decided(found: Open, match: Match) -> str:
    one = next((one for one in found.standing.marks.newcomers if one.intent_id == match.intent_id), None)
    if one is None:
        return ""
    return f"Starts with “{one.item.title}”" if one.item else "Waits in the ledger"


def _said(stale: Stale) -> str:
    if stale.settled is None:
        return ""
    reason = f": {stale.settled.reason}" if stale.settled.reason else ""
    return f"{_DECIDED[stale.settled.way]}{reason} ({stale.settled.author})"


def _none() -> Intent:
    raise ValueError("a match without an intent")
