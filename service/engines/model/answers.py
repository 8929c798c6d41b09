"""The schemas a model answers in: only what it words, cited by id.

Owns: FoundIntents, DraftedItems and their parts. Must not know: documents, records of a plan.
Every field is required, so that strict schemas hold with every provider; ``None`` means "none" or
"keep the practice's own words". Nothing here is trusted: `find`, `faults` and `bind` check it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from corpora.records import Period, RoleClass
from service.plan.intents import IntentKind
from service.plan.items import IndicatorKind


class Answer(BaseModel):
    """Closed record of an answer."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class FoundIntent(Answer):
    """One intent: its statement and the sentences that state it."""

    statement: str
    label: str | None
    kind: IntentKind
    ids: list[str]
    words: str | None
    from_state: str | None
    to_state: str | None
    weight: int
    confidence: float


class FoundIntents(Answer):
    """The intents of one section group, strongest first."""

    intents: list[FoundIntent]


class Cited(Answer):
    """What every drafted item holds."""

    practice: str
    title: str
    because: str
    ids: list[str]


class DraftedBehaviour(Cited):
    """The worded fields of a behaviour; see `corpora.records.BehaviourForm`."""

    actor: str
    role_class: RoleClass
    trigger: str
    action: str
    period: Period | None
    events_per_month: float | None
    minutes: int | None
    artefact: str | None
    location: str | None
    owner: str | None
    from_state: str | None
    to_state: str
    stop: str
    first_time: str | None
    first_case: str | None
    noticed_by: str | None
    noticed_when: str | None
    noticer_does: str | None
    ends_when: str | None


class DraftedStep(Answer):
    """One step of an agenda."""

    step: str
    minutes: int


class DraftedParticipant(Answer):
    """Who comes to a ritual, how many of that role, and why."""

    role: str
    role_class: RoleClass
    count: int
    reason: str


class DraftedRitual(Cited):
    """The worded fields of a ritual; see `corpora.records.RitualForm`."""

    purpose: str
    period: Period | None
    participants: list[DraftedParticipant] | None
    facilitator: str | None
    taken_over: str | None
    decider: str
    decides: str | None
    beyond: str | None
    inputs: list[str] | None
    agenda: list[DraftedStep]
    outputs: list[str] | None
    replaces: str | None
    health: list[str] | None
    failure_signal: str | None
    ends_when: str | None
    without_meeting: str | None


class DraftedAsk(Cited):
    """The worded fields of a policy ask; see `corpora.records.PolicyForm`."""

    question: str
    decision: str
    decider: str
    forum: str | None
    options: list[str]
    cost_of_not_deciding: str
    interim: str


class DraftedIndicator(Answer):
    """A counting rule; `practice` names the item it belongs to, `id` the sentence of its copied words."""

    practice: str
    kind: IndicatorKind
    name: str
    numerator: str
    denominator: str
    source: str
    counts: str
    does_not_count: str
    baseline: str | None
    target: str | None
    id: str | None


class DraftedItems(Answer):
    """All items of one intent."""

    behaviours: list[DraftedBehaviour]
    ritual: DraftedRitual | None
    policy_ask: DraftedAsk | None
    indicators: list[DraftedIndicator]


Drafted = DraftedBehaviour | DraftedRitual | DraftedAsk
Sort = Literal["behaviour", "ritual", "policy"]
