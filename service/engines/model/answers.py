"""The schemas a model answers in: only what it words, cited by id.

Owns: FoundIntents, DraftedPlan and their parts. Must not know: documents, records of a plan.
Every field is required, so that strict schemas hold with every provider; ``None`` or an empty text or list
means "none" or "keep the practice's own words". Nothing here is trusted: `find`, `faults` and `bind` check it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from corpora.records import Period, RoleClass
from service.plan.intents import IntentKind


class Answer(BaseModel):
    """Closed record of an answer."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Begins(Answer):
    """The one routine that an intent would begin with: a role, its event or rhythm, one act."""

    who: str
    when: str
    does: str


class FoundIntent(Answer):
    """One intent: its statement, the sentences that state it, why it goes first or what it would begin with."""

    statement: str
    label: str | None
    kind: IntentKind
    ids: list[str]
    words: str | None
    from_state: str | None
    to_state: str | None
    weight: int
    confidence: float
    why_first: str | None
    begins: Begins | None


class FoundIntents(Answer):
    """The intents of one section group, strongest first."""

    intents: list[FoundIntent]


class Cited(Answer):
    """What every drafted item holds; an empty `practice` says that the form is the document's or the model's own."""

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
    period: Period
    events_per_month: float | None
    minutes: int
    artefact: str
    location: str
    from_state: str
    to_state: str
    stop: str
    first_time: str
    first_case: str
    noticed_by: str
    noticed_when: str
    noticer_does: str
    ends_when: str


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
    period: Period
    participants: list[DraftedParticipant]
    facilitator: str
    decider: str
    decides: str
    beyond: str
    inputs: list[str]
    agenda: list[DraftedStep]
    outputs: list[str]
    replaces: str
    health: list[str]
    failure_signal: str
    ends_when: str
    without_meeting: str


class DraftedAsk(Cited):
    """The worded fields of a policy ask; see `corpora.records.PolicyForm`."""

    question: str
    decision: str
    decider: str
    forum: str
    needed_by_day: int
    options: list[str]
    cost_of_not_deciding: str
    interim: str


class DraftedIndicator(Answer):
    """The counting rule of an intent's effect, and what might get worse; `id` is the sentence of its copied words."""

    kind: Literal["outcome", "leading"]
    name: str
    numerator: str
    denominator: str
    source: str
    counts: str
    does_not_count: str
    watch: str
    baseline: str
    target: str
    id: str


class DraftedItems(Answer):
    """All items of the intent that the request calls by this letter."""

    intent: str
    behaviours: list[DraftedBehaviour]
    ritual: DraftedRitual | None
    policy_ask: DraftedAsk | None
    indicator: DraftedIndicator | None


class DraftedPlan(Answer):
    """The items of every intent asked for in one request."""

    drafts: list[DraftedItems]


Drafted = DraftedBehaviour | DraftedRitual | DraftedAsk
