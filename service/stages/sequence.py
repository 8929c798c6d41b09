"""Lays the plan over ninety days: who does what when, from the plan's own items.

Owns: the five stretches and what each says. Must not know: engines, the document, budgets; it
reads the items as they are and adds none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from corpora.records import Period, RoleClass
from service.checks.c08_load import roles_of
from service.checks.ledger import items_in
from service.checks.wording import folded
from service.plan.articles import with_the
from service.plan.ids import content_id
from service.plan.items import BehaviourDraft, Flag, IndicatorKind, ItemDraft, PolicyAsk, RitualDraft
from service.plan.lettering import capital
from service.plan.parts import PlanParts
from service.plan.plan import RolloutStep

#: First and last day of each stretch (domain brief 7.4).
STRETCHES = ((0, 15), (16, 30), (31, 60), (61, 80), (81, 90))
LAST_DAY = 90
ROTATION_DAY = 60
BASELINE_DAY = 15
#: Occurrences by the last day below which none is promised.
#: Behaviours whose short form is tried in the first week, beside the one that is rehearsed.
TRIED_FIRST = 4
RARE = 1.4
#: A rotation that begins with Product Ops in the chair, for the first sessions or until somebody takes over;
#: "Product Ops keeps the log" and "Product Ops briefs the first facilitators" are other work.
HELPED = re.compile(
    r"Product Ops (?:itself )?(?:\w+s (?:the \w+ )?and )?"
    r"(?:runs|guides|leads|chairs|facilitates|hosts|steers|moderates|takes|holds|sits in the chair)\b"
    r"(?=[^.;,]*\b(?:first|once|twice|two|three|four|until|at the start|to begin with)\b"
    r"|[^.;,]{0,20}[;,] (?:then|after))"
)


def sequence(parts: PlanParts) -> PlanParts:
    """The parts with a rollout of five steps, or none where the plan has no items."""
    if not items_in(parts):
        return parts.model_copy(update={"rollout": ()})
    steps = (_prepare(parts), _begin(parts), _widen(parts), _complete(parts), _decide(parts))
    return parts.model_copy(update={"rollout": steps})


def expected_sessions(item: ItemDraft, until: int = LAST_DAY) -> int:
    """Occurrences from the item's start to day `until`, by its cadence; at least one, as it starts."""
    if isinstance(item, PolicyAsk) or not isinstance(item, BehaviourDraft | RitualDraft):
        return 0
    return max(1, math.floor(_occurrences(item, until) + 0.5))


def _occurrences(item: BehaviourDraft | RitualDraft, until: int) -> float:
    """How often the cadence falls between the item's start and day `until`, unrounded."""
    return max(0, until - item.starts_day + 1) / 7 * item.cadence.per_week


def _step(place: int, title: str, actions: Sequence[str], items: Sequence[ItemDraft], owner: str) -> RolloutStep:
    first, last = STRETCHES[place]
    said = tuple(dict.fromkeys(folded(action) for action in actions if action))
    return RolloutStep(
        id=content_id("step", str(first), *said),
        from_day=first,
        to_day=last,
        title=title,
        actions=said,
        item_ids=tuple(item.id for item in items),
        owner=owner,
    )


# The five stretches --------------------------------------------------------------------------


def _prepare(parts: PlanParts) -> RolloutStep:
    actions = [
        *_catchball(parts),
        *_asks_due(parts, 0),
        _pilots(parts),
        *_short_tries(parts),
        _baselines(parts),
        _meetings_that_end(parts),
    ]
    return _step(0, "Agree, choose pilots, take baselines", actions, _starting(parts, 0), _senior(parts))


def _begin(parts: PlanParts) -> RolloutStep:
    starting = _starting(parts, 1)
    actions = [_rehearsal(parts), *_first_days(starting), *_asks_due(parts, 1)]
    if not starting:
        actions.append("No item starts in this stretch; use it to settle the open questions.")
    return _step(1, "Rehearse on a real case and begin", actions, starting, _owner(starting, parts))


def _widen(parts: PlanParts) -> RolloutStep:
    starting = _starting(parts, 2)
    handed_over = _rotation(_running(parts, ROTATION_DAY))
    actions = [*_first_days(starting), *_asks_due(parts, 2), handed_over, _look(parts)]
    title = "Add what comes next, hand over facilitation" if parts.rituals else "Add what comes next"
    return _step(2, title, actions, starting, _owner(starting, parts))


def _complete(parts: PlanParts) -> RolloutStep:
    starting = _starting(parts, 3)
    actions = [*_first_days(starting), *_asks_due(parts, 3), _peer(parts)]
    title = "Start the last items" if starting else "Let it run and fetch the evidence"
    return _step(3, title, actions, starting, _owner(starting, parts))


def _decide(parts: PlanParts) -> RolloutStep:
    reviewed = [(item.title, item.review_days) for item in parts.behaviours]
    reviewed += [(item.title, item.review_days) for item in parts.rituals]
    names = ", ".join(f"'{title}'" for title, day in reviewed if day <= LAST_DAY)
    later = [day for _, day in reviewed if day > LAST_DAY]
    titles = _listed([f"'{title}'" for title, day in reviewed if day > LAST_DAY])
    actions = [
        f"The {_bare(_senior(parts))} and the pilot teams read each indicator against its baseline."
        if parts.indicators
        else "",
        f"For each item record keep, change or drop with one reason: {names}." if names else "",
        "Hold each of these to the end condition on its card." if names else "",
        f"Too early for a verdict: {titles}. Say only whether to go on until day {max(later)}." if later else "",
        *_asks_due(parts, 4),
        "Write the decision down and publish what was dropped before any other team is asked to join.",
        _next_wave(parts),
    ]
    return _step(4, "Keep, change or drop, then decide on more", actions, _starting(parts, 4), _senior(parts))


# What is said --------------------------------------------------------------------------------


def _catchball(parts: PlanParts) -> list[str]:
    """Who takes the plan's questions to whom; they stand in a list of their own."""
    if not parts.questions:
        return []
    count = len(parts.questions)
    asked = _listed([_the(role) for role in dict.fromkeys(question.asked_of for question in parts.questions)])
    what = "the question for leaders" if count == 1 else f"the {count} questions for leaders"
    back = f"bring the {'answer' if count == 1 else 'answers'} back to the teams by day {BASELINE_DAY}"
    return [f"Put {what} to {asked}, and {back}, 'not now' included."]


def _asks_due(parts: PlanParts, place: int) -> list[str]:
    first, last = STRETCHES[place]
    latest = last if place < len(STRETCHES) - 1 else 180
    due = sorted((ask for ask in parts.policy_asks if first <= ask.needed_by_day <= latest), key=_due)
    return [
        f"By day {ask.needed_by_day} {_the(ask.decider.split(',')[0])} answers '{ask.title}' at {_forum(ask.forum)}. "
        f"Until then: {_open_end(ask.interim)}."
        for ask in due
    ]


def _due(ask: PolicyAsk) -> tuple[int, str]:
    return ask.needed_by_day, ask.id


def _pilots(parts: PlanParts) -> str:
    daily = (RoleClass.lead, RoleClass.contributor)
    needed = dict.fromkeys(_the(item.actor) for item in parts.behaviours if item.role_class in daily)
    who = f", {_listed(list(needed)[:3])} among them" if needed else ""
    if parts.pilot_teams:
        named = _listed(list(parts.pilot_teams))
        asked = "agrees" if len(parts.pilot_teams) == 1 else "agree"
        return f"Ask whether {named}{who} {asked} to try this; nobody is told to. (The names stand in your profile.)"
    return f"Find those who volunteer to try this first{who}; nobody is told to."


def _short_tries(parts: PlanParts) -> list[str]:
    """What can be done in the first week: each behaviour's first time, which takes less than a quarter of an hour."""
    tried = sorted(parts.behaviours, key=lambda item: item.starts_day)[:TRIED_FIRST]
    return [
        f"In the first week {_the(item.actor)} can try '{item.title}' in its short form, once: "
        f"{_inner(item.first_time)}."
        for item in tried[1:]
    ]


def _inner(words: str) -> str:
    text = _open_end(words)
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _baselines(parts: PlanParts) -> str:
    if not parts.indicators:
        return ""
    effects = [one for one in parts.indicators if one.kind is not IndicatorKind.adherence]
    read = _listed([f"'{one.name}' ({_open_end(one.source.split(';')[0])})" for one in effects])
    if not effects:
        return ""
    return f"By day {BASELINE_DAY} read each baseline once, as a count for the team and never for a person: {read}."


def _meetings_that_end(parts: PlanParts) -> str:
    if not parts.rituals:
        return ""
    ends: dict[str, list[str]] = {}
    for ritual in parts.rituals:
        ends.setdefault(_open_end(ritual.replaces.text), []).append(f"'{ritual.title}'")
    lines = _listed([f"{text} (for {_listed(titles)})" for text, titles in ends.items()])
    return f"Agree what ends to make room and, where you have it, take it out of the calendar: {lines}."


def _rehearsal(parts: PlanParts) -> str:
    behaviours = sorted(parts.behaviours, key=lambda item: item.starts_day)
    if not behaviours:
        return ""
    first = behaviours[0]
    case = f" {first.first_case.lead} {first.first_case.words()}" if first.first_case else ""
    rehearsed = f"Rehearse '{first.title}'{case} with {_the(first.actor)} once before it counts."
    return f"{rehearsed} {capital(_open_end(first.first_time))}."


def _first_days(starting: Sequence[ItemDraft]) -> list[str]:
    lines = []
    for item in starting:
        day, until = f"Day {item.starts_day}", f"by day {LAST_DAY}"
        if isinstance(item, BehaviourDraft):
            lines.append(f"{day}: {_the(item.actor)} begins '{item.title}'; {_expected(item)}.")
        elif isinstance(item, RitualDraft):
            led = f"{item.duration_min} minutes, facilitated by {_facilitator(item)}"
            lines.append(f"{day}: first '{item.title}', {led}; expect {_times(item, 'session')} {until}.")
    return lines


def _facilitator(ritual: RitualDraft) -> str:
    """Who leads the first sessions: Product Ops where the card lets it guide them, else the card's facilitator."""
    return "Product Ops" if HELPED.search(ritual.rotation) else _the(_open_end(ritual.facilitator))


def _expected(item: BehaviourDraft) -> str:
    """How often it should happen by the last day; a quarter has one of its kind, and what is rarer is not promised."""
    if item.cadence.period is Period.quarterly:
        return f"the first is due by day {LAST_DAY}"
    if _occurrences(item, LAST_DAY) < RARE:
        return f"it counts from the first time it arises, which may come after day {LAST_DAY}"
    return f"expect {_times(item)} by day {LAST_DAY}"


def _times(item: ItemDraft, noun: str = "occasion") -> str:
    count = expected_sessions(item)
    return f"about {count} {noun}{'' if count == 1 else 's'}"


def _rotation(running: Sequence[ItemDraft]) -> str:
    """Who takes over what has met twice by then; for rarer rituals the next facilitator is named."""
    rituals = [item for item in running if isinstance(item, RitualDraft)]
    often = [ritual for ritual in rituals if expected_sessions(ritual, ROTATION_DAY) > 1]
    rare = [f"'{ritual.title}'" for ritual in rituals if ritual not in often]
    lines = [f"'{ritual.title}': {_open_end(ritual.rotation)}" for ritual in often]
    said = f"By day {ROTATION_DAY} somebody else facilitates. {_sentence_list(lines)}" if lines else ""
    named = f"By day {ROTATION_DAY} name who facilitates the next session of {_listed(rare)}." if rare else ""
    return f"{said} {named}".strip()


def _look(parts: PlanParts) -> str:
    running = [item for item in _running(parts, ROTATION_DAY) if isinstance(item, BehaviourDraft)]
    if not running:
        return ""
    item = running[0]
    who, when = _the(item.reinforcement.who), _open_end(item.reinforcement.when)
    return f"Check that somebody notices '{item.title}': {who}, {when}."


def _peer(parts: PlanParts) -> str:
    started = [item for item in parts.behaviours if item.starts_day <= ROTATION_DAY]
    if not started:
        return ""
    return (
        f"A member of a pilot team, not a manager, shows '{started[0].title}' to a team that asks to see it. "
        "Nobody joins before the decision of days 81 to 90."
    )


def _next_wave(parts: PlanParts) -> str:
    waiting = [entry for entry in parts.deferred if not entry.holds]
    waiting.sort(key=lambda entry: (entry.intent.wave, -entry.intent.importance))
    if not waiting:
        return ""
    return (
        f"If hours are free, take up “{capital(waiting[0].intent.label)}” next; "
        f"it waits for {_open_end(waiting[0].waits_for)}."
    )


# Who and which -------------------------------------------------------------------------------


def _starting(parts: PlanParts, place: int) -> tuple[ItemDraft, ...]:
    """Behaviours and rituals by start day, asks by the day their answer is needed."""
    first, last = STRETCHES[place]
    started = [item for item in _acts(parts) if first <= item.starts_day <= last]
    latest = last if place < len(STRETCHES) - 1 else 180
    asked: list[ItemDraft] = [ask for ask in parts.policy_asks if first <= ask.needed_by_day <= latest]
    return (*sorted(started, key=lambda item: item.starts_day), *asked)


def _running(parts: PlanParts, day: int) -> tuple[ItemDraft, ...]:
    return tuple(item for item in _acts(parts) if item.starts_day <= day)


def _acts(parts: PlanParts) -> tuple[ItemDraft, ...]:
    return (*parts.behaviours, *parts.rituals)


def _owner(starting: Sequence[ItemDraft], parts: PlanParts) -> str:
    owners = [item.owner for item in starting if isinstance(item, BehaviourDraft | RitualDraft)]
    return _bare(owners[0]) if owners else _senior(parts)


def _senior(parts: PlanParts) -> str:
    """The plan's own leader, by the shortest name for one; else who decides in a ritual, else an owner.

    A role that the document names goes before one that is only proposed.
    """
    found = [(Flag.role_proposed in item.flags, roles_of(item).get(RoleClass.leader, ())) for item in items_in(parts)]
    named = [role for proposed, roles in found if not proposed for role in roles]
    leaders = named or [role for _, roles in found for role in roles]
    rituals = [ritual.decision_rights.decider for ritual in parts.rituals]
    owners = [item.owner for item in parts.behaviours]
    return _bare(next(iter((*sorted(leaders, key=len), *rituals, *owners)), "sponsor"))


def _bare(role: str) -> str:
    return role.removeprefix("the ").removeprefix("The ")


def _the(role: str) -> str:
    first = "the" if role.startswith("Product Op") else role.split(" ", 1)[0].lower()
    if first in {"the", "a", "an", "both", "each", "every", "one", "two", "whoever"}:
        return role
    return f"the {role}"


def _forum(forum: str) -> str:
    return with_the(forum.removeprefix("at ").removeprefix("in "))


def _open_end(text: str) -> str:
    return text.strip().rstrip(".;")


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _sentence_list(lines: Sequence[str]) -> str:
    return "; ".join(lines) + "." if lines else ""
