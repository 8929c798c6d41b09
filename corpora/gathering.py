"""The meeting in which the people of a plan's own behaviours look at what these left behind.

Owns: the fields of `gathering.yaml`, its loading and what is refused. Must not know: documents, plans.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, ValidationError, model_validator

from corpora.marked_yaml import LibraryError, read_marked
from corpora.records import AgendaStep, CapabilityId, Frozen, Text
from corpora.slots import slots_in

GATHERING = Path(__file__).parent / "gathering.yaml"
GATHERING_SLOTS = frozenset({"items", "leader"})


class Gathering(Frozen):
    """What the meeting is, with slots for the plan's own behaviours and roles."""

    title: Text
    capability: CapabilityId
    purpose: Text
    mechanism: Text
    duration_min: int = Field(ge=10, le=240)
    brings: Text
    decides: Text
    inputs: Annotated[tuple[Text, ...], Field(min_length=1)]
    agenda: Annotated[tuple[AgendaStep, ...], Field(min_length=3)]
    outputs: Annotated[tuple[Text, ...], Field(min_length=1)]
    scope: Text
    beyond: Text
    replaces: Text
    minutes_saved: int = Field(ge=0, le=480)
    rotation: Text
    health_check: Annotated[tuple[Text, ...], Field(min_length=3, max_length=4)]
    failure_signal: Text
    noticed_by: Text
    noticed_when: Text
    noticed_how: Text
    sunset: Text
    async_variant: Text

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if sum(step.minutes for step in self.agenda) != self.duration_min:
            raise ValueError("the agenda does not add up to duration_min")
        if unknown := slots_in(self.model_dump_json()) - GATHERING_SLOTS:
            raise ValueError(f"unknown slot {min(unknown)!r}")
        return self


def load_gathering(path: Path | None = None) -> Gathering:
    """The meeting.

    Raises:
        LibraryError: the file is broken, its agenda does not add up, or a slot is unknown.
    """
    source = read_marked(path or GATHERING)
    try:
        return Gathering.model_validate(source.data)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        field = ".".join(str(step) for step in fault["loc"])
        raise LibraryError(source.path, source.line_of(tuple(fault["loc"])), fault["msg"], None, field) from error
