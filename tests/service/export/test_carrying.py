"""Who carries most, said wherever the load is shown."""

from __future__ import annotations

import io

import docx
import pytest

from corpora.records import Cadence, Period, RoleClass, StopDoing, TimeCost
from service.export.carrying import freed, who_carries_most
from service.export.docx import to_docx
from service.export.formats import render_plan
from service.plan.plan import Plan
from service.stages.balance import balance
from tests.service.planmaker import BUDGETS, behaviour, parts, plan, ritual

OFTEN = Cadence(period=Period.weekly)


def cost(minutes: int) -> tuple[TimeCost, ...]:
    return (TimeCost(role_class=RoleClass.lead, minutes=minutes),)


def planned(*items) -> Plan:
    return plan(balance(parts(*items), BUDGETS))


@pytest.fixture
def owners() -> Plan:
    acts = (behaviour(number, actor="API Owner", time_cost=cost(15), cadence=OFTEN) for number in range(4))
    return planned(*acts, behaviour(4, actor="director"), ritual(0))


SENTENCE = "The API Owner carries 4 of 6 items: about 1 hour a week."


@pytest.mark.parametrize("name", ["md", "brief", "roles"])
def test_who_carries_most_is_said_in_plain_words(owners: Plan, name: str):
    assert SENTENCE in render_plan(owners, name)


def test_the_word_file_says_it_and_shows_each_role(owners: Plan):
    document = docx.Document(io.BytesIO(to_docx(owners)))
    assert SENTENCE in [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"API Owner", "Director", "4 of 6"} <= set(cells)


def test_another_role_that_gives_more_time_is_named_too():
    made = planned(behaviour(0), behaviour(1), behaviour(2, actor="nurse", time_cost=cost(60), cadence=OFTEN))
    assert who_carries_most(made) == (
        "The service manager carries 2 of 3 items: up to 30 minutes a week. "
        "Most time is asked of the nurse: about 1 hour a week."
    )


def test_nobody_is_singled_out_where_all_carry_the_same():
    made = planned(*(behaviour(number, actor=role) for number, role in enumerate(("nurse", "porter", "cook"))))
    assert (
        who_carries_most(made) == "Nobody stands out: no role carries more than 1 of 3 items: up to 15 minutes a week."
    )


def test_a_role_over_its_limit_is_told_so(owners: Plan):
    heavy = owners.load_by_role[0].model_copy(update={"hours_high": 3.0})
    edited = owners.model_copy(update={"load_by_role": (heavy,)})
    assert who_carries_most(edited).endswith("about 1 to 3 hours a week, which is over the limit.")


def test_a_card_says_what_its_role_carries(owners: Plan):
    card = render_plan(owners, "roles").split("## API Owner")[1].split("## ")[0]
    assert (
        "*All of it together: about 1 hour a week, once everything runs; 4 of the plan's 6 items ask for it.*" in card
    )


def test_a_plan_stored_before_roles_were_counted_still_says_it(owners: Plan):
    stored = owners.model_dump(mode="json", exclude={"load_by_role"}) | {"schema_version": "1.0"}
    stored["load"] = [{k: v for k, v in row.items() if not k.startswith("stops")} for row in stored["load"]]
    read = Plan.model_validate(stored)
    assert read.load_by_role == ()
    assert who_carries_most(read) == SENTENCE


def test_time_freed_says_of_how_many_stops_it_is_known():
    unknown = StopDoing(text="writing minutes nobody reads", minutes_saved=None)
    some = planned(behaviour(0), behaviour(1, stop_doing=unknown), behaviour(2, stop_doing=unknown))
    assert freed(some.load[0]).endswith("from 1 of 3 stops; the others are not estimated")
    none = planned(behaviour(1, stop_doing=unknown))
    assert freed(none.load[0]) == "not estimated"
    assert "(frees" not in render_plan(none, "md")
