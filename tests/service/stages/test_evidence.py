"""What else the document says about an intent, and the words it lends to the items."""

from __future__ import annotations

import pytest

from retrieval.documents import Span
from retrieval.memory_store import MemoryPassageStore
from retrieval.search import Searcher
from retrieval.vectors import MemoryIndex, Rows
from service.engines.patterns.ledger import find_intents
from service.plan.reading import Term, TermKind
from service.stages.evidence import MOST_EVIDENCE, Found, _fits, find_evidence
from service.stages.intents import make_intents
from tests.service.harbour import read

FREED = "The district nurses will visit patients at home before any clinic is closed.\n\n"
WARDS = (
    FREED
    + "Patients trust the district nurses. Each clinic reports to the chief nurse. Every clinic has a ward manager.\n"
)


def searched(reading, workshop, choose) -> Found:
    ids = tuple(passage.id for passage in reading.passages)
    index = MemoryIndex([Rows("memory", reading.document.sha256, ids, reading.passage_vectors)])
    intent = next(i for i in make_intents(find_intents(reading), reading) if choose in i.statement)
    with MemoryPassageStore(reading.passages) as store:
        return find_evidence(intent, reading, Searcher(index, store, workshop.embedder, "memory"), workshop.embedder)


@pytest.fixture(scope="module")
def found(harbour, workshop):
    return searched(harbour, workshop, "speak with passengers")


@pytest.mark.parametrize(("one", "many"), [("user", "users"), ("team", "teams")])
def test_a_slot_and_its_plural_get_the_documents_own_word_in_the_right_number(found, one, many):
    words = {"user": ("passenger", "passengers"), "team": ("team", "teams")}[one]
    assert (found.values[one].split()[-1], found.values[many].split()[-1]) == words
    assert found.terms[one] is found.terms[many]


def test_the_role_that_the_intent_names_leads(found):
    assert found.values["lead"] == "service manager"


def test_a_senior_role_is_the_leader(found):
    assert found.values.get("leader", "chief executive") == "chief executive"


def test_the_words_are_those_of_the_document_at_hand(workshop):
    ward = searched(read(WARDS, workshop), workshop, "district nurses")
    assert ward.values["users"] == "patients"
    assert "passenger" not in " ".join(ward.values.values())


def test_every_term_behind_a_slot_stands_at_its_place(found, harbour):
    assert [t for t in found.terms.values() if t.span.of(harbour.document.text) != t.text] == []


def test_a_slot_that_the_document_does_not_fill_is_absent(workshop):
    bare = searched(read("We will sail at night and never wait for daylight again.\n", workshop), workshop, "night")
    assert {"user", "users", "team", "lead", "leader", "partner"}.isdisjoint(bare.values)


def test_the_aim_cites_the_intents_own_words(found):
    assert found.values["aim"].startswith("“")
    assert "passengers" in found.values["aim"] or "Service managers" in found.values["aim"]


def test_an_intent_is_named_by_a_phrase_that_reads_aloud_or_left_to_the_forms_own_words(found, workshop):
    bare = searched(read("We will not sail at night unless the crew agrees to it.\n", workshop), workshop, "night")
    assert found.values["focus"]
    assert "focus" not in bare.values or "not" not in bare.values["focus"].split()[0]


def test_evidence_is_near_exact_and_not_the_intent_itself(found, harbour):
    assert len(found.evidence) <= MOST_EVIDENCE
    scores = [each.score for each in found.evidence]
    assert scores == sorted(scores, reverse=True)
    for each in found.evidence:
        assert each.span.of(harbour.document.text) == harbour.by_id(each.sentence_id).text
        assert "Service managers will speak" not in harbour.by_id(each.sentence_id).text


@pytest.mark.parametrize(
    ("slot", "kind", "words", "count", "fits"),
    [
        ("team", TermKind.team, "crew", 2, True),
        ("team", TermKind.team, "Departments", 9, False),
        ("team", TermKind.team, "policy team", 2, False),
        ("work", TermKind.work, "best products", 9, False),
        ("work", TermKind.work, "capital programme", 2, False),
        ("work", TermKind.work, "release", 2, True),
        ("work", TermKind.work, "Harbour Digital Service", 9, False),
        ("leader", TermKind.leader, "Secretary", 3, False),
        ("lead", TermKind.role, "package manager", 9, False),
        ("lead", TermKind.role, "service manager", 2, True),
    ],
)
def test_a_slot_takes_only_words_that_can_stand_for_all_of_its_kind(slot, kind, words, count, fits):
    assert _fits(slot, Term(kind, words, Span(0, len(words)), count, "s1")) is fits


def test_one_sort_of_team_among_others_does_not_stand_for_all(workshop):
    sorts = (
        "The policy teams meet in May. The policy teams meet in June. The policy teams write. The policy teams sail. "
    )
    others = "Night teams rest. Repair teams rest. Harbour teams rest. Ferry teams rest. Our teams rest. Teams decide. "
    text = f"We will sail at night and never wait for daylight again.\n\n{sorts}{others}\n"
    assert searched(read(text, workshop), workshop, "night").values["team"] == "team"
