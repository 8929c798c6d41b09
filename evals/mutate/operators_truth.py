"""Defects of truth: a bent quote, a lost intent, a figure, name or finding that nobody vouches for.

Owns: M3, M4, M5, M12, M13, M20. Must not know: checks, save which words of an item are prose and which
figures a document holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpora.records import StateSource
from evals.mutate.fillers import Fillers
from evals.mutate.mutant import Mutant, changed, mutant, without
from evals.mutate.seeds import Seed
from retrieval.sentences import split_sentences
from service.checks.facts import KnownFacts, facts_in
from service.checks.fields import texts_of, with_texts
from service.checks.scoring import items_of
from service.plan.intents import Intent
from service.plan.provenance import Place, Quote

OTHER_WORDS = ("seldom", "formerly", "abroad", "purple")
FEWEST_WORDS, MOST_WORDS = 8, 40


def swap_citation(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M3: an exact quote from a part of the document that no intent rests on."""
    del fillers
    used = [quote for intent in seed.plan.intents for quote in intent.quotes]
    strangers = [quote for quote in _sentences(seed) if all(quote.location != other.location for other in used)]
    for intent in seed.plan.intents:
        for stranger in strangers[:6]:
            quotes = (stranger,)
            spoilt = changed(seed.plan, intent.id, intent.model_copy(update={"quotes": quotes}))
            told = ("quotes", intent.quotes[0].text, stranger.text)
            yield Mutant("M3", seed.name, intent.id, *told, "C1", spoilt)


def corrupt_quote(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M4: one word of a quote is another; the offsets stay."""
    del fillers
    for intent in seed.plan.intents:
        for number, quote in enumerate(intent.quotes):
            for word in OTHER_WORDS:
                bent = quote.model_copy(update={"text": _one_word_other(quote.text, word)})
                quotes = (*intent.quotes[:number], bent, *intent.quotes[number + 1 :])
                spoilt = changed(seed.plan, intent.id, intent.model_copy(update={"quotes": quotes}))
                told = (f"quotes.{number}.text", quote.text, bent.text)
                yield Mutant("M4", seed.name, intent.id, *told, "C1", spoilt)


def drop_intent(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M5: an intent goes, with its items and indicators, and the ledger says nothing."""
    del fillers
    for intent in seed.plan.intents:
        yield dropped(seed, intent)


def invented_baseline(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M12: a figure told as a fact where the baseline was unknown; figures the document holds are left out."""
    known = KnownFacts.of(seed.document.text)
    for item in seed.plan.indicators:
        for words in fillers.baselines:
            if item.baseline.startswith("unknown") and not any(known.hold(fact) for fact in facts_in(words)):
                yield mutant("M12", "G1", seed, item, {"baseline": words}, ("baseline", item.baseline, words))


def wrong_organisation(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M13: the organisation or one of its bodies is called by the name of another."""
    for item in items_of(seed.plan):
        for name, sister in fillers.sister_bodies.get(seed.name, {}).items():
            pattern = re.compile(rf"\b{re.escape(name)}\b")
            told = {f.path: pattern.sub(sister, f.text) for f in texts_of(item) if pattern.search(f.text)}
            unflagged = [path for path in told if not any(path.startswith(s.field) for s in item.sources)]
            if unflagged:
                spoilt = changed(seed.plan, item.id, with_texts(item, told))
                yield Mutant("M13", seed.name, item.id, ", ".join(told), name, sister, "G1", spoilt)


def hypothesis_as_fact(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M20: a supposed from-state is called the document's."""
    del fillers
    for item in seed.plan.behaviours:
        if item.shift.from_source is StateSource.hypothesis:
            shift = item.shift.model_copy(update={"from_source": StateSource.document})
            sources = tuple(source for source in item.sources if source.field != "shift.from_state")
            told = ("shift.from_source", "hypothesis", "document")
            yield mutant("M20", "G1", seed, item, {"shift": shift, "sources": sources}, told)


def dropped(seed: Seed, intent: Intent) -> Mutant:
    """The plan without the intent; items that serve another one too stay for that one."""
    plan = without(seed.plan, [intent.id])
    alone = [entry.id for entry in (*items_of(plan), *plan.indicators) if entry.intent_ids == (intent.id,)]
    plan = without(plan, alone)
    for entry in (*items_of(plan), *plan.indicators):
        if intent.id in entry.intent_ids:
            rest = tuple(key for key in entry.intent_ids if key != intent.id)
            plan = changed(plan, entry.id, entry.model_copy(update={"intent_ids": rest}))
    indicators = {indicator.id for indicator in plan.indicators}
    for item in items_of(plan):
        kept = tuple(key for key in item.indicator_ids if key in indicators)
        plan = changed(plan, item.id, item.model_copy(update={"indicator_ids": kept}))
    return Mutant("M5", seed.name, intent.id, "intents", intent.statement, "", "C2", plan)


def _sentences(seed: Seed) -> list[Quote]:
    document = seed.document
    found = []
    for sentence in split_sentences(document):
        if FEWEST_WORDS <= len(sentence.text.split()) <= MOST_WORDS:
            place = document.blocks[sentence.block].location
            location = Place(page=place.page, slide=place.slide, heading_path=place.heading_path)
            start, end = sentence.span.start, sentence.span.end
            text = document.text[start:end]
            found.append(Quote(text=text, start=start, end=end, sentence_ids=(sentence.id,), location=location))
    return found


def _one_word_other(text: str, word: str) -> str:
    parts = text.split(" ")
    parts[len(parts) // 2] = word
    return " ".join(parts)
