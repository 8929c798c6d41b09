"""Changes that make a plan no worse: nothing may move.

Owns: N1 to N6. Must not know: checks, save which words of an item are prose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from evals.mutate.fillers import Fillers
from evals.mutate.mutant import LISTS, Mutant, changed
from evals.mutate.seeds import Seed
from service.checks.fields import texts_of, with_texts
from service.checks.scoring import items_of
from service.plan.items import Behaviour, Flag, Item
from service.plan.plan import Plan
from service.plan.provenance import FieldSource, Provenance

NOTHING = ""
LONGER = 1.3


@dataclass(frozen=True, slots=True)
class Control:
    """A harmless change: its number, name and maker."""

    id: str
    name: str
    make: Callable[[Seed, Fillers], Iterable[Mutant]]


def paraphrase(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """N1: one item said in other words; then all of them at once."""
    return _exchanged("N1", seed, fillers.synonyms)


def reorder(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """N2: every list backwards; then each list alone."""
    del fillers
    backwards = {name: tuple(reversed(getattr(seed.plan, name))) for name in LISTS}
    yield _whole("N2", seed, "lists", seed.plan.model_copy(update=backwards))
    for name, entries in backwards.items():
        yield _whole("N2", seed, name, seed.plan.model_copy(update={name: entries}))


def renumber(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """N3: every id is another one, everywhere."""
    del fillers
    ids = [entry.id for name in LISTS for entry in getattr(seed.plan, name)]
    ids += [entry.intent.id for entry in seed.plan.deferred_intents]
    text = seed.plan.model_dump_json()
    for number, key in enumerate(ids):
        text = text.replace(f'"{key}"', f'"{key[0]}-{number:010d}"')
    yield _whole("N3", seed, "ids", Plan.model_validate_json(text))


def american(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """N4: American spelling."""
    return _exchanged("N4", seed, fillers.american)


def longer_rationale(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """N5: harmless sentences after an item's mechanism, a third of its length or more."""
    for item in items_of(seed.plan):
        for words in fillers.rationale:
            longer = item.mechanism.rstrip(".") + ". " + words
            if len(longer) >= LONGER * len(item.mechanism):
                new = item.model_copy(update={"mechanism": longer})
                told = ("mechanism", item.mechanism, longer)
                yield Mutant("N5", seed.name, item.id, *told, NOTHING, changed(seed.plan, item.id, new))


def other_titles(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """N6: another title for the same role, flagged as proposed."""
    for item in seed.plan.behaviours:
        title = fillers.role_titles.get(item.actor)
        if title:
            new = _retitled(item, title)
            yield Mutant(
                "N6", seed.name, item.id, "actor", item.actor, title, NOTHING, changed(seed.plan, item.id, new)
            )


CONTROLS: tuple[Control, ...] = (
    Control("N1", "Paraphrase", paraphrase),
    Control("N2", "Reorder", reorder),
    Control("N3", "Renumber ids", renumber),
    Control("N4", "American spelling", american),
    Control("N5", "Longer rationale", longer_rationale),
    Control("N6", "Role synonyms", other_titles),
)


def prose_exchanged(item: Item, exchange: Mapping[str, str]) -> Item:
    """The item with whole words exchanged in its prose; names and words of the document are left alone."""
    if not exchange:
        return item
    ordered = sorted(exchange, key=lambda words: (-len(words), words))
    pattern = re.compile(rf"\b(?:{'|'.join(re.escape(words) for words in ordered)})\b")
    quoted = {source.field for source in item.sources if source.provenance is Provenance.document}
    free = [field for field in texts_of(item) if field.path not in quoted]
    texts = {field.path: pattern.sub(lambda match: exchange[match.group()], field.text) for field in free}
    return with_texts(item, texts)


def _exchanged(control: str, seed: Seed, exchange: Mapping[str, str]) -> Iterable[Mutant]:
    everywhere = seed.plan
    for item in items_of(seed.plan):
        new = prose_exchanged(item, exchange)
        if new != item:
            everywhere = changed(everywhere, item.id, new)
            before, after = _first_difference(item, new)
            yield Mutant(control, seed.name, item.id, "prose", before, after, NOTHING, changed(seed.plan, item.id, new))
    if everywhere != seed.plan:
        yield _whole(control, seed, "prose of all items", everywhere)


def _first_difference(item: Item, new: Item) -> tuple[str, str]:
    pairs = zip(texts_of(item), texts_of(new), strict=True)
    return next((one.text, other.text) for one, other in pairs if one.text != other.text)


def _retitled(item: Behaviour, title: str) -> Behaviour:
    flagged = FieldSource(field="actor", provenance=Provenance.proposed)
    sources = (*(source for source in item.sources if source.field != "actor"), flagged)
    flags = tuple(dict.fromkeys((*item.flags, Flag.role_proposed)))
    return item.model_copy(update={"actor": title, "sources": sources, "flags": flags})


def _whole(control: str, seed: Seed, field: str, plan: Plan) -> Mutant:
    return Mutant(control, seed.name, seed.plan.id, field, "", "", NOTHING, plan)
