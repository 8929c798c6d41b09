from dataclasses import replace

import pytest

from corpora.records import Period, RoleClass, StateSource
from service.checks.fields import texts_of
from service.engines.model.fallback import StandIns
from service.engines.model.own_form import MODELS_OWN
from service.llm import ModelAnswer, StopReason
from service.plan.items import Behaviour, Flag, IndicatorKind, PolicyAsk, Ritual
from service.plan.provenance import Provenance
from tests.service.engines.model.answering import NOTHING, drafts
from tests.service.engines.model.conftest import PARAGRAPHS, PRACTICES, make_brief


def source_of(item, field):
    return next(each for each in item.sources if each.field == field)


def test_a_sound_answer_becomes_bound_items(draft_one, items_answer):
    draft, model, _ = draft_one(items_answer)
    assert [type(each.item) for each in draft.proposals] == [Behaviour, Behaviour, Ritual, PolicyAsk]
    assert draft.fallback is None
    assert len(model.requests) == 1


def test_quotes_are_exact_and_start_with_the_intents_own(draft_one, items_answer, reading, briefs):
    draft, _, _ = draft_one(items_answer)
    quotes = draft.proposals[0].item.quotes
    assert quotes[0] == briefs[0].intent.quotes[0]
    assert [quote.sentence_ids for quote in quotes] == [("s1",), ("s4",)]
    assert all(reading.document.text[quote.start : quote.end] == quote.text for quote in quotes)


def test_a_from_state_of_the_document_is_located(draft_one, items_answer, reading):
    draft, _, _ = draft_one(items_answer)
    first, second = draft.proposals[0].item, draft.proposals[1].item
    at = source_of(first, "shift.from_state")
    assert first.shift.from_source is StateSource.document
    assert reading.document.text[at.start : at.end] == "handing over requirements"
    assert second.shift.from_source is StateSource.hypothesis
    assert source_of(second, "shift.from_state").provenance is Provenance.hypothesis


def test_words_of_the_model_are_proposed(draft_one, items_answer):
    draft, _, _ = draft_one(items_answer)
    assert source_of(draft.proposals[0].item, "action").provenance is Provenance.proposed
    assert source_of(draft.proposals[0].item, "cadence").provenance is Provenance.proposed


def test_fields_left_out_come_from_the_practice(draft_one, items_answer):
    draft, _, _ = draft_one(items_answer)
    item = draft.proposals[0].item
    assert item.evidence.location == "the team's channel"
    assert item.technique == ("8.2 substitution",)
    assert item.cadence.events_per_month == 3


def test_minutes_of_other_roles_stay_with_the_practices_own_story(draft_one, items_answer):
    draft, _, _ = draft_one(items_answer)
    assert [cost.minutes for cost in draft.proposals[0].item.time_cost] == [25]


@pytest.mark.parametrize(("period", "day"), [("weekly", 60), ("monthly", 75), ("quarterly", 90)])
def test_an_item_is_looked_at_once_it_has_come_often_enough(draft_one, items_answer, period, day):
    items_answer["behaviours"][0] |= {"period": period, "events_per_month": None}
    draft, _, _ = draft_one(items_answer)
    assert draft.proposals[0].item.review_days == day


def test_a_leaders_behaviour_costs_the_leader(draft_one, items_answer):
    draft, _, _ = draft_one(items_answer)
    item = draft.proposals[1].item
    assert item.role_class is RoleClass.leader
    assert item.time_cost[0].role_class is RoleClass.leader
    assert item.cadence.period is Period.monthly


def test_a_role_that_the_document_does_not_name_is_flagged(draft_one, items_answer):
    items_answer["behaviours"][0]["actor"] = "Service managers"
    draft, _, _ = draft_one(items_answer)
    assert Flag.role_proposed not in draft.proposals[0].item.flags
    assert Flag.role_proposed in draft.proposals[1].item.flags


def test_a_role_named_in_the_plural_is_the_documents(draft_one, items_answer):
    items_answer["behaviours"][0]["actor"] = "service manager"
    draft, _, _ = draft_one(items_answer)
    assert Flag.role_proposed not in draft.proposals[0].item.flags


def test_a_clause_loses_its_full_stop_and_a_sentence_keeps_it(draft_one, items_answer):
    items_answer["behaviours"][0] |= {"stop": "estimating from lists.", "first_time": "Ask it of one request."}
    draft, _, _ = draft_one(items_answer)
    item = draft.proposals[0].item
    assert item.stop_doing.text == "estimating from lists"
    assert item.first_time == "Ask it of one request."


def test_the_ritual_lasts_as_long_as_its_agenda(draft_one, items_answer):
    draft, _, _ = draft_one(items_answer)
    assert draft.proposals[2].item.duration_min == 30


def test_a_behaviour_tells_who_notices_what_they_do_and_when_it_ends(draft_one, items_answer):
    items_answer["behaviours"][0] |= {
        "noticed_by": "the ferry teams",
        "noticed_when": "when the next requirement arrives",
        "noticer_does": "ask for the note and offer ten minutes to write it",
        "ends_when": "drop it when no requirement arrives without a problem for a quarter.",
    }
    draft, _, _ = draft_one(items_answer)
    item = draft.proposals[0].item
    assert item.reinforcement.how == "ask for the note and offer ten minutes to write it"
    assert item.sunset == "drop it when no requirement arrives without a problem for a quarter"


def test_a_ritual_tells_its_own_story_from_people_to_end(draft_one, items_answer):
    items_answer["ritual"] |= {
        "participants": [
            {"role": "the service manager", "role_class": "lead", "count": 2, "reason": "knows the piers."},
            {"role": "works office director", "role_class": "leader", "count": 1, "reason": "decides"},
        ],
        "facilitator": "a service manager",
        "decides": "which pier's problem is next",
        "beyond": "money goes to the board",
        "outputs": ["one pier's problem, first"],
        "health": ["a pier is named", "a problem is dropped", "waits are read aloud"],
        "ends_when": "stop it when two sessions end without a choice",
        "without_meeting": "Ferry teams post the waits; the director answers in writing.",
    }
    draft, _, _ = draft_one(items_answer)
    item = draft.proposals[2].item
    assert [(one.role, one.count, one.reason) for one in item.participants] == [
        ("service manager", 2, "knows the piers"),
        ("works office director", 1, "decides"),
    ]
    assert (item.facilitator, item.rotation) == (
        "a service manager",
        "By day 60 those who come run it in turn, first the service manager",
    )
    assert (item.decision_rights.scope, item.decision_rights.beyond) == (
        "which pier's problem is next",
        "money goes to the board",
    )
    assert len(item.health_check) == 3
    assert item.reinforcement.how == "shows those concerned what came out: one pier's problem, first"
    assert item.sunset == "stop it when two sessions end without a choice"
    assert item.async_variant.startswith("Ferry teams post the waits")


def test_an_invented_number_in_a_field_of_the_ritual_is_a_fault(draft_one, items_answer):
    items_answer["ritual"]["ends_when"] = "stop it when 73 sessions end without a choice"
    _, model, _ = draft_one(items_answer, dict(NOTHING))
    assert "73" in model.requests[1].user


def test_terms_and_first_case_are_the_documents(draft_one, items_answer, reading):
    draft, _, _ = draft_one(items_answer)
    item = draft.proposals[0].item
    assert {"passengers", "ferry teams", "waiting time"} <= {term.text for term in item.terms}
    assert item.first_case.text == "an answer from the works office"
    assert reading.document.text[item.first_case.start : item.first_case.end] == item.first_case.text


def test_a_first_case_that_is_not_in_the_evidence_is_dropped(draft_one, items_answer):
    items_answer["behaviours"][0]["first_case"] = "the new harbour hall"
    draft, _, _ = draft_one(items_answer)
    assert draft.proposals[0].item.first_case is None


@pytest.mark.parametrize("shown", [True, False], ids=["in the evidence", "elsewhere"])
def test_the_documents_own_case_stands_in_only_where_the_evidence_names_it(build, briefs, reading, items_answer, shown):
    items_answer["behaviours"][0]["first_case"] = ""
    evidence = {"s1", "s4", "s5"}
    case = next(term for term in reading.terms if (term.sentence_id in evidence) is shown)
    brief = replace(briefs[0], value_terms={**briefs[0].value_terms, "case": case})
    engine, _ = build([drafts(items_answer)])
    (draft,) = engine.draft((brief,), reading, lambda each: None)
    found = draft.proposals[0].item.first_case
    assert (found.text if found else None) == (case.text if shown else None)


def test_each_item_has_a_whole_alternative_of_another_practice(draft_one, items_answer):
    draft, _, _ = draft_one(items_answer)
    chosen = {each.item.practice_id for each in draft.proposals}
    others = [each.item.alternative.practice_id for each in draft.proposals]
    assert len(set(others)) == len(others)
    assert not chosen & set(others)


def test_indicators_hold_together(draft_one, items_answer, reading):
    draft, _, _ = draft_one(items_answer)
    for proposal in draft.proposals:
        assert proposal.item.indicator_ids == tuple(each.id for each in proposal.indicators)
        assert {each.item_ids for each in proposal.indicators} <= {(proposal.item.id,)}
    kinds = [[each.kind for each in proposal.indicators] for proposal in draft.proposals]
    done = IndicatorKind.adherence
    assert kinds == [[done, IndicatorKind.outcome], [done], [done], []]


def test_whether_it_was_done_is_counted_by_what_the_card_leaves_behind(draft_one, items_answer):
    draft, _, _ = draft_one(items_answer)
    done, outcome = draft.proposals[0].indicators
    assert done.name == "Ask for the problem first"
    assert done.numerator == "times it was done: a three-line problem note, or a word that there was nothing to do"
    assert done.denominator == "times its moment came (when the works office sends a requirement to ferry teams)"
    assert outcome.guards == "crossings that leave early"


def test_a_practice_lends_its_measure_where_nobody_names_an_effect(build, briefs, reading, items_answer, monkeypatch):
    engine, _ = build([drafts({**items_answer, "indicator": None})])
    monkeypatch.setattr(StandIns, "outcomes", lambda self: ())
    (draft,) = engine.draft(briefs[:1], reading, lambda each: None)
    assert [each.name for each in draft.proposals[0].indicators][1:] == ["leading of problem-first"]


def test_a_target_counts_only_as_words_of_the_document(draft_one, items_answer):
    draft, _, _ = draft_one(items_answer)
    outcome = draft.proposals[0].indicators[1]
    assert outcome.target == "ten minutes"
    assert outcome.quote.sentence_ids == ("s5",)
    assert outcome.baseline == "unknown, collect by day 15"


def test_an_invented_target_is_dropped(draft_one, items_answer):
    items_answer["indicator"]["target"] = "half the present wait"
    draft, _, _ = draft_one(items_answer)
    assert draft.proposals[0].indicators[1].target is None


def test_the_other_engines_outcome_stands_in_where_the_model_names_none(draft_one, items_answer):
    items_answer["indicator"] = None
    draft, _, _ = draft_one(items_answer)
    outcomes = [each for each in draft.proposals[0].indicators if each.kind is IndicatorKind.outcome]
    assert [each.name for each in outcomes] == ["passengers carried in time"]
    assert outcomes[0].item_ids == (draft.proposals[0].item.id,)


FAULTS = {
    "no trigger": ({"trigger": "In the meeting of ferry teams"}, "does not begin with When"),
    "vague moment": ({"trigger": "When appropriate in ferry teams"}, "names no moment"),
    "a new gate": ({"action": "signs off the waiting time of passengers for ferry teams"}, "adds an approval"),
    "vague actor": ({"actor": "everyone"}, "is no role"),
    "attitude": ({"action": "embraces the waiting time of passengers in ferry teams"}, "cannot be observed"),
    "invented number": ({"stop": "losing 42 hours a week"}, "the number “42” is not in the document"),
    "invented name": ({"stop": "the weekly call with Globex and others"}, "the name “Globex”"),
    "persons": ({"action": "keeps a leaderboard of ferry teams by waiting time"}, "measures, ranks or names persons"),
    "invented id": ({"ids": ["s77"]}, "s77 names no sentence of the evidence"),
    "too long": ({"action": "asks " + "which passengers wait and why " * 9}, "45 are allowed"),
}


@pytest.mark.parametrize(("change", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_named_in_the_repair_turn(draft_one, items_answer, change, said):
    bad = {**items_answer["behaviours"][0], **change}
    mended = {**items_answer, "behaviours": [items_answer["behaviours"][0]], "ritual": None, "policy_ask": None}
    answer = {**items_answer, "behaviours": [bad, items_answer["behaviours"][1]]}
    draft, model, _ = draft_one(answer, mended)
    assert said in model.requests[1].user
    assert draft.fallback is None
    assert {each.item.practice_id for each in draft.proposals} >= {"problem-first", "leader-asks"}
    assert all(Flag.fallback not in each.item.flags for each in draft.proposals)


def test_an_item_faulty_twice_falls_back_alone_and_says_so(draft_one, items_answer):
    bad = {**items_answer["behaviours"][0], "actor": "everyone"}
    again = {**NOTHING, "behaviours": [bad]}
    draft, _, engine = draft_one({**items_answer, "behaviours": [bad, items_answer["behaviours"][1]]}, again)
    flagged = [each.item for each in draft.proposals if Flag.fallback in each.item.flags]
    assert len(draft.proposals) == 4
    assert [type(item) for item in flagged] == [Behaviour]
    assert flagged[0].practice_id not in {"problem-first", "leader-asks"}
    assert "“everyone” is no role" in draft.fallback
    assert "“everyone” is no role" in engine.info().fallbacks[0]


def bland(items_answer):
    """The answer with a first behaviour that could be any organisation's."""
    plain = {"trigger": "When work arrives", "action": "asks which problem it solves", "to_state": "problems first"}
    plain |= {"stop": "estimating from lists", "title": "Ask first", "because": "asking comes first", "from_state": ""}
    return {**items_answer, "behaviours": [{**items_answer["behaviours"][0], **plain}, items_answer["behaviours"][1]]}


def test_too_few_terms_alone_are_not_worth_a_second_question(draft_one, items_answer):
    draft, model, _ = draft_one(bland(items_answer))
    assert len(model.requests) == 1
    assert draft.proposals[0].item.title == "Ask first"


def test_too_few_terms_are_named_where_a_second_question_is_put(draft_one, items_answer):
    answer = bland(items_answer)
    answer["ritual"]["decider"] = "everyone"
    _, model, _ = draft_one(answer, dict(NOTHING))
    assert "too few of the document's terms" in model.requests[1].user


def test_a_second_question_shows_the_faulty_items_alone(draft_one, items_answer):
    items_answer["ritual"]["decider"] = "everyone"
    _, model, _ = draft_one(items_answer, dict(NOTHING))
    asked = model.requests[1].user
    assert "Waiting time table" in asked
    assert "Ask for the problem first" not in asked
    assert "We may explore a mobile application" not in asked  # only the intent's evidence is shown again


def test_invalid_json_twice_gives_the_other_engines_draft(draft_one):
    draft, _, _ = draft_one("{", "[]")
    assert draft.proposals
    assert all(Flag.fallback in each.item.flags for each in draft.proposals)
    assert "unreadable twice" in draft.fallback


def test_a_truncated_draft_is_asked_again_shorter(draft_one, items_answer):
    draft, model, _ = draft_one(ModelAnswer("{}", StopReason.length, 100, 100), items_answer)
    assert "shorter" in model.requests[1].user
    assert draft.fallback is None


def test_no_behaviour_at_all_falls_back_to_one(draft_one, items_answer):
    empty = {**items_answer, "behaviours": []}
    draft, _, _ = draft_one(empty, empty)
    assert "the model gave no behaviour" in draft.fallback
    assert sum(isinstance(each.item, Behaviour) for each in draft.proposals) == 1


def test_the_prompt_holds_document_intents_and_mechanisms_and_one_fence_each(draft_one, items_answer):
    _, model, _ = draft_one(items_answer)
    user = model.requests[0].user
    assert "[s4] Today ferry teams wait" in user
    assert "A (shift): The Harbour Trust will stop handing over" in user
    assert "Stated in s1." in user
    assert "- problem-table (ritual): decide which problem goes first" in user
    assert "- problem-first (behaviour): team lead asks the sender" in user
    assert user.count("<text>") == user.count("</text>") == 3


def test_the_same_answer_gives_the_same_ids(draft_one, items_answer):
    one, _, _ = draft_one(items_answer)
    two, _, _ = draft_one(items_answer)
    assert one == two


def test_names_that_meet_at_the_border_of_two_fields_are_no_new_name(draft_one, items_answer):
    items_answer["indicator"] |= {"denominator": "crossings of the Trust", "source": "the Trust's pier clocks"}
    draft, _, _ = draft_one(items_answer)
    assert "Waiting time at the piers" in {each.name for each in draft.proposals[0].indicators}


def test_a_stop_in_the_models_own_words_keeps_no_minutes_of_the_practice(draft_one, items_answer):
    items_answer["behaviours"][0]["stop"] = "sending the form back without a word"
    draft, _, _ = draft_one(items_answer)
    assert draft.proposals[0].item.stop_doing.minutes_saved is None


def test_a_stop_in_the_practices_words_keeps_its_minutes(draft_one, items_answer):
    items_answer["behaviours"][0]["stop"] = "Estimating from lists."
    draft, _, _ = draft_one(items_answer)
    assert draft.proposals[0].item.stop_doing.minutes_saved == 30


def test_minutes_that_the_model_gives_in_the_stop_are_kept(draft_one, items_answer):
    items_answer["ritual"]["replaces"] = "the half-hour round of status"
    draft, _, _ = draft_one(items_answer)
    ritual = next(proposal.item for proposal in draft.proposals if isinstance(proposal.item, Ritual))
    assert ritual.replaces.minutes_saved == 30


@pytest.mark.parametrize("practice", ["made-up", "problem-table", "leader-asks"], ids=["unknown", "a ritual", "twice"])
def test_a_practice_that_cannot_stand_behind_the_item_is_left_out(draft_one, items_answer, practice):
    worded = {"location": "on the pier's board", "first_time": "Ask it once.", "noticed_by": "works office"}
    worded |= {"noticed_when": "when the next one is sent", "noticer_does": "asks for the note"}
    worded |= {"ends_when": "drop it when no requirement arrives", "practice": practice}
    second = items_answer["behaviours"][1]
    draft, model, _ = draft_one({**items_answer, "behaviours": [second, {**items_answer["behaviours"][0], **worded}]})
    assert len(model.requests) == 1
    assert [each.item.practice_id for each in draft.proposals][:2] == ["leader-asks", None]


OWN = {
    "practice": "",
    "title": "Waiting time before money",
    "actor": "service manager",
    "trigger": "Before funding new work",
    "action": "reads the waiting time of passengers",
    "from_state": "money follows habit",
    "location": "on the funding form",
    "first_time": "Read one pier's waiting time aloud.",
    "noticed_by": "works office",
    "noticed_when": "when the form arrives",
    "noticer_does": "asks for the waiting time",
    "ends_when": "drop it when every form names its passengers",
    "ids": ["s2"],
}


def own_behaviour(build, briefs, reading, items_answer, change):
    answer = {**items_answer, "behaviours": [{**items_answer["behaviours"][0], **OWN, **change}]}
    engine, _ = build([drafts(answer), drafts(dict(NOTHING))])
    (draft,) = engine.draft(briefs[1:], reading, lambda each: None)
    return draft


def test_a_routine_that_the_sentence_states_is_the_documents_own(build, briefs, reading, items_answer):
    draft = own_behaviour(build, briefs, reading, items_answer, {})
    item = draft.proposals[0].item
    span = reading.by_id("s2").sentence.span
    assert Flag.own_routine in item.flags
    assert item.practice_id is None
    at = {source.field: (source.start, source.end) for source in item.sources if source.start is not None}
    assert at["actor"] == at["trigger"] == at["action"] == (span.start, span.end)


@pytest.mark.parametrize(("action", "stated"), [("asks passengers", True), ("writes reports", False)])
def test_a_sentence_that_denies_the_act_does_not_state_it(build, read, items_answer, action, stated):
    kept = "Works officers ask passengers every week and do not write reports."
    reading = read({**PARAGRAPHS, "Direction": (kept, *PARAGRAPHS["Direction"])})
    weekly = {"actor": "works officer", "trigger": "Every week", "period": "weekly", "events_per_month": None}
    brief = make_brief(reading, "s1", ())
    change = {**weekly, "action": action, "ids": []}
    draft = own_behaviour(build, (brief, brief), reading, items_answer, change)
    assert (Flag.own_routine in draft.proposals[0].item.flags) is stated


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "works office director"},
        {"action": "writes a note on the budget and calls the mayor"},
        {"trigger": "When a ferry breaks down at night"},
        {"period": "weekly", "events_per_month": None},
    ],
    ids=["another actor", "another act", "another moment", "another rhythm"],
)
def test_what_the_sentence_does_not_state_is_a_form_of_the_models_own(build, briefs, reading, items_answer, change):
    draft = own_behaviour(build, briefs, reading, items_answer, change)
    item = draft.proposals[0].item
    assert Flag.own_routine not in item.flags
    assert source_of(item, "practice_id").note == MODELS_OWN
    assert source_of(item, "action").provenance is Provenance.proposed


def test_an_item_without_a_practice_words_every_field(build, briefs, reading, items_answer):
    draft = own_behaviour(build, briefs, reading, items_answer, {"location": ""})
    assert "location is empty" in draft.fallback


def test_an_item_without_a_practice_shows_no_words_of_one(build, briefs, reading, items_answer):
    item = own_behaviour(build, briefs, reading, items_answer, {}).proposals[0].item
    lent = {field.path for field in texts_of(PRACTICES[0].form)}
    shown = {field.path: field.text for field in texts_of(item) if field.path in lent}
    own = {field.path: field.text for field in texts_of(PRACTICES[0].form)}
    assert [path for path, text in shown.items() if text == own[path] and path not in {"barrier"}] == []
