from __future__ import annotations

from corpora.load import load_practices
from corpora.records import RoleClass
from service.plan.items import Flag
from service.stages.standard import acted_on, few_standard_forms
from tests.service.planmaker import BUDGETS, LISTEN, SHARED, ask, behaviour, intent, parts, ritual

TWO = (intent(1, SHARED), intent(2, LISTEN))
STANDARD = (Flag.standard_form,)


def kept(made):
    return [item.id for item in (*made.behaviours, *made.rituals)]


def test_two_standard_forms_stay():
    made = parts(behaviour(0, flags=STANDARD), behaviour(1, flags=STANDARD), behaviour(2))
    assert few_standard_forms(made, BUDGETS) == made


def test_a_third_goes_where_its_intent_has_others_and_the_one_that_fits_least_first():
    alone = behaviour(0, ("int-2",), flags=STANDARD, confidence=0.3)
    little = behaviour(1, ("int-1",), flags=STANDARD, confidence=0.5)
    well = behaviour(2, ("int-1",), flags=STANDARD, confidence=0.9)
    after = few_standard_forms(parts(alone, little, well, behaviour(3, ("int-1",)), intents=TWO), BUDGETS)
    assert kept(after) == [alone.id, well.id, "beh-3"]
    (note,) = [note for note in after.notes if note.stage == "standard"]
    assert (note.item_id, note.action) == (little.id, "dropped")
    assert "binds too little of the document" in note.reason


def test_a_ritual_counts_like_a_behaviour():
    made = parts(behaviour(0, flags=STANDARD), behaviour(1, flags=STANDARD), ritual(0, flags=STANDARD, confidence=0.1))
    assert kept(few_standard_forms(made, BUDGETS)) == ["beh-0", "beh-1"]


def test_an_intent_that_loses_all_it_had_waits_with_the_reason():
    items = [behaviour(n, ("int-1",), flags=STANDARD, confidence=0.9) for n in (0, 1)]
    last = behaviour(2, ("int-2",), flags=STANDARD, confidence=0.2)
    more = behaviour(3, ("int-2",), flags=STANDARD, confidence=0.1)
    after = few_standard_forms(
        parts(*items, last, more, intents=TWO), BUDGETS.model_copy(update={"max_standard_forms": 1})
    )
    assert len(kept(after)) == 1
    assert any("would fit any document" in deferred.reason for deferred in after.deferred)


def test_an_intent_with_a_meeting_or_a_question_alone_waits():
    alone = parts(behaviour(0, ("int-1",)), ritual(0, ("int-2",)), ask(0, ("int-2",)), intents=TWO)
    after = acted_on(alone, {})
    assert (kept(after), after.policy_asks) == (["beh-0"], ())
    assert [deferred.intent.id for deferred in after.deferred] == ["int-2"]


def test_a_leaders_plain_act_never_serves_an_intent_alone():
    practices = {practice.id: practice for practice in load_practices()}
    asked = {"practice_id": "asked-first", "role_class": RoleClass.leader}
    beside = parts(behaviour(0, ("int-1",), **asked), behaviour(1, ("int-1",)), intents=TWO[:1])
    assert acted_on(beside, practices) == beside
    alone = parts(behaviour(0, ("int-1",)), behaviour(1, ("int-2",), **asked), intents=TWO)
    after = acted_on(alone, practices)
    assert kept(after) == ["beh-0"]
    assert [deferred.intent.id for deferred in after.deferred] == ["int-2"]
