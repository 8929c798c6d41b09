"""What sounds strategic and commits nobody is refused, for the right reason."""

from __future__ import annotations

import pytest

from retrieval.documents import BlockKind
from service.plan.reading import NotCommitment
from service.reader.against import reasons_against

PARAGRAPH = BlockKind.paragraph


@pytest.fixture(scope="module")
def refuse(workshop):
    def reasons(text: str, heading: str = "Our direction", kind: BlockKind = PARAGRAPH):
        (grammar,) = workshop.reader.grammar.read([text])
        return reasons_against(text, heading, kind, grammar)

    return reasons


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("We may explore a mobile application in the coming years.", NotCommitment.hedge),
        ("One day the trust might run its own ferries to the outer islands.", NotCommitment.hedge),
        ("We would like to offer every passenger a seat of their own.", NotCommitment.hedge),
        ("As stated in the national plan, every port will publish its waiting times.", NotCommitment.quotation),
        ("According to the auditors, the trust must merge its two offices.", NotCommitment.quotation),
        ("“Ports will be judged by their passengers.” — The Minister of Transport", NotCommitment.quotation),
        ("Should every route have a team of its own?", NotCommitment.invitation),
        ("Let us know what you want the trust to change first.", NotCommitment.invitation),
        ("We will reduce [insert measure] for every passenger by the end of the year.", NotCommitment.placeholder),
        ("We will raise satisfaction from X% to Y% in two years.", NotCommitment.placeholder),
        ("Growth: a product which has found its first paying customers.", NotCommitment.definition),
        ("A route team means the crew and planners of one line.", NotCommitment.definition),
        ("You must restart the ticket machine before each shift.", NotCommitment.instruction),
        ("This document describes where the trust wants to be in 2030.", NotCommitment.reading_guide),
        ("We have already merged both offices into one.", NotCommitment.history),
        ("Today ferry teams wait three weeks for an answer from the works office.", NotCommitment.context),
        ("At present each depot buys its own parts.", NotCommitment.context),
    ],
)
def test_a_sentence_that_commits_nobody_is_refused_with_its_reason(refuse, text, reason):
    assert reason in refuse(text)


@pytest.mark.parametrize(
    ("heading", "text", "reason"),
    [
        ("Looking back", "The trust merged its two offices and closed three depots.", NotCommitment.history),
        ("Glossary", "Route teams plan and run one line together.", NotCommitment.definition),
        ("Goals > Maturity levels", "Teams release each week and measure what happens.", NotCommitment.definition),
    ],
)
def test_a_heading_may_speak_against_the_sentences_under_it(refuse, heading, text, reason):
    assert reason in refuse(text, heading)
    assert reason not in refuse(text, "Our direction")


def test_a_list_of_reasons_why_is_context(refuse):
    text = "Islanders need to reach the mainland every day."
    assert refuse(text, "Why we exist", BlockKind.list_item) == (NotCommitment.context,)


def test_a_block_quote_is_somebody_elses_word(refuse):
    text = "We will run one ferry an hour to every island."
    assert refuse(text, kind=BlockKind.block_quote) == (NotCommitment.quotation,)


def test_a_vision_set_in_quotation_marks_is_the_organisations_own(refuse):
    text = "“Every islander reaches the mainland within two hours.”"
    assert NotCommitment.quotation in refuse(text, "What a passenger wrote")
    assert refuse(text, "Our vision") == ()


@pytest.mark.parametrize(
    "text",
    [
        "We will stop funding projects and fund three lasting route teams instead.",
        "Service managers must speak with passengers before any timetable is changed.",
        "By March 2027 we will have merged both offices, as we decided last year.",
        "Our goal is to let every crew decide its own timetable.",
        "Today the trust is moving to lasting teams.",
        "Today we choose the islanders over the day trippers.",
    ],
)
def test_nothing_speaks_against_a_plain_commitment(refuse, text):
    assert refuse(text) == ()


def test_a_past_tense_with_a_look_ahead_is_no_history(refuse):
    text = "We were slow, and we must become the fastest port of the coast."
    assert NotCommitment.history not in refuse(text, "Looking back")


def test_each_reason_is_given_once(refuse):
    reasons = refuse("Might we perhaps consider whether one day the trust would like to sail at night?")
    assert len(reasons) == len(set(reasons))
