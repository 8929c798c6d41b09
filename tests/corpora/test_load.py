from pathlib import Path

import pytest
import yaml

from corpora.load import (
    PRACTICES,
    LibraryError,
    library_version,
    load_act_classes,
    load_budgets,
    load_capabilities,
    load_gathering,
    load_practices,
    load_strategies,
)
from corpora.records import RoleClass

REAL = (PRACTICES / "k12-sustainment.yaml").read_text(encoding="utf-8")


def library(folder: Path, text: str, name: str = "practices.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def line_holding(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def test_practices_come_sorted_by_number(tmp_path):
    numbers = [practice.number for practice in load_practices(library(tmp_path, REAL))]
    assert numbers == [79, 80]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("duration_min: 60", "duration_min: 61", "form"),
        ("barrier: psychological capability", "barrier: laziness", "form.barrier"),
        ("events_per_month: 0.5", "events_per_month: 0", "form.cadence.events_per_month"),
        ("capability: K12", "capability: K13", "capability"),
        ("{team|team} handbook", "{squad|team} handbook", "form.evidence.location"),
        ("{team|team} handbook", "{team} handbook", "form.evidence.location"),
    ],
    ids=["agenda sum", "unknown barrier", "no events", "unknown capability", "unknown slot", "slot without default"],
)
def test_a_fault_is_reported_with_file_line_practice_and_field(tmp_path, old, new, field):
    assert old in REAL
    broken = REAL.replace(old, new, 1)
    with pytest.raises(LibraryError) as caught:
        load_practices(library(tmp_path, broken))
    error = caught.value
    assert error.field == field
    assert error.record in {"ritual-health-check", "joiners-first-ritual"}
    message = str(error)
    assert message.startswith(f"{tmp_path / 'practices.yaml'}:{error.line}: [{error.record}] {field}:")
    if field != "form":
        assert error.line == line_holding(broken, new)


def test_a_fault_inside_a_form_is_told_in_the_words_of_that_kind_of_form(tmp_path):
    broken = REAL.replace('    owner: "usual facilitator of the gathering"\n', "", 1)
    with pytest.raises(LibraryError, match=r"joiners-first-ritual\] form\.owner: Field required"):
        load_practices(library(tmp_path, broken))


def test_an_unknown_key_is_refused(tmp_path):
    broken = REAL.replace("  number: 80", "  number: 80\n  colour: green", 1)
    with pytest.raises(LibraryError, match=r"joiners-first-ritual\] colour: Extra inputs"):
        load_practices(library(tmp_path, broken))


def test_text_that_is_not_yaml_is_reported_with_its_line(tmp_path):
    with pytest.raises(LibraryError, match=r"practices\.yaml:3: is not valid YAML"):
        load_practices(library(tmp_path, "- id: a\n  name: [b\n- id: c\n"))


def test_a_file_that_holds_no_list_is_refused(tmp_path):
    with pytest.raises(LibraryError, match="must be a list of Practice entries"):
        load_practices(library(tmp_path, "id: alone\n"))


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(LibraryError, match="holds no practices"):
        load_practices(tmp_path)


def test_an_id_used_twice_is_refused_and_both_places_are_named(tmp_path):
    library(tmp_path, REAL, "a.yaml")
    library(tmp_path, REAL.replace("number: 79", "number: 801").replace("number: 80\n", "number: 802\n"), "b.yaml")
    with pytest.raises(LibraryError, match=r"b\.yaml:\d+: \[ritual-health-check\] id: .*already used at a\.yaml:2"):
        load_practices(tmp_path)


def test_a_number_used_twice_is_refused(tmp_path):
    library(tmp_path, REAL, "a.yaml")
    library(tmp_path, REAL.replace("id: ritual-", "id: other-").replace("id: joiners-", "id: others-"), "b.yaml")
    with pytest.raises(LibraryError, match="number: 79 is already used"):
        load_practices(tmp_path)


def test_the_version_does_not_depend_on_order(tmp_path):
    practices = load_practices(library(tmp_path, REAL))
    assert library_version(practices) == library_version(practices[::-1])


def test_the_version_changes_with_one_word(tmp_path):
    before = library_version(load_practices(library(tmp_path, REAL)))
    after = library_version(load_practices(library(tmp_path, REAL.replace("Grading rituals", "Ranking rituals"))))
    assert before != after
    assert len(after) == 12


@pytest.mark.parametrize("changed", ["an act", "the meeting", "the order of acts"])
def test_the_version_covers_the_classes_of_acts_and_the_meeting(changed):
    acts, gathering = load_act_classes(), load_gathering()
    now = {
        "an act": (*(act.model_copy(update={"sunset": f"{act.sunset} Or so."}) for act in acts), gathering),
        "the meeting": (*acts, gathering.model_copy(update={"minutes_saved": gathering.minutes_saved + 5})),
        "the order of acts": (*acts[::-1], gathering),
    }
    assert library_version((), now[changed]) != library_version((), (*acts, gathering))


def test_the_twelve_capabilities_come_in_order():
    assert [capability.id for capability in load_capabilities()] == [f"K{number}" for number in range(1, 13)]


def test_a_missing_capability_is_refused(tmp_path):
    rows = [capability.model_dump(mode="json") for capability in load_capabilities()][:11]
    (tmp_path / "capabilities.yaml").write_text(yaml.safe_dump(rows), encoding="utf-8")
    with pytest.raises(LibraryError, match="must hold K1 to K12"):
        load_capabilities(tmp_path / "capabilities.yaml")


def test_the_budget_names_every_role_class():
    assert set(load_budgets().hours_per_week) == set(RoleClass)


def test_a_budget_without_a_role_class_is_refused(tmp_path):
    rows = load_budgets().model_dump(mode="json")
    del rows["hours_per_week"]["leader"]
    (tmp_path / "budgets.yaml").write_text(yaml.safe_dump(rows), encoding="utf-8")
    with pytest.raises(LibraryError, match="hours_per_week lacks leader"):
        load_budgets(tmp_path / "budgets.yaml")


FRONT = "---\nid: small\ntitle: Small plan\norganisation: Small House\nsector: charity\nform: memo\n---\n"


def test_a_strategy_is_its_front_matter_and_the_text_below(tmp_path):
    (tmp_path / "small.md").write_text(FRONT + "\n# Plan\n\nA line\n---\nand more.\n", encoding="utf-8")
    (strategy,) = load_strategies(tmp_path)
    assert strategy.id == "small"
    assert strategy.text == "# Plan\n\nA line\n---\nand more."


def test_a_strategy_without_front_matter_is_refused(tmp_path):
    (tmp_path / "small.md").write_text("# Plan\n", encoding="utf-8")
    with pytest.raises(LibraryError, match="must begin with YAML front matter"):
        load_strategies(tmp_path)


def test_a_fault_in_front_matter_is_reported_on_its_line_of_the_file(tmp_path):
    (tmp_path / "small.md").write_text(FRONT.replace("form: memo", "form: 3") + "Text", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"small\.md:6: \[small\] form:"):
        load_strategies(tmp_path)


def test_the_shipped_strategies_load():
    assert load_strategies()
