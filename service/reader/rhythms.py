"""Words of rhythm and of a recurring moment, and the cadence they give.

Owns: those wordings and how each is read aloud as a moment. Must not know: grammar, actors, acts, plans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpora.records import Cadence, Period
from service.plan.routine import Rhythm

_NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_UNIT = "working day|day|week|fortnight|month|quarter|half[- ]year|year|sprint|iteration|term|semester|season"
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(_NUMBERS)})"
#: Lengths of time and counted things before "a quarter": what the document gives each time.
_AMOUNT = r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|half|an?|\d{1,2})(?:[ -](?!or\b|and\b)[a-z'’-]+){1,3} "
_RATES: dict[str, Cadence] = {
    "day": Cadence(period=Period.daily),
    "working day": Cadence(period=Period.daily),
    "week": Cadence(period=Period.weekly),
    "fortnight": Cadence(period=Period.fortnightly),
    "month": Cadence(period=Period.monthly),
    "quarter": Cadence(period=Period.quarterly),
    "half-year": Cadence(period=Period.event, events_per_month=1 / 6),
    "year": Cadence(period=Period.yearly),
    "sprint": Cadence(period=Period.event, events_per_month=2),
    "iteration": Cadence(period=Period.event, events_per_month=2),
    "term": Cadence(period=Period.event, events_per_month=0.25),
    "semester": Cadence(period=Period.event, events_per_month=1 / 6),
    "season": Cadence(period=Period.event, events_per_month=1 / 3),
}
#: Periods whose length the document leaves open.
_OPEN = {"sprint", "iteration", "term", "semester", "season"}
_A_MONTH = {"week": 52 / 12, "fortnight": 26 / 12, "month": 1.0, "quarter": 1 / 3, "year": 1 / 12, "day": 21.0}
_LENGTHS: dict[tuple[int, str], Period] = {
    (2, "week"): Period.fortnightly,
    (6, "week"): Period.six_weekly,
    (3, "month"): Period.quarterly,
    (12, "month"): Period.yearly,
    (4, "week"): Period.monthly,
}
_ADVERBS = {
    "daily": "day",
    "weekly": "week",
    "fortnightly": "fortnight",
    "monthly": "month",
    "quarterly": "quarter",
    "half-yearly": "half-year",
    "six-monthly": "half-year",
    "annually": "year",
    "annual": "year",
    "yearly": "year",
}
_ON_A_DAY = "on a date fixed in advance"


@dataclass(frozen=True, slots=True)
class Found:
    """A rhythm and where its words stand in the text; `adjective` where it stands before a noun."""

    rhythm: Rhythm
    start: int
    end: int
    adjective: bool = False


_EDGE = rf"(?:at|by|towards?) the (?P<edge>start|beginning|end|close) of (?:each|every) (?P<edged>{_UNIT})\b"
_ORDINAL = (
    rf"on the (?P<nth>first|second|third|fourth|last) (?P<nthday>working day|{_DAYS}) (?:of|in) (?:each|every|the) "
    r"(?P<nthunit>month|quarter|year)\b"
)
_TIMES = (
    rf"(?:at least |at most |about |around )?(?P<times>once|twice|{_COUNT} times) (?:a|an|per|each|every|in each|in every) "
    rf"(?P<timed>{_UNIT})\b"
)
_EVERY_N = rf"(?:at least |about )?(?:once )?every (?P<n>{_COUNT}) (?P<many>day|week|month|year)s\b"
_OTHER = rf"(?:each|every) (?:second|other) (?P<other>day|week|month|quarter|year|{_DAYS})\b"
_WEEKDAY = (
    rf"(?:(?:on )?(?:each|every) (?P<weekday>{_DAYS})|on (?P<weekdays>{_DAYS})s)\b"
    r"(?: (?P<hour>(?:morning|afternoon|evening|lunchtime|at (?:noon|midday|lunchtime|\d{1,2}(?:[.:]\d\d)?(?: ?[ap]m)?)))\b)?"
)
_MONTH = rf"(?:in )?(?:each|every) (?P<named>{_MONTHS}|spring|summer|autumn|winter)\b"
_EVERY = rf"(?:(?:in|during|over) )?(?:once )?(?:each|every) (?P<every>{_UNIT})\b(?!['’]s?\b)"
_PER = (
    rf"(?<=\S )(?P<per>(?:a|an|per) (?P<pered>{_UNIT}))\b(?!['’]s?\b| ago| later| ahead| after| before| in advance| or)"
)
_ADVERB = rf"(?:on an? )?(?P<adverb>{'|'.join(_ADVERBS)})(?: basis)?\b(?!['’-])"
_ANY = re.compile(
    "(?i)\\b(?:" + "|".join([_EDGE, _ORDINAL, _TIMES, _EVERY_N, _OTHER, _WEEKDAY, _MONTH, _EVERY, _PER, _ADVERB]) + ")"
)


def rhythms_in(text: str) -> tuple[Found, ...]:
    """Every rhythm that the text gives, in order."""
    found = (_found(match, text) for match in _ANY.finditer(text))
    return tuple(one for one in found if one is not None)


def _found(match: re.Match[str], text: str) -> Found | None:
    if match["per"] and not re.search(_AMOUNT + "$", text[: match.start()], re.IGNORECASE):
        return None
    rhythm = _rhythm(match)
    adjective = bool(match["adverb"]) and not match.group().lower().startswith("on ")
    return Found(rhythm, match.start(), match.end(), adjective) if rhythm else None


def _rhythm(match: re.Match[str]) -> Rhythm | None:
    if match["edge"]:
        unit = _unit(match["edged"])
        return Rhythm(f"At the {match['edge'].lower()} of every {unit}", _RATES[unit], unit, unit in _OPEN)
    if match["nth"]:
        unit, day = match["nthunit"].lower(), match["nthday"]
        return Rhythm(f"Every {unit}, on the {match['nth'].lower()} {_named(day)}", _RATES[unit], unit)
    if match["times"]:
        return _several(match["times"].lower(), _unit(match["timed"]))
    if match["n"]:
        return _every_few(_number(match["n"]), match["many"].lower())
    if match["other"]:
        return _every_second(match["other"].lower())
    if day := match["weekday"] or match["weekdays"]:
        moment = (
            f"Every {day.capitalize()} {match['hour']}"
            if match["hour"]
            else f"Every {day.capitalize()}, at a fixed hour"
        )
        return Rhythm(moment, _RATES["week"], "week")
    if match["named"]:
        return Rhythm(f"Every {_named(match['named'])}, {_ON_A_DAY}", _RATES["year"], "year")
    unit = _ADVERBS[match["adverb"].lower()] if match["adverb"] else _unit(match["every"] or match["pered"])
    return _plain(unit)


def _plain(unit: str) -> Rhythm:
    when = "at a fixed hour" if unit in {"day", "working day"} else _ON_A_DAY
    return Rhythm(f"Every {unit}, {when}", _RATES[unit], "half-year" if unit == "half-year" else unit, unit in _OPEN)


def _several(times: str, unit: str) -> Rhythm | None:
    count = {"once": 1, "twice": 2}.get(times) or _number(times.split()[0])
    if count == 1:
        return _plain(unit)
    if unit not in _A_MONTH or count * _A_MONTH[unit] > 30:
        return None
    rate = Cadence(period=Period.event, events_per_month=round(count * _A_MONTH[unit], 2))
    named = _NUMBERS[count - 1] if count <= len(_NUMBERS) else str(count)
    return Rhythm(f"Every {unit}, on {named} dates fixed in advance", rate, unit)


def _every_few(count: int, unit: str) -> Rhythm | None:
    if count == 1:
        return _plain(unit)
    if unit not in _A_MONTH:
        return None
    named = _NUMBERS[count - 1] if count <= len(_NUMBERS) else str(count)
    period = _LENGTHS.get((count, unit))
    rate = (
        Cadence(period=period)
        if period
        else Cadence(period=Period.event, events_per_month=round(_A_MONTH[unit] / count, 2))
    )
    return Rhythm(f"Every {named} {unit}s, {_ON_A_DAY}", rate, "period")


def _every_second(unit: str) -> Rhythm:
    if unit in _DAYS.split("|"):
        return Rhythm(f"Every second {unit.capitalize()}", _RATES["fortnight"], "fortnight")
    if unit == "week":
        return Rhythm(f"Every second week, {_ON_A_DAY}", _RATES["fortnight"], "fortnight")
    rate = Cadence(period=Period.event, events_per_month=round(_A_MONTH[unit] / 2, 2))
    return Rhythm(f"Every second {unit}, {_ON_A_DAY}", rate, "period")


def _unit(words: str) -> str:
    return re.sub(r"half[- ]year", "half-year", words.lower())


def _named(word: str) -> str:
    plain = {"spring", "summer", "autumn", "winter", "working day"}
    return word.lower() if word.lower() in plain else word.capitalize()


def _number(word: str) -> int:
    return int(word) if word.isdigit() else 1 + _NUMBERS.index(word.lower())


#: An occasion that comes again: its opening word, and a thing of which there are many.
_MARK = (
    r"(?:before|after|when|whenever|each time|every time|as soon as|at the (?:start|beginning|end|close) of|prior to)"
)
_MANY = r"\b(?:an?|each|every|any|another)\b"
OPENING = re.compile(rf"(?i)^(?P<moment>{_MARK}\b[^,;:]{{6,90}}?),\s+")
_ONE_OFF = re.compile(
    r"(?i)\b(?:(?:19|20)\d\d|may|might|could|would|should|this|that|these|those|it|they|them|we|you|our|your|his|her|"
    r"necessary|appropriate|possible|needed|a (?:while|year|month|week|quarter|day|number|few|lot)|ready|first|"
    r"an? (?:\w+ )?(?:period|decision has been made))\b"
)
_EVENTS_A_MONTH = 2.0
_FEWEST, _MOST = 3, 14


def occasion(words: str) -> Rhythm | None:
    """The moment that a clause or phrase names, where it is one that comes again; None for a single event."""
    words = " ".join(words.split()).strip(" ,")
    recurs = re.search(rf"(?i){_MANY}", words) or re.match(r"(?i)(?:whenever|each time|every time)\b", words)
    if not recurs or _ONE_OFF.search(words) or not _FEWEST <= len(words.split()) <= _MOST:
        return None
    moment = re.sub(r"(?i)^(?:whenever|each time|every time|as soon as)\b", "When", words)
    moment = re.sub(r"(?i)^prior to\b", "Before", moment)
    return Rhythm(
        moment[:1].upper() + moment[1:],
        Cadence(period=Period.event, events_per_month=_EVENTS_A_MONTH),
        "occasion",
        estimated=True,
    )
