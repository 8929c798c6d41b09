"""Each role of a ritual that the document does not name is marked as ours, and the ritual is flagged once."""

from __future__ import annotations

import pytest

from corpora.records import DecisionRights, Kind, Participant, RoleClass
from service.engines.patterns.seats import proposed_seats
from service.engines.patterns.wording import Wording
from service.plan.items import Flag
from service.plan.proposals import Candidate, IntentBrief
from service.plan.proposed_roles import proposed_roles
from tests.service.planmaker import intent, ritual


def seated(*roles: str, runs: str, decides: str):
    people = tuple(Participant(role=role, role_class=RoleClass.lead, count=1, reason="brings a case") for role in roles)
    rights = DecisionRights(decider=decides, scope="the cases shown", beyond="the budget owner")
    return ritual(0, participants=people, facilitator=runs, owner=runs, decision_rights=rights)


def marked(made, reading) -> list[str]:
    return [source.field for source in proposed_seats(made, reading)]


def test_a_role_that_the_document_names_is_not_ours(reading):
    made = seated(
        "service manager", "the ferry teams who were there", runs="service manager", decides="service managers"
    )
    assert marked(made, reading) == []


def test_each_role_that_it_does_not_name_is_marked_at_its_own_field(reading):
    made = seated("service manager", "data analyst", runs="service manager", decides="the treasurer")
    assert marked(made, reading) == ["participants.1.role", "decision_rights.decider"]


def test_whoever_reads_the_plan_is_no_proposed_role(reading):
    made = seated("service manager", "passengers", runs="Product Ops for the first table", decides="service manager")
    assert marked(made, reading) == []


@pytest.fixture(scope="module")
def worded(reading, workshop):
    brief = IntentBrief(intent(1), (), (), {}, {}, ())
    practice = next(one for one in workshop.library.practices if one.kind is Kind.ritual)
    return Wording(brief, reading).item(Candidate(practice, 0.9), None, lead=False)


def test_a_ritual_with_such_a_role_is_flagged_once_and_says_which(worded):
    assert worded.flags.count(Flag.role_proposed) == 1
    assert proposed_roles(worded)
