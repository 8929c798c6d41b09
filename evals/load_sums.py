"""Load, a second time: hours a week by role class, summed from the plan's JSON alone.

Owns: the formula of domain brief 2.3 written anew. Must not know: `service.checks`, plan classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]
_A_WEEK = {
    "daily": 5.0,
    "weekly": 1.0,
    "fortnightly": 0.5,
    "monthly": 12 / 52,
    "six_weekly": 1 / 6,
    "quarterly": 4 / 52,
    "yearly": 1 / 52,
    "once": 0.0,
}
#: Quarter hours are shown, so a shown figure may differ from the exact one by this much.
ROUNDING = 0.25
#: Its hours are for facilitating the first sessions, which no participant list shows.
NOT_LISTED = "ops"


def hours(plan: Json) -> dict[str, float]:
    """The high reading of hours a week for one person of each role class, preparation included."""
    summed: dict[str, float] = {}
    for item in plan["behaviours"]:
        for cost in item["time_cost"]:
            _add(summed, cost["role_class"], cost["minutes"] + cost["prep_minutes"], item["cadence"])
    for item in plan["rituals"]:
        worst: dict[str, int] = {}
        for person in item["participants"]:
            minutes = item["duration_min"] + person["prep_minutes"]
            worst[person["role_class"]] = max(minutes, worst.get(person["role_class"], 0))
        for role_class, minutes in worst.items():
            _add(summed, role_class, minutes, item["cadence"])
    return summed


def over_budget(plan: Json, budgets: Mapping[str, float]) -> list[str]:
    """What breaks: a class over its hours, or hours shown that are less than its items add up to."""
    shown = {row["role_class"]: row["hours_high"] for row in plan["load"]}
    faults = []
    for role_class, exact in sorted(hours(plan).items()):
        if exact > budgets[role_class] + 0.005:
            faults.append(f"{role_class}: {exact:.2f} h a week, {budgets[role_class]:g} allowed")
        if role_class != NOT_LISTED and shown.get(role_class, 0.0) + ROUNDING < exact:
            faults.append(f"{role_class}: {exact:.2f} h a week, but the plan shows {shown.get(role_class, 0.0):g}")
    return faults


def broken_agendas(plan: Json) -> list[str]:
    """Rituals whose steps do not add up to their duration."""
    return [
        f"{item['id']}: steps of {sum(step['minutes'] for step in item['agenda'])} minutes in {item['duration_min']}"
        for item in plan["rituals"]
        if sum(step["minutes"] for step in item["agenda"]) != item["duration_min"]
    ]


def _add(summed: dict[str, float], role_class: str, minutes: int, cadence: Json) -> None:
    period = cadence["period"]
    rate = cadence["events_per_month"] * 12 / 52 if period == "event" else _A_WEEK[period]
    summed[role_class] = summed.get(role_class, 0.0) + minutes / 60 * rate
