"""Questions about money go to the sitting at which money is decided.

Owns: which ask concerns money, which gate comes next, and what the ask then says. Must not know:
stages, the clock: days are counted from the profile's own first day.
"""

from __future__ import annotations

import re
from datetime import date

from service.plan.items import PolicyAskDraft
from service.plan.profile import FundingGate, Profile
from service.tailoring.role_words import usable

LATEST_DAY = 180
FUNDING = "K4"
_MONEY = re.compile(
    r"\b(?:fund(?:s|ed|ing)?|budgets?|money|spending|invest(?:s|ed|ments?)?|capital spend\w*|business cases?|"
    r"cost codes?|paid for|pounds|euros|dollars)\b",
    re.IGNORECASE,
)


def concerns_money(ask: PolicyAskDraft) -> bool:
    """Whether the ask is about funding: by its capability or the words of its question and decision."""
    return ask.capability == FUNDING or bool(_MONEY.search(f"{ask.question} {ask.decision}"))


def next_gate(profile: Profile) -> FundingGate | None:
    """The first gate on or after day 1 that an ask can still wait for; the earliest where day 1 is unknown."""
    gates = sorted((gate for gate in profile.funding_gates if usable(gate.name)), key=lambda gate: gate.date)
    if profile.starts is None:
        return gates[0] if gates else None
    return next((gate for gate in gates if 1 <= day_of(gate, profile.starts) <= LATEST_DAY), None)


def day_of(gate: FundingGate, starts: date) -> int:
    """The plan's day on which the gate sits; day 1 is `starts`."""
    return (gate.date - starts).days + 1


def sitting(gate: FundingGate) -> str:
    """The gate as a forum: 'the Investment Committee on 11 March 2027'."""
    name = gate.name if gate.name.lower().startswith("the ") else f"the {gate.name}"
    return f"{name} on {gate.date.day} {gate.date:%B %Y}"
