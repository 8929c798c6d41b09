"""Items are worded with the document's own words, each bound to its place."""

from __future__ import annotations

import re

import pytest

from corpora.records import StateSource
from retrieval.memory_store import MemoryPassageStore
from retrieval.search import Searcher
from retrieval.vectors import MemoryIndex, Rows
from service.engines.patterns.measures import outcome_indicator
from service.pipeline import briefs_of
from service.plan.items import Behaviour, IndicatorKind
from service.plan.proposals import IntentBrief
from service.plan.provenance import Provenance
from service.stages.intents import make_intents
from service.stages.match import fits
from tests.service.harbour import engine, read

SLOT = re.compile(r"\{[a-z]+\|")


@pytest.fixture(scope="module")
def briefs(reading, workshop):
    intents = make_intents(engine(workshop).find_intents(reading), reading)
    found = fits(intents, reading, workshop.library)
    ids = tuple(passage.id for passage in reading.passages)
    index = MemoryIndex([Rows("memory", reading.document.sha256, ids, reading.passage_vectors)])
    with MemoryPassageStore(reading.passages) as store:
        searcher = Searcher(index, store, workshop.embedder, "memory")
        return briefs_of(intents, found, reading, workshop, searcher, deeds=True)


@pytest.fixture(scope="module")
def drafts(briefs, reading, workshop):
    return engine(workshop).draft(briefs, reading, lambda draft: None)


@pytest.fixture(scope="module")
def items(drafts):
    return [proposal.item for draft in drafts for proposal in draft.proposals]


def test_each_draft_is_given_out_as_soon_as_it_is_there(briefs, reading, workshop, drafts):
    seen = []
    assert engine(workshop).draft(briefs, reading, seen.append) == drafts
    assert tuple(seen) == drafts


def test_the_engine_says_that_no_model_wrote_the_plan(workshop):
    info = engine(workshop).info()
    assert (info.name, info.model, info.input_tokens) == ("patterns", None, 0)
    assert info.library_version == workshop.library.version


def test_no_slot_is_left_open(drafts):
    held = "".join(p.item.model_dump_json() + "".join(i.model_dump_json() for i in p.indicators)
                   for draft in drafts for p in draft.proposals)  # fmt: skip
    assert not SLOT.search(held)


def test_every_item_serves_the_intent_it_was_drafted_for(drafts):
    assert all(p.item.intent_ids == (draft.intent_id,) for draft in drafts for p in draft.proposals)


def test_every_bound_term_first_case_and_source_stands_at_its_place(items, reading):
    text = reading.document.text
    bound = [term for item in items for term in (*item.terms, *item.first_lines)]
    cases = [item.first_case for item in items if item.first_case]
    assert not any("“" in case.why for case in cases), "a heading path is a place, not the document's words"
    assert bound
    assert [term for term in bound if text[term.start : term.end] != term.text] == []
    assert all(text[case.start : case.end].lower() in case.text.lower() for case in cases)
    own = [s for item in items for s in item.sources if s.provenance is Provenance.document]
    assert all(s.start is not None and text[s.start : s.end].strip() for s in own)


def test_an_item_speaks_with_the_documents_words(items):
    words = " ".join(item.model_dump_json() for item in items).lower()
    assert "passengers" in words
    assert "service manager" in words


def test_the_first_behaviour_of_a_shift_carries_the_documents_own_from_and_to(briefs, drafts):
    pairs = [(b.intent, d.proposals[0].item) for b, d in zip(briefs, drafts, strict=True) if d.proposals]
    shifts = [(intent, item) for intent, item in pairs if intent.from_state and isinstance(item, Behaviour)]
    assert shifts
    for intent, first in shifts:
        assert first.shift.from_source is StateSource.document
        assert first.shift.from_state.lower() in intent.from_state.text.lower()
        assert first.shift.to_state.lower() in intent.to_state.text.lower()


def test_every_other_from_state_is_marked_as_supposed(briefs, reading, workshop):
    alone = [engine(workshop).draft((brief,), reading, lambda draft: None)[0] for brief in briefs]
    later = [p.item for draft in alone for p in draft.proposals[1:] if isinstance(p.item, Behaviour)]
    assert later
    assert all(item.shift.from_source is StateSource.hypothesis for item in later)


def test_an_items_alternative_is_another_practice_for_the_same_intent(items):
    spare = [(item, item.alternative) for item in items if item.alternative]
    assert spare
    assert all(a.practice_id != item.practice_id and a.intent_ids == item.intent_ids for item, a in spare)


def test_every_item_has_adherence_leading_and_counter_measure(drafts):
    wanted = {IndicatorKind.adherence, IndicatorKind.leading, IndicatorKind.counter}
    assert all(wanted <= {i.kind for i in p.indicators} for draft in drafts for p in draft.proposals)


def test_a_leading_indicator_names_what_it_might_spoil(drafts):
    leading = [i for d in drafts for p in d.proposals for i in p.indicators if i.kind is IndicatorKind.leading]
    assert all(indicator.guards for indicator in leading)


def test_a_target_is_the_documents_own_and_quoted(briefs, reading):
    (goal,) = [b for b in briefs if "50%" in b.intent.statement]
    found = outcome_indicator(goal, reading, ("item",))
    assert found.target == found.quote.text
    assert reading.document.text[found.quote.start : found.quote.end] == found.target


def test_a_document_without_figures_gets_no_outcome_indicator(workshop):
    plain = read("We will fund lasting route teams instead of projects.\n", workshop)
    (intent,) = make_intents(engine(workshop).find_intents(plain), plain)
    assert outcome_indicator(IntentBrief(intent, (), (), {}, {}, ()), plain, ()) is None


def test_item_ids_are_all_different(items):
    ids = [item.id for item in items]
    assert len(ids) == len(set(ids))
