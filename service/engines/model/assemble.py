"""One intent's draft from what the model worded and what stands in for the rest.

Owns: the order of items, their indicators and alternatives, and the account of what fell back.
Must not know: models, prompts, threads.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.engines.model.answers import Drafted, DraftedIndicator
from service.engines.model.bind import bind
from service.engines.model.brief_text import DraftContext
from service.engines.model.draft import Worded
from service.engines.model.fallback import StandIns, kind_of
from service.engines.model.measure import indicators_of, lent_effect
from service.engines.model.own_form import frame_of
from service.plan.ids import content_id
from service.plan.items import Indicator, Item
from service.plan.proposals import IntentDraft, ItemProposal

#: What an item loses in confidence by each one that the model named before it.
LATER = 0.08


def assembled(worded: Worded, context: DraftContext, other: IntentDraft) -> IntentDraft:
    """The draft: the model's items, stand-ins for lost ones, an alternative each, the other engine's questions."""
    stand_ins = StandIns(other, context)
    used = {item.practice for item in worded.items if item.practice}
    built = [_built(item, worded.indicator if n == 0 else None, context) for n, item in enumerate(worded.items)]
    proposals = [_ranked(proposal, n) for n, proposal in enumerate(_with_effect(built, worded, context, stand_ins))]
    found = (stand_ins.item(each.kind, used) for each in worded.lost)
    proposals += [each for each in found if each is not None]
    return IntentDraft(
        context.brief.intent.id,
        _with_alternatives(_with_list(proposals, stand_ins), stand_ins, used),
        other.questions,
        "; ".join(each.why for each in worded.lost) or None,
    )


def _built(item: Drafted, rule: DraftedIndicator | None, context: DraftContext) -> ItemProposal:
    bound = bind(item, context)  # faults.ItemRules has bound it once already
    return _measured(bound, indicators_of(bound, rule, context))


def _measured(item: Item, indicators: tuple[Indicator, ...]) -> ItemProposal:
    ids = tuple(each.id for each in indicators)
    return ItemProposal(item.model_copy(update={"indicator_ids": ids}), indicators)


def _with_effect(
    built: Sequence[ItemProposal], worded: Worded, context: DraftContext, stand_ins: StandIns
) -> Sequence[ItemProposal]:
    """Where the model's rule is none or unsound: the other engine's outcome on the first item, else a practice's."""
    if worded.indicator is not None or not built:
        return built
    if outcomes := stand_ins.outcomes():
        return [_with_outcome(built[0], outcomes[0]), *built[1:]]
    resting = next((n for n, item in enumerate(worded.items) if item.practice), None)
    frame = frame_of(worded.items[resting], context) if resting is not None else None
    if resting is None or frame is None:
        return built
    one = built[resting]
    effect = lent_effect(one.item, frame.practice, context)
    return [*built[:resting], _measured(one.item, (*one.indicators, effect)), *built[resting + 1 :]]


def _with_outcome(proposal: ItemProposal, outcome: Indicator) -> ItemProposal:
    item = proposal.item
    fresh = content_id("m", *outcome.intent_ids, item.id, outcome.kind.value, outcome.name)
    return _measured(item, (*proposal.indicators, outcome.model_copy(update={"id": fresh, "item_ids": (item.id,)})))


def _ranked(proposal: ItemProposal, place: int) -> ItemProposal:
    """The proposal, a little less sure the later the model named it: it gives way first where hours are short."""
    sure = round(max(0.0, proposal.item.confidence - LATER * place), 3)
    return ItemProposal(proposal.item.model_copy(update={"confidence": sure}), proposal.indicators)


def _with_list(proposals: Sequence[ItemProposal], stand_ins: StandIns) -> Sequence[ItemProposal]:
    """The document's own list, where the intent leads into one, on the first item."""
    lines = stand_ins.first_lines()
    if not proposals or not lines or proposals[0].item.first_lines:
        return proposals
    first, *rest = proposals
    return [ItemProposal(first.item.model_copy(update={"first_lines": lines}), first.indicators), *rest]


def _with_alternatives(
    proposals: Sequence[ItemProposal], stand_ins: StandIns, used: set[str]
) -> tuple[ItemProposal, ...]:
    """Each item with an alternative, where another practice is left; a stand-in keeps the one it came with."""
    done: list[ItemProposal] = []
    taken = set(used)
    for proposal in proposals:
        item = proposal.item
        if item.alternative is None:
            choice = stand_ins.alternative(kind_of(item), taken)
            item = item.model_copy(update={"alternative": choice})
        done.append(ItemProposal(item, proposal.indicators))
    return tuple(done)
