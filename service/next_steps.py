"""What each waiting intent would begin with, so that a plan passes over nothing the document commits to.

Owns: the choice of one behaviour of the library for a waiting intent that the engine opens with none, and its way
through the checks. Must not know:
storage, pages, jobs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from corpora.lexicons import Lexicons
from corpora.records import Kind
from service.engines.patterns.choose import LEAST_FIRST_BY_MEANING, LEAST_FIRST_FIT
from service.engines.patterns.setting import within_setting
from service.engines.patterns.wording import Wording
from service.library import Library
from service.openings import opened_steps, told
from service.plan.intents import DeferredIntent, NextStep
from service.plan.items import Behaviour
from service.plan.parts import PlanParts
from service.plan.plan import Plan
from service.plan.profile import Profile
from service.plan.proposals import Candidate, IntentBrief, Opening
from service.plan.reading import Reading
from service.stages.ground import ground
from service.stages.lint import lint
from service.stages.tailor import tailor

#: Two further waves' worth: what comes later still is chosen when it comes.
MOST = 20
#: So often one practice may be a next step, where the intents' own objects and people make it another one each time.
MOST_OF_ONE = 3
#: A slot's value that meets the same word in the form ("the named expert expert") makes no sentence to show.
DOUBLED = re.compile(r"\b(\w{3,}) \1\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A brief by its place, and a behaviour for it."""

    place: int
    candidate: Candidate


def waiting(plan: Plan) -> tuple[DeferredIntent, ...]:
    """Deferred intents, those of the nearest wave first, that wait for a routine of the plan."""
    return tuple(deferred for deferred in plan.deferred_intents if not deferred.holds)[:MOST]


def with_next_steps(
    plan: Plan,
    briefs: Sequence[IntentBrief],
    reading: Reading,
    library: Library,
    lexicons: Lexicons,
    profile: Profile | None = None,
    openings: Mapping[str, Opening] | None = None,
) -> Plan:
    """The plan with a next step for each waiting intent for which one passes every check.

    What the engine would begin an intent with goes first (`openings`, by intent id). Where it passes no check, or where
    the engine opens none, it is a practice of the library; what an engine left without an opening stays without. With a
    `profile` steps are in the organisation's own roles and none touches a no-go area.
    """
    deferred = [entry.intent for entry in plan.deferred_intents]
    steps = opened_steps(deferred, openings, reading, lexicons, profile) if openings else {}
    wanted = [brief for brief in briefs if not openings or brief.intent.id in openings]
    left = [brief for brief in wanted if brief.intent.id not in steps]
    return _with(plan, {**_library_steps(plan, left, reading, library, lexicons, profile), **steps})


def _with(plan: Plan, steps: Mapping[str, NextStep]) -> Plan:
    entries = (d.model_copy(update={"next_step": steps.get(d.intent.id)}) for d in plan.deferred_intents)
    return plan.model_copy(update={"deferred_intents": tuple(entries)})


def _library_steps(
    plan: Plan,
    briefs: Sequence[IntentBrief],
    reading: Reading,
    library: Library,
    lexicons: Lexicons,
    profile: Profile | None,
) -> dict[str, NextStep]:
    """A behaviour of the library for each brief's intent that one serves, by the intent's id."""
    if not briefs:
        return {}
    briefs = within_setting(briefs, reading.document.text)
    used = {item.practice_id for item in (*plan.behaviours, *plan.rituals, *plan.policy_asks)}
    drafts = [
        Wording(briefs[pair.place], reading).item(pair.candidate, None, lead=False)
        for pair in _pairs(briefs, {practice_id for practice_id in used if practice_id})
    ]
    intents = tuple(brief.intent for brief in briefs)
    acts = tuple(draft for draft in drafts if isinstance(draft, Behaviour))
    parts = PlanParts(intents=intents, deferred=(), behaviours=acts, rituals=(), policy_asks=(), indicators=())
    parts = lint(ground(parts, reading, library.by_id()), reading, lexicons)
    parts = tailor(parts, profile) if profile else parts
    found = {item.intent_ids[0]: told(item, item.title) for item in parts.behaviours}
    return {intent_id: step for intent_id, step in found.items() if not DOUBLED.search(step.text)}


def _pairs(briefs: Sequence[IntentBrief], used: Collection[str]) -> list[_Pair]:
    """One behaviour a brief, and few briefs a behaviour: of all pairs the best fit goes first."""
    offers = [
        _Pair(place, candidate)
        for place, brief in enumerate(briefs)
        for candidate in brief.candidates
        if candidate.practice.kind is Kind.behaviour
        and candidate.fit >= (LEAST_FIRST_FIT if candidate.practice.deeds else LEAST_FIRST_BY_MEANING)
        and not candidate.practice.led
    ]
    chosen: dict[int, _Pair] = {}
    taken: Counter[str] = Counter(used)
    for pair in sorted(offers, key=lambda p: (-round(p.candidate.fit, 6), p.place, p.candidate.practice.number)):
        most = MOST_OF_ONE if pair.candidate.practice.deeds else 1
        if pair.place not in chosen and taken[pair.candidate.practice.id] < most:
            chosen[pair.place] = pair
            taken[pair.candidate.practice.id] += 1
    return [chosen[place] for place in sorted(chosen)]
