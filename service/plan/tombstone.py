"""What stays of a plan whose document was erased: its structure, and not one word.

Owns: Stone, Tombstone and how a plan becomes one. Must not know: storage, pages.

Every text of an item may hold words of the document: the engines word practices with its terms, models
paraphrase it, people write beside it. So no text of an item is kept, only what the practice library, the rubric
and numbers can say. Ids of intents and items go too, since they are digests of those words.
"""

from __future__ import annotations

from corpora.records import CapabilityId, Frozen, Kind, Period, Slug
from service.plan.items import Behaviour, Item, Ritual
from service.plan.plan import Plan


class Stone(Frozen):
    """An item that stood: its kind, its practice and its measure of time; `intents` are numbers within the plan."""

    kind: Kind
    practice_id: Slug | None
    capability: CapabilityId
    intents: tuple[int, ...]
    period: Period | None = None
    minutes: int | None = None
    starts_day: int


class Tombstone(Frozen):
    """A version of a plan without its words."""

    engine: str
    library_version: str
    intents: int
    deferred: int
    indicators: int
    questions: int
    items: tuple[Stone, ...]


def tombstone_of(plan: Plan) -> Tombstone:
    """The structure of a plan."""
    numbers = {intent.id: number for number, intent in enumerate(plan.intents, 1)}
    items: tuple[Item, ...] = (*plan.behaviours, *plan.rituals, *plan.policy_asks)
    return Tombstone(
        engine=plan.engine.name,
        library_version=plan.engine.library_version,
        intents=len(plan.intents),
        deferred=len(plan.deferred_intents),
        indicators=len(plan.indicators),
        questions=len(plan.questions_for_leadership),
        items=tuple(_stone(item, numbers) for item in items),
    )


def _stone(item: Item, numbers: dict[str, int]) -> Stone:
    timed = item if isinstance(item, Behaviour | Ritual) else None
    return Stone(
        kind=_kind(item),
        practice_id=item.practice_id,
        capability=item.capability,
        intents=tuple(numbers[name] for name in item.intent_ids if name in numbers),
        period=timed.cadence.period if timed else None,
        minutes=_minutes(item),
        starts_day=item.starts_day,
    )


def _kind(item: Item) -> Kind:
    if isinstance(item, Behaviour):
        return Kind.behaviour
    return Kind.ritual if isinstance(item, Ritual) else Kind.policy


def _minutes(item: Item) -> int | None:
    if isinstance(item, Ritual):
        return item.duration_min
    return sum(one.minutes for one in item.time_cost) if isinstance(item, Behaviour) else None
