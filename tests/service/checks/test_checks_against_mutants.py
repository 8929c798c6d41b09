"""Rules that were mended because a known defect went unseen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from corpora.records import AgendaStep, Cadence, Period, Reinforcement, Shift, StopDoing, TimeCost
from service.checks import (
    CheckContext,
    c02_coverage,
    c04_repeatability,
    c06_transformation,
    c07_sustainability,
    c08_load,
    c10_stop,
    c12_coherence,
    c13_leadership,
)
from service.checks.hollow import hollow
from tests.service import planmaker as make


class Letters:
    """Vectors by counts of letters: alike words give alike rows."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row a text."""
        counts = [[text.lower().count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts]
        rows = np.array(counts, dtype=np.float32)
        units: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return units


def context(embedder: Letters | None = None) -> CheckContext:
    """The council's document with empty library."""
    return CheckContext(make.DOCUMENT, {}, make.BUDGETS, make.LEXICONS, embedder)


@pytest.mark.parametrize(
    "words",
    ["when time allows", "as the situation demands", "on a rolling basis", "at suitable intervals", "once in a while"],
)
def test_a_frequency_at_pleasure_is_no_frequency(words: str) -> None:
    item = make.behaviour(0, action=f"writes the problem behind it, {words}")
    assert c04_repeatability.check(make.plan(make.parts(item)), context()).score == 3.0


def test_when_the_time_is_right_is_no_moment() -> None:
    assert not c04_repeatability.is_a_moment("When the time is right", make.LEXICONS)


def test_a_plain_trigger_stays_a_moment() -> None:
    assert c04_repeatability.is_a_moment("When the right of way is disputed", make.LEXICONS)


@pytest.mark.parametrize("words", ["the responsible party", "as agreed", "work goes on as agreed"])
def test_words_that_fill_a_field_are_hollow(words: str) -> None:
    assert hollow(words)


@pytest.mark.parametrize("words", ["head of service", "the team lead responsible for tolls", "asks for the note", ""])
def test_words_that_name_something_are_not_hollow(words: str) -> None:
    assert not hollow(words)


def test_hollow_owner_and_witness_count_as_none() -> None:
    nobody = Reinforcement(who="the appropriate person", when="in due course", how="acts accordingly")
    item = make.behaviour(0, owner="the responsible party", reinforcement=nobody, sunset="when no longer appropriate")
    assert c07_sustainability.check(make.plan(make.parts(item)), context()).score == 1.0


def test_a_hollow_stop_ends_nothing() -> None:
    item = make.behaviour(0, stop_doing=StopDoing(text="the current way of doing things", minutes_saved=10))
    assert c10_stop.check(make.plan(make.parts(item)), context()).score == 3.0


def test_a_hollow_decider_is_nobody() -> None:
    leader = make.behaviour(0, role_class="leader")
    ask = make.ask(0, decider="the appropriate authority", interim="work goes on as agreed")
    result = c13_leadership.check(make.plan(make.parts(leader, ask)), context())
    assert ask.id in result.item_ids


def test_naming_an_outcome_does_not_redeem_tool_work() -> None:
    shift = Shift(from_state="notes lie everywhere", to_state="one board holds every note for strategic outcomes")
    item = make.behaviour(0, action="sets up a board for notes", shift=shift)
    assert c06_transformation.check(make.plan(make.parts(item)), context()).score == 1.0


def test_the_item_that_asks_most_is_blamed_for_the_load() -> None:
    heavy = make.behaviour(
        1, cadence=Cadence(period=Period.daily), time_cost=(TimeCost(role_class="lead", minutes=40),)
    )
    result = c08_load.check(make.plan(make.parts(make.behaviour(0), heavy, make.ritual(0))), context())
    assert result.item_ids == (heavy.id,)


def test_a_broken_agenda_is_blamed_on_its_ritual() -> None:
    ritual = make.ritual(0)
    broken = ritual.model_copy(update={"agenda": (*ritual.agenda, AgendaStep(step="any other business", minutes=20))})
    plan = make.plan(make.parts(make.behaviour(0))).model_copy(update={"rituals": (broken,)})
    assert c08_load.check(plan, context()).item_ids == (broken.id,)


def test_one_quote_of_everything_covers_nothing() -> None:
    long = make.quote(make.NEWS).model_copy(
        update={"text": make.DOCUMENT.text, "start": 0, "end": len(make.DOCUMENT.text)}
    )
    intent = make.intent(1).model_copy(update={"quotes": (long,)})
    short = make.plan(make.parts(make.behaviour(0)))
    covered = c02_coverage.check(short, context()).score
    swallowed = c02_coverage.check(make.plan(make.parts(make.behaviour(0), intents=(intent,))), context()).score
    assert covered is not None
    assert swallowed is not None
    assert swallowed < covered


def test_two_rituals_of_one_meaning_are_alike_where_there_are_vectors() -> None:
    one = make.ritual(0)
    twin = one.model_copy(update={"id": "rit-twin", "purpose": "hear verdicts on cases which residents said go on"})
    plan = make.plan(make.parts(make.behaviour(0), one, twin))
    assert c12_coherence.check(plan, context(Letters())).score == 4.0
