"""What an engine would begin a waiting intent with becomes its next step, if it passes what items pass."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpora.load import load_strategies
from retrieval.parse import parse_bytes
from service.export.markdown import to_markdown
from service.openings import opened_steps
from service.pipeline import ingest, make_plan, read_document
from service.plan.intents import ROOM
from service.plan.profile import Profile
from service.plan.proposals import Opening
from service.stages.intents import make_intents, openings
from tests.service.harbour import engine

THINGS = ("letter", "question", "form", "guest", "number", "complaint", "parcel", "lawyer")
SOUND = Opening(
    "the branch manager", "When a loan file has waited for ten days,", "phones the customer with a yes or a no."
)


@pytest.fixture(scope="module")
def memo(workshop):
    text = next(one.text for one in load_strategies() if one.id == "vantry-bank-memo")
    ingested = ingest(parse_bytes(text.encode(), "memo.md"), workshop.embedder)
    return ingested, read_document(ingested, workshop)


@pytest.fixture(scope="module")
def intents(memo, workshop):
    reading = memo[1]
    return make_intents(engine(workshop).find_intents(reading), reading)[:3]


def step(opening, memo, intents, workshop, profile=None):
    told = opened_steps(intents[:1], {intents[0].id: opening}, memo[1], workshop.lexicons, profile)
    return told.get(intents[0].id)


def test_a_sound_opening_is_told_as_one_sentence_without_a_practice(memo, intents, workshop):
    found = step(SOUND, memo, intents, workshop)
    assert found.text == (
        "When a loan file has waited for ten days, the branch manager phones the customer with a yes or a no."
    )
    assert (found.practice_id, found.title, found.actor) == ("", "", "branch manager")


@pytest.mark.parametrize(
    "change",
    [
        {"action": "embraces a faster yes"},
        {"actor": "everyone"},
        {"actor": "Kofi"},
        {"trigger": "When appropriate"},
        {"trigger": "When a loan file has waited for 77 days"},
        {"action": "phones Barrowgate Holdings about the file"},
        {"action": "signs off the officer's decision"},
        {"action": "keeps a leaderboard of officers by speed"},
        {"action": "asks " + "what the oldest file waited for and why nobody said so " * 4},
    ],
    ids=["attitude", "nobody", "a person", "no moment", "number", "name", "gate", "persons measured", "too long"],
)
def test_an_opening_that_an_item_could_not_be_is_left_out(memo, intents, workshop, change):
    assert step(replace(SOUND, **change), memo, intents, workshop) is None


@pytest.mark.parametrize("trigger", ["Each quarter", "Every Thursday", "Every Monday"])
def test_a_rhythm_of_the_calendar_is_a_moment_in_two_words(memo, intents, workshop, trigger):
    assert step(replace(SOUND, trigger=trigger), memo, intents, workshop).text.startswith(f"{trigger}, the branch")


def test_a_profile_puts_its_roles_into_an_opening_and_keeps_it_out_of_no_go_areas(memo, intents, workshop):
    mapped = step(SOUND, memo, intents, workshop, Profile(roles={"branch manager": "head of branch"}))
    assert "the head of branch phones" in mapped.text
    assert step(SOUND, memo, intents, workshop, Profile(no_go=("loan file",))) is None


def test_an_opening_keeps_to_the_intent_that_its_quote_makes(memo, workshop):
    reading = memo[1]
    proposals = [replace(each, opening=SOUND) for each in engine(workshop).find_intents(reading)[:2]]
    made = make_intents(proposals, reading)
    assert openings(proposals, reading) == dict.fromkeys((intent.id for intent in made), SOUND)


class Opened:
    """The patterns engine with an opening and a reason for each of its intents; one opening is unsound."""

    weighs_by_meaning = True

    def __init__(self, inner):
        self._inner = inner
        self.info, self.draft = inner.info, inner.draft

    def find_intents(self, reading):
        found = self._inner.find_intents(reading)
        unsound = replace(SOUND, actor="everyone")
        made = []
        for place, each in enumerate(found):
            thing = THINGS[place % len(THINGS)]
            sound = replace(SOUND, trigger=f"When a {thing} arrives", action=f"answers the {thing} aloud")
            opening = unsound if place == 4 else sound
            made.append(
                replace(each, opening=opening if place < len(THINGS) else None, why_first="the author asks for it")
            )
        return tuple(made)


@pytest.fixture(scope="module")
def opened(memo, workshop):
    return make_plan(memo[0], workshop, Opened(engine(workshop)))


def test_waiting_headlines_begin_with_the_engines_routine_and_the_rest_with_none(opened):
    steps = [(deferred.next_step, deferred) for deferred in opened.deferred_intents]
    own = [told for told, _ in steps if told is not None and not told.practice_id]
    assert own
    assert len([told for told, _ in steps if told is not None and told.practice_id]) <= 1  # the unsound one's
    assert any(told is None for told, _ in steps)


def test_what_has_a_routine_of_its_own_waits_for_room_only(opened):
    unserved = [d for d in opened.deferred_intents if d.next_step and "teams concerned propose" in d.waits_for]
    assert unserved == []
    assert any(d.waits_for == ROOM for d in opened.deferred_intents)


def test_the_page_tells_the_first_step_and_the_engines_reason(opened):
    page = to_markdown(opened)
    step = next(d.next_step for d in opened.deferred_intents if d.next_step and not d.next_step.title and not d.holds)
    assert f"First step: {step.words()}" in page
    assert "The author asks for it." in page


def test_a_reason_with_a_fact_that_the_document_lacks_is_not_told(memo, workshop):
    reading = memo[1]
    proposals = [replace(each, why_first="it saves 4,711 hours") for each in engine(workshop).find_intents(reading)[:1]]
    assert make_intents(proposals, reading)[0].reason_first is None
