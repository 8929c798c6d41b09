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


class Review(StrEnum):
    """Whether somebody has taken the item as it is."""

    proposed = "proposed"
    accepted = "accepted"


class Mark(Frozen):
    """What people noted on one item. `hand_written` are paths of fields a person wrote."""

    review: Review = Review.proposed
    locked: bool = False
    hand_written: tuple[str, ...] = ()


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


class Marks(Frozen):
    """All marks of a version of a plan."""

    items: Mapping[str, Mark] = Field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()

    def of(self, item_id: str) -> Mark:
        """The item's mark; an untouched item has a plain one."""
        return self.items.get(item_id, Mark())


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan as it stands: its content and what people noted on it."""

    plan: Plan
    marks: Marks
