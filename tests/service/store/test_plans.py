import threading

import pytest

from service.store.errors import NotFound, PlanNotReady
from service.store.plans import PlanRepository
from service.store.records import PlanState


@pytest.fixture
def plans(database):
    return PlanRepository(database, "one")


@pytest.fixture
def plan(plans, kept):
    return plans.add(kept, "patterns")


def test_versions_are_numbered_and_know_their_parent(plans, plan):
    plans.add_version(plan.id, "{}", "patterns", "first draft")
    second = plans.add_version(plan.id, '{"a": 1}', "Ada", "clearer words")
    assert (second.number, second.parent) == (2, 1)
    assert plans.version(plan.id).content == '{"a": 1}'
    assert plans.version(plan.id, 1).content == "{}"


def test_a_plan_without_content_says_so(plans, plan):
    with pytest.raises(PlanNotReady):
        plans.version(plan.id)


def test_events_of_several_writers_are_numbered_without_gaps(plans, plan):
    writers = [threading.Thread(target=plans.tell, args=(plan.id, "card", {"n": n})) for n in range(12)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [event.number for event in plans.events(plan.id)] == list(range(1, 13))


def test_events_are_read_after_a_number(plans, plan):
    for kind in ("queued", "stage", "done"):
        plans.tell(plan.id, kind)
    assert [event.kind for event in plans.events(plan.id, after=1)] == ["stage", "done"]


def test_a_plan_outlives_its_document_unless_it_is_removed_too(plans, plan, documents, kept):
    documents.remove(kept.id)
    assert plans.get(plan.id).document_id is None


def test_another_workspace_neither_sees_nor_alters_a_plan(database, plans, plan):
    other = PlanRepository(database, "two")
    other.set_state(plan.id, PlanState.failed, "no")
    with pytest.raises(NotFound):
        other.get(plan.id)
    assert other.events(plan.id) == []
    assert plans.get(plan.id).state is PlanState.queued
