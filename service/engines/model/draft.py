"""Asking a model to word the items of the intents of one request.

Owns: the question, the repair of faulty items, and which answers survive. Must not know: other
requests, threads, the records of items, the fallback.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from corpora.records import Kind
from service.engines.model.answers import (
    Drafted,
    DraftedAsk,
    DraftedBehaviour,
    DraftedIndicator,
    DraftedItems,
    DraftedPlan,
    DraftedRitual,
)
from service.engines.model.asking import Again, ask_with_repair
from service.engines.model.brief_text import Batch
from service.engines.model.faults import ItemRules
from service.engines.model.own_form import SORTS
from service.llm import ChatModel, ModelError, ModelRequest
from service.prompts.render import Prompt

ItemT = TypeVar("ItemT", DraftedBehaviour, DraftedRitual, DraftedAsk)
LIMITS = {Kind.behaviour: 3, Kind.ritual: 1, Kind.policy: 1}
#: An answer's length: so many tokens for each intent asked for, and a start.
TOKENS_EACH, TOKENS_START = 3500, 1000
WANTED = (
    "Give only the items named above, under their intent's letter, corrected; change the practice only where it is the "
    "fault. Leave everything else empty (empty list or null): the other items are kept."
)


class UnreadableDraft(ModelError):
    """Neither the answer nor its repair could be read; a shorter question may still be answered."""


@dataclass(frozen=True, slots=True)
class DraftPrompts:
    """The three prompts of this question."""

    system: Prompt
    user: Prompt
    repair: Prompt


@dataclass(frozen=True, slots=True)
class Lost:
    """An item that stayed faulty after the repair turn, and why."""

    kind: Kind
    why: str


@dataclass(frozen=True, slots=True)
class Worded:
    """What a model worded for one intent: sound items, a sound counting rule, and what was lost."""

    items: tuple[Drafted, ...]
    indicator: DraftedIndicator | None
    lost: tuple[Lost, ...]


def word_items(
    model: ChatModel, prompts: DraftPrompts, batch: Batch, rules: Mapping[str, ItemRules]
) -> tuple[Worded, ...]:
    """The items of each intent of the batch, each item checked; at most one repair turn for all.

    `rules` are those of each intent, by its letter.

    Raises:
        UnreadableDraft: The model gave no readable answer.
        ModelError: It gave none at all.
    """
    user = prompts.user.render(batch.values())
    length = TOKENS_START + TOKENS_EACH * len(batch.contexts)
    request = ModelRequest("draft-items", prompts.system.prose, user, DraftedPlan, length)
    again: Again[DraftedPlan] = Again(
        prompts.repair, WANTED, lambda answer: _faulty(answer, batch, rules, prompts.user)
    )
    turns = ask_with_repair(model, request, DraftedPlan, lambda answer: _faults(answer, rules), again)
    if turns.first is None:
        raise UnreadableDraft(turns.why or "no readable answer")
    firsts, seconds = (_by_letter(settled(each, rules)) for each in (turns.first, turns.second))
    return tuple(_worded(firsts.get(key), seconds.get(key), rules[key], turns.why) for key in rules)


def _worded(first: DraftedItems | None, second: DraftedItems | None, rules: ItemRules, why: str | None) -> Worded:
    given, mended = _items(first), _items(second)
    sound = _limited([item for item in (*given, *mended) if not rules.hard(item)])
    counted = [draft.indicator for draft in (second, first) if draft and draft.indicator]
    indicator = next((each for each in counted if not rules.indicator(each)), None)
    return Worded(sound, indicator, _lost(given, sound, rules, why))


def settled(answer: DraftedPlan | None, rules: Mapping[str, ItemRules]) -> DraftedPlan:
    """The answer with no practice named that is unknown, of another kind or used before: such an item stands alone."""
    used: set[str] = set()
    drafts = []
    for key, draft in sorted(_by_letter(answer).items()):
        own = rules.get(key)
        drafts.append(draft if own is None else _standing(draft, own, used))
    return DraftedPlan(drafts=drafts)


def _standing(draft: DraftedItems, rules: ItemRules, used: set[str]) -> DraftedItems:
    def free(item: ItemT) -> ItemT:
        if not item.practice or (item.practice not in used and rules.lends(item)):
            used.update([item.practice] if item.practice else [])
            return item
        return item.model_copy(update={"practice": ""})

    return draft.model_copy(
        update={
            "behaviours": [free(item) for item in draft.behaviours],
            "ritual": free(draft.ritual) if draft.ritual else None,
            "policy_ask": free(draft.policy_ask) if draft.policy_ask else None,
        }
    )


def _by_letter(answer: DraftedPlan | None) -> dict[str, DraftedItems]:
    return {draft.intent.strip().upper()[:1]: draft for draft in reversed(answer.drafts)} if answer else {}


def _items(draft: DraftedItems | None) -> tuple[Drafted, ...]:
    if draft is None:
        return ()
    single = (each for each in (draft.ritual, draft.policy_ask) if each is not None)
    return (*draft.behaviours, *single)


def _faults(answer: DraftedPlan, rules: Mapping[str, ItemRules]) -> tuple[str, ...]:
    """Hard faults; soft ones are named beside them, but are not worth a second question of their own."""
    drafts = _by_letter(settled(answer, rules))
    hard = [fault for key, own in rules.items() for fault in _hard(drafts.get(key), own)]
    if not hard:
        return ()
    soft = [
        f"{_name(item, own)}: {f}"
        for key, own in rules.items()
        for item in _items(drafts.get(key))
        for f in own.soft(item)
    ]
    return (*hard, *soft)


def _hard(draft: DraftedItems | None, rules: ItemRules) -> Iterator[str]:
    for item in _items(draft):
        yield from (f"{_name(item, rules)}: {fault}" for fault in rules.hard(item))
    if (draft is None or not draft.behaviours) and _offers_behaviours(rules):
        yield f"intent {rules.context.key}: there is no behaviour; one or two are wanted"


def _name(item: Drafted, rules: ItemRules) -> str:
    return f"intent {rules.context.key}, {SORTS[type(item)].value} “{item.title}”"


def _faulty(answer: DraftedPlan, batch: Batch, rules: Mapping[str, ItemRules], user: Prompt) -> tuple[str, str]:
    """The question again for the faulty intents alone, on their evidence, and the faulty items of the answer."""
    drafts = _by_letter(settled(answer, rules))
    wrong = {key: _only_faulty(drafts.get(key), own) for key, own in rules.items() if any(_hard(drafts.get(key), own))}
    question = user.render(batch.only(wrong).values())
    return question, DraftedPlan(drafts=list(wrong.values())).model_dump_json()


def _only_faulty(draft: DraftedItems | None, rules: ItemRules) -> DraftedItems:
    bad = [item for item in _items(draft) if rules.hard(item)]
    return DraftedItems(
        intent=rules.context.key,
        behaviours=[item for item in bad if isinstance(item, DraftedBehaviour)],
        ritual=next((item for item in bad if isinstance(item, DraftedRitual)), None),
        policy_ask=next((item for item in bad if isinstance(item, DraftedAsk)), None),
        indicator=None,
    )


def _offers_behaviours(rules: ItemRules) -> bool:
    return any(each.practice.kind is Kind.behaviour for each in rules.context.candidates.values())


def _limited(items: Sequence[Drafted]) -> tuple[Drafted, ...]:
    """Behaviours first; of more than are allowed, the first behaviours and the newest ritual or ask.

    What was mended takes the place of what it mends: the newer of two with one practice, or of one title.
    """
    sound = {item.practice or item.title: item for item in items}
    kept: list[Drafted] = []
    for kind, limit in LIMITS.items():
        of_kind = [item for item in sound.values() if SORTS[type(item)] is kind]
        kept += of_kind[:limit] if kind is Kind.behaviour else of_kind[-limit:]
    return tuple(kept)


def _lost(
    first: tuple[Drafted, ...], sound: tuple[Drafted, ...], rules: ItemRules, why: str | None
) -> tuple[Lost, ...]:
    """One entry for each faulty item that no sound one took the place of."""
    lost: list[Lost] = []
    for kind, limit in LIMITS.items():
        faulty = [item for item in first if SORTS[type(item)] is kind and rules.hard(item)]
        given = [item for item in first if SORTS[type(item)] is kind]
        missing = min(len(given), limit) - sum(SORTS[type(item)] is kind for item in sound)
        reasons = [f"{item.title}: {rules.hard(item)[0]}" for item in faulty]
        lost += [Lost(kind, _with(reason, why)) for reason in reasons[: max(missing, 0)]]
    if not any(SORTS[type(item)] is Kind.behaviour for item in sound) and not any(
        each.kind is Kind.behaviour for each in lost
    ):
        lost += [Lost(Kind.behaviour, "the model gave no behaviour")] if _offers_behaviours(rules) else []
    return tuple(lost)


def _with(reason: str, why: str | None) -> str:
    return f"{reason} (repair: {why})" if why else reason
