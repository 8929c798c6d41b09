"""The choice of forms stays within people's hours and never repeats a practice."""

from __future__ import annotations

from collections import Counter

import pytest

from corpora.load import load_practices
from corpora.records import Kind, RoleClass
from service.checks.c08_load import hours_of
from service.engines.patterns.choose import (
    LEAST_FIRST_BY_MEANING,
    LEAST_FIRST_FIT,
    LEAST_FIT,
    LEAST_LEADER_FIT,
    LEAST_RITUAL_FIT,
    choose,
)
from service.plan.proposals import Candidate, IntentBrief
from tests.service.planmaker import BUDGETS, FASTER, LISTEN, SHARED, intent

LIBRARY = load_practices()
PRACTICES = tuple(practice for practice in LIBRARY if not practice.deeds)
CALLED_FOR = tuple(practice for practice in LIBRARY if practice.deeds)
WORDS = (SHARED, LISTEN, FASTER)


def brief(number: int, candidates: tuple[Candidate, ...]) -> IntentBrief:
    return IntentBrief(intent(number, WORDS[number - 1]), (), candidates, {}, {}, ())


def all_practices(fit: float = 0.8) -> tuple[Candidate, ...]:
    return tuple(Candidate(practice, fit) for practice in PRACTICES)


@pytest.fixture(scope="module", params=[1, 2, 3])
def chosen(request):
    return choose([brief(n, all_practices()) for n in range(1, request.param + 1)], BUDGETS)


def practices(chosen):
    return [candidate.practice for choice in chosen for candidate in choice.items]


def test_every_intent_gets_a_behaviour_first(chosen):
    assert [choice.items[0].practice.kind for choice in chosen] == [Kind.behaviour] * len(chosen)


def test_no_role_gives_more_hours_than_its_budget(chosen):
    hours = Counter()
    for practice in practices(chosen):
        hours.update({role: spent.high for role, spent in hours_of(practice.form).items()})
    assert {role: h for role, h in hours.items() if h > BUDGETS.hours_per_week[RoleClass(role)] + 1e-6} == {}


def test_behaviours_and_rituals_stay_within_their_numbers(chosen):
    kinds = Counter(practice.kind for practice in practices(chosen))
    assert kinds[Kind.behaviour] <= BUDGETS.max_behaviours
    assert kinds[Kind.ritual] <= BUDGETS.max_rituals


def test_no_practice_serves_twice_not_even_as_an_alternative(chosen):
    spare = [c.practice for choice in chosen for c in choice.alternatives if c]
    used = [practice.id for practice in practices(chosen)]
    assert len(used) == len(set(used))
    assert {practice.id for practice in spare}.isdisjoint(used)
    for choice in chosen:
        own = [c.practice.id for c in choice.alternatives if c]
        assert len(own) == len(set(own))


def test_an_alternative_is_of_the_kind_it_could_replace(chosen):
    pairs = [pair for c in chosen for pair in zip(c.items, c.alternatives, strict=True)]
    assert all(spare.practice.kind is item.practice.kind for item, spare in pairs if spare)


def test_a_leader_acts_too_where_a_leaders_form_fits(chosen):
    assert any(practice.led for practice in practices(chosen))


def test_what_fits_too_little_is_not_chosen():
    (choice,) = choose([brief(1, all_practices(LEAST_FIRST_FIT - 0.05))], BUDGETS)
    assert choice.items == ()


def test_a_first_behaviour_may_fit_a_little_less_than_any_further_item():
    little = tuple(one for one in all_practices((LEAST_FIRST_BY_MEANING + LEAST_FIT) / 2) if not one.practice.led)
    behaviours = tuple(one for one in little if one.practice.kind is Kind.behaviour)
    found = choose([brief(1, behaviours), brief(2, behaviours)], BUDGETS)
    assert Counter(practice.kind for practice in practices(found)) == {Kind.behaviour: 2}


def test_what_the_intents_own_verb_calls_for_may_come_first_below_what_a_match_by_meaning_needs():
    between = (LEAST_FIRST_FIT + LEAST_FIRST_BY_MEANING) / 2
    called = next(practice for practice in CALLED_FOR if not practice.led)
    matched = next(practice for practice in PRACTICES if practice.kind is Kind.behaviour and not practice.led)
    (choice,) = choose([brief(1, (Candidate(matched, between), Candidate(called, between)))], BUDGETS)
    assert [candidate.practice.id for candidate in choice.items] == [called.id]


def test_a_plain_form_comes_first_or_not_at_all():
    best, plain, *_ = [practice for practice in CALLED_FOR if not practice.led]
    both = (Candidate(best, 0.9), Candidate(plain, 0.8, plain=True))
    (alone,) = choose([brief(1, (Candidate(plain, 0.55, plain=True),))], BUDGETS)
    (beside,) = choose([brief(1, both)], BUDGETS)
    assert [candidate.practice.id for candidate in alone.items] == [plain.id]
    assert [candidate.practice.id for candidate in beside.items] == [best.id]


def test_a_leaders_plain_act_is_added_where_no_leader_does_anything_and_never_stands_alone():
    best = next(practice for practice in CALLED_FOR if not practice.led)
    asked = next(practice for practice in CALLED_FOR if practice.id == "asked-first")
    plain = Candidate(asked, LEAST_LEADER_FIT, plain=True)
    (alone,) = choose([brief(1, (plain,))], BUDGETS)
    (beside,) = choose([brief(1, (Candidate(best, 0.9), plain))], BUDGETS)
    assert alone.items == ()
    assert [candidate.practice.id for candidate in beside.items] == [best.id, "asked-first"]


def test_the_plans_first_ritual_may_fit_a_little_less_than_a_second_one():
    fair = all_practices((LEAST_RITUAL_FIT + LEAST_FIT) / 2)
    found = choose([brief(1, fair), brief(2, fair)], BUDGETS)
    assert Counter(practice.kind for practice in practices(found))[Kind.ritual] == 1


def test_a_leaders_own_act_may_fit_a_little_less_than_any_other_further_item():
    (choice,) = choose([brief(1, all_practices((LEAST_FIRST_BY_MEANING + LEAST_FIT) / 2))], BUDGETS)
    first, second = (candidate for candidate in choice.items if candidate.practice.kind is Kind.behaviour)
    assert not first.practice.led or not second.practice.led
    assert first.practice.led or second.practice.led


def test_what_fits_far_less_than_the_best_is_not_chosen():
    best, *others = [practice for practice in PRACTICES if practice.kind is Kind.behaviour]
    offered = (Candidate(best, 0.9), *(Candidate(practice, 0.4) for practice in others))
    (choice,) = choose([brief(1, offered)], BUDGETS)
    assert [candidate.practice.id for candidate in choice.items] == [best.id]


def test_the_better_fit_is_chosen_where_all_else_is_equal():
    offered = tuple(Candidate(p, 0.5 + 0.4 * (p.id == PRACTICES[0].id)) for p in PRACTICES)
    (choice,) = choose([brief(1, offered)], BUDGETS)
    assert PRACTICES[0].id in {candidate.practice.id for candidate in choice.items}


def test_the_same_briefs_give_the_same_choice():
    briefs = [brief(n, all_practices()) for n in (1, 2, 3)]
    assert choose(briefs, BUDGETS) == choose(briefs, BUDGETS)


def test_no_briefs_give_no_choice():
    assert choose([], BUDGETS) == ()


def test_a_form_that_two_intents_want_goes_to_the_one_it_serves_better():
    one, other, *_ = [p for p in PRACTICES if p.kind is Kind.behaviour and not p.led and not p.deeds]
    early = (Candidate(one, 0.8), Candidate(other, 0.75))
    late = (Candidate(one, 0.9),)
    first, second = choose([brief(1, early), brief(2, late)], BUDGETS)
    assert second.items[0].practice.id == one.id
    assert first.items[0].practice.id == other.id
