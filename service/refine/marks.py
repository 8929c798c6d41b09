"""What people have noted on a plan's items: reviewed, locked, set aside, written by hand.

Owns: Mark, SetAside, Marks, Standing. Must not know: how edits are made, storage. Marks lie beside the
content of a version and hang on item ids, which stay through edits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import Field

from corpora.records import Frozen, Kind
from service.plan.items import Behaviour, Indicator, PolicyAsk, Ritual
from service.plan.plan import Plan


class Loss(Frozen):
    """Words that an item rests on and that the newer version of the document no longer has.

    `what` says what they are to the item; `now` are the words in their place, where there are any.
    """

    what: str
    was: str
    now: str | None = None


class Way(StrEnum):
    """How a person settled a stale item; one that was set aside is in the plan no longer."""

    keep = "keep"
    redraft = "redraft"


class Settled(Frozen):
    """What a person decided about a stale item. `under` is the intent it serves from now on, where its own went."""

    way: Way
    author: str
    reason: str = ""
    under: str | None = None


class Stale(Frozen):
    """An item resting on passages that changed or went. `gone` says that nothing it served is left."""

    losses: tuple[Loss, ...]
    gone: bool
    settled: Settled | None = None


class Review(StrEnum):
    """Whether somebody has taken the item as it is."""

    proposed = "proposed"
    accepted = "accepted"


class Mark(Frozen):
    """What people noted on one item. `hand_written` are paths of fields a person wrote.

    `stale` is set from the day a newer version of the document is held against the plan until the plan rests
    on it; `kept_because` says why an item stays whose words left the document.
    """

    review: Review = Review.proposed
    locked: bool = False
    hand_written: tuple[str, ...] = ()
    stale: Stale | None = None
    kept_because: str | None = None

    @property
    def to_settle(self) -> bool:
        """Whether a person still has to decide what becomes of the item."""
        return self.stale is not None and self.stale.settled is None


class SetAside(Frozen):
    """An item taken out of the plan, whole, with what measured it, who took it out and why."""

    kind: Kind
    behaviour: Behaviour | None = None
    ritual: Ritual | None = None
    policy: PolicyAsk | None = None
    indicators: tuple[Indicator, ...] = ()
    reason: str
    author: str

    @property
    def item(self) -> Behaviour | Ritual | PolicyAsk:
        """The item itself."""
        found = self.behaviour or self.ritual or self.policy
        if found is None:
            raise ValueError("a set-aside without an item")
        return found


class Newcomer(Frozen):
    """A new intent of the document that a person has settled: with an item, or to wait, with the reason."""

    intent_id: str
    author: str
    reason: str = ""
    behaviour: Behaviour | None = None
    ritual: Ritual | None = None
    policy: PolicyAsk | None = None
    indicators: tuple[Indicator, ...] = ()

    @property
    def item(self) -> Behaviour | Ritual | PolicyAsk | None:
        """The item that serves it from now on, or None where it waits."""
        return self.behaviour or self.ritual or self.policy


class Marks(Frozen):
    """All marks of a version of a plan.

    `revision_id` names the newer version of the document that is being settled; None where there is none.
    """

    items: Mapping[str, Mark] = Field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()
    revision_id: str | None = None
    newcomers: tuple[Newcomer, ...] = ()

    def of(self, item_id: str) -> Mark:
        """The item's mark; an untouched item has a plain one."""
        return self.items.get(item_id, Mark())


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan as it stands: its content and what people noted on it."""

    plan: Plan
    marks: Marks
