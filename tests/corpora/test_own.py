import pytest
import yaml

from corpora.load import load_practices
from corpora.own import OwnPracticeError, entries_in, is_own, practice_of, revised_id, slug_of


@pytest.fixture(scope="module")
def entry():
    return load_practices()[0].model_dump(mode="json")


def faults_of(entry):
    with pytest.raises(OwnPracticeError) as caught:
        practice_of(entry, "own-trial-1", 501)
    return {fault.field: fault.why for fault in caught.value.faults}


def test_every_practice_of_the_library_could_be_ones_own():
    for practice in load_practices():
        assert practice_of(practice.model_dump(mode="json"), practice.id, practice.number) == practice


def test_all_faults_are_named_at_once_in_plain_words(entry):
    form = entry["form"] | {"duration_min": "long", "agenda": entry["form"]["agenda"][:2]}
    broken = {key: value for key, value in entry.items() if key != "name"} | {"form": form, "serves": ["one"], "K": 1}
    found = faults_of(broken)
    assert found["name"] == "is missing"
    assert found["form.duration_min"] == "must be a whole number"
    assert found["form.agenda"] == "name at least 3"
    assert found["K"] == "is no field that belongs here"
    assert "serves" in found
    assert not [why for why in found.values() if "Input" in why or "Form" in why]


def test_a_sum_that_does_not_fit_is_explained(entry):
    assert "agenda adds up to" in faults_of(entry | {"form": entry["form"] | {"duration_min": 30}})["form"]


def test_slots_and_lengths_are_checked_as_in_the_library(entry):
    found = faults_of(entry | {"purpose": "for {nobody|them}", "mechanism": "a" * 601})
    assert "unknown slot" in found["purpose"]
    assert "600" in found["mechanism"]


@pytest.mark.parametrize("entry", [{}, {"kind": "none"}, {"kind": ["ritual"]}, {"form": "words"}], ids=str)
def test_odd_entries_are_refused_with_reasons(entry):
    assert faults_of(entry)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "holds no practice"),
        ("just words", "holds no practice"),
        ("[]", "holds no practice"),
        ("a: [", "not valid YAML"),
        ("a: &x [1]\nb: *x", "aliases"),
        ("[" * 40 + "]" * 40, "nested too deeply"),
        ("a: \x00", "characters"),
        ("a: \ud800", "characters"),
        ("year: 2024-13-45", "cannot be read"),
        ("a" * 200_001, "longer than"),
        ("- {}\n" * 51, "at most 50"),
        ("a: !!python/object:os.system x", "not valid YAML"),
    ],
    ids=lambda text: text[:20].encode("ascii", "backslashreplace").decode(),
)
def test_yaml_that_is_no_practice_is_refused_in_plain_words(text, why):
    with pytest.raises(OwnPracticeError, match=why):
        entries_in(text)


def test_yaml_gives_the_line_of_every_field(entry):
    ((found, lines),) = entries_in(yaml.safe_dump([entry], sort_keys=False))
    assert found == entry
    assert lines["id"] == 1
    assert lines["form.agenda.1.minutes"] > lines["form.agenda"] > lines["form"]


def test_ids_are_plain_and_pin_a_revision():
    assert slug_of("Über-Café: Monday  walk!") == "uber-cafe-monday-walk"
    assert slug_of("市場") == "practice"
    assert is_own(revised_id("monday-walk", 2))
    assert not any(is_own(practice.id) for practice in load_practices())


def test_a_practice_says_what_its_stop_frees(entry):
    form = entry["form"]
    stop = "stop_doing" if "stop_doing" in form else "replaces"
    changed = {**entry, "form": {**form, stop: {**form[stop], "minutes_saved": None}}}
    assert any("how many minutes what ends frees" in why for why in faults_of(changed).values())
