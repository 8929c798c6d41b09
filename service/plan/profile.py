"""What an organisation tells about itself: role names, meetings, funding gates, partners, pilots, no-go areas.

Owns: the fields of a profile, all optional, and how often a meeting happens. Must not know: files,
documents, how a plan uses the facts. A profile holds roles and gatherings, never persons.
"""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from corpora.records import WEEKLY_RATE, Frozen, Period, RoleClass

#: One line that may stand in a sentence of a plan.
Name = Annotated[str, Field(min_length=2, max_length=80, pattern=r"^[^\n\r\t{}|<>\x00-\x1f]+$")]
Rrule = Annotated[str, Field(pattern=r"^FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]+=[\w,+:-]+)*$", max_length=200)]
Minutes = Annotated[int, Field(ge=5, le=480)]

#: Words for people in a list of meetings, and whose week the meeting costs.
CLASS_WORDS: dict[RoleClass, str] = {
    RoleClass.ops: r"ops|product ops|product operations|operations office|change office|pmo",
    RoleClass.leader: r"leader(?:ship)?s?|leadership team|senior \w+|executives?|execs?|directors?|heads?(?: of .+)?|"
    r"sponsors?|board|chiefs?|c[eotfip]o",
    RoleClass.lead: r"leads?|team leads?|managers?|product managers?|service managers?|product owners?|coordinators?",
    RoleClass.partner: r"partners?|suppliers?|vendors?|finance|risk|legal|audit|experts?|stakeholders?",
    RoleClass.contributor: r"contributors?|all|all staff|everyone|everybody|teams?|whole team|team members?|members?|"
    r"staff|engineers?|developers?|designers?|analysts?|volunteers?",
}
_CLASS = {role_class: re.compile(rf"(?:the )?(?:{words})", re.IGNORECASE) for role_class, words in CLASS_WORDS.items()}
_NEAREST = tuple(period for period in Period if period not in {Period.event, Period.once})
_WORKDAYS = 5.0


def role_class_of(words: str) -> RoleClass | None:
    """Whose week these people's time is: 'team leads' -> lead; None where the words do not say."""
    plain = " ".join(words.replace("_", " ").split())
    return next((role_class for role_class, pattern in _CLASS.items() if pattern.fullmatch(plain)), None)


def _classes(value: object) -> object:
    """Role classes for 'leads, directors' or a list of such words; unknown words stay and are refused."""
    said = re.split(r"\s*(?:,|;|/|\+|&|\band\b)\s*", value) if isinstance(value, str) else value
    if not isinstance(said, list | tuple):
        return value
    found = [role_class_of(word) or word if isinstance(word, str) else word for word in said if word]
    return tuple(dict.fromkeys(found))


def _lower_keys(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return {" ".join(str(key).lower().replace("_", " ").split()): name for key, name in value.items()}


class Meeting(Frozen):
    """A standing meeting. `cadence` is a period or an iCalendar rule; None where the list did not say."""

    name: Name
    cadence: Period | Rrule | None = None
    minutes: Minutes | None = None
    participants: Annotated[tuple[RoleClass, ...], BeforeValidator(_classes)] = ()
    purpose: Annotated[str, Field(max_length=300)] | None = None

    @property
    def per_week(self) -> float | None:
        """Expected sessions a week; None where unknown, for events and for what happens once."""
        if self.cadence is None:
            return None
        if isinstance(self.cadence, Period):
            return WEEKLY_RATE.get(self.cadence) or None
        return _rate(dict(part.split("=", 1) for part in self.cadence.split(";")))

    @property
    def period(self) -> Period | None:
        """The period nearest to its rate."""
        rate = self.per_week
        if rate is None:
            return None
        return min(_NEAREST, key=lambda period: abs(math.log(WEEKLY_RATE[period] / rate)))


class FundingGate(Frozen):
    """A sitting at which money is decided: its name, its day and who decides."""

    name: Name
    date: date
    decider: Name | None = None


class Partner(Frozen):
    """Somebody outside who does part of the work, under which kind of contract, until when."""

    name: Name
    contract: Name | None = None
    ends: date | None = None


class Profile(Frozen):
    """The organisation's own facts. In a plan they are cited as profile, never as the document.

    `roles` maps a role class (contributor, lead, leader, partner, ops) or a generic role ('product
    manager', 'finance') to the real role's name. `starts` is day 1 of the plan; without it no
    date of a gate becomes a day. `hours_in_meetings` are hours a week for one person of a class.
    """

    organisation: Name | None = None
    starts: date | None = None
    roles: Annotated[dict[str, Name], BeforeValidator(_lower_keys)] = Field(default_factory=dict)
    meetings: tuple[Meeting, ...] = ()
    funding_gates: tuple[FundingGate, ...] = ()
    partners: tuple[Partner, ...] = ()
    pilot_teams: tuple[Name, ...] = ()
    no_go: tuple[Name, ...] = ()
    hours_in_meetings: dict[RoleClass, Annotated[float, Field(ge=0, le=60)]] = Field(default_factory=dict)


def _rate(rule: dict[str, str]) -> float:
    """Sessions a week by an iCalendar rule (RFC 5545, 3.3.10); end dates and exceptions are not counted."""
    interval = rule.get("INTERVAL", "1")
    every = max(1, int(interval)) if interval.isdecimal() else 1
    days = len(rule["BYDAY"].split(",")) if "BYDAY" in rule else 0
    dates = len(rule["BYMONTHDAY"].split(",")) if "BYMONTHDAY" in rule else 0
    months = len(rule["BYMONTH"].split(",")) if "BYMONTH" in rule else 1
    times = {
        "DAILY": float(days) or _WORKDAYS,
        "WEEKLY": float(days or 1),
        "MONTHLY": WEEKLY_RATE[Period.monthly] * (days or dates or 1),
        "YEARLY": WEEKLY_RATE[Period.yearly] * months * (dates or 1),
    }[rule["FREQ"]]
    return times / every
