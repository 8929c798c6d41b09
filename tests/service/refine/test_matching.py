"""Real edits of the sample strategies, and what becomes of each intent of their plans."""

from __future__ import annotations

from functools import cache

import pytest

from corpora.load import load_strategies
from retrieval.parse import parse_bytes
from retrieval.sentences import split_sentences
from service.pipeline import ingest, read_document
from service.refine.anchors import Folded, Text, unmarked
from service.refine.changes import Fate
from service.refine.matching import Newer, compare
from service.stages.intents import make_intents
from tests.service.harbour import engine

MEMO = "vantry-bank-memo"
STOP = "**Two: we stop running Lending Technology as a list of projects.** By"
SAMPLES = {strategy.id: strategy.text for strategy in load_strategies()}


@pytest.fixture(scope="module")
def compared(sample_plan, workshop):
    """Compares a sample's plan with the sample after some edits: `compared(id, (old words, new words), …)`."""

    @cache
    def run(name, *edits):
        text = SAMPLES[name]
        for old, new in edits:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        document = parse_bytes(SAMPLES[name].encode(), f"{name}.md")
        reading = read_document(ingest(parse_bytes(text.encode(), f"{name}.md"), workshop.embedder), workshop)
        newer = Newer(reading, make_intents(engine(workshop).find_intents(reading), reading))
        old = Text(document, split_sentences(document))
        found = compare(sample_plan(name)[1], old, newer, workshop.embedder.embed)
        return found, reading.document.text

    return run


def turned(found):
    return [match for match in found.matches if match.fate is not Fate.kept]


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "aldersound-ferries-newsletter"])
def test_the_same_words_are_all_kept_with_exact_offsets(compared, name):
    found, text = compared(name, (SAMPLES[name], SAMPLES[name] + "\nThe car park closes at nine.\n"))
    assert turned(found) == []
    assert all(pair.fate is Fate.kept for pair in found.pairs)
    quotes = [pair.new for pair in found.pairs]
    assert all(text[quote.start : quote.end] == quote.text for quote in quotes)


def test_a_changed_number_changes_its_intent_alone_and_says_so(compared):
    found, text = compared(MEMO, ("four standing teams", "five standing teams"))
    (match,) = turned(found)
    assert (match.fate, match.reason) == (Fate.changed, "A number changed.")
    assert match.became.id == match.intent.id
    assert "five standing teams" in match.became.quotes[0].text
    quote = match.became.quotes[0]
    assert text[quote.start : quote.end] == quote.text
    assert match.became.label in quote.text


def test_a_paragraph_that_moved_is_kept_and_its_new_place_named(compared):
    paragraph = (
        "People who know the customer should decide, up to the point where a mistake would hurt the bank "
        "rather than the branch."
    )
    found, _ = compared(MEMO, (paragraph, ""), ("## Money and people\n", f"## Money and people\n\n{paragraph}\n"))
    assert turned(found) == []
    moved = next(match for match in found.matches if match.intent.quotes[0].text == paragraph)
    assert "Money and people" in moved.reason


def test_a_heading_that_changed_alone_changes_no_intent(compared):
    found, _ = compared(MEMO, ("## What changes", "## Our five decisions"))
    assert turned(found) == []
    assert any("Our five decisions" in match.reason for match in found.matches)


def test_a_dropped_intent_is_gone_and_the_others_are_kept(compared):
    found, _ = compared(MEMO, (STOP, "By"))
    (match,) = turned(found)
    assert match.fate is Fate.gone
    assert match.became is None
    assert match.pairs[0].was == "Two: we stop running Lending Technology as a list of projects."


def test_a_rewording_is_changed_and_not_gone(compared):
    reworded = "**Two: we will no longer manage Lending Technology as a portfolio of projects.** By"
    found, _ = compared(MEMO, (STOP, reworded))
    (match,) = turned(found)
    assert (match.fate, match.reason) == (Fate.changed, "It is worded differently.")
    assert "no longer manage" in match.pairs[0].now


def test_another_aim_in_the_same_place_is_gone_and_new(compared):
    other = "**Two: we will publish every interest rate on our website before the end of June.** By"
    found, _ = compared(MEMO, (STOP, other))
    assert sorted(match.fate.value for match in turned(found)) == ["gone", "new"]


def test_an_added_intent_is_new(compared):
    added = "We will let every branch decide its own opening hours from September on.\n\n## Money and people\n"
    found, text = compared(MEMO, ("## Money and people\n", added))
    (match,) = turned(found)
    assert (match.fate, match.intent) == (Fate.new, None)
    quote = match.became.quotes[0]
    assert text[quote.start : quote.end] == quote.text == added.split("\n")[0]


def test_words_that_stand_inside_a_turned_sentence_are_changed(compared):
    found, _ = compared(
        MEMO, ("People who know the customer", "We no longer believe that people who know the customer")
    )
    (match,) = turned(found)
    assert match.fate is Fate.changed


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("marrowdale-hospitals", "two protected hours a fortnight", "three protected hours a fortnight"),
        ("brindle-fenn-deck", "works one Saturday a month", "works two Saturdays a month"),
        ("tallyroot-okrs", "at most two bets on the go", "at most one bet on the go"),
        ("permits-agency-policy", "complete by the end of 2027", "complete by the end of 2028"),
    ],
    ids=lambda value: value[:24],
)
def test_an_edit_inside_one_passage_leaves_every_other_intent_kept(compared, name, old, new):
    found, _ = compared(name, (old, new))
    assert {match.fate for match in turned(found)} <= {Fate.changed}
    assert len(turned(found)) <= 2
    changed = [pair for pair in found.pairs if pair.fate is not Fate.kept]
    assert changed
    assert all(pair.fate is Fate.changed and old in pair.was and new in pair.now for pair in changed)


def test_clauses_that_were_only_renumbered_are_kept_under_their_new_numbers(compared):
    name = "marrowdale-hospitals"
    found, text = compared(name, ("4.3 The Coldwater", "4.6 The Coldwater"), ("4.2 Clinical", "4.3 Clinical"))
    assert turned(found) == []
    quotes = [pair.new for pair in found.pairs]
    assert all(text[quote.start : quote.end] == quote.text for quote in quotes)
    assert any(quote.text.startswith("4.6 The Coldwater Infirmary") for quote in quotes)


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("5.3 A member of staff", "A member of staff"),
        ("2) We will ask", "We will ask"),
        ("(a) We will ask", "We will ask"),
        ("• We will ask", "We will ask"),
        ("25 services are changed", "25 services are changed"),
        ("2.5 million people wait", "2.5 million people wait"),
        ("A member of staff", "A member of staff"),
    ],
)
def test_a_number_that_leads_a_clause_is_no_part_of_it(words, plain):
    assert unmarked(words) == plain


def test_words_are_found_again_whatever_became_of_breaks_and_signs():
    text = "They said:\n“We’ll decide —\n  together.” Undecided."
    (span,) = Folded(text).spans('"We\'ll decide - together."')
    assert text[span.start : span.end] == "“We’ll decide —\n  together.”"
    assert list(Folded(text).spans("decided")) == []
