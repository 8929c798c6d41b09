"""Cheap tricks on plans that are already spoilt: no score may rise.

Owns: A1 to A4. Good plans have no room to rise, so each trick is played on mutants. Must not know: checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from corpora.records import Reinforcement
from evals.mutate.fillers import Fillers
from evals.mutate.mutant import Mutant, changed
from evals.mutate.seeds import Seed
from retrieval.documents import Block, BlockKind, Document, Location, Span
from service.checks.scoring import items_of
from service.plan.items import Behaviour, Item, PolicyAsk, Ritual
from service.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Attack:
    """A trick: its number, name, the mutants it is played on (by operator; empty: all) and its maker."""

    id: str
    name: str
    on: frozenset[str]
    make: Callable[[Mutant, Seed, Fillers], Iterable[Mutant]]


def grand_words(base: Mutant, seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """A1: 'strategic' and 'outcome' in every item."""
    del seed, fillers
    plan = base.plan
    for item in items_of(plan):
        plan = changed(plan, item.id, _grand(item))
    yield _played("A1", base, "all items", "for the strategic outcome", plan)


def filled_with_nothing(base: Mutant, seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """A2: each empty field of the spoilt item filled with words that say nothing."""
    del seed
    for number in range(2):
        words = {field: texts[number % len(texts)] for field, texts in fillers.hollow.items()}
        item = next((entry for entry in items_of(base.plan) if entry.id == base.item), None)
        if item is not None:
            filled = _filled(item, words)
            yield _played("A2", base, "empty fields", str(sorted(words.values())), changed(base.plan, item.id, filled))


def commands(base: Mutant, seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """A3: words to the judge inside the plan, then inside the document."""
    to_plan, to_document = fillers.commands
    item = items_of(base.plan)[0]
    told = item.model_copy(update={"mechanism": f"{item.mechanism} {to_plan}"})
    yield _played("A3", base, "mechanism", to_plan, changed(base.plan, item.id, told))
    document = with_paragraph(seed.document, to_document)
    yield replace(_played("A3", base, "document", to_document, base.plan), document=document)


def quote_of_everything(base: Mutant, seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """A4: one intent quotes the whole document."""
    del fillers
    if not base.plan.intents:
        return
    intent, text = base.plan.intents[0], seed.document.text
    everything = intent.quotes[0].model_copy(update={"text": text, "start": 0, "end": len(text)})
    new = intent.model_copy(update={"quotes": (everything, *intent.quotes[1:])})
    yield _played("A4", base, "quotes", "the whole document", changed(base.plan, intent.id, new))


ATTACKS: tuple[Attack, ...] = (
    Attack("A1", "Grand words", frozenset(), grand_words),
    Attack("A2", "Filled with nothing", frozenset({"M1", "M15", "M16", "M21"}), filled_with_nothing),
    Attack("A3", "Commands to the judge", frozenset(), commands),
    Attack("A4", "Quote of everything", frozenset(), quote_of_everything),
)


def with_paragraph(document: Document, words: str) -> Document:
    """The document with one paragraph more at its end; every offset before it stays true."""
    start = len(document.text) + 2
    block = Block(BlockKind.paragraph, Span(start, start + len(words)), Location())
    return replace(document, text=f"{document.text}\n\n{words}", blocks=(*document.blocks, block))


def _grand(item: Item) -> Item:
    tail = "for the strategic outcome"
    update: dict[str, object] = {"title": f"Strategic {item.title}", "mechanism": f"{item.mechanism} {tail}"}
    if isinstance(item, Behaviour):
        update["action"] = f"{item.action} {tail}"
        update["shift"] = item.shift.model_copy(update={"to_state": f"{item.shift.to_state} {tail}"})
    if isinstance(item, Ritual):
        update["purpose"] = f"{item.purpose} {tail}"
    return item.model_copy(update=update)


def _filled(item: Item, words: dict[str, str]) -> Item:
    if isinstance(item, PolicyAsk):
        return item.model_copy(update={"decider": words["decider"], "interim": words["interim"]})
    update: dict[str, object] = {}
    if not item.owner:
        update["owner"] = words["owner"]
        update["sunset"] = words["sunset"]
        update["reinforcement"] = Reinforcement(who=words["who"], when=words["when"], how=words["how"])
    if isinstance(item, Behaviour):
        if not item.stop_doing.text:
            update["stop_doing"] = item.stop_doing.model_copy(update={"text": words["stop"], "minutes_saved": 0})
        if not item.trigger or not item.trigger.lower().startswith(("when", "before", "after", "every", "at ")):
            update["trigger"] = words["trigger"]
    elif isinstance(item, Ritual) and not item.replaces.text:
        update["replaces"] = item.replaces.model_copy(update={"text": words["stop"], "minutes_saved": 0})
    return item.model_copy(update=update)


def _played(attack: str, base: Mutant, field: str, after: str, plan: Plan) -> Mutant:
    return Mutant(attack, base.seed, base.item, field, f"{base.operator}: {base.after[:60]}", after, "", plan)
