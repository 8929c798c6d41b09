import pytest

from service.store.documents import Upload
from service.store.errors import NotFound, PlanErased
from service.store.plans import PlanRepository
from service.store.records import RevisionState
from service.store.revisions import RevisionRepository


@pytest.fixture
def plans(database):
    return PlanRepository(database, "one")


@pytest.fixture
def revisions(database):
    return RevisionRepository(database, "one")


@pytest.fixture
def newer(documents, kept, document):
    found = document(["We will answer every letter in one day."], sha="b")
    return documents.add(Upload("aims-2.txt", 10, found), replaces=kept.id)


def test_a_plan_rests_on_the_text_of_its_current_version(plans, kept, newer):
    plan = plans.add(kept, "patterns")
    plans.add_version(plan.id, "{}", "patterns", "first draft")
    plans.add_version(plan.id, "{}", "You", "followed", text_id=newer.text_id)
    assert [plans.version(plan.id, number).text_id for number in (1, 2)] == [kept.text_id, newer.text_id]
    assert plans.get(plan.id).text_id == newer.text_id
    plans.add_version(plan.id, "{}", "You", "went on")
    assert plans.version(plan.id).text_id == newer.text_id
    plans.add_version(plan.id, "{}", "You", "went back", text_id=kept.text_id)
    assert plans.get(plan.id).text_id == kept.text_id


def test_a_revision_is_compared_once_and_the_latest_counts(plans, revisions, kept, newer):
    plan = plans.add(kept, "patterns")
    assert revisions.latest(plan.id) is None
    first = revisions.add(plan.id, kept.text_id, newer.text_id, "You")
    assert first.state is RevisionState.comparing
    revisions.keep(first.id, '{"matches": []}')
    assert revisions.get(plan.id, first.id).state is RevisionState.comparing
    revisions.compared(first.id)
    assert revisions.latest(plan.id).content == '{"matches": []}'
    second = revisions.add(plan.id, kept.text_id, newer.text_id, "You")
    revisions.failed(second.id, "It cannot be read.")
    assert (revisions.latest(plan.id).id, revisions.latest(plan.id).problem) == (second.id, "It cannot be read.")


def test_another_workspace_sees_no_revision(database, plans, revisions, kept, newer):
    plan = plans.add(kept, "patterns")
    made = revisions.add(plan.id, kept.text_id, newer.text_id, "You")
    other = RevisionRepository(database, "two")
    assert other.latest(plan.id) is None
    with pytest.raises(NotFound):
        other.get(plan.id, made.id)
    with pytest.raises(NotFound):
        other.add(plan.id, kept.text_id, newer.text_id, "You")


def test_erasing_the_document_erases_its_revisions(documents, plans, revisions, kept, newer):
    plan = plans.add(kept, "patterns")
    plans.add_version(plan.id, "{}", "patterns", "first draft")
    revisions.add(plan.id, kept.text_id, newer.text_id, "You")
    documents.remove(kept.id)
    assert revisions.latest(plan.id) is None
    assert plans.tombstone(plan.id).text_id is None
    with pytest.raises(PlanErased):
        revisions.add(plan.id, kept.text_id, newer.text_id, "You")


def test_a_text_is_known_by_its_bytes_and_names_its_version(documents, kept, newer):
    assert documents.text(kept.text_id).version == 1
    found = documents.text_with_bytes("b" * 64)
    assert (found.text_id, found.version, found.document_id) == (newer.text_id, 2, kept.id)
    assert documents.text_with_bytes("c" * 64) is None
