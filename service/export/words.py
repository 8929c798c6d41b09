"""Plain words for structured fields: cadences, minutes, hours, places.

Owns: how a number of the plan is said to people. Must not know: formats, storage.
"""

from __future__ import annotations

import re

from corpora.records import Cadence, Period, RoleClass, TimeCost
from service.plan.items import FirstCase
from service.plan.lettering import capital

PERIODS = {
    Period.daily: "every working day",
    Period.weekly: "every week",
    Period.fortnightly: "every two weeks",
    Period.monthly: "every month",
    Period.six_weekly: "every six weeks",
    Period.quarterly: "every quarter",
    Period.yearly: "once a year",
    Period.once: "once",
}
FEW = "a few minutes"
ROLE_CLASSES = {
    RoleClass.contributor: "team member",
    RoleClass.lead: "team lead or product manager",
    RoleClass.leader: "leader",
    RoleClass.partner: "partner or subject expert",
    RoleClass.ops: "Product Ops",
}


def cadence_words(cadence: Cadence) -> str:
    """'every two weeks', or 'about twice a month (an estimate)'."""
    if cadence.events_per_month is None:
        return PERIODS[cadence.period]
    count = cadence.events_per_month
    if count < 0.9:
        months = round(1 / count)
        return f"about once in {months} months (an estimate)" if months > 1 else "about once a month (an estimate)"
    times = round(count)
    often = {1: "once", 2: "twice"}.get(times, f"{times} times")
    return f"about {often} a month (an estimate)"


def minutes_words(costs: tuple[TimeCost, ...]) -> str:
    """'20 minutes for a leader, 10 for a team member'."""
    said = []
    for cost in costs:
        total = cost.minutes + cost.prep_minutes
        if total:
            said.append(f"{total} minutes for {a_role_class(cost.role_class)}")
    return ", ".join(said) or "no extra time"


def first_case_words(case: FirstCase) -> str:
    """'on the harbour survey (under Aims)', or 'where the document says “…” (under Aims)'."""
    return f"{case.lead} {case.with_reason()}"


def a_role_class(role_class: RoleClass) -> str:
    """'a team member'; Product Ops takes no article."""
    words = ROLE_CLASSES[role_class]
    return words if role_class is RoleClass.ops else f"a {words}"


def freed_words(minutes: int | None) -> str:
    """' (frees about 30 minutes each time)', or nothing where that is not estimated."""
    return f" (frees about {minutes} minutes each time)" if minutes else ""


def hours_words(low: float, high: float) -> str:
    """'15 to 30 minutes', 'up to 15 minutes', '1 to 1½ hours': quarters of an hour, without false precision."""
    if high < 0.13:
        return FEW
    least, most = _quarters(low), _quarters(high)
    if least == most:
        return most
    if least == FEW:
        return f"up to {most}"
    same_unit = least.split()[-1].rstrip("s") == most.split()[-1].rstrip("s") and least[:1].isdigit()
    return f"{least.rsplit(' ', 1)[0] if same_unit else least} to {most}"


def at_most_words(hours: float) -> str:
    """'half an hour', 'an hour and a quarter', '2 hours': for saying a limit aloud."""
    quarters = max(round(hours * 4), 0)
    whole, rest = divmod(quarters, 4)
    if whole == 0:
        return ("a few minutes", "a quarter of an hour", "half an hour", "three quarters of an hour")[rest]
    hour = "an hour" if whole == 1 else f"{whole} hours"
    return hour + ("", " and a quarter", " and a half", " and three quarters")[rest]


def _quarters(hours: float) -> str:
    quarters = round(hours * 4)
    if quarters == 0:
        return FEW
    if quarters < 4:
        return f"{quarters * 15} minutes"
    whole, rest = divmod(quarters, 4)
    return f"{whole}{('', '¼', '½', '¾')[rest]} hour{'' if quarters == 4 else 's'}"


def sentence(text: str) -> str:
    """First letter large, a full stop at the end."""
    text = text.strip()
    if not text:
        return ""
    text = capital(text)
    ended = text.rstrip("”’\"'").endswith((".", "?", "!", "…"))
    return text if ended else text + "."


def lower_start(text: str) -> str:
    """First letter small unless the first word is a name, part of one or an acronym."""
    first = text.split()[0] if text.split() else ""
    if text.startswith(("I ", "Product Ops")) or re.match(r"[A-Z][a-z]+ [A-Z]", text):
        return text
    return (
        text if len(first) > 1 and (first.isupper() or first[1:] != first[1:].lower()) else text[:1].lower() + text[1:]
    )
