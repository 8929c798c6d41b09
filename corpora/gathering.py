"""The meeting in which the people of a plan's own behaviours look at what these left behind.

Owns: the fields of `gathering.yaml` and its slots. Must not know: files, documents, plans.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from corpora.records import AgendaStep, CapabilityId, Frozen, Text

#: The names of the behaviours, who decides, and the meeting that gives up a part.
GATHERING_SLOTS = ("items", "leader", "meeting")


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
        return self
