"""The other engine's draft: what stands in for a faulty item, and the alternatives.

Owns: StandIns and flagging. Must not know: models, prompts, how the other engine works.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from corpora.records import Kind
from service.engines.model.bind import bare
from service.engines.model.brief_text import DraftContext
from service.plan.items import (
    Behaviour,
    BehaviourDraft,
    BoundTerm,
    Flag,
    Indicator,
    IndicatorKind,
    Item,
    ItemDraft,
    PolicyAskDraft,
    Ritual,
    RitualDraft,
)
from service.plan.proposals import IntentDraft, ItemProposal


class StandIns:
    """The other engine's items for one intent, each given out once."""

    def __init__(self, draft: IntentDraft, context: DraftContext) -> None:
        self._proposals = draft.proposals
        self._context = context

    def item(self, kind: Kind, used: set[str]) -> ItemProposal | None:
        """An item of this kind whose practice is not used yet, flagged; its practice counts as used then."""
        for proposal in self._proposals:
            practice = proposal.item.practice_id
            if kind_of(proposal.item) is kind and practice is not None and practice not in used:
                used.add(practice)
                return flagged(proposal)
        return None

    def alternative(self, kind: Kind, used: set[str]) -> ItemDraft | None:
        """A whole item of this kind that could take another's place, of a practice not used yet."""
        found = (each for each in self._drafts(kind) if each.practice_id not in used)
        choice = next(found, None)
        if choice is None:
            left = (each for each in self._context.candidates.values() if each.practice.id not in used)
            candidate = next((each for each in left if each.practice.kind is kind), None)
            choice = bare(candidate.practice, candidate.fit, self._context) if candidate else None
        if choice is not None and choice.practice_id is not None:
            used.add(choice.practice_id)
        return choice

    def outcomes(self) -> tuple[Indicator, ...]:
        """The other engine's outcome indicators, each once."""
        found = {each.id: each for proposal in self._proposals for each in proposal.indicators}
        return tuple(each for each in found.values() if each.kind is IndicatorKind.outcome)

    def first_lines(self) -> tuple[BoundTerm, ...]:
        """The lines of the document's own list that the other engine starts an item with."""
        return next((each.item.first_lines for each in self._proposals if each.item.first_lines), ())

    def _drafts(self, kind: Kind) -> Iterator[ItemDraft]:
        same = [proposal.item for proposal in self._proposals if kind_of(proposal.item) is kind]
        yield from (without_alternative(item) for item in same)
        yield from (item.alternative for item in same if item.alternative is not None)


def kind_of(item: Item) -> Kind:
    """Behaviour, ritual or policy."""
    if isinstance(item, Behaviour):
        return Kind.behaviour
    return Kind.ritual if isinstance(item, Ritual) else Kind.policy


def without_alternative(item: Item) -> ItemDraft:
    """The same item as an alternative to another."""
    if isinstance(item, Behaviour):
        return BehaviourDraft(**_fields(item, BehaviourDraft))
    if isinstance(item, Ritual):
        return RitualDraft(**_fields(item, RitualDraft))
    return PolicyAskDraft(**_fields(item, PolicyAskDraft))


def _fields(item: Item, record: type[BaseModel]) -> dict[str, Any]:
    return {name: getattr(item, name) for name in record.model_fields}


def flagged(proposal: ItemProposal) -> ItemProposal:
    """The proposal, saying that the patterns engine worded it."""
    flags = tuple(dict.fromkeys((*proposal.item.flags, Flag.fallback)))
    return ItemProposal(proposal.item.model_copy(update={"flags": flags}), proposal.indicators)


def flagged_draft(draft: IntentDraft, why: str) -> IntentDraft:
    """A whole draft of the other engine, saying why."""
    proposals = tuple(flagged(proposal) for proposal in draft.proposals)
    return IntentDraft(draft.intent_id, proposals, draft.questions, why)
