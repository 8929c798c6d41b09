"""What a sentence wants done is read with what it is done to, and for or with whom; what is denied is no deed."""

from __future__ import annotations

import pytest

from service.plan.grammar import Deed


@pytest.fixture(scope="module")
def deeds(workshop):
    def read(sentence: str) -> tuple[Deed, ...]:
        (grammar,) = workshop.reader.grammar.read([sentence])
        return grammar.deeds

    return read


def words(sentence: str, span: tuple[int, int] | None) -> str | None:
    return sentence[span[0] : span[1]] if span else None


@pytest.mark.parametrize(
    ("sentence", "verb", "wanted"),
    [
        ("We will build a platform for enterprise integration.", "build", "a platform for enterprise integration"),
        ("Improve the onboarding experience.", "improve", "the onboarding experience"),
        ("Our goal is to reduce the backlog of open requests.", "reduce", "the backlog of open requests"),
        ("We need to continue to publish minutes of board meetings.", "publish", "minutes of board meetings"),
        ("All departments will redesign their transactional services.", "redesign", "their transactional services"),
        ("Services will be redesigned by April.", "redesign", "Services"),
        ("Grow and diversify our contributor base", "grow", "our contributor base"),
        ("Product goal: Increase the number of schools by a third.", "increase", "the number of schools"),
        ("Launch mobile app", "launch", "mobile app"),
        ("Develop a plan to work with communities.", "develop", "a plan to work with communities"),
        ("Use order management to save time.", "use", "order management"),
        ("We aim to secure a large, multi-year grant.", "secure", "a large, multi-year grant"),
        (
            "We will work with local councils to simplify the application process.",
            "simplify",
            "the application process",
        ),
    ],
)
def test_a_deed_has_its_verb_and_what_it_is_done_to(deeds, sentence, verb, wanted):
    found = {deed.verb: words(sentence, deed.object_span) for deed in deeds(sentence)}
    assert found.get(verb) == wanted


@pytest.mark.parametrize(
    ("sentence", "party", "plural"),
    [
        ("We will work with local councils on shared services.", "local councils", True),
        ("Provide training to policy teams.", "policy teams", True),
        ("Establish a monthly meetup for members of the guild.", "members of the guild", True),
        ("We will engage the community.", "the community", False),
    ],
)
def test_whom_it_is_done_for_or_with_is_named(deeds, sentence, party, plural):
    (deed, *_) = [deed for deed in deeds(sentence) if deed.party_span]
    assert (words(sentence, deed.party_span), deed.party_plural) == (party, plural)


def test_those_who_are_helped_have_a_deed_of_their_own(deeds):
    sentence = "Help teams adopt open standards."
    deed = next(deed for deed in deeds(sentence) if deed.verb == "help")
    assert (words(sentence, deed.party_span), words(sentence, deed.doing_span)) == ("teams", "adopt open standards")


@pytest.mark.parametrize(
    "sentence",
    [
        "We will not build a second platform.",
        "We will launch no new projects.",
        "We will stop adding features.",
        "Open source software is used by many agencies.",
    ],
)
def test_what_is_denied_or_ends_is_no_deed(deeds, sentence):
    assert [deed.verb for deed in deeds(sentence) if deed.object_span] == []


@pytest.mark.parametrize(
    "sentence", ["We will improve it.", "Support this.", "We will publish what we learn.", "Increase a lot."]
)
def test_what_points_elsewhere_is_no_object(deeds, sentence):
    assert all(deed.object_span is None for deed in deeds(sentence))


def test_an_object_of_which_one_bare_noun_is_left_is_marked_as_cut(deeds):
    sentence = "We will create a plan that every region has agreed with its own councils and schools."
    (deed, *_) = [deed for deed in deeds(sentence) if deed.verb == "create"]
    assert (words(sentence, deed.object_span), deed.cut) == ("a plan", True)
