"""Rules that were mended because a second reader's words got past them; each case says what must still pass."""

from __future__ import annotations

import pytest

from service.checks import CheckContext, c03_concreteness, c09_measurability, c12_coherence, g1_no_invention, g2_safety
from service.checks.c04_repeatability import is_a_moment, vague_time
from service.checks.c06_transformation import tool_work
from service.checks.hollow import hollow
from service.plan.items import Indicator, IndicatorKind
from service.plan.provenance import FieldSource, Provenance
from tests.service import planmaker as make


def indicator(**changes: object) -> Indicator:
    """A share of forms waived."""
    fields = {
        "id": "m-1", "kind": IndicatorKind.leading, "name": "Forms waived", "numerator": "forms waived by an owner",
        "denominator": "forms met", "source": "the register", "counts": "signed waivers", "does_not_count": "drafts",
        "intent_ids": ("int-1",), "item_ids": (), "scope": "the pilot teams, as a whole",
        "baseline": "unknown, collect by day 15",
    }  # fmt: skip
    return Indicator.model_validate({**fields, **changes})


@pytest.mark.parametrize(
    ("trigger", "moment"),
    [
        ("At every opportunity", False),
        ("If at all possible", False),
        ("Before anything else", False),
        ("When circumstances call for it", False),
        ("At the end of the day", False),
        ("At the end of the day of the count", True),
        ("When a requirement arrives", True),
        ("Before each quarter's panel", True),
        ("At the opening of each stand-up", True),
    ],
)
def test_a_trigger_names_something_that_happens(trigger: str, moment: bool) -> None:
    assert is_a_moment(trigger, make.LEXICONS) is moment


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("reads the log now and again", True),
        ("reads the log at a sensible rhythm", True),
        ("reads the log once things have settled down", True),
        ("reads the log when everybody feels ready", True),
        ("reads the log every few weeks", True),
        ("reads the log at weekly intervals", False),
        ("reads the log as often as once a week", False),
        ("asks who is ready when the team meets", False),
    ],
)
def test_vague_time_in_other_dresses(text: str, vague: bool) -> None:
    assert (vague_time(text, make.LEXICONS) is not None) is vague


@pytest.mark.parametrize(
    ("action", "attitude"),
    [
        ("celebrates the new way of working", True),
        ("takes pride in the problem statement", True),
        ("stays open to other views", True),
        ("stays silent for five minutes", False),
        ("takes the oldest file from the list", False),
        ("shows the team the three pages", False),
        ("keeps the slot on the rota", False),
    ],
)
def test_attitudes_that_no_list_holds(action: str, attitude: bool) -> None:
    assert (c03_concreteness.banned_verb(action, make.LEXICONS) is not None) is attitude


@pytest.mark.parametrize(
    ("to_state", "admin"),
    [
        ("every document follows the scheme", True),
        ("the register is complete", True),
        ("the export runs overnight", True),
        ("the team decides from the register, which is up to date", False),
        ("the lead picks the next part in order to learn", False),
    ],
)
def test_only_the_records_are_neater(to_state: str, admin: bool) -> None:
    item = make.behaviour(0)
    item = item.model_copy(
        update={"action": "writes the entries anew", "shift": item.shift.model_copy(update={"to_state": to_state})}
    )
    assert (tool_work(item, make.LEXICONS) is not None) is admin


def test_a_share_whose_parts_have_nothing_in_common_only_shows_what_was_put_out() -> None:
    assert c09_measurability.is_share(indicator())
    assert c09_measurability.is_share(indicator(numerator="days from the first call to the answer"))
    assert not c09_measurability.is_share(indicator(numerator="leaflets handed out"))


@pytest.mark.parametrize(
    ("scope", "of_persons"),
    [
        ("the officer at the desk", True),
        ("initials beside each figure", True),
        ("every driver on the roster", True),
        ("the pilot teams, as a whole; never a person", False),
        ("the scope of the quoted words", False),
        ("the two branches", False),
    ],
)
def test_a_measure_is_taken_of_a_group(scope: str, of_persons: bool) -> None:
    assert (g2_safety.person_indicator(indicator(scope=scope)) is not None) is of_persons


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("business as usual", True),
        ("when it has served its purpose", True),
        ("whoever is responsible", True),
        ("at the proper time", True),
        ("when two sessions pass without a verdict", False),
        ("the lead of the pilot team", False),
    ],
)
def test_empty_words_in_other_dresses(text: str, empty: bool) -> None:
    assert hollow(text) is empty


def test_the_same_people_under_the_same_decider_as_often_hold_one_meeting() -> None:
    ritual = make.ritual(0)
    renamed = {"id": "rit-1", "title": "Another name", "purpose": "Find quite different words for it", "agenda": ()}
    twin = ritual.model_copy(update=renamed)
    other = twin.model_copy(
        update={"decision_rights": ritual.decision_rights.model_copy(update={"decider": "the board"})}
    )
    assert c12_coherence.one_meeting(ritual, twin)
    assert not c12_coherence.one_meeting(ritual, other)


@pytest.mark.parametrize(
    ("baseline", "provenance", "score"),
    [
        ("42% last spring", Provenance.assumption, 1.0),
        ("nearly half of all forms", Provenance.proposed, 1.0),
        ("42% last spring", Provenance.person, 5.0),
        ("unknown, collect by day 15", Provenance.assumption, 5.0),
    ],
)
def test_nobody_may_suppose_how_things_stand_today(baseline: str, provenance: Provenance, score: float) -> None:
    source = FieldSource(field="baseline", provenance=provenance)
    alone = make.plan(make.parts()).model_copy(
        update={"indicators": (indicator(baseline=baseline, sources=(source,)),)}
    )
    found = g1_no_invention.check(alone, CheckContext(make.DOCUMENT, {}, make.BUDGETS, make.LEXICONS))
    assert found.score == score
