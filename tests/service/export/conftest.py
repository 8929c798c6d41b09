"""Three plans to export: a full one, one without strategic intent, one with hostile words."""

from __future__ import annotations

import pytest

from corpora.records import Cadence, Participant, Period, RoleClass
from service.plan.intents import DeferredIntent
from service.plan.items import BoundTerm, FirstCase, Flag, IndicatorKind
from service.plan.plan import NearMiss, Plan, RoleLoad, RolloutStep, Status
from service.plan.provenance import Place, Quote
from tests.service.planmaker import (
    FASTER,
    FUNDING,
    LISTEN,
    NEWS,
    ask,
    behaviour,
    indicator,
    intent,
    parts,
    plan,
    question,
    quote,
    ritual,
)

HOSTILE = '=HYPERLINK("x") **bold** <script>alert(1)</script> [go](javascript:x) ![i](y) `code` | {code} \x07 \n# head'


def made(**change: object) -> Plan:
    intents = (intent(1), intent(2, LISTEN, reason_first="Users wait for it."))
    waiting = DeferredIntent(
        intent=intent(3, FASTER, wave=2), reason="Two are enough at once.", waits_for="The day-90 decision"
    )
    items = (
        behaviour(0, starts_day=16, first_case=FirstCase(text="the ferry pass", why="the document names it")),
        behaviour(1, ("int-2",), starts_day=31, flags=(Flag.standard_form,), quotes=(quote(NEWS),)),
        behaviour(2, starts_day=61),
        ritual(0, starts_day=16, first_lines=(BoundTerm(kind="exclusion", text="no new forms", start=0, end=12),)),
        ritual(1, ("int-2",), starts_day=31, cadence=Cadence(period=Period.fortnightly), title="Blocker hour"),
        ritual(2, ("int-2",), starts_day=31, cadence=Cadence(period=Period.event, events_per_month=1), title="Replay"),
        ask(0, starts_day=1),
    )
    load = RoleLoad(
        role_class=RoleClass.lead, roles=("service manager",), hours_low=0.5, hours_high=1.2, saved_hours=0.5,
        budget_hours=2.0, item_ids=("beh-0",), assumption="Events as often as estimated.",
    )  # fmt: skip
    step = RolloutStep(
        id="step-1", from_day=0, to_day=15, title="Agree", actions=("find two teams",), item_ids=(), owner="sponsor"
    )
    built = parts(
        *items,
        intents=intents,
        deferred=(waiting,),
        questions=(question(quotes=(quote(FUNDING),)),),
        load=(load,),
        rollout=(step,),
        indicators=(indicator(IndicatorKind.adherence, "beh-0", target="25 services", quote=quote("25 services")),),
    )
    return plan(built).model_copy(update=change)


@pytest.fixture
def full() -> Plan:
    return made()


@pytest.fixture
def nothing() -> Plan:
    miss = NearMiss(quote=quote(NEWS), why="It describes a hope.")
    return plan(parts(intents=(intent(1),), questions=(question(),))).model_copy(
        update={"status": Status.no_strategic_intent, "intents": (), "near_misses": (miss,)}
    )


@pytest.fixture
def hostile() -> Plan:
    words = Quote(
        text=HOSTILE, start=0, end=len(HOSTILE), sentence_ids=("s1",), location=Place(heading_path=(HOSTILE,))
    )
    seat = Participant(role="service manager", role_class=RoleClass.lead, count=2, reason="brings the cases")
    plan = made()
    return plan.model_copy(
        update={
            "document": plan.document.model_copy(update={"title": HOSTILE}),
            "intents": (intent(1, label=HOSTILE, quotes=(words,)),),
            "behaviours": (behaviour(0, title=HOSTILE, trigger=HOSTILE, first_time=HOSTILE),),
            "rituals": (ritual(0, title=HOSTILE, purpose=HOSTILE, participants=(seat, seat)),),
            "policy_asks": (ask(0, question=HOSTILE),),
        }
    )
