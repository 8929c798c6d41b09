"""What teams and leaders will do: behaviours, rituals, policy asks and their indicators.

Each item is the form of `corpora.records` plus what binds it to a document. Owns: the bound
items. Must not know: engines, storage.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from corpora.records import (
    BehaviourForm,
    CapabilityId,
    Frozen,
    IndicatorForm,
    PolicyForm,
    RitualForm,
)
from service.plan.provenance import FieldSource, Quote

#: Why something that the document calls by name, or says, is a first case.
NAMED, STATED = "the document names it", "the document says it"


class Flag(StrEnum):
    """What a reader must know before trusting an item."""

    own_routine = "the document's own routine"
    standard_form = "standard form"
    technical = "technical tidying"
    role_proposed = "role proposed"
    fallback = "worded by the patterns engine"
    stale = "its words changed in the document"


class BoundTerm(Frozen):
    """A word group of the document that the item uses, and what sort of thing it names."""

    kind: str = Field(description="body, role, initiative, measure, date, exclusion, user, product, topic")
    text: str
    start: int
    end: int


class FirstCase(Frozen):
    """The first real thing to try the behaviour on, in the document's words, and why that one.

    `clause` says that the words are a statement of the document, to be shown in quotation marks, and no name.
    """

    text: str
    why: str
    start: int | None = None
    end: int | None = None
    clause: bool = False

    def words(self) -> str:
        """The case as it fits into a sentence: a statement in quotation marks, a name without."""
        return f"“{self.text.rstrip('.')}”" if self.clause else self.text

    @property
    def lead(self) -> str:
        """What stands before it in a sentence: 'on' the harbour survey, 'where the document says' “…”."""
        return "where the document says" if self.clause else "on"

    def with_reason(self) -> str:
        """The case, and in brackets why this one; of a quoted statement nobody says that the document names it."""
        reason = self.why.rstrip(".")
        return self.words() if self.clause and reason in (NAMED, STATED) else f"{self.words()} ({reason})"


class Binding(Frozen):
    """What binds a form to a document. Ids come from content at birth and stay through edits."""

    id: str
    title: str
    intent_ids: Annotated[tuple[str, ...], Field(min_length=1)]
    practice_id: str | None
    capability: CapabilityId
    mechanism: str
    quotes: tuple[Quote, ...]
    terms: tuple[BoundTerm, ...] = ()
    sources: tuple[FieldSource, ...] = ()
    flags: tuple[Flag, ...] = ()
    first_case: FirstCase | None = None
    first_lines: tuple[BoundTerm, ...] = ()
    confidence: float = Field(ge=0, le=1)
    starts_day: int = Field(default=1, ge=1, le=90)
    indicator_ids: tuple[str, ...] = ()
    adds_gate: bool = False


class BehaviourDraft(BehaviourForm, Binding):
    """A behaviour bound to a document, without its alternative."""


class Behaviour(BehaviourDraft):
    """A behaviour and one whole behaviour that could take its place."""

    alternative: BehaviourDraft | None = None


class RitualDraft(RitualForm, Binding):
    """A ritual bound to a document, without its alternative."""


class Ritual(RitualDraft):
    """A ritual and one whole ritual that could take its place."""

    alternative: RitualDraft | None = None


class PolicyAskDraft(PolicyForm, Binding):
    """A question to leaders bound to a document, without its alternative."""


class PolicyAsk(PolicyAskDraft):
    """A policy ask and one whole ask that could take its place."""

    alternative: PolicyAskDraft | None = None


class IndicatorKind(StrEnum):
    """Was it done; does it move; did the document's outcome come; what might get worse."""

    adherence = "adherence"
    leading = "leading"
    outcome = "outcome"
    counter = "counter"


class Indicator(IndicatorForm):
    """A counting rule at team or initiative level, tied to intents and items.

    `baseline` is the document's figure or "unknown, collect by day N"; `target` is only ever the
    document's own, with its quote.
    """

    id: str
    kind: IndicatorKind
    intent_ids: Annotated[tuple[str, ...], Field(min_length=1)]
    item_ids: tuple[str, ...]
    scope: str
    baseline: str
    target: str | None = None
    quote: Quote | None = None
    guards: str | None = Field(default=None, description="the indicator or tension it guards against")
    sources: tuple[FieldSource, ...] = ()


Item = Behaviour | Ritual | PolicyAsk
ItemDraft = BehaviourDraft | RitualDraft | PolicyAskDraft
