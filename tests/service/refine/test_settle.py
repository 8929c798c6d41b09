"""A sample's plan carried to a newer version: what moves with the document and what stays a person's."""

from __future__ import annotations

import pytest

from corpora.load import load_strategies
from retrieval.parse import parse_bytes
from retrieval.sentences import split_sentences
from service.checks.fields import texts_of
from service.following import context_on
from service.pipeline import ingest, read_document
from service.refine.anchors import Text
from service.refine.lists import items_of
from service.refine.marks import Marks, Settled, Standing, Way
from service.refine.matching import Newer, compare
from service.refine.settle import kept, left_in, moved
from service.refine.staleness import Turn, marked
from service.stages.intents import make_intents
from tests.service.harbour import engine

MEMO = next(strategy.text for strategy in load_strategies() if strategy.id == "quillnest-foundation")
OLD, NEW = "moving to crews of at least three people", "moving to crews of at least four people"


@pytest.fixture(scope="module")
def before(sample_plan, workshop):
    """The plan, its text, and the turn to a version with another number."""
    plan = sample_plan("quillnest-foundation")[1]
    old = parse_bytes(MEMO.encode(), "memo.md")
    newer = parse_bytes(MEMO.replace(OLD, NEW).encode(), "memo.md")
    reading = read_document(ingest(newer, workshop.embedder), workshop)
    found = Newer(reading, make_intents(engine(workshop).find_intents(reading), reading))
    text = Text(old, split_sentences(old))
    return plan, Turn(compare(plan, text, found, workshop.embedder.embed), text, found.text())


def followed(before, workshop, plan):
    """The plan once every stale item was kept."""
    _, turn = before
    standing = marked(Standing(plan, Marks()), turn, "rev-1")
    for item_id in left_in(standing, turn.comparison).item_ids:
        standing = kept(standing, item_id, Settled(way=Way.keep, author="You"), turn.comparison)
    context = context_on(turn.new.document, workshop, workshop.embedder)
    return moved(standing, turn, context, "You").plan


def prose(plan):
    return {(item.id, field.path): field.text for item in items_of(plan) for field in texts_of(item)}


def test_words_in_quotation_marks_are_the_documents_new_words(before, workshop):
    plan, _ = before
    told = {key: text for key, text in prose(plan).items() if f"“{OLD}" in text}
    assert told
    now = prose(followed(before, workshop, plan))
    assert all(f"“{NEW}" in now[key] and OLD not in now[key] for key in told)
    rest = {key for key, text in prose(plan).items() if OLD not in text}
    assert {key for key in rest if now.get(key) != prose(plan)[key] and not key[1].startswith("first_case")} == set()


def test_nothing_changes_in_items_that_are_not_stale_but_their_places(before, workshop):
    plan, turn = before
    stale = set(left_in(marked(Standing(plan, Marks()), turn, "rev-1"), turn.comparison).item_ids)
    after = {item.id: item for item in items_of(followed(before, workshop, plan))}
    assert 0 < len(stale) < len(after)
    for item in items_of(plan):
        if item.id not in stale:
            assert [quote.text for quote in after[item.id].quotes] == [quote.text for quote in item.quotes]
            assert texts_of(after[item.id]) == texts_of(item)
