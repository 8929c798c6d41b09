import pytest

from corpora.load import load_practices
from corpora.records import SLOTS
from corpora.slots import render_form
from retrieval.parse import parse_bytes
from service.checks.fields import texts_of
from service.checks.g2_safety import measures_person
from service.checks.quotations import invented_quotation

DOCUMENT = parse_bytes(
    b"# Plan\n\nWe will stop running projects and start running standing teams this year.\n", "plan.md"
)


def test_words_of_the_document_may_be_quoted_whatever_their_case():
    text = "reads “we will stop running projects and start running standing teams” aloud"
    assert invented_quotation([text], DOCUMENT, None) is None


def test_words_nobody_wrote_may_not_be_quoted():
    text = "reads the line “we will never again build for enterprise buyers” aloud"
    assert invented_quotation([text], DOCUMENT, None) == "we will never again build for enterprise buyers"


def test_a_short_label_in_marks_is_no_quotation():
    assert invented_quotation(['under the heading "heard last week"'], DOCUMENT, None) is None


@pytest.mark.parametrize(
    "text",
    [
        "posts a table that orders engineers from best to worst by the bugs they closed",
        "pull requests merged by the slowest engineer",
        "bugs closed by each engineer",
        "reads the calendar of every engineer for gaps",
        "a list of idle hours with names",
    ],
)
def test_ranking_or_watching_persons_is_seen_in_other_words(text):
    assert measures_person(text)


@pytest.mark.parametrize("text", ["each person writes one line", "the best idea of the week", "every member may join"])
def test_plain_talk_of_people_is_not_measuring_them(text):
    assert measures_person(text) is None


PRACTICES = {practice.id: practice for practice in load_practices()}


def test_a_practices_own_quotation_may_hold_the_documents_words_in_its_slots():
    own = PRACTICES["outcome-statement"]
    said = ["writes “so that which passenger can do what?” under the title"]
    assert invented_quotation(said, DOCUMENT, own) is None
    assert invented_quotation(said, DOCUMENT, PRACTICES["backbrief"]) == "so that which passenger can do what?"
    assert invented_quotation(["“so that every ferry is sold to the highest bidder”"], DOCUMENT, own)


def test_every_practice_passes_with_unlike_words_in_its_slots():
    for practice in PRACTICES.values():
        values = dict.fromkeys(SLOTS, "islander")
        texts = [field.text for field in texts_of(render_form(practice.form, values))]
        assert invented_quotation(texts, DOCUMENT, practice) is None, practice.id
