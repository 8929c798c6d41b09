"""What the plan asks of people a week, in words: by role class, by named role, and who carries most.

Owns: those sentences and rows. Must not know: formats, storage, how hours are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpora.records import RoleClass
from service.checks.named_load import named_loads
from service.export.words import FEW, hours_words
from service.plan.articles import with_the
from service.plan.lettering import capital
from service.plan.plan import NamedLoad, Plan, RoleLoad

#: Roles named together as carrying most; of more it is said that nobody stands out.
MOST_NAMED = 2
ITEMS_NOTE = (
    "By name: the behaviours in which a role acts and the rituals in which it sits or that it leads, as if one "
    "person held the role. Time asked of people whom an item does not name stands in the first table only."
)


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A named role as one row: how many of the items are theirs, and their time."""

    role: str
    items: str
    new_time: str
    limit: str
    over: bool


def by_name(plan: Plan) -> tuple[NamedLoad, ...]:
    """The load of each named role; reckoned anew for plans made before it was kept."""
    limits = {row.role_class: row.budget_hours for row in plan.load}
    return plan.load_by_role or named_loads((*plan.behaviours, *plan.rituals), limits)


def role_rows(plan: Plan) -> tuple[RoleRow, ...]:
    """One row a named role, who carries most first."""
    return tuple(
        RoleRow(
            role=capital(row.role),
            items=f"{len(row.item_ids)} of {_items(plan)}",
            new_time=hours_words(row.hours_low, row.hours_high),
            limit=hours_words(row.limit_hours, row.limit_hours),
            over=row.hours_high > row.limit_hours,
        )
        for row in by_name(plan)
    )


def who_carries_most(plan: Plan) -> str:
    """'The API Owner carries 6 of 9 items: about 1½ to 2½ hours a week.', and who gives most time if that is another.

    Nothing where the plan has no such load. Product Ops is left out: to carry the plan is its work, and its limit
    is three times that of others.
    """
    rows = [row for row in by_name(plan) if row.role_class is not RoleClass.ops]
    if not rows:
        return ""
    most = max(len(row.item_ids) for row in rows)
    busiest = [row for row in rows if len(row.item_ids) == most and row.hours_high == _longest(rows, most)]
    told = _alone(busiest[0], plan) if len(busiest) == 1 else _several(busiest, plan)
    longest = rows[0]
    if longest in busiest or longest.hours_high == busiest[0].hours_high:
        return told
    return f"{told} Most time is asked of {with_the(longest.role)}: {_hours(longest)}."


def _longest(rows: Sequence[NamedLoad], items: int) -> float:
    return max(row.hours_high for row in rows if len(row.item_ids) == items)


def _alone(row: NamedLoad, plan: Plan) -> str:
    return f"{capital(with_the(row.role))} carries {_share(row, plan)}."


def _several(rows: Sequence[NamedLoad], plan: Plan) -> str:
    if len(rows) > MOST_NAMED:
        return f"Nobody stands out: no role carries more than {_share(rows[0], plan)}."
    return f"{capital(' and '.join(with_the(row.role) for row in rows))} each carry {_share(rows[0], plan)}."


def freed(row: RoleLoad) -> str:
    """'30 minutes', 'none', or of how many stops it is known."""
    unknown = row.stops - row.stops_estimated
    said = hours_words(row.saved_hours, row.saved_hours) if row.saved_hours else "none"
    if not unknown:
        return said
    if not row.stops_estimated:
        return "not estimated"
    others = "the other is" if unknown == 1 else "the others are"
    return f"{said}, from {row.stops_estimated} of {row.stops} stops; {others} not estimated"


def about_a_week(low: float, high: float) -> str:
    """'about 1½ to 2½ hours a week', 'up to 30 minutes a week'; a few minutes are not about a few minutes."""
    said = hours_words(low, high)
    return f"{said} a week" if said.startswith((FEW, "up to ")) else f"about {said} a week"


def _share(row: NamedLoad, plan: Plan) -> str:
    count = _items(plan)
    return f"{len(row.item_ids)} of {count} item{'' if count == 1 else 's'}: {_hours(row)}"


def _hours(row: NamedLoad) -> str:
    over = ", which is over the limit" if row.hours_high > row.limit_hours else ""
    return f"{about_a_week(row.hours_low, row.hours_high)}{over}"


def _items(plan: Plan) -> int:
    return len(plan.behaviours) + len(plan.rituals)
