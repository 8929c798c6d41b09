from __future__ import annotations

import pytest

from service.checks.facts import FactKind, KnownFacts, facts_in

TEXT = (
    "In March 2015 the Government Digital Service closed 1,000 sites, 42% of all, and saved £1.2 billion. "
    "Five teams use the DORA measures; write to team@example.org."
)
KNOWN = KnownFacts.of(TEXT)


@pytest.mark.parametrize(
    "said",
    ["1000 sites", "five teams", "5 teams", "42 per cent", "£1.2bn", "by March 2015", "in 2015", "the DORA measures",
     "the government's Government Digital Service", "team@example.org", "one reason", "every Monday in March",
     "Ask of the Government Digital Service",
     "Product Ops"],
)  # fmt: skip
def test_what_the_document_holds_is_held_in_any_spelling(said: str):
    assert all(KNOWN.hold(fact) for fact in facts_in(said)), facts_in(said)


@pytest.mark.parametrize(
    "said",
    ["10,000 sites", "six teams", "43%", "£1.3bn", "by April 2015", "March 2016", "in 2016", "the SPACE measures",
     "the Government Data Service", "other@example.org", "a note in Jira"],
)  # fmt: skip
def test_what_the_document_does_not_hold_is_noticed(said: str):
    assert not all(KNOWN.hold(fact) for fact in facts_in(said))


@pytest.mark.parametrize("said", ["The team writes a note.", '"Each person answers"', "Ask: What changed? We look."])
def test_a_capital_at_the_start_of_a_sentence_is_no_name(said: str):
    assert facts_in(said) == ()


def test_a_number_that_ends_a_name_is_no_number_and_the_name_needs_its_own_source() -> None:
    known = KnownFacts.of("The Larch ten begin, and seven others follow.")
    (fact,) = facts_in("Maple Seven")
    assert fact.kind is FactKind.name
    assert not known.hold(fact)
    assert all(map(known.hold, facts_in("the Larch ten")))


def test_the_last_word_of_another_name_vouches_for_no_name() -> None:
    known = KnownFacts.of("The Change Advisory Board meets on Tuesdays. We asked Dermot, and Dermot agreed.")
    assert not any(map(known.hold, facts_in("Treasury Board")))
    assert all(map(known.hold, facts_in("Ask Dermot")))
    assert all(map(KnownFacts.of("Teams use the Open API.").hold, facts_in("When API items wait")))


@pytest.mark.parametrize(("written", "said"), [("engineers and CTOs", "the CTO"), ("each API", "two APIs")])
def test_an_acronym_vouches_for_itself_in_the_other_number(written: str, said: str) -> None:
    known = KnownFacts.of(f"We serve {written}.")
    assert all(known.hold(fact) for fact in facts_in(said) if fact.kind is FactKind.acronym)
    assert not all(map(known.hold, facts_in("the CFO")))
