from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpora.records import Period, RoleClass, StopDoing
from retrieval.parse.child import parse_in_child
from service.checks.context import CheckContext
from service.checks.g1_no_invention import check as no_invention
from service.engines.patterns.engine import PatternsEngine
from service.pipeline import Workshop, ingest, make_plan
from service.plan.items import BoundTerm, FirstCase, Flag, IndicatorKind
from service.plan.plan import Plan
from service.plan.profile import FundingGate, Meeting, Profile
from service.plan.proposed_roles import proposed as proposed_role
from service.plan.provenance import FieldSource, Provenance
from service.profile_file import read_profile
from service.stages.tailor import tailor
from service.tailoring.effect import calendar_beside_load, profile_effect
from tests.service.planmaker import (
    BUDGETS,
    DOCUMENT,
    LEXICONS,
    LISTEN,
    ask,
    behaviour,
    indicator,
    intent,
    parts,
    plan,
    proposed,
    ritual,
)
from tests.service.planmaker import alternative as alternative_of

ROOT = Path(__file__).parents[3]
PROFILE = ROOT / "evals" / "datasets" / "profiles" / "vantry-bank-memo.yaml"
ROLES = Profile(roles={"lead": "Area Service Lead", "leader": "Head of Housing", "ops": "Change Office"})
BOARD = Meeting(
    name="Service status board",
    cadence=Period.monthly,
    minutes=90,
    participants=(RoleClass.leader, RoleClass.lead),
    purpose="status of each project",
)
PROPOSED = {"flags": (Flag.role_proposed,), "sources": proposed("actor", "cadence")}
GATE = FundingGate(name="Investment Panel", date=date(2027, 3, 12), decider="Finance Director")


def by_profile(item: object, path: str) -> bool:
    return any(s.field == path and s.provenance is Provenance.profile for s in item.sources)  # type: ignore[attr-defined]


def role_term(words: str) -> BoundTerm:
    start = DOCUMENT.text.index(words)
    return BoundTerm(kind="role", text=words, start=start, end=start + len(words))


# Roles ---------------------------------------------------------------------------------------


def test_a_proposed_actor_takes_the_name_of_the_profile_and_loses_its_flag():
    item = tailor(parts(behaviour(0, **PROPOSED)), ROLES).behaviours[0]
    assert (item.actor, item.flags) == ("Area Service Lead", ())


def test_a_mapped_field_is_cited_as_profile_and_no_longer_as_proposed():
    item = tailor(parts(behaviour(0, **PROPOSED)), ROLES).behaviours[0]
    assert [(s.field, s.provenance) for s in item.sources] == [
        ("cadence", Provenance.proposed),
        ("actor", Provenance.profile),
    ]


def test_a_role_that_the_document_names_keeps_its_name():
    item = tailor(parts(behaviour(0, terms=(role_term("Service managers"),))), ROLES).behaviours[0]
    assert item.actor == "service manager"


def test_a_field_that_the_document_vouches_for_is_left_alone():
    source = FieldSource(field="actor", provenance=Provenance.document, start=0, end=5)
    item = tailor(parts(behaviour(0, sources=(source,))), ROLES).behaviours[0]
    assert item.actor == "service manager"


def test_participants_decider_and_facilitator_of_a_ritual_are_mapped():
    item = tailor(parts(ritual(0)), ROLES).rituals[0]
    assert [person.role for person in item.participants] == ["Head of Housing", "Area Service Lead"]
    assert item.decision_rights.decider == "the Head of Housing"


SEATS = tuple(map(proposed_role, ("participants.0.role", "participants.1.role", "owner", "decision_rights.decider")))


def test_a_ritual_loses_its_flag_once_the_profile_names_every_role_that_was_ours():
    item = tailor(parts(ritual(0, flags=(Flag.role_proposed,), sources=SEATS)), ROLES).rituals[0]
    assert item.flags == ()
    assert by_profile(item, "participants.1.role")


def test_a_ritual_keeps_its_flag_while_a_seat_is_still_ours():
    leaders_only = Profile(roles={"leader": "Head of Housing"})
    item = tailor(parts(ritual(0, flags=(Flag.role_proposed,), sources=SEATS)), leaders_only).rituals[0]
    assert item.flags == (Flag.role_proposed,)


def test_product_ops_stays_beside_the_office_so_that_its_hours_are_still_counted():
    item = tailor(parts(ritual(0)), ROLES).rituals[0]
    assert item.facilitator == "Change Office (Product Ops) for the first sessions"


def test_the_alternative_speaks_of_the_same_roles():
    item = behaviour(0, alternative=alternative_of(behaviour(1)))
    changed = tailor(parts(item), ROLES).behaviours[0]
    assert changed.alternative.actor == "Area Service Lead"


def test_roles_in_prose_are_mapped_with_their_article_and_number():
    item = behaviour(0, first_time="Ask a team lead, then two team leads, to try it once.")
    changed = tailor(parts(item), Profile(roles={"lead": "Area Coach"})).behaviours[0]
    assert changed.first_time == "Ask an Area Coach, then two Area Coaches, to try it once."


@pytest.mark.parametrize("words", ["the analyst who leads the coming walk", "the supplier's delivery lead"])
def test_lead_is_mapped_only_where_it_is_a_role_of_its_own(words: str):
    item = ritual(0, reinforcement=ritual(0).reinforcement.model_copy(update={"who": words}))
    assert tailor(parts(item), ROLES).rituals[0].reinforcement.who == words


def test_words_in_quotation_marks_stay():
    item = behaviour(0, first_time="Read “every product manager decides” aloud once.")
    changed = tailor(parts(item), Profile(roles={"product manager": "Product Lead"})).behaviours[0]
    assert changed.first_time == item.first_time


def test_a_name_of_a_person_is_not_taken_as_a_role():
    made = parts(behaviour(0, **PROPOSED))
    assert tailor(made, Profile(roles={"lead": "Ms Harper"})) == made


# Meetings ------------------------------------------------------------------------------------


def test_a_ritual_takes_the_place_of_a_real_meeting_with_its_own_minutes():
    item = tailor(parts(ritual(0)), Profile(meetings=(BOARD,))).rituals[0]
    assert item.replaces == StopDoing(text="the monthly “Service status board” (90 minutes)", minutes_saved=90)
    assert by_profile(item, "replaces")


def test_a_meeting_whose_name_says_how_often_it_is_needs_no_word_for_it():
    named = BOARD.model_copy(update={"name": "Monthly service status board"})
    item = tailor(parts(ritual(0)), Profile(meetings=(named,))).rituals[0]
    assert item.replaces.text == "the “Monthly service status board” (90 minutes)"


def test_of_a_more_frequent_meeting_only_the_sessions_needed_end():
    weekly = BOARD.model_copy(update={"cadence": "FREQ=WEEKLY;BYDAY=MO"})
    item = tailor(parts(ritual(0)), Profile(meetings=(weekly,))).rituals[0]
    assert item.replaces.text == "one session a month of the weekly “Service status board” (90 minutes)"


def test_one_meeting_makes_room_for_one_ritual_only():
    made = tailor(parts(ritual(0), ritual(1)), Profile(meetings=(BOARD,)))
    assert [by_profile(item, "replaces") for item in made.rituals].count(True) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"cadence": Period.yearly},
        {"cadence": Period.daily},
        {"participants": (RoleClass.contributor,)},
        {"minutes": None},
        {"name": "1:1 status"},
        {"name": "Choir practice", "purpose": "singing"},
    ],
    ids=["too rare", "too frequent", "other people", "unknown length", "between two", "other purpose"],
)
def test_a_meeting_that_does_not_fit_changes_nothing(change: dict[str, object]):
    meeting = Meeting.model_validate({**BOARD.model_dump(), **change})
    made = parts(ritual(0))
    assert tailor(made, Profile(meetings=(meeting,))) == made


# Money ---------------------------------------------------------------------------------------


def money(**change: object):
    return ask(
        0, question="Is a lasting team paid for from the yearly budget?", sources=proposed("needed_by_day"), **change
    )


def test_a_question_about_money_goes_to_the_next_funding_gate():
    item = tailor(parts(money()), Profile(funding_gates=(GATE,))).policy_asks[0]
    assert (item.forum, item.decider) == ("the Investment Panel on 12 March 2027", "Finance Director")


def test_the_day_comes_from_the_gate_where_the_first_day_is_known():
    item = tailor(parts(money()), Profile(funding_gates=(GATE,), starts=date(2027, 3, 1))).policy_asks[0]
    assert item.needed_by_day == 12
    assert by_profile(item, "needed_by_day")


def test_a_gate_that_is_past_is_passed_over():
    later = FundingGate(name="June board", date=date(2027, 6, 1))
    item = tailor(parts(money()), Profile(funding_gates=(GATE, later), starts=date(2027, 4, 1))).policy_asks[0]
    assert item.forum == "the June board on 1 June 2027"


def test_other_questions_keep_their_forum():
    made = parts(ask(0))
    assert tailor(made, Profile(funding_gates=(GATE,))) == made


# Pilots and no-go areas ----------------------------------------------------------------------


def test_an_empty_first_case_is_filled_from_the_pilot_teams_in_turn():
    made = tailor(parts(behaviour(0), behaviour(1)), Profile(pilot_teams=("Harbour", "the Quay team")))
    assert [item.first_case.text for item in made.behaviours] == [
        "the next real case in the Harbour team",
        "the next real case in the Quay team",
    ]
    assert made.behaviours[0].first_case.why == "named in your profile"


def test_a_first_case_of_the_document_stays():
    case = FirstCase(text="the 25 services", why="the document names it")
    made = parts(behaviour(0, first_case=case))
    after = tailor(made, Profile(pilot_teams=("Harbour",)))
    assert after.behaviours == made.behaviours
    assert after.pilot_teams == ("Harbour",)


def test_a_statement_of_the_document_gives_way_to_a_pilot_team():
    case = FirstCase(text="we will start in the harbour", why="under Aims", clause=True)
    after = tailor(parts(behaviour(0, first_case=case)), Profile(pilot_teams=("Harbour",)))
    assert "Harbour" in after.behaviours[0].first_case.text


def test_an_item_that_touches_a_no_go_area_is_dropped_with_a_note():
    made = tailor(parts(behaviour(0), behaviour(1)), Profile(no_go=("requirements",)))
    assert [item.id for item in made.behaviours] == ["beh-1"]
    assert made.notes[0].action == "dropped"
    assert "'requirements'" in made.notes[0].reason


def test_an_intent_whose_items_all_touch_a_no_go_area_is_deferred_with_the_area():
    both = (intent(1), intent(2, LISTEN))
    made = tailor(parts(behaviour(0), behaviour(1, ("int-2",)), intents=both), Profile(no_go=("requirement",)))
    assert [one.id for one in made.intents] == ["int-2"]
    assert "no-go area" in made.deferred[0].reason


def test_an_alternative_in_a_no_go_area_is_taken_away():
    item = behaviour(1, alternative=alternative_of(behaviour(0)))
    assert tailor(parts(item), Profile(no_go=("requirement",))).behaviours[0].alternative is None


def test_a_role_named_after_a_no_go_area_drops_nothing_in_a_second_run():
    profile = Profile(roles={"lead": "Lettings Lead"}, no_go=("lettings",))
    once = tailor(parts(behaviour(0)), profile)
    assert tailor(once, profile).behaviours == once.behaviours


# The whole -----------------------------------------------------------------------------------

FULL = Profile(
    roles={**ROLES.roles, "sponsor": "Senior Sponsor", "product manager": "Senior Product Manager"},
    meetings=(BOARD,),
    funding_gates=(GATE,),
    pilot_teams=("Harbour",),
    no_go=("repairs",),
    starts=date(2027, 3, 1),
)


def whole():
    two = (ritual(number, sources=proposed("sunset")) for number in (0, 1))
    items = (behaviour(0, **PROPOSED), behaviour(5), *two, money())
    numbers = (indicator(IndicatorKind.adherence, "beh-0"), indicator(IndicatorKind.leading, "rit-0"))
    return parts(*items, indicators=numbers)


def test_a_second_run_changes_nothing():
    once = tailor(whole(), FULL)
    assert tailor(once, FULL) == once


def test_ids_stay():
    before, after = whole(), tailor(whole(), FULL)
    assert {item.id for item in after.behaviours} == {item.id for item in before.behaviours} - {"beh-5"}
    assert [item.id for item in after.rituals] == [item.id for item in before.rituals]


def test_an_empty_profile_changes_not_a_byte():
    assert tailor(whole(), Profile()).model_dump_json() == whole().model_dump_json()


def test_names_and_dates_of_the_profile_are_no_invention():
    context = CheckContext(document=DOCUMENT, practices={}, budgets=BUDGETS, lexicons=LEXICONS)
    assert no_invention(plan(tailor(whole(), FULL)), context).score == 5.0


def test_the_effect_is_told_in_sentences():
    told = profile_effect(plan(whole()), plan(tailor(whole(), FULL)))
    assert "1 item no longer carries the flag “role proposed”: Writes the problem behind." in told
    assert any("takes the place of the monthly “Service status board”" in line for line in told)
    assert any("goes to the Investment Panel on 12 March 2027, by day 12" in line for line in told)


def test_a_profile_without_effect_is_told_in_no_sentence():
    assert profile_effect(plan(whole()), plan(tailor(whole(), Profile()))) == ()


# From a sample strategy to a plan ------------------------------------------------------------


@pytest.fixture(scope="module")
def plans(workshop: Workshop) -> tuple[Plan, Plan]:
    """The plan of a sample strategy without and with its made-up profile."""
    sample = ROOT / "corpora" / "strategies" / "vantry-bank-memo.md"
    ingested = ingest(parse_in_child(sample.read_bytes(), sample.name), workshop.embedder)
    engine = PatternsEngine(workshop.library.version, workshop.library.budgets)
    return make_plan(ingested, workshop, engine), make_plan(ingested, workshop, engine, profile=read_profile(PROFILE))


def test_a_plan_with_a_profile_passes_the_gates_and_loses_no_score_to_it(plans):
    before, after = ({score.criterion: score.score for score in plan.scores} for plan in plans)
    assert (after["G1"], after["G2"], after["C1"]) == (5.0, 5.0, 5.0)
    assert all(after[key] >= (value or 0) - 0.2 for key, value in before.items() if value is not None)


def test_a_plan_with_a_profile_speaks_of_its_roles_and_meetings(plans):
    after = plans[1]
    assert "Lending Product Lead" in {item.actor for item in after.behaviours}
    assert any(by_profile(item, "replaces") for item in after.rituals)
    assert profile_effect(*plans)


def test_no_area_that_is_closed_is_in_the_plan(plans):
    assert not [item.title for item in plans[1].behaviours if "mortgage" in item.model_dump_json().lower()]


def test_the_calendar_stands_beside_the_load(plans):
    lines = calendar_beside_load(plans[1], read_profile(PROFILE))
    assert any("A leader already sits in meetings for about 21 hours a week (profile)" in line for line in lines)
