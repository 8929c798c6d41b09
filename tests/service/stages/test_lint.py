from __future__ import annotations

import pytest

from corpora.records import AgendaStep, Artefact, DecisionRights, StopDoing
from service.checks.c04_repeatability import vague_time, without_vague_time
from service.plan.items import IndicatorKind
from service.plan.parts import PlanParts
from service.stages.lint import lint
from tests.service.planmaker import (
    LEXICONS,
    LISTEN,
    SHARED,
    alternative,
    ask,
    behaviour,
    indicator,
    intent,
    parts,
    quote,
    reading,
    ritual,
)


def linted(made: PlanParts) -> PlanParts:
    return lint(made, reading(), LEXICONS)


def ids(made: PlanParts) -> list[str]:
    return [item.id for item in (*made.behaviours, *made.rituals, *made.policy_asks)]


def test_a_sound_plan_passes_untouched():
    made = parts(*map(behaviour, range(5)), *map(ritual, range(3)), ask(0))
    assert linted(made) == made


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"action": "embraces residents' needs in planning"}, id="attitude"),
        pytest.param({"action": "ensures quality in every release"}, id="ensures"),
        pytest.param({"actor": "everyone"}, id="everyone"),
        pytest.param({"actor": "the organisation"}, id="the organisation"),
        pytest.param({"trigger": "When appropriate"}, id="mood instead of moment"),
        pytest.param({"trigger": "A requirement arrives"}, id="no trigger word"),
        pytest.param({"action": "writes the {focus|problem} down"}, id="slot"),
        pytest.param({"action": "writes to [name] about the problem"}, id="bracketed gap"),
        pytest.param({"sunset": "TBD by the sponsor"}, id="placeholder"),
    ],
)
def test_what_cannot_be_mended_is_dropped(change: dict[str, str]):
    assert ids(linted(parts(behaviour(0, **change), behaviour(1)))) == ["beh-1"]


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        pytest.param(
            "action",
            "ensures that the reason is recorded in the log",
            "records the reason in the log",
            id="ensures that",
        ),
        pytest.param("action", "leverages the note in planning", "uses the note in planning", id="leverages"),
        pytest.param("trigger", "Whenever a requirement arrives", "When a requirement arrives", id="whenever"),
        pytest.param("trigger", "Prior to a release", "Before a release", id="prior to"),
        pytest.param("action", "regularly reads the note aloud", "reads the note aloud", id="regularly"),
        pytest.param("action", "reads the note aloud, as needed", "reads the note aloud", id="as needed"),
        pytest.param("action", "writes the the problem down", "writes the problem down", id="double word"),
        pytest.param(
            "action", "writes a outline of the problem", "writes an outline of the problem", id="a before a vowel"
        ),
        pytest.param(
            "action", "asks an user for one example", "asks a user for one example", id="an before a consonant"
        ),
        pytest.param(
            "action",
            "writes the problem , then its owner",
            "writes the problem, then its owner",
            id="space before a comma",
        ),
    ],
)
def test_what_can_be_mended_is_mended(field: str, before: str, after: str):
    assert getattr(linted(parts(behaviour(0, **{field: before}))).behaviours[0], field) == after


def test_words_in_quotation_marks_are_left_as_the_document_has_them():
    said = 'reads "the the plan" aloud in planning'
    assert linted(parts(behaviour(0, action=said))).behaviours[0].action == said


def test_a_sentence_of_more_than_45_words_is_flagged_and_stays():
    long = "writes the problem " + "and the next reason that residents gave " * 7
    after = linted(parts(behaviour(0, action=long.strip())))
    assert len(after.behaviours) == 1
    assert any(note.action == "flagged" for note in after.notes)


def test_an_agenda_that_does_not_add_up_is_dropped():
    broken = ritual(0).model_copy(update={"agenda": (AgendaStep(step="reading", minutes=50),)})
    made = parts(behaviour(0)).model_copy(update={"rituals": (broken,)})
    assert ids(linted(made)) == ["beh-0"]


def test_a_ritual_that_everyone_decides_is_dropped():
    rights = DecisionRights(decider="everyone", scope="the cases shown", beyond="the budget owner")
    assert ids(linted(parts(ritual(0, decision_rights=rights), behaviour(0)))) == ["beh-0"]


def test_two_items_alike_are_united_in_the_stronger():
    weak = behaviour(0, ("int-2",), id="beh-weak", quotes=(quote(LISTEN),), confidence=0.4)
    strong = behaviour(0, ("int-1",), quotes=(quote(SHARED),))
    after = linted(parts(weak, strong, intents=(intent(1), intent(2, LISTEN))))
    assert ids(after) == ["beh-0"]
    assert after.behaviours[0].intent_ids == ("int-1", "int-2")
    assert after.behaviours[0].quotes == (quote(SHARED), quote(LISTEN))


def test_the_same_practice_for_the_same_actor_and_focus_is_united():
    other = behaviour(1, practice_id="intake-question")
    assert ids(linted(parts(behaviour(0, practice_id="intake-question"), other))) == ["beh-0"]


def test_one_practice_for_two_actors_stays_two_items():
    other = behaviour(1, practice_id="intake-question", actor="sponsor")
    assert len(ids(linted(parts(behaviour(0, practice_id="intake-question"), other)))) == 2


def test_indicators_of_a_merged_item_measure_the_one_that_stays():
    weak = behaviour(0, id="beh-weak", confidence=0.1, indicator_ids=("ind-leading-beh-weak",))
    after = linted(parts(behaviour(0), weak, indicators=(indicator(IndicatorKind.leading, "beh-weak"),)))
    assert after.indicators[0].item_ids == ("beh-0",)
    assert after.behaviours[0].indicator_ids == ("ind-leading-beh-weak",)


def test_of_two_items_that_undo_each_other_the_weaker_goes():
    written = behaviour(0, action="writes a weekly status report for the board")
    ended = behaviour(
        1, stop_doing=StopDoing(text="writing the weekly status report for the board", minutes_saved=30), confidence=0.9
    )
    assert ids(linted(parts(written, ended))) == ["beh-1"]


def test_an_alternative_gets_the_same_lint():
    item = behaviour(0)
    bad = alternative(item, action="embraces openness in planning", trigger="After a release")
    assert linted(parts(item.model_copy(update={"alternative": bad}))).behaviours[0].alternative is None


def test_an_alternative_that_would_double_another_item_is_none():
    item = behaviour(0)
    item = item.model_copy(update={"alternative": alternative(behaviour(1))})
    assert linted(parts(item, behaviour(1))).behaviours[0].alternative is None


def test_a_sound_alternative_stays():
    item = behaviour(0)
    item = item.model_copy(update={"alternative": alternative(behaviour(3))})
    assert linted(parts(item, behaviour(1))).behaviours[0].alternative is not None


def test_an_intent_whose_items_all_go_is_deferred_and_says_why():
    after = linted(parts(behaviour(0, actor="everyone")))
    assert after.intents == ()
    assert "nobody in particular" in after.deferred[0].reason


def test_running_it_twice_changes_nothing_more():
    long = "writes the the problem " + "and the next reason that residents gave " * 7
    where = Artefact(artefact="a outline", location="in the record , open", minutes_after=5)
    once = linted(parts(behaviour(0, action=long.strip(), evidence=where), behaviour(1, actor="people"), ritual(0)))
    assert linted(once) == once


def test_a_vague_word_of_time_within_a_quotation_stays_as_it_was_written():
    said = "asks what was done for “Periodically review the value” and answers periodically"
    assert without_vague_time(said, LEXICONS) == "asks what was done for “Periodically review the value” and answers"
    assert vague_time("shows “regularly tested” parts", LEXICONS) is None
