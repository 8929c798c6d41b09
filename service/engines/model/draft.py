"""Asking a model to word the items of one intent.

Owns: the question, the repair of faulty items, and which answers survive. Must not know: other
intents, threads, the records of items, the fallback.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpora.records import Kind
from service.engines.model.answers import Drafted, DraftedIndicator, DraftedItems
from service.engines.model.asking import ask_with_repair
from service.engines.model.faults import SORTS, ItemRules
from service.llm import AnswerRefused, ChatModel, ModelRequest
from service.prompts.render import Prompt

LIMITS = {Kind.behaviour: 3, Kind.ritual: 1, Kind.policy: 1}
WANTED = (
    "Give only the items named above, corrected; change the practice only where it is the fault. "
    "Leave everything else empty (empty list or null): the other items are kept."
)


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
    """What a model worded for one intent: sound items, sound counting rules, and what was lost."""

    items: tuple[Drafted, ...]
    indicators: tuple[DraftedIndicator, ...]
    lost: tuple[Lost, ...]


def word_items(model: ChatModel, prompts: DraftPrompts, rules: ItemRules, max_output_tokens: int) -> Worded:
    """The items of one intent, each checked; at most one repair turn.

    Raises:
        ModelError: The model gave no readable answer.
    """
    user = prompts.user.render(rules.context.values())
    request = ModelRequest("draft-items", prompts.system.prose, user, DraftedItems, max_output_tokens)
    turns = ask_with_repair(model, request, DraftedItems, lambda answer: _faults(answer, rules), prompts.repair, WANTED)
    if turns.first is None:
        raise AnswerRefused(turns.why or "no readable answer")
    first = _items(turns.first)
    second = _items(turns.second) if turns.second else ()
    sound = _limited({item.practice: item for item in (*first, *second) if not rules.hard(item)})
    indicators = [*(turns.second.indicators if turns.second else ()), *turns.first.indicators]
    return Worded(
        sound, tuple(each for each in indicators if not rules.indicator(each)), _lost(first, sound, rules, turns.why)
    )


def _items(answer: DraftedItems) -> tuple[Drafted, ...]:
    single = (each for each in (answer.ritual, answer.policy_ask) if each is not None)
    return (*answer.behaviours, *single)


def _faults(answer: DraftedItems, rules: ItemRules) -> tuple[str, ...]:
    found = []
    seen: set[str] = set()
    for item in _items(answer):
        again = ("its practice is used twice",) if item.practice in seen else ()
        seen.add(item.practice)
        faults = (*again, *rules.hard(item), *rules.soft(item))
        found += [f"{SORTS[type(item)].value} “{item.title}”: {fault}" for fault in faults]
    if not answer.behaviours and _offers_behaviours(rules):
        found.append("there is no behaviour; two or three are wanted")
    return tuple(found)


def _offers_behaviours(rules: ItemRules) -> bool:
    return any(each.practice.kind is Kind.behaviour for each in rules.context.candidates.values())


def _limited(sound: dict[str, Drafted]) -> tuple[Drafted, ...]:
    """Behaviours first; of more than are allowed, the first behaviours and the newest ritual or ask."""
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
