"""What the plan asks of each role a week, against its budget.

Owns: the lengths of the bars. Must not know: HTML, how hours are counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.export.carrying import RoleRow, by_name, freed, role_rows
from service.export.words import ROLE_CLASSES, hours_words
from service.plan.lettering import capital
from service.plan.plan import Plan

_WIDTH = 100.0


@dataclass(frozen=True, slots=True)
class LoadBar:
    """One role: lengths of its bars from 0 to 100, and the same in words."""

    role: str
    low: float
    high: float
    budget: float
    new_time: str
    limit: str
    freed: str
    over: bool


@dataclass(frozen=True, slots=True)
class RoleBar:
    """One named role: lengths of its bars from 0 to 100 on a scale of its own, and its row in words."""

    low: float
    high: float
    budget: float
    over: bool
    row: RoleRow


def role_bars_of(plan: Plan) -> tuple[RoleBar, ...]:
    """One bar a named role, who carries most first."""
    loads = by_name(plan)
    scale = _WIDTH / max((max(load.hours_high, load.limit_hours) for load in loads), default=1.0)
    return tuple(
        RoleBar(
            low=round(load.hours_low * scale, 1),
            high=round(load.hours_high * scale, 1),
            budget=round(load.limit_hours * scale, 1),
            over=row.over,
            row=row,
        )
        for load, row in zip(loads, role_rows(plan), strict=True)
    )


def bars_of(plan: Plan) -> tuple[LoadBar, ...]:
    """One bar a role class, all on one scale."""
    longest = max((max(row.hours_high, row.budget_hours) for row in plan.load), default=1.0)
    scale = _WIDTH / longest
    return tuple(
        LoadBar(
            role=capital(ROLE_CLASSES[row.role_class]),
            low=round(row.hours_low * scale, 1),
            high=round(row.hours_high * scale, 1),
            budget=round(row.budget_hours * scale, 1),
            new_time=hours_words(row.hours_low, row.hours_high),
            limit=hours_words(row.budget_hours, row.budget_hours),
            freed=freed(row),
            over=row.hours_high > row.budget_hours,
        )
        for row in plan.load
    )
