"""The plan: everything a lead needs, as one versioned record with a published schema.

Owns: Plan and the small records around the items. Must not know: engines, storage, pages.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from corpora.records import CapabilityId, Frozen, RoleClass
from service.plan.intents import DeferredIntent, Intent
from service.plan.items import Behaviour, Indicator, PolicyAsk, Ritual
from service.plan.provenance import Quote

SCHEMA_VERSION = "1.1"


class Status(StrEnum):
    """A plan, or a courteous account of why there is none."""

    ready = "ready"
    no_strategic_intent = "no_strategic_intent"


class SourceDocument(Frozen):
    """The document a plan was made from."""

    title: str
    sha256: str
    media_type: str
    words: int
    language: str
    parser_version: str


class EngineInfo(Frozen):
    """Who chose and worded the items; tokens are counts over all calls (0 without a model)."""

    name: Literal["patterns", "model"]
    model: str | None = None
    prompt_hashes: dict[str, str] = Field(default_factory=dict)
    library_version: str
    input_tokens: int = 0
    output_tokens: int = 0
    fallbacks: tuple[str, ...] = ()


class CapabilityDemand(Frozen):
    """A capability this strategy demands, and the signs to look for: hypotheses to check, not findings."""

    capability: CapabilityId
    name: str
    intent_ids: Annotated[tuple[str, ...], Field(min_length=1)]
    why: str
    project_signs: tuple[str, ...]
    product_signs: tuple[str, ...]


class RolloutStep(Frozen):
    """A stretch of the 90 days: what happens, which items start, who leads it."""

    id: str
    from_day: int = Field(ge=0)
    to_day: int = Field(ge=0)
    title: str
    actions: tuple[str, ...]
    item_ids: tuple[str, ...]
    owner: str


class QuestionKind(StrEnum):
    """Why a question reaches the leader."""

    conflict = "conflict"
    contradiction = "contradiction"
    tension = "tension"
    hedge = "hedge"
    undefined = "undefined"
    funding = "funding"
    missing = "missing"
    leadership = "leadership"
    ownership = "ownership"
    order = "order"


class Question(Frozen):
    """A question only a leader can answer, with the words that raise it."""

    id: str
    kind: QuestionKind
    text: str
    why: str
    asked_of: str
    intent_ids: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


class Assumption(Frozen):
    """Something supposed, what rests on it, and how to check it."""

    id: str
    text: str
    item_ids: tuple[str, ...]
    check: str


class RoleLoad(Frozen):
    """Hours a week a role class gives to the plan, as a range, against its budget (domain brief 2.3).

    `saved_hours` is the sum over `stops_estimated` of the class's `stops`; both are 0 in plans made before 1.1.
    """

    role_class: RoleClass
    roles: tuple[str, ...]
    hours_low: float = Field(ge=0)
    hours_high: float = Field(ge=0)
    saved_hours: float = Field(ge=0)
    budget_hours: float = Field(gt=0)
    item_ids: tuple[str, ...]
    assumption: str
    stops: int = Field(default=0, ge=0)
    stops_estimated: int = Field(default=0, ge=0)


class NamedLoad(Frozen):
    """Hours a week one person in a named role gives to the plan, as a range, and the items that ask it of them.

    `role` is the name as the plan first says it; names that differ in case, number or article are one role.
    `limit_hours` is the weekly budget of `role_class`.
    """

    role: str
    role_class: RoleClass
    hours_low: float = Field(ge=0)
    hours_high: float = Field(ge=0)
    limit_hours: float = Field(gt=0)
    item_ids: tuple[str, ...]


class CriterionScore(Frozen):
    """A rubric criterion's deterministic score (1 to 5), or None where it is unscored, with the reason."""

    criterion: str
    score: float | None = Field(default=None, ge=1, le=5)
    reason: str
    item_ids: tuple[str, ...] = ()


class NearMiss(Frozen):
    """A sentence that comes close to a commitment, and why it is none."""

    quote: Quote
    why: str


class Plan(Frozen):
    """From passage to intent to behaviour to indicator: every link stored.

    The content is pure: the same document, profile, library and engine give the same bytes.
    """

    id: str
    schema_version: str = SCHEMA_VERSION
    status: Status
    document: SourceDocument
    engine: EngineInfo
    holds: str = Field(description="one or two sentences: what the document holds")
    near_misses: tuple[NearMiss, ...] = ()
    intents: tuple[Intent, ...] = ()
    deferred_intents: tuple[DeferredIntent, ...] = ()
    capabilities: tuple[CapabilityDemand, ...] = ()
    behaviours: tuple[Behaviour, ...] = ()
    rituals: tuple[Ritual, ...] = ()
    policy_asks: tuple[PolicyAsk, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    rollout: tuple[RolloutStep, ...] = ()
    questions_for_leadership: tuple[Question, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    load: tuple[RoleLoad, ...] = ()
    load_by_role: tuple[NamedLoad, ...] = Field(
        default=(), description="the same load by named role, who carries most first; empty in plans made before 1.1"
    )
    pilot_teams: tuple[str, ...] = Field(
        default=(), description="named by the organisation's profile, where it has one"
    )
    scores: tuple[CriterionScore, ...] = ()
