"""What a careful reader would ask the author about."""

from __future__ import annotations

import pytest

from service.plan.reading import FindingKind
from tests.service.harbour import read

TEXT = """# Harbour strategy

We set three priorities for the coming year, and every crew will follow them.
The board agreed on five priorities, which are listed in the annex.
By [date] the trust will open a second pier, with costs TBD.
We will decide faster without lowering the safety of any passenger.
We must significantly improve the service for every islander we serve.
We will perhaps sail at night, and we are considering a new ship.
"""


@pytest.fixture(scope="module")
def reading(workshop):
    return read(TEXT, workshop)


def of_kind(reading, kind: FindingKind):
    return [finding for finding in reading.findings if finding.kind is kind]


def test_two_counts_of_the_same_thing_contradict_each_other(reading):
    (finding,) = of_kind(reading, FindingKind.contradiction)
    assert "three priorities" in finding.note
    assert "five priorities" in finding.note
    assert len(finding.sentence_ids) == 2


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (FindingKind.placeholder, "TBD"),
        (FindingKind.tension, "without lowering"),
        (FindingKind.undefined, "significantly"),
        (FindingKind.hedge, "perhaps"),
    ],
)
def test_a_gap_is_found_in_its_sentence(reading, kind, words):
    assert any(words in reading.by_id(f.sentence_ids[0]).text for f in of_kind(reading, kind))


def test_every_finding_points_into_the_sentences_it_names(reading):
    for finding in reading.findings:
        for span, sentence_id in zip(finding.spans, finding.sentence_ids, strict=True):
            sentence = reading.by_id(sentence_id).sentence.span
            assert sentence.start <= span.start < span.end <= sentence.end


def test_a_plain_document_raises_no_contradiction(workshop):
    found = read("We set three priorities. Our three priorities hold for two years.", workshop).findings
    assert [f for f in found if f.kind is FindingKind.contradiction] == []
