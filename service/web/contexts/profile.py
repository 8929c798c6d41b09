"""What the profile page shows, and how its form becomes a profile.

Owns: the form's boxes and their meaning. Must not know: HTML, requests, what a profile changes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import yaml

from corpora.records import RoleClass
from service.plan.profile import Meeting, Profile
from service.profile_file import ProfileError, meetings_from_ics, meetings_from_list, profile_from_yaml

_PAIR = re.compile(r"\s*(?:=|:|→|->)\s*")
_DAY = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the form."""

    name: str
    label: str
    hint: str
    text: str
    rows: int
    fault: str = ""


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """The five-minute form.

    Attributes:
        boxes: what is asked, with what was told.
        kept: whether something was just kept.
        meetings: meetings as they were understood.
        fault: why nothing was kept, where no single box is to blame.
    """

    template: ClassVar[str] = "profile.html"
    boxes: tuple[Box, ...]
    kept: bool
    meetings: tuple[str, ...]
    fault: str = ""


_BOXES = (
    ("organisation", "Your organisation", "", 1),
    ("starts", "Day 1 of the 90 days", "such as 2027-01-18", 1),
    ("roles", "What roles are called with you", "one a line: team lead = Branch Lending Manager", 4),
    ("meetings", "Meetings that exist", "one a line, as pasted: Portfolio status, Tuesdays 60 min, leads", 5),
    ("funding_gates", "When money is decided", "one a line: 2027-03-11 Investment Committee, Finance Director", 3),
    ("partners", "Partners and suppliers", "one a line: Corvex, licence until 2028-03-31", 3),
    ("pilot_teams", "Teams that could go first", "one a line", 3),
    ("no_go", "What to leave alone", "one a line", 3),
)


def profile_page(profile: Profile | None, kept: bool = False) -> ProfilePage:
    """The form with what was told."""
    told = told_by(profile or Profile())
    return ProfilePage(_boxes(told, {}), kept, tuple(_meeting_words(one) for one in (profile or Profile()).meetings))


def refused_page(typed: Mapping[str, str], error: ProfileError) -> ProfilePage:
    """The form with what was typed and why it cannot be kept."""
    name = error.field.split(".")[0]
    known = {box[0] for box in _BOXES}
    faults = {name: error.problem} if name in known else {}
    return ProfilePage(_boxes(typed, faults), False, (), "" if faults else error.problem)


def told_by(profile: Profile) -> dict[str, str]:
    """A profile as the boxes hold it."""
    return {
        "organisation": profile.organisation or "",
        "starts": profile.starts.isoformat() if profile.starts else "",
        "roles": "\n".join(f"{role} = {name}" for role, name in profile.roles.items()),
        "meetings": "\n".join(_meeting_line(one) for one in profile.meetings),
        "funding_gates": "\n".join(
            ", ".join(part for part in (f"{gate.date.isoformat()} {gate.name}", gate.decider) if part)
            for gate in profile.funding_gates
        ),
        "partners": "\n".join(
            ", ".join(p for p in (one.name, one.contract, f"until {one.ends}" if one.ends else None) if p)
            for one in profile.partners
        ),
        "pilot_teams": "\n".join(profile.pilot_teams),
        "no_go": "\n".join(profile.no_go),
    }


def profile_in(typed: Mapping[str, str], calendar: str = "", before: Profile | None = None) -> Profile:
    """The profile that was typed, with the meetings of an .ics file before the pasted ones.

    A line that stands as the page showed it keeps all that was known of its meeting.

    Raises:
        ProfileError: a box holds what no profile can; `field` names it.
    """
    known = {_meeting_line(one): one for one in (before.meetings if before else ())}
    lines = _lines(typed, "meetings")
    pasted = [found for line in lines for found in ([known[line]] if line in known else meetings_from_list(line))]
    meetings = (*(meetings_from_ics(calendar) if calendar else ()), *pasted)
    data: dict[str, object] = {
        "organisation": typed.get("organisation", "").strip(),
        "starts": typed.get("starts", "").strip(),
        "roles": dict(_role(line) for line in _lines(typed, "roles")),
        "funding_gates": [_gate(line) for line in _lines(typed, "funding_gates")],
        "partners": [_partner(line) for line in _lines(typed, "partners")],
        "pilot_teams": _lines(typed, "pilot_teams"),
        "no_go": _lines(typed, "no_go"),
    }
    filled = {key: value for key, value in data.items() if value}
    profile = profile_from_yaml(yaml.safe_dump(filled, allow_unicode=True), "profile")
    unique = {one.name.casefold(): one for one in meetings}
    hours = before.hours_in_meetings if before else {}
    return profile.model_copy(update={"meetings": tuple(unique.values()), "hours_in_meetings": hours})


def _boxes(told: Mapping[str, str], faults: Mapping[str, str]) -> tuple[Box, ...]:
    return tuple(
        Box(name, label, hint, told.get(name, ""), rows, faults.get(name, "")) for name, label, hint, rows in _BOXES
    )


def _lines(typed: Mapping[str, str], name: str) -> list[str]:
    return [line.strip(" \t-*•") for line in typed.get(name, "").splitlines() if line.strip(" \t-*•")]


def _role(line: str) -> tuple[str, str]:
    parts = _PAIR.split(line, maxsplit=1)
    if len(parts) != 2:
        raise ProfileError("profile", 1, "roles", f"write “role = name with you”; found {line[:60]!r}")
    return parts[0].casefold(), parts[1]


def _gate(line: str) -> dict[str, str]:
    day = _DAY.search(line)
    if day is None:
        raise ProfileError("profile", 1, "funding_gates", f"say the day as 2027-03-11; found {line[:60]!r}")
    rest = [part.strip() for part in line.replace(day.group(), "").split(",") if part.strip()]
    found = {"date": day.group(), "name": rest[0] if rest else "funding gate"}
    return found | ({"decider": rest[1]} if len(rest) > 1 else {})


def _partner(line: str) -> dict[str, str]:
    day = _DAY.search(line)
    plain = re.sub(r"(?i)\s*(?:until|to|ends)?\s*\d{4}-\d{2}-\d{2}", "", line)
    parts = [part.strip(" ,") for part in plain.split(",", 1) if part.strip(" ,")]
    found = {"name": parts[0] if parts else line}
    found |= {"contract": parts[1]} if len(parts) > 1 else {}
    return found | ({"ends": day.group(1)} if day else {})


def _meeting_line(one: Meeting) -> str:
    period = one.period.value.replace("_", "-") if one.period else None
    minutes = f"{one.minutes} min" if one.minutes else None
    people = " and ".join(each.value if each is RoleClass.ops else f"{each.value}s" for each in one.participants)
    return ", ".join(part for part in (one.name, period, minutes, people) if part)


def _meeting_words(one: Meeting) -> str:
    return _meeting_line(one)
