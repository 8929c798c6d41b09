"""The patterns engine: chooses and words items without a model; deterministic.

Owns: the Engine behind both methods. Must not know: other engines, storage, pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpora.budgets import Budgets
from service.engines.patterns.choose import Chosen, choose
from service.engines.patterns.ledger import find_intents
from service.engines.patterns.measures import item_indicators, outcome_indicator
from service.engines.patterns.setting import within_setting
from service.engines.patterns.stated import stated_behaviour, stated_indicators
from service.engines.patterns.wording import Wording
from service.plan.items import Behaviour
from service.plan.plan import EngineInfo
from service.plan.proposals import Emit, IntentBrief, IntentDraft, IntentProposal, ItemProposal
from service.plan.reading import Reading
from service.stages.nothing import commits


@dataclass(frozen=True, slots=True)
class PatternsEngine:
    """The default engine: no key, no network, no GPU; same input, same bytes out."""

    library_version: str
    budgets: Budgets

    @property
    def weighs_by_meaning(self) -> bool:
        """It ranks by form and place; what practices fit counts as well."""
        return False

    def info(self) -> EngineInfo:
        """Says that no language model wrote the plan."""
        return EngineInfo(name="patterns", library_version=self.library_version)

    def find_intents(self, reading: Reading) -> tuple[IntentProposal, ...]:
        """The ledger, strongest first; empty where the document as a whole commits nobody."""
        found = find_intents(reading)
        return found if commits(found, reading) else ()

    def draft(self, briefs: tuple[IntentBrief, ...], reading: Reading, emit: Emit) -> tuple[IntentDraft, ...]:
        """Items for each brief, chosen over all briefs at once so that none repeats."""
        drafts = []
        taken: set[str] = set()
        told: set[str] = set()
        briefs = within_setting(briefs, reading.document.text)
        own = [stated_behaviour(brief, brief.routine) if brief.routine else None for brief in briefs]
        for brief, chosen, stated in zip(briefs, choose(briefs, self.budgets, own), own, strict=True):
            draft = _draft(brief, chosen, reading, taken, told, stated if chosen.own else None)
            emit(draft)
            drafts.append(draft)
        return tuple(drafts)


def _draft(
    brief: IntentBrief,
    chosen: Chosen,
    reading: Reading,
    taken: set[str],
    told: set[str],
    stated: Behaviour | None,
) -> IntentDraft:
    """The brief's items, the document's own routine first.

    `taken` grows by the words of their first cases, `told` by the measure of the document that judges them.
    """
    wording = Wording(brief, reading)
    proposals = []
    if stated is not None and brief.routine is not None:
        own = wording.beside(stated, chosen.own_alternative)
        proposals.append(ItemProposal(own, stated_indicators(own, brief.routine, brief.intent)))
    for n, (candidate, alternative) in enumerate(zip(chosen.items, chosen.alternatives, strict=True)):
        item = wording.item(candidate, alternative, n == 0, frozenset(taken))
        taken |= {item.first_case.text} if item.first_case else set()
        proposals.append(ItemProposal(item, item_indicators(candidate.practice, item.id, brief)))
    outcome = outcome_indicator(brief, reading, [p.item.id for p in proposals], told)
    if outcome is not None and outcome.quote is not None and proposals:
        told.add(outcome.quote.text)
        first = proposals[0]
        proposals[0] = ItemProposal(first.item, (*first.indicators, outcome))
    return IntentDraft(brief.intent.id, tuple(proposals))
