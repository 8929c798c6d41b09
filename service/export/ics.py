"""The plan's rituals as an iCalendar file: one recurring event each, agenda in the description.

Owns: when a ritual first happens, how it recurs, what its event says. Must not know: other formats,
storage. UIDs come from item ids, so a later export updates the events of an earlier one.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Calendar, Event, Timezone, vRecur, vText

from corpora.records import Cadence, Period
from service.export.errors import UnknownTimezone
from service.export.flags import estimated, whole
from service.export.nothing import NO_PLAN
from service.export.pick import intent_of, shortest_quote, starting
from service.export.words import cadence_words, lower_start, sentence
from service.plan.articles import with_the
from service.plan.items import Ritual
from service.plan.lettering import capital
from service.plan.plan import Plan

#: The hour a first session is put at; the organiser moves the series where it suits.
FIRST_HOUR = time(10, 0)
_GAP = timedelta(minutes=15)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_YEARS_OF_ZONE = 3


def to_ics(plan: Plan, start_date: date, timezone: str, revision: int = 0) -> bytes:
    """One VEVENT a ritual; `start_date` is the plan's day 1, `revision` its version number.

    Days that fall on a weekend move to Monday; sessions that would begin together follow one another.

    Raises:
        UnknownTimezone: `timezone` is not a name of the zone database.
    """
    zone = _zone(timezone)
    calendar = Calendar()
    calendar.add("prodid", "-//Throughline//Plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(plan.document.title))
    calendar.add("x-wr-timezone", timezone)
    rituals = [item for item in starting(plan) if isinstance(item, Ritual)]
    if not rituals:
        calendar.add("x-wr-caldesc", _line(NO_PLAN if not plan.intents else "The plan holds no gathering."))
    last = start_date + timedelta(days=366 * _YEARS_OF_ZONE)
    calendar.add_component(Timezone.from_tzinfo(zone, timezone, start_date - timedelta(days=366), last))
    free: dict[date, datetime] = {}
    for ritual in rituals:
        start = _first_session(ritual, start_date, zone, free)
        calendar.add_component(_event(plan, ritual, start, start_date, revision))
    return bytes(calendar.to_ical())


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"{name!r} is not a time zone; use a name such as 'Europe/Paris' or 'America/New_York'"
        raise UnknownTimezone(message) from error


def _first_session(ritual: Ritual, start_date: date, zone: ZoneInfo, free: dict[date, datetime]) -> datetime:
    day = working_day(start_date + timedelta(days=ritual.starts_day - 1))
    start = free.get(day, datetime.combine(day, FIRST_HOUR, zone))
    free[day] = start + timedelta(minutes=ritual.duration_min) + _GAP
    return start


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= 5 else day


def _event(plan: Plan, ritual: Ritual, start: datetime, start_date: date, revision: int) -> Event:
    event = Event()
    event.add("uid", f"{ritual.id}@throughline")
    event.add("dtstamp", datetime.combine(start_date, time(), UTC) + timedelta(minutes=revision))
    event.add("sequence", revision)
    event.add("summary", _line(ritual.title))
    event.add("description", _plain(_description(plan, ritual, start_date)))
    event.add("dtstart", start)
    event.add("duration", timedelta(minutes=ritual.duration_min))
    rule = recurrence(ritual.cadence, start.date())
    if rule:
        event.add("rrule", rule)
    event.add("status", "TENTATIVE")
    return event


def recurrence(cadence: Cadence, first: date) -> vRecur | None:
    """The rule for a cadence, on the first session's weekday; None where it happens once.

    What happens 'as needed' holds a slot at the estimated rate, to be cancelled when nothing waits.
    """
    day = _DAYS[first.weekday()]
    weeks = {Period.weekly: 1, Period.fortnightly: 2, Period.six_weekly: 6}
    months = {Period.monthly: 1, Period.quarterly: 3, Period.yearly: 12}
    period = _held_as(cadence)
    if period is Period.daily:
        return vRecur({"freq": "WEEKLY", "byday": list(_DAYS[:5])})
    if period in weeks:
        return vRecur({"freq": "WEEKLY", "interval": weeks[period], "byday": day})
    if period in months:
        which = (first.day - 1) // 7 + 1
        return vRecur({"freq": "MONTHLY", "interval": months[period], "byday": f"{which if which < 5 else -1}{day}"})
    return None


def _held_as(cadence: Cadence) -> Period:
    if cadence.events_per_month is None:
        return cadence.period
    count = cadence.events_per_month
    if count >= 3.5:
        return Period.weekly
    return Period.fortnightly if count >= 1.5 else Period.monthly if count >= 0.7 else Period.quarterly


def _description(plan: Plan, ritual: Ritual, start_date: date) -> str:
    rights = ritual.decision_rights
    review = start_date + timedelta(days=ritual.review_days - 1)
    lines = [sentence(ritual.purpose), ""]
    if intent := intent_of(plan, ritual):
        quote = shortest_quote(intent)
        lines += [f"It serves: “{quote.text}” ({quote.location.words()})", ""]
    known = [f"To know: {words}" for words in filter(None, (*whole(ritual), estimated(ritual)))]
    lines += [*known, ""] if known else []
    lines += ["Agenda"]
    lines += [f"{step.minutes} min: {step.step}" for step in ritual.agenda]
    lines += ["", "In the room: " + "; ".join(f"{seat.count} × {seat.role}" for seat in ritual.participants)]
    lines += [f"Run by: {ritual.facilitator}", f"Decides: {with_the(rights.decider)}"]
    lines += ["A day ahead: " + "; ".join(ritual.inputs), "Comes out: " + "; ".join(ritual.outputs)]
    lines += [f"Replaces: {ritual.replaces.text}", f"{capital(cadence_words(ritual.cadence))}."]
    if ritual.cadence.events_per_month is not None:
        lines += ["Held when it is needed: cancel the slot where nothing waits."]
    lines += [f"Keep, change or drop it by {review.isoformat()}; {lower_start(sentence(ritual.sunset))}"]
    return "\n".join(lines)


def _line(text: str) -> vText:
    """One line of escaped text; icalendar does not escape X- properties by itself."""
    return vText(" ".join(_plain(text).split()))


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
