"""The classes of acts: complete, safe to read alone, and refused with a line where they are broken."""

from __future__ import annotations

import pytest

from corpora.load import ROUTINES, LibraryError, load_act_classes
from corpora.routines import ROUTINE_SLOTS
from corpora.slots import render, slots_in
from service.checks.c07_sustainability import _CONDITION
from service.checks.c10_stop import mere_negation, no_stop
from service.checks.facts import facts_in

REAL = ROUTINES.read_text(encoding="utf-8")
ACTS = load_act_classes()


def texts(act):
    plain = [value for value in act.model_dump().values() if isinstance(value, str)]
    return [*plain, *act.leading.model_dump().values(), *act.counter.model_dump().values()]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.id)
def test_a_class_reads_well_without_a_document_and_ends_something(act):
    assert not any("{" in render(text, {}) for text in texts(act))
    assert set().union(*(slots_in(text) for text in texts(act))) <= ROUTINE_SLOTS.keys()
    assert not no_stop(act.stop)
    assert not mere_negation(act.from_state, act.to_state)
    assert _CONDITION.search(act.sunset)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.id)
def test_a_class_states_no_name_and_no_figure_as_a_fact(act):
    told = [fact.text for text in texts(act) for fact in facts_in(text) if fact.kind.value != "number"]
    assert told == []


def test_no_two_classes_share_their_prose():
    proses = [act.artefact for act in ACTS]
    assert len(set(proses)) == len(proses)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("{occasion|occasion}", "{moment|occasion}", "unknown slot 'moment'"),
        ("{occasion|occasion}", "{occasion|}", "slot 'occasion' has no default words"),
        ("- id: review", "- id: visit", "[visit] id: 'visit' is already used at routines.yaml:"),
        ("capability: K2", "capability: K20", "[visit] capability:"),
        ("  minutes: 60\n", "  minutes: 600\n", "minutes:"),
        ("  stop: a report", "  stop: a {report", "stop: a brace outside a slot"),
    ],
)
def test_a_broken_class_is_refused_with_file_line_and_reason(tmp_path, old, new, what):
    broken = tmp_path / "routines.yaml"
    text = REAL.replace(old, new, 1)
    broken.write_text(text, encoding="utf-8")
    with pytest.raises(LibraryError) as refused:
        load_act_classes(broken)
    changed = [now != was for now, was in zip(text.splitlines(), REAL.splitlines(), strict=True)].index(True) + 1
    assert refused.value.line == changed
    assert str(refused.value).startswith(f"{broken}:{changed}: ")
    assert what in str(refused.value)


def test_an_empty_file_is_refused(tmp_path):
    empty = tmp_path / "routines.yaml"
    empty.write_text("[]\n", encoding="utf-8")
    with pytest.raises(LibraryError, match="holds no classes"):
        load_act_classes(empty)
