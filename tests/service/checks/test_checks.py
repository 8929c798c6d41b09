from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from corpora.records import Artefact, Cadence, Period, Reinforcement, RoleClass, Shift, StateSource, StopDoing, TimeCost
from service.checks import CHECKS, CheckContext, score
from service.plan.items import IndicatorKind
from service.plan.parts import PlanParts
from service.plan.plan import CriterionScore
from service.stages.balance import balance
from tests.service.planmaker import (
    BUDGETS,
    DOCUMENT,
    FASTER,
    FUNDING,
    LEXICONS,
    LISTEN,
    NEWS,
    SHARED,
    ask,
    behaviour,
    indicator,
    intent,
    parts,
    plan,
    proposed,
    quote,
    ritual,
)

CONTEXT = CheckContext(DOCUMENT, {}, BUDGETS, LEXICONS)
INTENTS = (intent(1, SHARED), intent(2, LISTEN), intent(3, NEWS))


def measures(item: str, serves: tuple[str, ...]):
    return (
        indicator(IndicatorKind.adherence, item, serves),
        indicator(IndicatorKind.outcome, item, serves, quote=quote(LISTEN)),
    )


def sound(**change: object) -> PlanParts:
    """A plan of three intents that every check finds sound; `change` alters the first behaviour."""
    first = behaviour(0, ("int-1",), **{"role_class": RoleClass.leader, "actor": "sponsor", **change})
    items = (first, behaviour(1, ("int-2",)), behaviour(3, ("int-3",)))
    measured = tuple(one for item in items for one in measures(item.id, item.intent_ids))
    made = parts(
        *items, ritual(0, ("int-1",), sources=proposed("sunset")), ask(0), intents=INTENTS, indicators=measured
    )
    return balance(made, BUDGETS)


def scores(made: PlanParts, context: CheckContext = CONTEXT) -> dict[str, CriterionScore]:
    return {one.criterion: one for one in score(plan(made), context)}


def test_every_criterion_is_scored_once_and_in_order():
    found = [one.criterion for one in score(plan(sound()), CONTEXT)]
    assert found == [check.criterion for check in CHECKS]
    assert found == [*(f"C{number}" for number in range(1, 14)), "G1", "G2"]


@pytest.mark.parametrize("criterion", [check.criterion for check in CHECKS if check.criterion not in {"C2", "C5"}])
def test_a_sound_plan_scores_five(criterion: str):
    assert scores(sound())[criterion].score == 5.0, scores(sound())[criterion].reason


@pytest.mark.parametrize(
    ("criterion", "change", "words"),
    [
        pytest.param(
            "C1", {"quotes": (quote(SHARED).model_copy(update={"text": SHARED[:-9]}),)}, "do not stand", id="C1"
        ),
        pytest.param("C3", {"action": "embraces residents' needs"}, "embraces", id="C3 verb"),
        pytest.param("C3", {"actor": "everyone"}, "everyone", id="C3 actor"),
        pytest.param("C4", {"trigger": "Regularly, in planning"}, "Regularly", id="C4 trigger"),
        pytest.param("C4", {"action": "reads the note as needed"}, "as needed", id="C4 vague"),
        pytest.param(
            "C6",
            {
                "action": "updates the Kanban board with labels",
                "shift": Shift(from_state="untidy records", to_state="tidy records in one place"),
            },
            "board",
            id="C6 tool",
        ),
        pytest.param("C7", {"owner": "none"}, "no owner", id="C7 owner"),
        pytest.param(
            "C7",
            {"reinforcement": Reinforcement(who="none", when="never", how="asks for it")},
            "who notices",
            id="C7 witness",
        ),
        pytest.param("C10", {"stop_doing": StopDoing(text="nothing", minutes_saved=0)}, "nothing ends", id="C10 stop"),
        pytest.param(
            "C10",
            {"stop_doing": StopDoing(text="estimating from requirement lists", minutes_saved=None)},
            "the minutes it frees are not estimated",
            id="C10 minutes",
        ),
        pytest.param(
            "C10",
            {"shift": Shift(from_state="teams wait for the board", to_state="teams do not wait for the board")},
            "negates",
            id="C10 negation",
        ),
        pytest.param("C11", {"action": "writes " + "and tells the next unit why " * 9}, "words", id="C11 length"),
        pytest.param("G1", {"action": "writes how to save 42% of the cost"}, "42%", id="G1 number"),
        pytest.param(
            "G1",
            {"shift": Shift(from_state="boards decide", from_source=StateSource.document, to_state="teams decide")},
            "from-state",
            id="G1 hypothesis as fact",
        ),
        pytest.param("G2", {"action": "posts a leaderboard of leads"}, "leaderboard", id="G2"),
    ],
)
def test_a_planted_fault_lowers_its_criterion_and_is_named(criterion: str, change: dict[str, object], words: str):
    found = scores(sound(**change))[criterion]
    assert found.score is not None
    assert found.score < 5.0
    assert words in found.reason
    assert found.item_ids == ("beh-0",)


def test_c1_is_one_when_the_document_is_another():
    other = plan(sound())
    other = other.model_copy(update={"document": other.document.model_copy(update={"sha256": "b" * 64})})
    assert score(other, CONTEXT)[0].score == 1.0


def test_one_bad_item_shows_through_the_minimum():
    found = scores(sound(action="embraces residents' needs"))["C3"].score
    assert found == pytest.approx(0.7 * (1 + 5 + 5) / 3 + 0.3 * 1, abs=0.01)


def test_c2_counts_intents_without_behaviour_and_sections_without_quote():
    whole = scores(parts(behaviour(0), intents=(intent(1),)))["C2"].score
    bare = scores(parts(ask(0), intents=(intent(1),)))["C2"]
    assert whole == 5.0
    assert bare.score == 4.0
    assert "has no behaviour" in bare.reason


def test_c5_is_unscored_without_vectors():
    assert scores(sound())["C5"].score is None


@pytest.mark.parametrize(
    ("reference", "lowest"),
    [pytest.param("flood walls", 5.0, id="own intent nearest"), pytest.param("act", 2.0, id="another nearer")],
)
def test_c5_asks_whether_another_strategys_intent_lies_nearer(reference: str, lowest: float):
    context = CheckContext(DOCUMENT, {}, BUDGETS, LEXICONS, Letters(), (reference * 5,))
    item = behaviour(0, action="speaks with residents before services are changed", mechanism=LISTEN)
    made = parts(item, intents=(intent(1, LISTEN),))
    if reference == "act":
        context = CheckContext(DOCUMENT, {}, BUDGETS, LEXICONS, Letters(), (f"{item.trigger} {item.action} {LISTEN}",))
    assert scores(made, context)["C5"].score == lowest


class Letters:
    """Counts letters and pairs: a real, if simple, embedder."""

    def embed(self, texts):
        rows = np.zeros((len(texts), 729), dtype=np.float32)
        for row, text in enumerate(texts):
            letters = [ord(c) - 96 for c in text.lower() if c.isascii() and c.isalpha()]
            for one, other in pairwise(letters):
                rows[row, one * 27 + other] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_c8_falls_when_a_role_is_overloaded():
    heavy = behaviour(
        0, time_cost=(TimeCost(role_class=RoleClass.lead, minutes=240),), cadence=Cadence(period=Period.weekly)
    )
    found = scores(parts(heavy))["C8"]
    assert found.score == 1.0
    assert "4.00 h" in found.reason


def test_c9_falls_on_vanity_and_on_a_missing_kind():
    vain = indicator(IndicatorKind.leading, "beh-0", name="Number of workshops")
    only_done = indicator(IndicatorKind.adherence, "beh-0")
    assert scores(parts(behaviour(0), indicators=(vain,)))["C9"].score == 1.0
    assert scores(parts(behaviour(0), indicators=(only_done,)))["C9"].score == 3.0


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: (behaviour(0), behaviour(0, id="beh-9")), id="twice the same"),
        pytest.param(
            lambda: (
                behaviour(0, action="writes a weekly status report for the board"),
                behaviour(
                    1, stop_doing=StopDoing(text="writing the weekly status report for the board", minutes_saved=9)
                ),
            ),
            id="one ends the other",
        ),
        pytest.param(
            lambda: (behaviour(0, action="asks the board for approval of each change"),), id="gate against speed"
        ),
    ],
)
def test_c12_falls_on_contradiction(make: Callable[[], tuple[object, ...]]):
    assert scores(parts(*make(), intents=(intent(1, FASTER),)))["C12"].score < 5.0


def test_c13_falls_when_leaders_are_asked_for_nothing():
    assert scores(parts(behaviour(0)))["C13"].score == 1.0


def test_c13_falls_on_an_ask_for_mere_support():
    empty = ask(0, decision="leaders champion the change in public")
    found = scores(parts(behaviour(0, role_class=RoleClass.leader), empty))["C13"]
    assert found.score < 5.0
    assert "champion the change" in found.reason


def test_evidence_that_is_only_talk_is_noticed():
    talk = Artefact(artefact="a conversation", location="in the corridor", minutes_after=5)
    assert "leaves nothing behind" in scores(sound(evidence=talk))["C3"].reason


def test_a_plan_without_items_is_unscored_and_not_zero():
    empty = scores(parts(intents=(intent(1, FUNDING),)))
    assert empty["C3"].score is None
    assert empty["C13"].score is None
