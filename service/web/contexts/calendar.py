"""The first 90 days as strips: when each item begins and when it recurs.

Owns: which days an item falls on. Must not know: HTML, dates of a calendar.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpora.records import Cadence
from service.export.words import cadence_words
from service.plan.items import Behaviour, PolicyAsk, Ritual
from service.plan.plan import Plan

DAYS = 90
_WEEK = 7.0


@dataclass(frozen=True, slots=True)
class Strip:
    """One item over the 90 days.

    Attributes:
        item_id: the item.
        title: its title.
        kind: 'behaviour', 'ritual' or 'decision'.
        first_day: when it begins, or by when a decision is needed.
        days: every day it is expected on; for events only the first.
        words: the same said in words.
    """

    item_id: str
    title: str
    kind: str
    first_day: int
    days: tuple[int, ...]
    words: str


def strips_of(plan: Plan) -> tuple[Strip, ...]:
    """All items by their first day; decisions by the day they are needed."""
    strips = [
        *(_acting(item, "behaviour") for item in plan.behaviours),
        *(_acting(item, "ritual") for item in plan.rituals),
        *(_deciding(ask) for ask in plan.policy_asks),
    ]
    return tuple(sorted(strips, key=lambda strip: (strip.first_day, strip.kind != "ritual")))


def _acting(item: Behaviour | Ritual, kind: str) -> Strip:
    days = days_of(item.cadence, item.starts_day)
    words = f"first on day {item.starts_day}, then {cadence_words(item.cadence)}"
    return Strip(item.id, item.title, kind, item.starts_day, days, words)


def _deciding(ask: PolicyAsk) -> Strip:
    day = ask.needed_by_day
    return Strip(ask.id, ask.title, "decision", day, (day,) if day <= DAYS else (), f"answer needed by day {day}")


def days_of(cadence: Cadence, first: int) -> tuple[int, ...]:
    """Expected days from the first one to day 90; only the first where it hangs on events."""
    rate = 0.0 if cadence.events_per_month is not None else cadence.per_week
    if rate <= 0:
        return (first,)
    step = max(1.0, _WEEK / rate)
    count = int((DAYS - first) / step) + 1
    return tuple(round(first + step * each) for each in range(count))
