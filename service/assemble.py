"""Putting the checked parts together into a plan, scored; or the account of why there is none.

Owns: the last step of the spine. Must not know: engines' ways, storage, pages.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpora.lexicons import Lexicons
from retrieval.embed import Embedder
from service.checks import score
from service.checks.context import CheckContext
from service.library import Library
from service.plan.ids import content_id
from service.plan.intents import DeferredIntent, Intent
from service.plan.items import Behaviour, PolicyAsk, Ritual
from service.plan.parts import PlanParts
from service.plan.plan import EngineInfo, Plan, SourceDocument, Status
from service.plan.proposals import IntentDraft
from service.plan.reading import Reading
from service.stages.demands import demands
from service.stages.nothing import author_questions, holds, near_misses


def parts_of(intents: Sequence[Intent], deferred: Sequence[DeferredIntent], drafts: Sequence[IntentDraft]) -> PlanParts:
    """All that the engines proposed, as parts."""
    proposals = [proposal for draft in drafts for proposal in draft.proposals]
    items = []
    for proposal in proposals:
        ids = tuple(indicator.id for indicator in proposal.indicators if proposal.item.id in indicator.item_ids)
        items.append(proposal.item.model_copy(update={"indicator_ids": ids}))
    return PlanParts(
        intents=tuple(intents),
        deferred=tuple(deferred),
        behaviours=tuple(item for item in items if isinstance(item, Behaviour)),
        rituals=tuple(item for item in items if isinstance(item, Ritual)),
        policy_asks=tuple(item for item in items if isinstance(item, PolicyAsk)),
        indicators=tuple(indicator for proposal in proposals for indicator in proposal.indicators),
        questions=tuple(question for draft in drafts for question in draft.questions),
    )


def assemble(
    parts: PlanParts,
    demand: NDArray[np.float64],
    reading: Reading,
    engine: EngineInfo,
    library: Library,
    lexicons: Lexicons,
    embedder: Embedder,
) -> Plan:
    """The plan with its deterministic scores; `demand` is the active intents by capabilities, as fits."""
    plan = Plan(
        id=_plan_id(reading, engine),
        status=Status.ready,
        document=_source(reading),
        engine=engine,
        holds=holds(reading),
        intents=parts.intents,
        deferred_intents=parts.deferred,
        capabilities=demands(parts.intents, demand, library.capabilities),
        behaviours=parts.behaviours,
        rituals=parts.rituals,
        policy_asks=parts.policy_asks,
        indicators=parts.indicators,
        rollout=parts.rollout,
        questions_for_leadership=parts.questions,
        assumptions=parts.assumptions,
        load=parts.load,
        load_by_role=parts.load_by_role,
        pilot_teams=parts.pilot_teams,
    )
    context = CheckContext(
        document=reading.document,
        practices=library.by_id(),
        budgets=library.budgets,
        lexicons=lexicons,
        embedder=embedder,
        reference_intents=(),
    )
    return plan.model_copy(update={"scores": score(plan, context)})


def nothing_found(reading: Reading, engine: EngineInfo) -> Plan:
    """A plan without items: what the document holds, near misses, three questions to its author."""
    return Plan(
        id=_plan_id(reading, engine),
        status=Status.no_strategic_intent,
        document=_source(reading),
        engine=engine,
        holds=holds(reading),
        near_misses=near_misses(reading),
        questions_for_leadership=author_questions(reading),
    )


def _plan_id(reading: Reading, engine: EngineInfo) -> str:
    return content_id("plan", reading.document.sha256, engine.name, engine.model or "", engine.library_version)


def _source(reading: Reading) -> SourceDocument:
    document = reading.document
    return SourceDocument(
        title=document.title,
        sha256=document.sha256,
        media_type=document.media_type,
        words=document.words,
        language=document.language,
        parser_version=document.parser_version,
    )
