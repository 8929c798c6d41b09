"""The data sets keep their promises: labels, lengths, no duplicates, quotes that are really there."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
import yaml

from corpora.records import SampleStrategy

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = sorted((ROOT / "evals/datasets/sentences").glob("*.jsonl"))
GOLD = sorted((ROOT / "evals/datasets/gold").glob("*.json"))
STRATEGIES = ROOT / "corpora/strategies"

LABELS = {"commitment", "principle", "target", "shift", "constraint", "none"}
REASONS = {
    *("context", "history", "hedge", "negation", "other_party", "definition", "instruction", "meeting_note"),
    *("descriptive", "fact", "praise", "how_to_read", "boilerplate", "feature_detail", "example", "question"),
    "motivation",
}
FORMS = {"paragraph", "list_item", "table_row", "slide"}
KINDS = {"shift", "priority", "principle", "target", "constraint"}


def folded(text: str) -> str:
    return " ".join(text.split())


def records() -> list[dict[str, str]]:
    return [json.loads(line) for path in SENTENCES for line in path.read_text(encoding="utf-8").splitlines()]


def strategy(slug: str) -> SampleStrategy:
    _, front, body = (STRATEGIES / f"{slug}.md").read_text(encoding="utf-8").split("---\n", 2)
    return SampleStrategy(**yaml.safe_load(front), text=body)


def test_every_sentence_has_a_known_label_reason_and_form() -> None:
    for record in records():
        assert record["label"] in LABELS
        assert record["form"] in FORMS
        assert (record["why"] in REASONS) == (record["label"] == "none"), record


def test_every_sentence_has_five_to_sixty_words() -> None:
    assert [r["text"] for r in records() if not 5 <= len(r["text"].split()) <= 60] == []


def test_there_are_at_least_nine_hundred_sentences_and_about_45_percent_commit() -> None:
    labels = Counter(record["label"] for record in records())
    assert labels.total() >= 900
    assert 0.40 <= 1 - labels["none"] / labels.total() <= 0.50


def test_no_sentence_is_written_twice() -> None:
    seen = Counter(folded(record["text"]).casefold() for record in records())
    assert [text for text, count in seen.items() if count > 1] == []


def test_every_sample_strategy_has_a_gold_file_and_the_other_way_round() -> None:
    assert {path.stem for path in GOLD} == {path.stem for path in STRATEGIES.glob("*.md")}


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_a_sample_strategy_has_its_front_matter_and_a_fair_length(path: Path) -> None:
    sample = strategy(path.stem)
    assert sample.id == path.stem
    assert 600 <= len(sample.text.split()) <= 3000


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_every_gold_quote_stands_in_its_document(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = folded(strategy(path.stem).text)
    quotes = [intent["quote"] for intent in gold["intents"]] + gold["not_intents"]
    assert gold["doc"] == f"{path.stem}.md"
    assert [quote for quote in quotes if folded(quote) not in text] == []


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_intents_are_six_to_sixty_words_of_a_known_kind(path: Path) -> None:
    for intent in json.loads(path.read_text(encoding="utf-8"))["intents"]:
        assert 6 <= len(intent["quote"].split()) <= 60, intent["quote"]
        assert intent["kind"] in KINDS
        assert (intent["kind"] == "shift") <= ({"from", "to"} <= intent.keys()), intent["intent"]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_no_quote_is_both_an_intent_and_not_one(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    intents = [folded(intent["quote"]) for intent in gold["intents"]]
    assert [no for no in gold["not_intents"] if any(folded(no) in yes or yes in folded(no) for yes in intents)] == []


def test_exactly_one_sample_holds_no_strategy() -> None:
    empty = [path.stem for path in GOLD if not json.loads(path.read_text(encoding="utf-8"))["intents"]]
    assert len(empty) == 1
