"""The form in which a practice of one's own is written: its boxes, and how they become a practice's fields.

Owns: which fields a kind has, their plain names, and the way from typed text to fields and back. Must not know:
HTML, requests, how a practice is checked or kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from corpora.records import Barrier, Kind, Need, Period, Practice, RoleClass
from service.export.words import PERIODS, ROLE_CLASSES


class Sort(StrEnum):
    """How a field is typed."""

    line = "line"
    lines = "lines"
    number = "number"
    choice = "choice"
    choices = "choices"
    tick = "tick"
    rows = "rows"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: its dotted path in a practice, its name, a hint, how it is typed, what can be chosen.

    `columns` are the parts of a line of `rows`, which stand between bars.
    """

    path: str
    label: str
    hint: str = ""
    sort: Sort = Sort.line
    options: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Fields under one heading."""

    heading: str
    fields: tuple[Field, ...]


#: A bar that stands between the parts of a line, not inside a slot's braces.
_BAR = re.compile(r"\s*\|(?![^{}]*\})\s*")
_CLASSES = tuple((one.value, ROLE_CLASSES[one]) for one in RoleClass)
_OFTEN = (*((one.value, words) for one, words in PERIODS.items()), (Period.event.value, "whenever it happens"))
_NEEDS = {
    Need.users_reachable: "users one can reach",
    Need.releases: "releases",
    Need.funding_cycle: "a funding cycle",
    Need.several_teams: "several teams",
    Need.suppliers: "suppliers",
    Need.incidents: "incidents",
    Need.customers_who_buy: "customers who buy",
    Need.senior_leader: "a senior leader who takes part",
}
_CLASS_HINT = "team member, lead, leader, partner or ops"
_BY_WORDS = {words.casefold(): name for name, words in _CLASSES} | {"team member": "contributor", "product ops": "ops"}

_CADENCE = (
    Field("form.cadence.period", "How often", sort=Sort.choice, options=_OFTEN),
    Field(
        "form.cadence.events_per_month",
        "If whenever it happens: about how many times a month",
        sort=Sort.number,
        optional=True,
    ),
)
_REINFORCEMENT = (
    Field("form.reinforcement.who", "Who notices whether it happens"),
    Field("form.reinforcement.when", "When they notice"),
    Field("form.reinforcement.how", "What they do to remove an obstacle"),
    Field("form.review_days", "Looked at again after how many days", "14 to 120", Sort.number),
    Field("form.sunset", "When it ends"),
)
_FORMS: dict[Kind, tuple[Field, ...]] = {
    Kind.behaviour: (
        Field("form.actor", "Who does it", "a role, never a person: product manager"),
        Field("form.role_class", "Whose week it costs", sort=Sort.choice, options=_CLASSES),
        Field("form.trigger", "When it happens", "begins with When, After, Before, At, If, Every or Each"),
        Field("form.action", "What they do", "begins with a verb one can see: writes, asks, calls"),
        *_CADENCE,
        Field("form.evidence.artefact", "What it leaves behind"),
        Field("form.evidence.location", "Where that lies"),
        Field("form.evidence.minutes_after", "How many minutes after", sort=Sort.number),
        Field("form.owner", "Owner"),
        Field("form.shift.from_state", "From: how it is today"),
        Field("form.shift.to_state", "To: how it will be"),
        Field("form.stop_doing.text", "Instead of"),
        Field("form.stop_doing.minutes_saved", "Minutes that frees each time", sort=Sort.number),
        Field(
            "form.time_cost",
            "Minutes it costs",
            f"one a line: who | minutes | minutes of preparation; who is {_CLASS_HINT}",
            Sort.rows,
            columns=("role_class", "minutes", "prep_minutes"),
        ),
        Field(
            "form.barrier",
            "What holds people back",
            sort=Sort.choice,
            options=tuple((b.value, b.value) for b in Barrier),
        ),
        Field("form.technique", "What helps against that", "one or two, one a line: prompts and cues", Sort.lines),
        Field("form.first_time", "The first time, under 15 minutes"),
        *_REINFORCEMENT,
    ),
    Kind.ritual: (
        Field("form.purpose", "What it decides or makes"),
        *_CADENCE,
        Field("form.duration_min", "Minutes", "10 to 240; the agenda adds up to them", Sort.number),
        Field(
            "form.participants",
            "Who comes",
            f"one a line: how many | role | {_CLASS_HINT} | why | minutes of preparation",
            Sort.rows,
            columns=("count", "role", "role_class", "reason", "prep_minutes"),
        ),
        Field("form.facilitator", "Run by"),
        Field("form.rotation", "Who runs it later"),
        Field("form.owner", "Owner"),
        Field("form.inputs", "What is brought", "one a line", Sort.lines),
        Field(
            "form.agenda",
            "Agenda",
            "three steps or more, one a line: minutes | step",
            Sort.rows,
            columns=("minutes", "step"),
        ),
        Field("form.outputs", "What comes out", "one a line", Sort.lines),
        Field("form.decision_rights.decider", "Who decides", "one role"),
        Field("form.decision_rights.scope", "What they may decide"),
        Field("form.decision_rights.beyond", "Where the rest goes"),
        Field("form.replaces.text", "Instead of"),
        Field("form.replaces.minutes_saved", "Minutes that frees each time", sort=Sort.number),
        Field("form.health_check", "Signs of health", "three or four, one a line", Sort.lines),
        Field("form.failure_signal", "Failing when"),
        *_REINFORCEMENT,
        Field("form.async_variant", "Without meeting"),
    ),
    Kind.policy: (
        Field("form.question", "The question"),
        Field("form.decision", "The decision that is needed"),
        Field("form.decider", "Who decides", "one role"),
        Field("form.forum", "Where"),
        Field("form.needed_by_day", "Needed by day", "1 to 180", Sort.number),
        Field("form.options", "Options", "two to four, one a line", Sort.lines),
        Field("form.cost_of_not_deciding", "If nobody decides"),
        Field("form.interim", "Until then"),
    ),
}
_KINDS = {Kind.behaviour: "The behaviour", Kind.ritual: "The ritual", Kind.policy: "The decision"}
_SIGNS = (("adherence", "Is it done?"), ("leading", "Does it move?"), ("counter", "Does anything get worse?"))


def parts_of(kind: Kind, capabilities: Mapping[str, str]) -> tuple[Part, ...]:
    """The form of a kind; `capabilities` are ids and names."""
    known = tuple(capabilities.items())
    about = (
        Field("name", "Name"),
        Field("purpose", "What it is for"),
        Field("mechanism", "It helps because", "the part of the sentence after “because”"),
        Field("capability", "The capability it builds", sort=Sort.choice, options=known),
        Field("also", "Others it builds too", sort=Sort.choices, options=known, optional=True),
    )
    fit = (
        Field(
            "serves",
            "Intents it serves",
            "four to eight sentences as a strategy would say them, one a line",
            Sort.lines,
        ),
        Field("not_for", "What it is not for", "two to five, one a line", Sort.lines),
        Field("themes", "Themes", "two to eight words, one a line", Sort.lines),
        Field(
            "needs",
            "What must exist for it",
            sort=Sort.choices,
            options=tuple((n.value, w) for n, w in _NEEDS.items()),
            optional=True,
        ),
        Field("adds_gate", "It adds an approval that work has to pass", sort=Sort.tick, optional=True),
        Field("technical", "It is technical tidying", sort=Sort.tick, optional=True),
        Field("anti_patterns", "How it goes wrong", "one to four, one a line", Sort.lines),
    )
    source = (
        Field("source.author", "Who it comes from"),
        Field("source.title", "Where it is described"),
        Field("source.year", "Year", sort=Sort.number, optional=True),
        Field("source.note", "Note", optional=True),
        Field("source.checked", "The source was read for this entry", sort=Sort.tick, optional=True),
    )
    signs = tuple(Part(f"How to see it work: {question.lower()}", _sign(name)) for name, question in _SIGNS)
    return (
        Part("About it", about),
        Part(_KINDS[kind], _FORMS[kind]),
        Part("When it fits", fit),
        *signs,
        Part("Where it comes from", source),
    )


def _sign(name: str) -> tuple[Field, ...]:
    labels = {
        "name": "Name",
        "numerator": "What is counted",
        "denominator": "Out of what",
        "source": "Counted from",
        "counts": "What counts",
        "does_not_count": "What does not count",
    }
    return tuple(Field(f"indicators.{name}.{key}", label) for key, label in labels.items())


def entry_of(kind: Kind, typed: Mapping[str, list[str]], parts: tuple[Part, ...]) -> dict[str, Any]:
    """The fields of a practice as they were typed; empty ones are left out, so that they are named as missing."""
    entry: dict[str, Any] = {"kind": kind.value, "form": {}}
    for field in _fields(parts):
        value = _typed(field, [text.replace("\r\n", "\n").strip() for text in typed.get(field.path, [])])
        if value not in ("", [], None):
            _put(entry, field.path, value)
    return entry


def typed_of(practice: Practice, parts: tuple[Part, ...]) -> dict[str, list[str]]:
    """A practice as the form holds it."""
    rows = practice.model_dump(mode="json")
    return {field.path: _shown(field, _get(rows, field.path)) for field in _fields(parts)}


def field_of(path: str, parts: tuple[Part, ...]) -> Field | None:
    """The field in which a fault at `path` stands."""
    fitting = [field for field in _fields(parts) if path == field.path or path.startswith(f"{field.path}.")]
    return fitting[0] if fitting else None


def _fields(parts: tuple[Part, ...]) -> Iterator[Field]:
    return (field for part in parts for field in part.fields)


def _typed(field: Field, texts: list[str]) -> object:
    text = texts[0] if texts else ""
    match field.sort:
        case Sort.lines:
            return [line.strip() for line in text.split("\n") if line.strip()]
        case Sort.rows:
            return [_row(field, line) for line in text.split("\n") if line.strip()]
        case Sort.choices:
            return [one for one in texts if one]
        case Sort.tick:
            return bool(text)
        case Sort.number:
            return _number(text)
        case _:
            return text


def _row(field: Field, line: str) -> dict[str, object]:
    """A line between bars; what stands beyond the last column belongs to it, so that it is refused with it."""
    cells = [cell.strip() for cell in _BAR.split(line.strip(), maxsplit=len(field.columns) - 1)]
    found = {name: cell for name, cell in zip(field.columns, cells, strict=False) if cell}
    if "role_class" in found:
        found["role_class"] = _BY_WORDS.get(found["role_class"].casefold(), found["role_class"].casefold())
    return {
        name: _number(cell) if name in ("minutes", "prep_minutes", "count") else cell for name, cell in found.items()
    }


def _number(text: str) -> object:
    """A number where it is one; other text stays as it is, to be refused with its words."""
    plain = text.replace(",", ".")
    if re.fullmatch(r"\d{1,6}", plain, flags=re.ASCII):
        return int(plain)
    return float(plain) if re.fullmatch(r"\d{1,6}\.\d{1,4}", plain, flags=re.ASCII) else text


def _put(entry: dict[str, Any], path: str, value: object) -> None:
    *way, last = path.split(".")
    for step in way:
        entry = entry.setdefault(step, {})
    entry[last] = value


def _get(rows: object, path: str) -> object:
    for step in path.split("."):
        rows = rows.get(step) if isinstance(rows, dict) else None
    return rows


def _shown(field: Field, value: object) -> list[str]:
    if value is None or value is False:
        return []
    if value is True:
        return ["yes"]
    if field.sort is Sort.choices and isinstance(value, list):
        return [str(one) for one in value]
    if isinstance(value, list):
        return ["\n".join(_line(field, one) for one in value)]
    return [f"{value:g}" if isinstance(value, float) else str(value)]


def _line(field: Field, one: object) -> str:
    if not isinstance(one, dict):
        return str(one)
    cells = [str(one.get(name, "")) for name in field.columns]
    if field.columns[-1] == "prep_minutes" and cells[-1] == "0":
        cells.pop()
    return " | ".join(
        _class_word(cell) if name == "role_class" else cell for name, cell in zip(field.columns, cells, strict=False)
    )


def _class_word(name: str) -> str:
    return {"contributor": "team member"}.get(name, name)
