import threading

import pytest

from service.store.catchball import CatchballRepository, Said
from service.store.erasing import DOORS, tables_of_plans
from service.store.errors import NotFound, PlanErased, PlanNotReady
from service.store.plans import PlanRepository
from service.store.proposals import ProposalRepository
from service.store.records import PlanState
from service.store.tables import Tables


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


def test_a_written_plan_outlives_its_document_as_a_tombstone(plans, plan, documents, kept):
    plans.add_version(plan.id, '{"words": "of the document"}', "Ada", "said “of the document”", '{"a": 1}')
    documents.remove(kept.id)
    record = plans.get(plan.id)
    assert (record.document_id, record.title, record.state) == (None, "Plan of an erased document", PlanState.erased)
    assert [note.reason for note in plans.versions(plan.id)] == ["words erased with the document"]
    assert "of the document" not in plans.tombstone(plan.id).content
    with pytest.raises(PlanErased):
        plans.version(plan.id)


def test_an_unwritten_plan_goes_with_its_document(plans, plan, documents, kept):
    documents.remove(kept.id)
    with pytest.raises(NotFound):
        plans.get(plan.id)


def test_nothing_is_written_to_a_plan_after_its_words_were_erased(database, plans, plan, documents, kept):
    plans.add_version(plan.id, "{}", "Ada", "first")
    documents.remove(kept.id)
    plans.set_state(plan.id, PlanState.failed, "words")
    assert plans.get(plan.id).state is PlanState.erased
    said = Said("intent", "i-1", "comment", "words", "Ada", "link")
    for write in (
        lambda: plans.add_version(plan.id, "{}", "Ada", "late"),
        lambda: plans.tell(plan.id, "card", {"title": "late"}),
        lambda: ProposalRepository(database, "one").add(plan.id, None, "redraft", "{}", "late", "Ada"),
        lambda: CatchballRepository(database, "one").add(plan.id, [said]),
        lambda: CatchballRepository(database, "one").invite(plan.id, "team", "late", "Ada"),
    ):
        with pytest.raises(PlanErased):
            write()


def test_every_table_is_emptied_with_a_document_or_has_a_reason_to_stay():
    # A new table about plans is emptied by itself; one that must survive is named in KEPT_WITH_PLANS or DOORS.
    names = {table.name for table in Tables.metadata.sorted_tables if "plan_id" in table.columns}
    assert {table.name for table in tables_of_plans()} == names - {"plan_versions"}
    assert {"credentials", "memberships", "audit_entries"} == DOORS


def test_another_workspace_neither_sees_nor_alters_a_plan(database, plans, plan):
    other = PlanRepository(database, "two")
    other.set_state(plan.id, PlanState.failed, "no")
    with pytest.raises(NotFound):
        other.get(plan.id)
    assert other.events(plan.id) == []
    assert plans.get(plan.id).state is PlanState.queued
