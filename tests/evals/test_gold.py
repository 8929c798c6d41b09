"""How many gold intents the ledger finds; and that real strategies are quoted to the letter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from evals.gold import IntentFinding, load_gold, locate, measure, share_covered, word_spans
from retrieval.documents import Document, Span
from retrieval.parse import parse_bytes
from retrieval.sentences import split_sentences
from service.plan.intents import Intent
from service.stages.intents import make_intents
from service.stages.nothing import commits
from service.stages.read import read
from tests.service.harbour import engine

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
OWN_GOLD = ROOT / "evals" / "datasets" / "gold"
LEAST_RECALL, MOST_TRAPS = 0.6, 0.15
TEMPLATE = "empty-roadmap-template.pptx"


def files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (SHARED / folder).glob("*") if path.is_file())


#: Skipped as a whole where the shared folder is missing.
STRATEGIES = [p for p in files("strategies", "originals") if p.name != TEMPLATE] or [SHARED / "none"]
EMPTY = [*files("negatives"), *(p for p in files("originals") if p.name == TEMPLATE)] or [SHARED / "none"]
GOLD = files("gold")


@pytest.fixture(scope="module")
def ledger_of(workshop):
    """Document, intents and verdict; no passages are embedded, since the ledger looks at sentences alone."""

    @cache
    def make(data: bytes, name: str) -> tuple[Document, tuple[Intent, ...], bool]:
        document = parse_bytes(data, name)
        nothing = np.zeros((0, workshop.embedder.dimensions), dtype=np.float32)
        reading = read(document, split_sentences(document), (), workshop.reader, nothing)
        proposals = engine(workshop).find_intents(reading)
        return document, make_intents(proposals, reading), commits(proposals, reading)

    return make


@pytest.fixture
def shared_ledger(shared, ledger_of):
    return lambda path: ledger_of(path.read_bytes(), path.name)


def found_in(text: str, intents: Sequence[Intent], gold: Path) -> IntentFinding:
    entries = [[Span(quote.start, quote.end) for quote in intent.quotes] for intent in intents]
    return measure(load_gold(gold), text, entries)


def rates(findings: list[IntentFinding]) -> tuple[float, float]:
    """Recall over all gold intents and the share of all traps taken."""
    intents = [share >= 0.5 for finding in findings for _, share in finding.found]
    traps = [share >= 0.5 for finding in findings for _, share in finding.taken]
    return sum(intents) / len(intents), sum(traps) / len(traps)


@pytest.mark.parametrize("path", STRATEGIES, ids=lambda path: path.name)
def test_a_real_strategy_commits_and_is_quoted_exactly(shared_ledger, path):
    document, intents, strategic = shared_ledger(path)
    assert strategic
    assert intents
    quotes = [quote for intent in intents for quote in intent.quotes]
    assert [q.text for q in quotes if document.text[q.start : q.end] != q.text] == []
    assert [q.text for q in quotes if not 6 <= len(q.text.split()) <= 60] == []


@pytest.mark.parametrize("path", EMPTY, ids=lambda path: path.name)
def test_what_is_no_strategy_gets_no_plan(shared_ledger, path):
    _, intents, strategic = shared_ledger(path)
    assert not (intents and strategic)


def test_most_gold_intents_of_real_strategies_are_found_and_few_traps_taken(shared_ledger):
    findings = []
    for gold in GOLD:
        document, intents, _ = shared_ledger(SHARED / "strategies" / f"{gold.stem}.md")
        findings.append(found_in(document.text, intents, gold))
    recall, traps = rates(findings)
    assert recall >= LEAST_RECALL
    assert traps <= MOST_TRAPS


def test_most_gold_intents_of_the_samples_are_found_and_few_traps_taken(sample_plan):
    findings = []
    for gold in sorted(OWN_GOLD.glob("*.json")):
        text, plan = sample_plan(gold.stem)
        ledger = (*plan.intents, *(deferred.intent for deferred in plan.deferred_intents))
        findings.append(found_in(text, ledger, gold))
    recall, traps = rates(findings)
    assert recall >= LEAST_RECALL
    assert traps <= MOST_TRAPS


def test_a_quote_is_found_through_markup_and_other_breaks_of_line():
    words = word_spans("We will fund lasting teams, not projects, from next year on.")
    places = locate("**We will fund**\nlasting [teams](https://example.org)", words)
    assert [place.start for place in places] == [0, 3, 8, 13, 21]


def test_words_that_stand_nowhere_are_placed_nowhere():
    assert locate("Boats are blue and grey", word_spans("We will fund lasting teams.")) == []


def test_half_covered_words_count_as_half():
    places = [span for _, span in word_spans("We will fund teams")]
    assert share_covered(places, [Span(0, 7)]) == 0.5
    assert share_covered([], [Span(0, 7)]) == 0.0


def test_an_intent_is_found_where_half_of_its_words_are_quoted(tmp_path):
    gold = tmp_path / "gold.json"
    gold.write_text(
        '{"doc": "x.md", "intents": [{"intent": "Fund teams.", "quote": "We will fund teams", "kind": "shift"}],'
        ' "not_intents": ["Boats are blue"]}'
    )
    text = "We will fund teams. Boats are blue."
    half = measure(load_gold(gold), text, [[Span(0, 7)]])
    less = measure(load_gold(gold), text, [[Span(0, 2)], [Span(20, 34)]])
    assert (half.recall, half.trap_rate) == (1.0, 0.0)
    assert (less.recall, less.trap_rate) == (0.0, 1.0)
