"""What the pages about practices of one's own show.

Owns: those pages. Must not know: HTML, requests, how a practice is checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from corpora.own import Fault
from corpora.records import Kind
from service.practice_form import Field, Part, Sort, field_of
from service.store.own_practices import OwnRecord
from service.web.contexts.practices import KIND_WORDS

_ROWS = {Sort.rows: 5, Sort.lines: 4}
#: A longer text of one line gets a box of several.
_LONG = 70


@dataclass(frozen=True, slots=True)
class Own:
    """A practice of one's own in the list."""

    record: OwnRecord
    kind: str


@dataclass(frozen=True, slots=True)
class OwnPracticesPage:
    """What an organisation added to the library.

    Attributes:
        own: its practices, by number.
        kinds: kinds a new one can have, with words.
        text: YAML that was brought and refused.
        faults: why, with lines.
        note: what was just done.
    """

    template: ClassVar[str] = "own_practices.html"
    own: tuple[Own, ...]
    kinds: tuple[tuple[Kind, str], ...]
    text: str = ""
    faults: tuple[Fault, ...] = ()
    note: str = ""


def own_practices_page(
    records: Sequence[OwnRecord], text: str = "", faults: tuple[Fault, ...] = (), note: str = ""
) -> OwnPracticesPage:
    """The list with the ways to add to it."""
    own = tuple(Own(record, KIND_WORDS[record.practice.kind]) for record in records)
    return OwnPracticesPage(own, tuple(KIND_WORDS.items()), text, faults, note)


@dataclass(frozen=True, slots=True)
class FormBox:
    """A field with what was typed and what is wrong with it."""

    name: str
    label: str
    hint: str
    sort: str
    text: str
    chosen: frozenset[str]
    options: tuple[tuple[str, str], ...]
    rows: int
    optional: bool
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoxPart:
    """Boxes under one heading."""

    heading: str
    boxes: tuple[FormBox, ...]


@dataclass(frozen=True, slots=True)
class OwnPracticePage:
    """A practice of one's own in a form.

    Attributes:
        heading: what is done.
        action: the address that the form goes to.
        parts: boxes under headings.
        faults: what no single box is to blame for.
        count: how many boxes need another look.
    """

    template: ClassVar[str] = "own_practice.html"
    heading: str
    action: str
    parts: tuple[BoxPart, ...]
    faults: tuple[str, ...] = ()
    count: int = 0


def own_practice_page(
    heading: str,
    action: str,
    parts: tuple[Part, ...],
    typed: Mapping[str, list[str]],
    faults: Sequence[Fault] = (),
) -> OwnPracticePage:
    """The form, with each fault beside its box."""
    beside: dict[str, list[str]] = {}
    loose = []
    for fault in faults:
        field = field_of(fault.field, parts)
        if field is None:
            loose.append(f"{fault.field} {fault.why}".strip())
        else:
            beside.setdefault(field.path, []).append(_said(field, fault))
    shown = tuple(
        BoxPart(
            part.heading, tuple(_box(one, typed.get(one.path, []), beside.get(one.path, [])) for one in part.fields)
        )
        for part in parts
    )
    return OwnPracticePage(heading, action, shown, tuple(loose), len(beside))


def _said(field: Field, fault: Fault) -> str:
    """The fault, and in which line where the field has several."""
    steps = fault.field.removeprefix(field.path).strip(".").split(".")
    if not steps[0].isdigit():
        return fault.why
    part = f", {steps[1].replace('_', ' ')}" if len(steps) > 1 else ""
    return f"line {int(steps[0]) + 1}{part}: {fault.why}"


def _box(field: Field, texts: list[str], faults: Sequence[str]) -> FormBox:
    text = texts[0] if texts else ""
    rows = _ROWS.get(field.sort, 3 if len(text) > _LONG else 1)
    return FormBox(
        name=field.path,
        label=field.label,
        hint=field.hint,
        sort=field.sort.value,
        text=text,
        chosen=frozenset(texts),
        options=field.options,
        rows=rows,
        optional=field.optional,
        faults=tuple(dict.fromkeys(faults)),
    )
