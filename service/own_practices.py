"""Adding, changing and removing an organisation's own practices.

Owns: checking what was brought, and which id and number it gets. Must not know: HTML, requests, plans.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from corpora.own import Fault, OwnPracticeError, entries_in, practice_of, revised_id, slug_of
from corpora.records import Practice
from service.errors import ThroughlineError
from service.people import Actor
from service.store.house import Workplace
from service.store.own_practices import MOST

_OURS = ("id", "number")


class OwnPracticeRefused(ThroughlineError):
    """A practice that cannot be kept; `faults` names every field with what to do."""

    status = 422

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__(str(OwnPracticeError(faults)))


def add_practice(place: Workplace, entry: Mapping[str, Any], who: Actor) -> Practice:
    """Keep a new practice.

    Raises:
        OwnPracticeRefused: a field does not fit.
    """
    if len(place.practices.offered()) >= MOST:
        raise OwnPracticeRefused((Fault("", f"there are {MOST} practices of your own; remove one first"),))
    slug, number = place.practices.next_place(slug_of(str(entry.get("name", ""))))
    practice = _checked(entry, revised_id(slug, 1), number)
    place.practices.add(slug, practice, who.name)
    return practice


def change_practice(place: Workplace, practice_id: str, entry: Mapping[str, Any], who: Actor) -> Practice:
    """Keep a new revision; plans that rest on the one before keep it.

    Raises:
        OwnPracticeRefused: a field does not fit.
        service.store.errors.NotFound: no such practice is offered.
    """
    before = place.practices.get(practice_id)
    practice = _checked(entry, revised_id(before.slug, before.revision + 1), before.practice.number)
    place.practices.revise(practice_id, practice, who.name)
    return practice


def add_from_yaml(place: Workplace, text: str, who: Actor) -> list[Practice]:
    """Keep all practices of a YAML text, or none.

    Raises:
        OwnPracticeRefused: the text or one of its practices does not fit; faults have lines.
    """
    try:
        found = entries_in(text)
    except OwnPracticeError as error:
        raise OwnPracticeRefused(error.faults) from error
    faults: list[Fault] = []
    for entry, lines in found:
        try:
            _checked(entry, revised_id("trial", 1), 1)
        except OwnPracticeRefused as error:
            faults += [
                Fault(one.field, one.why, lines.get(one.field) or _above(one.field, lines)) for one in error.faults
            ]
    if faults:
        raise OwnPracticeRefused(tuple(faults))
    return [add_practice(place, entry, who) for entry, _ in found]


def as_yaml(practice: Practice) -> str:
    """A practice as it can be brought again."""
    rows = practice.model_dump(mode="json", exclude_none=True, exclude=set(_OURS))
    return yaml.safe_dump([rows], allow_unicode=True, sort_keys=False, width=110)


def _checked(entry: Mapping[str, Any], practice_id: str, number: int) -> Practice:
    try:
        return practice_of({key: value for key, value in entry.items() if key not in _OURS}, practice_id, number)
    except OwnPracticeError as error:
        raise OwnPracticeRefused(error.faults) from error


def _above(field: str, lines: Mapping[str, int]) -> int | None:
    """The line of the nearest thing around a missing field."""
    while "." in field:
        field = field.rpartition(".")[0]
        if field in lines:
            return lines[field]
    return lines.get("")
