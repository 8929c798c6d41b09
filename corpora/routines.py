"""Classes of acts that documents state as routines: what can be said of each besides what the document says.

Owns: the fields of `routines.yaml`, its loading and what is refused. Must not know: documents, grammar, plans.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from corpora.marked_yaml import LibraryError, read_marked
from corpora.records import Barrier, CapabilityId, Frozen, IndicatorForm, Slug, Text
from corpora.slots import SLOT, slots_in

ROUTINES = Path(__file__).parent / "routines.yaml"
#: What a slot of a class stands for.
ROUTINE_SLOTS = {
    "occasion": "the document's own period, singular ('quarter'), or 'occasion'",
    "thing": "what the act is about, as a noun phrase of the document with its article",
}


class ActPattern(Frozen):
    """Verbs by their lemma and, where given, what must stand with them.

    `beside` are words of which one follows the verb or its object, `apart` words that must not, `nouns` heads of the
    object, `anywhere` nouns that may stand deeper in what follows; `alone` allows no object.
    """

    verbs: Annotated[tuple[str, ...], Field(min_length=1)]
    beside: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    alone: bool = False


class ActClass(Frozen):
    """One class: how its acts are worded, and what a behaviour of it needs besides actor, act and rhythm."""

    id: Slug
    patterns: Annotated[tuple[ActPattern, ...], Field(min_length=1)]
    capability: CapabilityId
    from_state: Text
    to_state: Text
    mechanism: Text
    artefact: Text
    location: Text
    minutes_after: int = Field(ge=0, le=1440)
    stop: Text
    minutes_saved: int = Field(ge=0, le=480)
    minutes: int = Field(ge=5, le=240)
    prep_minutes: int = Field(ge=0, le=120)
    barrier: Barrier
    technique: Annotated[tuple[str, ...], Field(min_length=1, max_length=2)]
    first_time: Text
    noticed_by: Text
    noticed_when: Text
    noticed_how: Text
    sunset: Text
    trace: Text
    leading: IndicatorForm
    counter: IndicatorForm


def load_act_classes(path: Path | None = None) -> tuple[ActClass, ...]:
    """The classes in order; the first that fits an act wins.

    Raises:
        LibraryError: the file is broken, a record is invalid, an id is used twice, or a slot is unknown.
    """
    source = read_marked(path or ROUTINES)
    if not isinstance(source.data, list) or not source.data:
        raise LibraryError(source.path, source.first_line, "must be a list of classes of acts")
    found: list[ActClass] = []
    for index, entry in enumerate(source.data):
        try:
            act = ActClass.model_validate(entry)
        except ValueError as error:
            raise LibraryError(source.path, source.line_of((index,)), str(error)) from error
        if act.id in {other.id for other in found}:
            raise LibraryError(source.path, source.line_of((index, "id")), f"{act.id!r} is already used", act.id, "id")
        if unknown := slots_in(act.model_dump_json()) - ROUTINE_SLOTS.keys():
            raise LibraryError(source.path, source.line_of((index,)), f"unknown slot {min(unknown)!r}", act.id)
        if any(mark in SLOT.sub("", text) for text in _texts(act) for mark in "{}"):
            raise LibraryError(source.path, source.line_of((index,)), "a brace outside a slot", act.id)
        found.append(act)
    return tuple(found)


def _texts(act: ActClass) -> list[str]:
    return [text for text in act.model_dump().values() if isinstance(text, str)]
