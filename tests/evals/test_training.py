"""The classifier's recipe: labelled sentences in, weights of the right shape out."""

from __future__ import annotations

import json

import numpy as np
import pytest

from evals.training.__main__ import KIND_OF, KINDS, SENTENCES, read_training_set
from service.plan.intents import IntentKind
from service.reader.features import FEATURE_NAMES

LINES = [
    {"text": "We will fund lasting teams.", "label": "commitment", "heading": "Goals", "form": "paragraph"},
    {"text": "From projects to lasting teams.", "label": "shift", "heading": "", "form": "slide"},
    {"text": "The pier was built in 1931.", "label": "none", "heading": "History", "form": "list_item"},
]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sentences")
    lines = [json.dumps({**line, "document": f"d{n}"}) for n, line in enumerate(LINES)]
    (folder / "one.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return read_training_set(folder)


def test_each_sentence_becomes_a_row_of_what_the_reader_sees(small):
    assert small.inputs.shape == (3, 384 + len(FEATURE_NAMES) + 384)
    assert np.isfinite(small.inputs).all()


def test_labels_and_documents_stay_beside_their_rows(small):
    assert small.labels == ("commitment", "shift", "none")
    assert small.groups == ("d0", "d1", "d2")


def test_every_label_of_the_data_is_a_kind_of_intent_or_none():
    lines = [line for path in SENTENCES.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()]
    labels = {json.loads(line)["label"] for line in lines} - {"none"}
    assert {KIND_OF.get(label, label) for label in labels} <= set(IntentKind)


def test_every_form_of_the_data_is_a_kind_of_block():
    lines = [line for path in SENTENCES.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()]
    assert {json.loads(line)["form"] for line in lines} <= KINDS.keys()


def test_the_weights_know_every_kind_that_was_labelled(workshop):
    assert set(workshop.reader.commitment.kind_names) <= set(IntentKind)
