"""What an engine is given and what it may propose; code decides afterwards.

Owns: IntentProposal, Opening, Candidate, Evidence, IntentBrief, ItemProposal, Engine. Must not know: how an
engine works, storage, pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from corpora.records import Practice
from retrieval.documents import Span
from service.plan.intents import Intent, IntentKind
from service.plan.items import Behaviour, Indicator, PolicyAsk, Ritual
from service.plan.plan import EngineInfo, Question
from service.plan.reading import Reading, Term, Trait
from service.plan.routine import Routine


@dataclass(frozen=True, slots=True)
class Opening:
    """The one routine that an engine would begin an intent with; nothing of it is checked yet."""

    actor: str
    trigger: str
    action: str


@dataclass(frozen=True, slots=True)
class IntentProposal:
    """An intent as an engine sees it: spans of the canonical text, never text of its own as a quote.

    `spans` lie inside single sentences or run over neighbouring ones of one block. `importance`
    ranks intents within the document (0 to 1). `label_span` names the intent by words of its first span.
    `why_first` says why teams should start with it, `opening` what it would begin with: both for a plan to check.
    """

    statement: str
    kind: IntentKind
    spans: tuple[Span, ...]
    confidence: float
    importance: float
    from_span: Span | None = None
    to_span: Span | None = None
    from_hypothesis: str | None = None
    label_span: Span | None = None
    why_first: str | None = None
    opening: Opening | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A practice that retrieval and diversity offer for an intent, with its fit (0 to 1).

    `case_ids` are sentences of the document that could be its first case, best first. `values` and `terms` fill
    slots for this practice alone, over those of the brief. A `plain` one serves many intents and says little of each:
    it is for an intent that nothing else serves, or for a plan in which no leader does anything.
    """

    practice: Practice
    fit: float
    case_ids: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence elsewhere in the document that bears on an intent, and what it gives."""

    sentence_id: str
    span: Span
    gives: str
    """One of: role, measure, present state, tension, list item, date, case, context."""
    score: float


@dataclass(frozen=True, slots=True)
class IntentBrief:
    """All an engine needs to draft the items of one intent.

    `values` are slot values for this intent (see corpora.records.SLOTS) and `value_terms` the
    document terms behind them; a slot without a document term is absent, so the default holds. `routine` is one
    that the intent's own words state, for an engine that words it.
    """

    intent: Intent
    evidence: tuple[Evidence, ...]
    candidates: tuple[Candidate, ...]
    values: Mapping[str, str]
    value_terms: Mapping[str, Term]
    traits: tuple[Trait, ...]
    routine: Routine | None = None


@dataclass(frozen=True, slots=True)
class ItemProposal:
    """One item with its indicators, before the checks."""

    item: Behaviour | Ritual | PolicyAsk
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class IntentDraft:
    """What an engine proposes for one intent. `fallback` says why another engine had to word it."""

    intent_id: str
    proposals: tuple[ItemProposal, ...]
    questions: tuple[Question, ...] = ()
    fallback: str | None = None


#: Called with each draft as soon as it is there; a card streamed from it is provisional.
Emit = Callable[[IntentDraft], None]


class Engine(Protocol):
    """The two ways to choose and to word: patterns (no model) and model (any chat model)."""

    @property
    def weighs_by_meaning(self) -> bool:
        """Whether the importance of its intents says what to start with, whatever the practices fit."""
        ...

    def info(self) -> EngineInfo:
        """Name, model, prompt hashes and tokens spent so far."""
        ...

    def find_intents(self, reading: Reading) -> tuple[IntentProposal, ...]:
        """Intents, strongest first; empty where the document commits nobody to anything."""
        ...

    def draft(self, briefs: tuple[IntentBrief, ...], reading: Reading, emit: Emit) -> tuple[IntentDraft, ...]:
        """Items for each brief, in the order of the briefs."""
        ...
