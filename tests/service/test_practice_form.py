import pytest

from corpora.load import load_capabilities, load_practices
from corpora.own import practice_of
from corpora.records import Kind
from service.practice_form import entry_of, field_of, parts_of, typed_of

CAPABILITIES = {one.id: one.name for one in load_capabilities()}
FORMS = {kind: parts_of(kind, CAPABILITIES) for kind in Kind}


#: What calls for a practice of the library by its verb is no part of the form for one's own.
FORMED = [practice for practice in load_practices() if not practice.deeds]


@pytest.mark.parametrize("practice", FORMED, ids=lambda practice: practice.id)
def test_a_practice_goes_through_the_form_and_comes_back_the_same(practice):
    parts = FORMS[practice.kind]
    entry = entry_of(practice.kind, typed_of(practice, parts), parts)
    assert practice_of(entry, practice.id, practice.number) == practice


@pytest.mark.parametrize("kind", Kind)
def test_an_empty_form_is_an_entry_without_words(kind):
    assert set(entry_of(kind, {}, FORMS[kind])) == {"kind", "form", "adds_gate", "technical", "source"}


def test_odd_lines_are_kept_to_be_refused_with_their_words():
    entry = entry_of(Kind.behaviour, {"form.time_cost": ["boss | ten\nteam member | 5 | 6 | 7"]}, FORMS[Kind.behaviour])
    assert entry["form"]["time_cost"] == [
        {"role_class": "boss", "minutes": "ten"},
        {"role_class": "contributor", "minutes": 5, "prep_minutes": "6 | 7"},
    ]


def test_a_fault_deep_in_a_field_belongs_to_its_box():
    assert field_of("form.agenda.2.minutes", FORMS[Kind.ritual]).path == "form.agenda"
    assert field_of("nowhere", FORMS[Kind.ritual]) is None
