"""Profiles from YAML, meetings from a calendar file or from a pasted list.

Owns: reading and what is said when a field is wrong (file, line, field). Must not know: plans, what a
profile changes. Text is untrusted: nothing in it is a path or an address that is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from icalendar import Calendar, Event
from pydantic import ValidationError

from corpora.marked_yaml import FieldPath, LibraryError, MarkedYaml, read_marked
from corpora.records import Period, RoleClass
from service.checks.g2_safety import instructs_reader, names_person
from service.errors import ThroughlineError
from service.plan.profile import Meeting, Profile, role_class_of

MAX_CHARACTERS = 500_000
PERIODS = tuple(period.value for period in Period if period not in {Period.event, Period.once})
CALENDARS = frozenset({".ics", ".ical", ".ifb"})
PURPOSE_LENGTH = 200
#: Properties that an event may hold once; a list of them is a broken file.
SINGLE = ("SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "STATUS", "DESCRIPTION")
_ADDRESS = re.compile(r"\S*(?:https?://|www\.|@)\S*|\+?\d[\d ()/-]{6,}")
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sun)(?:day)?s?\b"
_NTH = r"(?:first|second|third|fourth|last|1st|2nd|3rd|4th)"
_CADENCES = (
    (Period.fortnightly, r"fortnight\w*|bi-?weekly|(?:every|each) (?:two|2|other|second) (?:weeks?|" + _DAY + ")"),
    (Period.six_weekly, r"(?:every )?(?:six|6)[- ]week\w*"),
    (Period.quarterly, r"quarterly|(?:every|each|once a|per) quarter|(?:every )?(?:three|3) months"),
    (Period.monthly, rf"monthly|(?:every|each|once a|per) month|{_NTH} {_DAY}"),
    (Period.yearly, r"yearly|annual\w*|(?:every|each|once a|per) year"),
    (Period.daily, r"daily|(?:every|each) (?:working )?day|weekdays|mon(?:day)?\s?[-–]\s?fri(?:day)?"),
    (Period.weekly, rf"weekly|(?:every|each|once a|per) week|(?:every |each |on )?{_DAY}"),
)
_CADENCE = tuple((period, re.compile(rf"\b(?:{words})", re.IGNORECASE)) for period, words in _CADENCES)
_HOURS = re.compile(r"\b(\d+(?:[.,]\d+)?)\s?(?:h|hrs?|hours?)\b(?:\s?(\d{1,2})(?:\s?m(?:in)?)?)?", re.IGNORECASE)
_MINUTES = re.compile(r"\b(\d{1,3})\s?(?:['’′]|m\b|min(?:s|utes?)?\b)", re.IGNORECASE)
_HALF = re.compile(r"\bhalf an hour\b", re.IGNORECASE)
_CLOCK = re.compile(r"\b(\d{1,2})[:.h](\d\d)\s?(?:-|–|to|until)\s?(\d{1,2})[:.h](\d\d)\b")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")
_CUT = re.compile(r"\s*(?:[,;\t|]|\s[–—-]\s)\s*")


class ProfileError(ThroughlineError):
    """A profile or calendar that cannot be used: file, line, field and what to do."""

    status = 422

    def __init__(self, name: str, line: int, field: str, problem: str) -> None:
        self.name, self.line, self.field, self.problem = name, line, field, problem
        super().__init__(f"{name}:{line}: {f'{field}: ' if field else ''}{problem}")


def read_profile(path: Path) -> Profile:
    """The profile in a YAML file; a calendar file (.ics) gives a profile of meetings alone.

    Raises:
        ProfileError: The file cannot be read, or a field is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ProfileError(path.name, 1, "", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ProfileError(path.name, 1, "", "is not UTF-8 text; save it as YAML in UTF-8") from error
    if path.suffix.lower() in CALENDARS:
        return Profile(meetings=meetings_from_ics(text, path.name))
    return profile_from_yaml(text, path.name)


def profile_from_yaml(text: str, name: str = "profile") -> Profile:
    """The profile in a YAML text; `meetings` may be records, lines or one pasted block.

    Raises:
        ProfileError: The text is no YAML mapping, or a field is wrong.
    """
    if len(text) > MAX_CHARACTERS:
        raise ProfileError(name, 1, "", f"is longer than {MAX_CHARACTERS} characters")
    try:
        source = read_marked(Path(name), text)
    except LibraryError as error:
        raise ProfileError(
            name, error.line, "", f"{error.problem}; write fields such as 'pilot_teams: [Harbour]'"
        ) from error
    data = {} if source.data is None else source.data
    if not isinstance(data, dict):
        raise ProfileError(name, 1, "", "must be fields with values, such as 'pilot_teams: [Harbour]'")
    if "meetings" in data:
        data = {**data, "meetings": _meetings(data["meetings"])}
    try:
        profile = Profile.model_validate(data)
    except ValidationError as error:
        raise _first_problem(error, source, name) from error
    _refuse_persons(profile, source, name)
    return profile


def meetings_from_ics(text: str, name: str = "calendar") -> tuple[Meeting, ...]:
    """Recurring meetings of a calendar file, each name once; attendees are persons and are not read.

    All-day, cancelled and single events are left out, and so are names that name a person.

    Raises:
        ProfileError: The text is no calendar.
    """
    if len(text) > MAX_CHARACTERS:
        raise ProfileError(name, 1, "", f"is longer than {MAX_CHARACTERS} characters; export fewer months")
    try:
        calendar = Calendar.from_ical(text)
        events = [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]
    except ValueError as error:
        raise ProfileError(name, 1, "", "is not an iCalendar file; export the calendar as .ics") from error
    found: dict[str, Meeting] = {}
    for event in events:
        meeting = _from_event(event)
        if meeting is not None:
            found.setdefault(meeting.name.casefold(), meeting)
    return tuple(found.values())


def meetings_from_list(text: str) -> tuple[Meeting, ...]:
    """Meetings of a pasted list, one a line: 'Weekly status, Mondays 60 min, leads'.

    What a line does not say stays None; empty lines and names that name a person are left out.
    """
    found = (_from_line(_BULLET.sub("", line).strip()) for line in text[:MAX_CHARACTERS].splitlines())
    return tuple(meeting for meeting in found if meeting is not None)


# YAML ----------------------------------------------------------------------------------------


def _meetings(value: object) -> object:
    """Records as they are, lines read; a line that gives no meeting stays and is refused."""
    if isinstance(value, str):
        return meetings_from_list(value)
    if not isinstance(value, list):
        return value
    return [next(iter(meetings_from_list(entry)), entry) if isinstance(entry, str) else entry for entry in value]


def _first_problem(error: ValidationError, source: MarkedYaml, name: str) -> ProfileError:
    problem = error.errors(include_url=False)[0]
    at: FieldPath = [step for step in problem["loc"] if step != "[key]" and not _branch(step)]
    said = problem["msg"].removeprefix("Value error, ").replace("valid tuple", "list").replace("dictionary", "mapping")
    if at[-1:] == ["cadence"]:
        said = f"must be {', '.join(PERIODS)}, or an iCalendar rule such as FREQ=WEEKLY;INTERVAL=2"
    if problem["type"] == "extra_forbidden":
        said = f"is not a field of a profile; known at the top: {', '.join(Profile.model_fields)}"
    elif problem["type"] != "missing":
        said = f"{said}; found {str(problem['input'])[:60]!r}"
    return ProfileError(name, source.line_of(at), ".".join(str(step) for step in at), said)


def _branch(step: str | int) -> bool:
    """Names that pydantic gives to the branches of a union; they are no fields."""
    return isinstance(step, str) and ("[" in step or "constrained-str" in step)


def _refuse_persons(profile: Profile, source: MarkedYaml, name: str) -> None:
    for at, words in _names(profile):
        if person := names_person(words):
            field = ".".join(map(str, at))
            raise ProfileError(name, source.line_of(at), field, f"{person!r} names a person; name the role or team")
        if instructs_reader(words):
            raise ProfileError(name, source.line_of(at), ".".join(map(str, at)), "speaks to the reader; give a name")


def _names(profile: Profile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield from ((("roles", key), words) for key, words in profile.roles.items())
    for field in ("pilot_teams", "no_go"):
        yield from (((field, place), words) for place, words in enumerate(getattr(profile, field)))
    for place, meeting in enumerate(profile.meetings):
        yield ("meetings", place, "name"), meeting.name
    for place, gate in enumerate(profile.funding_gates):
        yield ("funding_gates", place, "name"), gate.name
        yield ("funding_gates", place, "decider"), gate.decider or ""


# Calendars and lists -------------------------------------------------------------------------


def _from_event(event: Event) -> Meeting | None:
    rule = event.get("RRULE")
    if rule is None or event.get("DTSTART") is None or event.get("RECURRENCE-ID") is not None:
        return None
    if event.errors or any(isinstance(event.get(name), list) for name in SINGLE):
        return None
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return None
    try:
        length: timedelta = event.duration
    except (ValueError, TypeError):  # a start and an end of different kinds, with a zone and without
        return None
    minutes = round(length.total_seconds() / 60)
    if not 5 <= minutes <= 480:
        return None
    said = " ".join(_ADDRESS.sub("", str(event.get("DESCRIPTION", ""))).split())[:PURPOSE_LENGTH]
    return _meeting(str(event.get("SUMMARY", "")), rule.to_ical().decode(), minutes, (), said or None)


def _from_line(line: str) -> Meeting | None:
    parts = [part for part in _CUT.split(line) if part]
    if not parts:
        return None
    cadence = next((period for period, pattern in _CADENCE if pattern.search(line)), None)
    people = [word for part in parts[1:] for word in re.split(r"\s*(?:/|\+|&|\band\b)\s*", part)]
    classes = dict.fromkeys(found for word in people if (found := role_class_of(word.strip(" .()"))))
    name = parts[0]
    for pattern in (_CLOCK, _HOURS, _MINUTES, _HALF):
        name = pattern.sub("", name)
    return _meeting(name, cadence, _minutes_in(line), classes, None)


def _meeting(
    name: str, cadence: Period | str | None, minutes: int | None, people: Iterable[RoleClass], purpose: str | None
) -> Meeting | None:
    plain = " ".join(re.sub(r"[{}|<>\x00-\x1f]", " ", name).split())[:80].strip(" .:")
    if names_person(plain) or instructs_reader(f"{plain} {purpose or ''}"):
        return None
    try:
        return Meeting.model_validate(
            {"name": plain, "cadence": cadence, "minutes": minutes, "participants": tuple(people), "purpose": purpose}
        )
    except ValidationError:  # a rule by the second, or a name of one letter: nothing a plan could replace
        return None


def _minutes_in(line: str) -> int | None:
    if match := _HOURS.search(line):
        found = round(float(match.group(1).replace(",", ".")) * 60) + int(match.group(2) or 0)
    elif match := _MINUTES.search(line):
        found = int(match.group(1))
    elif match := _CLOCK.search(line):
        hour, minute, until, past = map(int, match.groups())
        found = (until * 60 + past) - (hour * 60 + minute)
    elif _HALF.search(line):
        found = 30
    else:
        return None
    return found if 5 <= found <= 480 else None
