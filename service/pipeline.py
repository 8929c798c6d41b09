"""The spine: document in, plan out. Short enough to read aloud.

Owns: the order of the stages and what they are built from. Must not know: the web, the database,
jobs, file formats.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpora.lexicons import Lexicons, load_lexicons
from corpora.records import Kind
from retrieval.chunk import chunk, embedding_text
from retrieval.documents import Document, Passage, Sentence
from retrieval.embed import Embedder, load_embedder
from retrieval.memory_store import MemoryPassageStore
from retrieval.search import Searcher
from retrieval.sentences import split_sentences
from retrieval.vectors import MemoryIndex, Rows
from service.assemble import assemble, nothing_found, parts_of
from service.library import Library, load_library
from service.next_steps import waiting, with_next_steps
from service.plan.ids import content_id
from service.plan.intents import Intent
from service.plan.parts import PlanParts
from service.plan.plan import EngineInfo, Plan
from service.plan.profile import Profile
from service.plan.proposals import Candidate, Emit, Engine, IntentBrief, IntentDraft
from service.plan.reading import Reading
from service.reader.commitment import load_commitment_model
from service.reader.grammar import load_grammar_reader
from service.stages.balance import balance
from service.stages.cases import with_cases
from service.stages.deeds import deed_candidates, tempered
from service.stages.evidence import find_evidence
from service.stages.gather import gather
from service.stages.ground import ground
from service.stages.intents import make_intents, openings
from service.stages.lint import lint
from service.stages.match import Fits, candidates, fits, intent_vectors
from service.stages.questions import ask
from service.stages.read import Reader, read
from service.stages.sequence import sequence
from service.stages.standard import acted_on, few_standard_forms
from service.stages.stated import routines_of, with_routines
from service.stages.tailor import tailor
from service.stages.waves import Ledger, moved_up, settled, split
from service.tailoring.meetings import open_meetings

IN_MEMORY = "memory"
#: Where a first intent finds no item that passes the checks, the next ones of the ledger are tried so many times.
FURTHER_ROUNDS = 3
#: Where a model says what starts, an intent can start when so many behaviours serve it: their mean fit is what counts.
SERVING = 2
#: What a plain behaviour counts for, that would serve many intents: the plan has it once.
PLAIN_FIT = 0.30
#: What a routine counts for there that the document states or the engine words: more than a good fit. Of stated ones
#: only the weightiest intent's counts, or rhythms would push headlines aside.
STATED_FIT = 0.9

#: Told the name of each stage as it begins: reading, intents, drafting, checking.
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Workshop:
    """All that making plans needs, built once and passed down."""

    embedder: Embedder
    reader: Reader
    library: Library
    lexicons: Lexicons


@dataclass(frozen=True, slots=True)
class Ingested:
    """A document cut into sentences and embedded passages; `vectors` has shape (passages, 384)."""

    document: Document
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32]


def build_workshop(cache: Path | None = None, threads: int | None = None) -> Workshop:
    """Loads models and library; `cache` keeps the exported model and the library's vectors.

    Raises:
        service.errors.ModelDataMissing: a packaged model is not installed.
        corpora.load.LibraryError: a file of the library is wrong.
    """
    embedder = load_embedder(cache, threads)
    library = load_library(embedder, cache)
    return Workshop(
        embedder=embedder,
        reader=Reader(load_grammar_reader(), embedder, load_commitment_model(), library.acts),
        library=library,
        lexicons=load_lexicons(),
    )


def ingest(document: Document, embedder: Embedder) -> Ingested:
    """Sentences, passages and their vectors."""
    sentences = split_sentences(document)
    passages = chunk(document, sentences, embedder.count_tokens)
    vectors = embedder.embed([embedding_text(passage) for passage in passages])
    return Ingested(document, sentences, passages, vectors)


def read_document(ingested: Ingested, workshop: Workshop) -> Reading:
    """The document as a careful person reads it."""
    return read(ingested.document, ingested.sentences, ingested.passages, workshop.reader, ingested.vectors)


def make_plan(
    ingested: Ingested,
    workshop: Workshop,
    engine: Engine,
    emit: Emit = lambda draft: None,
    progress: Progress = lambda stage: None,
    searcher: Searcher | None = None,
    profile: Profile | None = None,
) -> Plan:
    """The plan for a document; cards given to `emit` are provisional until the plan is returned.

    Without a `searcher` over an index, the document's own vectors in memory are searched. A
    `profile` puts the organisation's own roles, meetings and dates where the plan only proposes.
    """
    with MemoryPassageStore(ingested.passages) as store:
        found = searcher or Searcher(in_memory(ingested), store, workshop.embedder, IN_MEMORY)
        return _made(ingested, workshop, engine, emit, progress, found, profile)


def in_memory(ingested: Ingested) -> MemoryIndex:
    """An index of the document's own vectors, under the name `IN_MEMORY`."""
    ids = tuple(passage.id for passage in ingested.passages)
    return MemoryIndex([Rows(IN_MEMORY, ingested.document.sha256, ids, ingested.vectors)])


def _made(
    ingested: Ingested,
    workshop: Workshop,
    engine: Engine,
    emit: Emit,
    progress: Progress,
    searcher: Searcher,
    profile: Profile | None,
) -> Plan:
    progress("reading")
    reading = read_document(ingested, workshop)
    progress("intents")
    proposals = engine.find_intents(reading)
    intents = make_intents(proposals, reading)
    if not intents:
        return nothing_found(reading, _info(engine, workshop))
    found = fits(intents, reading, workshop.library)
    begun = openings(proposals, reading)
    ledger = _ledger(intents, found, reading, workshop, engine.weighs_by_meaning, begun.keys())
    progress("drafting")
    deeds = not engine.weighs_by_meaning
    briefs = _told(briefs_of(ledger.first, found, reading, workshop, searcher, deeds), engine, reading, ())
    drafts = engine.draft(briefs, reading, emit)
    progress("checking")
    plan = _checked(ledger, drafts, found, reading, workshop, engine, profile)
    for _ in range(FURTHER_ROUNDS):
        wanted = workshop.library.budgets.max_intents_first_window - len(plan.intents)
        ledger, more = moved_up(ledger, wanted)
        if not more:
            break
        further = _without(briefs_of(more, found, reading, workshop, searcher, deeds), _used(drafts))
        more_briefs = _told(further, engine, reading, briefs)
        briefs = (*briefs, *more_briefs)
        drafts = (*drafts, *engine.draft(more_briefs, reading, emit))
        plan = _checked(ledger, drafts, found, reading, workshop, engine, profile)
    waits = [deferred.intent for deferred in waiting(plan)]
    later = briefs_of(waits, found, reading, workshop, searcher, deeds=True)
    return with_next_steps(plan, later, reading, workshop.library, workshop.lexicons, profile, begun)


def _ledger(
    intents: Sequence[Intent],
    found: Fits,
    reading: Reading,
    workshop: Workshop,
    order_stands: bool,
    begun: Collection[str],
) -> Ledger:
    """`begun` are ids of intents that the engine has a routine for, whatever the library fits."""
    vectors = np.vstack([intent_vectors(intent, reading).mean(axis=0) for intent in intents])
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    best = np.array(
        [
            _servable(intent, row, reading, workshop.library, order_stands)
            for intent, row in zip(intents, found.practices, strict=True)
        ]
    )
    for n, intent in enumerate(intents):
        best[n] = max(best[n], STATED_FIT) if intent.id in begun else best[n]
    stating = [n for n, intent in enumerate(intents) if not order_stands and routines_of(intent, reading)]
    if stating:
        first = max(stating, key=lambda n: (intents[n].importance, -n))
        best[first] = max(best[first], STATED_FIT)
    return split(intents, vectors, best, workshop.library.budgets.max_intents_first_window, order_stands)


def _servable(
    intent: Intent, row: NDArray[np.float64], reading: Reading, library: Library, order_stands: bool
) -> float:
    """The fit of the behaviour that serves an intent best."""
    acts = [
        Candidate(practice, float(fit))
        for practice, fit in zip(library.practices, row, strict=True)
        if practice.kind is Kind.behaviour
    ]
    if order_stands:
        return float(np.sort([one.fit for one in acts])[-SERVING:].mean())
    called = deed_candidates(intent, reading, library)
    fits_found = [one.fit for one in (*tempered(acts), *(one for one in called if not one.plain))]
    plain = PLAIN_FIT if any(one.plain and not one.practice.led for one in called) else 0.0
    return max(*fits_found, plain)


def briefs_of(
    intents: Sequence[Intent],
    found: Fits,
    reading: Reading,
    workshop: Workshop,
    searcher: Searcher,
    deeds: bool = False,
) -> tuple[IntentBrief, ...]:
    """What an engine is told of each intent: evidence, candidates, the document's words for slots.

    `found` holds the fits of these intents, and may hold those of others. With `deeds` the candidates hold practices
    that follow from the intent's own verb and object; a model words those itself.
    """
    briefs = []
    for intent, row in zip(intents, found.of(intents).practices, strict=True):
        evidence = find_evidence(intent, reading, searcher, workshop.embedder)
        briefs.append(
            IntentBrief(
                intent=intent,
                evidence=evidence.evidence,
                candidates=with_cases(
                    _offered(intent, row, reading, workshop.library, deeds),
                    intent,
                    evidence.evidence,
                    reading,
                    workshop.library,
                    intents,
                ),
                values=evidence.values,
                value_terms=evidence.terms,
                traits=reading.traits,
            )
        )
    return tuple(briefs)


def _offered(
    intent: Intent, row: NDArray[np.float64], reading: Reading, library: Library, deeds: bool
) -> tuple[Candidate, ...]:
    found = candidates(row, library)
    if not deeds:
        return found
    both = (*tempered(found), *deed_candidates(intent, reading, library))
    return tuple(sorted(both, key=lambda one: (-one.fit, one.practice.number)))


def _told(
    briefs: Sequence[IntentBrief], engine: Engine, reading: Reading, before: Sequence[IntentBrief]
) -> tuple[IntentBrief, ...]:
    """The briefs with the routines that the document states, for an engine that words them as they stand.

    `before` are the briefs of all rounds before; a model reads the sentences themselves and is told nothing.
    """
    if engine.weighs_by_meaning:
        return tuple(briefs)
    taken = frozenset(brief.routine.sentence_id for brief in before if brief.routine is not None)
    return with_routines(briefs, reading, taken)


def _info(engine: Engine, workshop: Workshop) -> EngineInfo:
    """The engine's account, with the version of the library that was really searched."""
    return engine.info().model_copy(update={"library_version": workshop.library.version})


def _used(drafts: Sequence[IntentDraft]) -> frozenset[str | None]:
    """Practices that items and their alternatives have taken."""
    items = [proposal.item for draft in drafts for proposal in draft.proposals]
    return frozenset(one.practice_id for item in items for one in (item, item.alternative) if one is not None)


def _without(briefs: Sequence[IntentBrief], used: frozenset[str | None]) -> tuple[IntentBrief, ...]:
    """The briefs without practices that serve elsewhere in the plan."""
    return tuple(
        replace(brief, candidates=tuple(one for one in brief.candidates if one.practice.id not in used))
        for brief in briefs
    )


def _checked(
    ledger: Ledger,
    drafts: Sequence[IntentDraft],
    found: Fits,
    reading: Reading,
    workshop: Workshop,
    engine: Engine,
    profile: Profile | None,
) -> Plan:
    library = workshop.library
    parts = parts_of(ledger.first, ledger.deferred, drafts)
    parts = ground(parts, reading, library.by_id())
    parts = lint(parts, reading, workshop.lexicons)
    parts = tailor(parts, profile) if profile else parts
    parts = few_standard_forms(parts, library.budgets)
    if not engine.weighs_by_meaning:
        parts = acted_on(parts, library.by_id())
    parts = _gathered(balance(parts, library.budgets), library, profile)
    parts = parts.model_copy(update={"deferred": settled(parts.deferred, parts.intents)})
    parts = ask(parts, reading)
    parts = sequence(parts)
    demand = found.of(parts.intents).capabilities
    plan = assemble(parts, demand, reading, _info(engine, workshop), library, workshop.lexicons, workshop.embedder)
    if profile is None:
        return plan
    return plan.model_copy(update={"id": content_id("plan", plan.id, profile.model_dump_json())})


def _gathered(parts: PlanParts, library: Library, profile: Profile | None) -> PlanParts:
    if profile is None:
        return gather(parts, library.gathering, library.budgets)
    meetings = open_meetings(profile)
    return gather(parts, library.gathering, library.budgets, meetings, lambda parts: tailor(parts, profile))
