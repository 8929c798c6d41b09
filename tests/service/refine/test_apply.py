"""What each edit does to a plan, on a plan made from a sample strategy."""

from __future__ import annotations

import pytest

from corpora.load import load_strategies
from retrieval.parse import parse_bytes
from service.checks import CheckContext
from service.pipeline import ingest, make_plan
from service.plan.plan import Plan
from service.plan.provenance import Provenance
from service.refine.apply import Tools, apply, join, put
from service.refine.edits import (
    Accept,
    AddItem,
    BringBack,
    EditFields,
    Lock,
    Merge,
    Move,
    Reject,
    Swap,
    Unlock,
    UsePractice,
)
from service.refine.errors import EditRefused, ItemLocked, NoSuchItem, WordsRefused
from service.refine.lists import items_of
from service.refine.marks import Marks, Review, Standing
from service.refine.words import editable
from service.rewording import Rewording
from tests.service.harbour import engine

TEXT = next(one.text for one in load_strategies() if one.id == "vantry-bank-memo")
PLAIN = "writes down one thing the team will not do this month"


@pytest.fixture(scope="module")
def ingested(workshop):
    return ingest(parse_bytes(TEXT.encode(), "policy.md"), workshop.embedder)


@pytest.fixture(scope="module")
def plan(ingested, workshop) -> Plan:
    return make_plan(ingested, workshop, engine(workshop))


@pytest.fixture(scope="module")
def tools(plan, ingested, workshop) -> Tools:
    context = CheckContext(
        document=ingested.document,
        practices=workshop.library.by_id(),
        budgets=workshop.library.budgets,
        lexicons=workshop.lexicons,
        embedder=workshop.embedder,
    )
    return Tools(context, Rewording(plan, ingested, workshop).word, "Ada")


@pytest.fixture
def standing(plan) -> Standing:
    return Standing(plan, Marks())


def first(standing: Standing):
    return standing.plan.behaviours[0]


def titled(standing: Standing) -> list[str]:
    return [item.title for item in items_of(standing.plan)]


def test_a_persons_words_stand_and_are_marked_as_hers(standing, tools):
    item = first(standing)
    after = apply(standing, EditFields(item_id=item.id, words={"action": PLAIN}), tools)
    assert first(after).id == item.id
    assert first(after).action == PLAIN
    assert after.marks.of(item.id).hand_written == ("action",)
    (source,) = [one for one in first(after).sources if one.field == "action"]
    assert source.provenance is Provenance.person
    assert "Ada" in source.note


def test_a_number_that_a_person_writes_is_hers_and_no_invention(standing, tools):
    words = {"trigger": "When the board meets on 3 March 2031"}
    after = apply(standing, EditFields(item_id=first(standing).id, words=words), tools)
    assert next(one for one in after.plan.scores if one.criterion == "G1").score == 5


@pytest.mark.parametrize(
    ("path", "words", "why"),
    [
        ("action", "", "at least a word"),
        ("action", "x" * 700, "at most 600"),
        ("action", "ranks each employee by output every week", "measures, ranks or names a person"),
        ("action", "writes TODO on the page", "still to be filled in"),
        ("quotes.0.text", "other words", "no such field"),
        ("mechanism", "other words", "no such field"),
    ],
)
def test_words_that_cannot_stand_are_refused_with_the_reason_beside_the_field(standing, tools, path, words, why):
    with pytest.raises(WordsRefused) as refused:
        apply(standing, EditFields(item_id=first(standing).id, words={path: words}), tools)
    assert why in refused.value.faults[path]


def test_a_vague_edit_stands_and_its_form_check_says_so(standing, tools):
    item = first(standing)
    after = apply(
        standing, EditFields(item_id=item.id, words={"action": "supports collaboration where possible"}), tools
    )
    assert item.id in next(one for one in after.plan.scores if one.criterion == "C3").item_ids


def test_no_quote_can_be_edited(plan):
    for item in items_of(plan):
        assert not any(field.path.startswith(("quotes", "terms", "first_case")) for field in editable(item))


def test_a_locked_item_refuses_every_edit_until_it_is_unlocked(standing, tools):
    item = first(standing)
    locked = apply(standing, Lock(item_id=item.id), tools)
    for edit in (
        EditFields(item_id=item.id, words={"action": PLAIN}),
        Reject(item_id=item.id, reason="We do this already."),
        Swap(item_id=item.id),
        Move(item_id=item.id, to="down"),
        UsePractice(item_id=item.id, practice_id="backbrief"),
    ):
        with pytest.raises(ItemLocked):
            apply(locked, edit, tools)
    free = apply(locked, Unlock(item_id=item.id), tools)
    assert first(apply(free, EditFields(item_id=item.id, words={"action": PLAIN}), tools)).action == PLAIN


def test_an_accepted_item_is_marked_and_its_words_stay(standing, tools):
    after = apply(standing, Accept(item_id=first(standing).id), tools)
    assert after.marks.of(first(standing).id).review is Review.accepted
    assert after.plan == standing.plan


def test_a_rejected_item_is_kept_aside_whole_and_can_come_back(standing, tools):
    item = first(standing)
    gone = apply(standing, Reject(item_id=item.id, reason="We do this already."), tools)
    assert item.id not in [one.id for one in items_of(gone.plan)]
    assert not any(item.id in one.item_ids for one in gone.plan.indicators)
    assert gone.marks.set_aside[0].item == item
    back = apply(gone, BringBack(item_id=item.id), tools)
    assert item in back.plan.behaviours
    assert {one.id for one in back.plan.indicators} == {one.id for one in standing.plan.indicators}
    assert back.marks.set_aside == ()


def test_an_intent_that_loses_its_last_item_waits_with_the_reason_and_wakes_again(standing, tools):
    target = standing.plan.intents[-1]
    now = standing
    own = [item.id for item in items_of(standing.plan) if target.id in item.intent_ids]
    for name in own:
        now = apply(now, Reject(item_id=name, reason="Not this quarter."), tools)
    (waiting,) = [one for one in now.plan.deferred_intents if one.intent.id == target.id]
    assert "Not this quarter." in waiting.reason
    back = apply(now, BringBack(item_id=own[0]), tools)
    assert target.id in [intent.id for intent in back.plan.intents]


def test_load_and_rollout_follow_the_items(standing, tools):
    ritual = standing.plan.rituals[0]
    after = apply(standing, Reject(item_id=ritual.id, reason="Too many meetings."), tools)
    assert all(ritual.id not in one.item_ids for one in after.plan.load)
    assert all(ritual.id not in step.item_ids for step in after.plan.rollout)


def test_the_alternative_takes_the_items_place_under_its_id(standing, tools):
    item = next(one for one in standing.plan.behaviours if one.alternative)
    after = apply(standing, Swap(item_id=item.id), tools)
    new = next(one for one in after.plan.behaviours if one.id == item.id)
    assert new.title == item.alternative.title
    assert new.alternative.title == item.title
    again = apply(after, Swap(item_id=item.id), tools)
    assert next(one for one in again.plan.behaviours if one.id == item.id).title == item.title


def test_words_of_a_person_are_not_overwritten_by_another_form(standing, tools):
    item = next(one for one in standing.plan.behaviours if one.alternative)
    mine = apply(standing, EditFields(item_id=item.id, words={"action": PLAIN}), tools)
    for edit in (Swap(item_id=item.id), UsePractice(item_id=item.id, practice_id="backbrief")):
        with pytest.raises(EditRefused, match="words a person wrote"):
            apply(mine, edit, tools)


def test_another_practice_is_worded_for_the_items_intent_under_its_id(standing, tools, workshop):
    item = first(standing)
    used = {one.practice_id for one in items_of(standing.plan)}
    other = next(p for p in workshop.library.practices if p.kind.value == "behaviour" and p.id not in used)
    after = apply(standing, UsePractice(item_id=item.id, practice_id=other.id), tools)
    assert (first(after).id, first(after).practice_id) == (item.id, other.id)
    assert first(after).intent_ids[0] == item.intent_ids[0]
    assert {one.id for one in after.plan.indicators} >= set(first(after).indicator_ids)


def test_a_practice_of_another_kind_or_in_use_is_refused(standing, tools):
    used = next(one for one in items_of(standing.plan) if one.practice_id)
    item = next(one for one in standing.plan.behaviours if one is not used)
    with pytest.raises(EditRefused, match="already uses"):
        apply(standing, UsePractice(item_id=item.id, practice_id=used.practice_id), tools)
    with pytest.raises(NoSuchItem):
        apply(standing, UsePractice(item_id=item.id, practice_id="no-such-practice"), tools)


def test_a_practice_can_join_the_plan_for_an_active_intent(standing, tools, workshop):
    used = {one.practice_id for one in items_of(standing.plan)}
    other = next(p for p in workshop.library.practices if p.kind.value == "behaviour" and p.id not in used)
    after = apply(standing, AddItem(intent_id=standing.plan.intents[0].id, practice_id=other.id), tools)
    assert other.name in titled(after)
    with pytest.raises(NoSuchItem):
        apply(standing, AddItem(intent_id="int-none", practice_id=other.id), tools)


def test_two_items_of_a_kind_become_one_that_serves_both_intents(standing, tools):
    one, other = standing.plan.behaviours[:2]
    after = apply(standing, Merge(item_id=one.id, other_id=other.id), tools)
    united = next(item for item in after.plan.behaviours if item.id == one.id)
    assert set(united.intent_ids) == {*one.intent_ids, *other.intent_ids}
    assert {q.start for q in united.quotes} == {q.start for q in (*one.quotes, *other.quotes)}
    assert "united with" in after.marks.set_aside[0].reason
    with pytest.raises(EditRefused):
        apply(standing, Merge(item_id=one.id, other_id=standing.plan.rituals[0].id), tools)


def test_items_change_places_within_their_kind(standing, tools):
    names = [item.id for item in standing.plan.behaviours]
    after = apply(standing, Move(item_id=names[1], to="up"), tools)
    assert [item.id for item in after.plan.behaviours][:2] == [names[1], names[0]]
    assert apply(standing, Move(item_id=names[0], to="up"), tools).plan.behaviours == standing.plan.behaviours


def test_another_draft_is_another_practice_that_heeds_the_remark(standing, tools, ingested, workshop):
    item = first(standing)
    remark = "listen to calls of people who ring the help line"
    made = Rewording(standing.plan, ingested, workshop).redraft(item.id, remark)
    assert made.item.practice_id == "contact-line-listening"
    taken = put(standing, item.id, made, tools)
    assert (first(taken).id, first(taken).title) == (item.id, made.item.title)
    further = join(standing, made, tools)
    assert made.item.id in [one.id for one in items_of(further.plan)]


def test_every_quote_stays_exact_through_edits(standing, tools, ingested):
    now = apply(standing, Swap(item_id=next(b.id for b in standing.plan.behaviours if b.alternative)), tools)
    now = apply(now, Merge(item_id=now.plan.behaviours[0].id, other_id=now.plan.behaviours[1].id), tools)
    for item in items_of(now.plan):
        for quote in item.quotes:
            assert ingested.document.text[quote.start : quote.end] == quote.text


def test_a_stop_that_a_person_rewords_keeps_no_minutes_of_the_words_before(standing, tools):
    item = first(standing)
    edit = EditFields(item_id=item.id, words={"stop_doing.text": "writing the long form twice"})
    after = first(apply(standing, edit, tools)).stop_doing
    assert (item.stop_doing.minutes_saved or 0) > 0
    assert after.minutes_saved is None


def test_a_person_may_give_the_minutes_in_the_words_of_the_stop(standing, tools):
    edit = EditFields(item_id=first(standing).id, words={"stop_doing.text": "the 50-minute round of reports"})
    assert first(apply(standing, edit, tools)).stop_doing.minutes_saved == 50


def test_an_edit_reckons_the_load_of_each_named_role_again(standing, tools):
    item = first(standing)
    after = apply(standing, EditFields(item_id=item.id, words={"actor": "harbour pilot"}), tools).plan
    assert "harbour pilot" in [load.role for load in after.load_by_role]


def test_a_practice_that_deeds_call_for_can_be_chosen_for_any_intent(standing, tools, ingested, workshop):
    used = {item.practice_id for item in items_of(standing.plan)}
    called = next(practice for practice in workshop.library.deeds if practice.id not in used and not practice.plain)
    intent = standing.plan.intents[0]
    made = Rewording(standing.plan, ingested, workshop).word(intent.id, called.id)
    assert made.item.practice_id == called.id
    assert made.item.intent_ids == (intent.id,)
    assert "|" not in f"{made.item.trigger} {made.item.action}"
