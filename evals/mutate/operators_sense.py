"""Defects of sense: an act that serves nobody's strategy, a tool, a vanity count, a ranking, a contradiction.

Owns: M6, M8, M9, M14, M17, M18, M21. Must not know: checks.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations

from corpora.records import AgendaStep, RoleClass
from evals.mutate.fillers import Fillers, Paraphrase
from evals.mutate.mutant import Mutant, changed, mutant
from evals.mutate.seeds import Seed
from service.plan.ids import content_id
from service.plan.items import IndicatorKind, PolicyAsk, Ritual
from service.plan.plan import Plan

SHORT_STEPS = (5, 5, 5)
NO_DAY = 180


def platitude(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M6: a triggered, observable act that any organisation could do."""
    for item in seed.plan.behaviours:
        for words in fillers.platitudes:
            told = ("trigger, action, mechanism", item.action, words.action)
            yield mutant("M6", "C5", seed, item, words.model_dump(), told)


def tool_only(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M8: act and to-state become the setting up of a tool on the same topic."""
    for item in seed.plan.behaviours:
        topic = item.terms[0].text if item.terms else item.title.lower()
        for words in fillers.tool_work:
            action = words.action.replace("{topic}", topic)
            shift = item.shift.model_copy(update={"to_state": words.to_state.replace("{topic}", topic)})
            yield mutant("M8", "C6", seed, item, {"action": action, "shift": shift}, ("action", item.action, action))


def duplicate_ritual(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M9: the same ritual once more, in other words, under another name, for a quarter of an hour."""
    for item in seed.plan.rituals:
        words = fillers.paraphrased_rituals.get(item.title)
        if words is None:
            continue
        twin = _twin(item, words)
        plan = seed.plan.model_copy(update={"rituals": (*seed.plan.rituals, twin)})
        told = ("rituals", item.purpose, twin.purpose)
        yield Mutant("M9", seed.name, item.id, *told, "C12", plan, (item.id, twin.id))


def vanity_metric(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M14: the leading indicator becomes a count of attendance. The defect belongs to the intent it measures."""
    for item in seed.plan.indicators:
        if item.kind is IndicatorKind.leading:
            for words in fillers.vanity:
                spoilt = changed(seed.plan, item.id, item.model_copy(update=words.model_dump()))
                told = ("name, numerator", item.name, words.name)
                yield Mutant("M14", seed.name, item.intent_ids[0], *told, "C9", spoilt, (*item.intent_ids, item.id))


def individual_ranking(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M17: the unit is a person, and the figure a league table."""
    for item in seed.plan.indicators:
        for words in fillers.rankings:
            update: dict[str, object] = {"name": words.name.replace("{name}", item.name), "scope": words.scope}
            yield mutant("M17", "G2", seed, item, update, ("name, scope", item.scope, words.scope))


def contradiction(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M18: one item does what another one ends."""
    for ender, doer in permutations(seed.plan.behaviours, 2):
        for verb in fillers.persisting:
            action = f"{verb} {ender.stop_doing.text}"
            told = ("action", doer.action, action)
            yield mutant("M18", "C12", seed, doer, {"action": action}, told, (doer.id, ender.id))


def neutral_ask(seed: Seed, fillers: Fillers) -> Iterable[Mutant]:
    """M21: the ask loses decider, day and interim; the leaders' behaviours are given to a team."""
    for item in seed.plan.policy_asks:
        for words in fillers.nobody:
            yield _neutral(seed, item, words)


def _neutral(seed: Seed, item: PolicyAsk, words: str) -> Mutant:
    update = {"decider": words, "needed_by_day": NO_DAY, "interim": ""}
    plan = changed(seed.plan, item.id, item.model_copy(update=update))
    told = ("decider, needed_by_day, interim", item.decider, words)
    return Mutant("M21", seed.name, item.id, *told, "C13", _led_by_nobody(plan))


def _led_by_nobody(plan: Plan) -> Plan:
    for item in plan.behaviours:
        if item.role_class is RoleClass.leader:
            sources = tuple(source for source in item.sources if source.field != "actor")
            team = {"role_class": RoleClass.contributor, "actor": "team member", "sources": sources}
            plan = changed(plan, item.id, item.model_copy(update=team))
    return plan


def _twin(item: Ritual, words: Paraphrase) -> Ritual:
    steps = tuple(AgendaStep(step=step, minutes=m) for step, m in zip(words.agenda, SHORT_STEPS, strict=True))
    update: dict[str, object] = {
        "id": content_id("r", item.id, words.title),
        "title": words.title,
        "purpose": words.purpose,
        "agenda": steps,
        "duration_min": sum(SHORT_STEPS),
        "indicator_ids": (),
    }
    return item.model_copy(update=update)
