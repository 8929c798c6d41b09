"""One card a role, as Markdown: two things start, one stops, the first case.

Owns: what a card says and in which order. Must not know: storage, pages. Shows no ids, method codes,
confidences or scores.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpora.records import RoleClass
from service.export.cards import said
from service.export.gather import OPS, RoleShare, shares
from service.export.nothing import no_plan_page
from service.export.pick import stopping
from service.export.words import (
    at_most_words,
    cadence_words,
    capital,
    first_case_words,
    freed_words,
    lower_start,
    sentence,
)
from service.plan.articles import with_the
from service.plan.items import Behaviour, Flag, PolicyAsk, Ritual
from service.plan.plan import Plan, Status

#: Things a card starts with; the rest of a role's share waits under "Later".
STARTS = 2
_COUNTS = {1: "One thing starts", 2: "Two things start"}


def to_roles(plan: Plan) -> str:
    """All cards, leaders' first; a leaders' card is there even where the plan asks nothing of them yet."""
    if plan.status is Status.no_strategic_intent:
        return "\n".join(no_plan_page(plan, "role card")).rstrip() + "\n"
    return "\n".join(_cards(plan)).rstrip() + "\n"


def _cards(plan: Plan) -> Iterator[str]:
    yield f"# Who does what: {said(plan.document.title)}"
    yield ""
    yield "*One card a role. Days count from the day the plan is agreed; minutes are estimates."
    yield "Correct them after two weeks.*"
    yield ""
    found = shares(plan)
    leaders = [share for share in found if share.role_class is RoleClass.leader]
    if not leaders:
        yield from _leaders_without_items(plan)
    for share in found:
        yield from _card(share, plan, asks_questions=bool(leaders) and share is leaders[0])
    yield from _watchers(plan)


def _leaders_without_items(plan: Plan) -> Iterator[str]:
    yield "## Leaders"
    yield ""
    yield "Nothing here starts with you yet. Teams will ask why; the answer is yours to give before they begin."
    yield ""
    yield from _questions(plan)


def _card(share: RoleShare, plan: Plan, asks_questions: bool) -> Iterator[str]:
    yield f"## {said(capital(share.name))}"
    yield ""
    now, later = share.items[:STARTS], share.items[STARTS:]
    if now:
        yield f"**{_COUNTS[len(now)]}.**"
        yield ""
        for number, item in enumerate(now, 1):
            yield from _start(number, item, share)
        yield from _stop(now)
        yield from _first_case(now)
    yield from _decisions(share.decides)
    yield from _runs(share.runs)
    if asks_questions:
        yield from _questions(plan)
    yield from _later(later)
    yield from _hours(share)


def _start(number: int, item: Behaviour | Ritual, share: RoleShare) -> Iterator[str]:
    lines = _behaviour(item) if isinstance(item, Behaviour) else _ritual(item, share)
    yield f"{number}. **{said(item.title)}**, from day {item.starts_day}. {next(lines)}"
    yield from (f"   - {line}" for line in lines)
    yield ""


def _behaviour(item: Behaviour) -> Iterator[str]:
    yield sentence(f"{said(item.trigger)}, {said(with_the(item.actor))} {said(item.action)}")
    yield f"The first time: {sentence(said(item.first_time))}"
    yield f"It leaves behind {said(item.evidence.artefact)}, {lower_start(sentence(said(item.evidence.location)))}"
    minutes = next(
        (cost.minutes + cost.prep_minutes for cost in item.time_cost if cost.role_class is item.role_class), 0
    )
    often = capital(cadence_words(item.cadence))
    yield f"{often}, {minutes} minutes." if minutes else f"{often}, inside work you do anyway."


def _ritual(item: Ritual, share: RoleShare) -> Iterator[str]:
    yield sentence(said(item.purpose))
    seat = share.seat(item)
    if seat:
        reason = said(seat.reason).removeprefix("each ")
        yield f"You are there as the one who {reason}." if _is_clause(reason) else f"You are there because: {reason}."
    if seat and seat.prep_minutes:
        yield f"The first time: keep {seat.prep_minutes} minutes the day before to prepare."
    yield f"On the table the first time: {'; '.join(said(line) for line in item.inputs)}."
    yield f"{capital(cadence_words(item.cadence))}, {item.duration_min} minutes."


def _is_clause(reason: str) -> bool:
    first = reason.split()[0].rstrip(",")
    return first.islower() and (
        first.endswith(("s", "ed")) or first in {"can", "will", "would", "wrote", "gave", "has"}
    )


def _stop(now: tuple[Behaviour | Ritual, ...]) -> Iterator[str]:
    stop = max((stopping(item) for item in now), key=lambda each: each.minutes_saved)
    yield f"**One thing stops:** {said(stop.text)}{freed_words(stop.minutes_saved)}."
    yield ""


def _first_case(now: tuple[Behaviour | Ritual, ...]) -> Iterator[str]:
    case = next((item.first_case for item in now if item.first_case), None)
    if case:
        yield f"**First case:** {said(first_case_words(case))}."
    elif isinstance(now[0], Behaviour) and Flag.own_routine in now[0].flags and now[0].trigger.startswith("Every "):
        yield f"**First case:** the first date that is fixed, from day {now[0].starts_day}."
    elif isinstance(now[0], Behaviour):
        yield f"**First case:** the next one that comes: {lower_start(sentence(said(now[0].trigger)))}"
    else:
        yield f"**First case:** the first session, on day {now[0].starts_day}."
    yield ""


def _decisions(asks: tuple[PolicyAsk, ...]) -> Iterator[str]:
    if not asks:
        return
    yield "**Yours to decide**"
    yield ""
    for ask in asks:
        yield f"- By day {ask.needed_by_day}, at {said(with_the(ask.forum))}: {sentence(said(ask.question))}"
        yield f"  Until then: {lower_start(sentence(said(ask.interim)))}"
    yield ""


def _runs(rituals: tuple[Ritual, ...]) -> Iterator[str]:
    if not rituals:
        return
    yield "**Yours to run**"
    yield ""
    for ritual in rituals:
        how_long = said(ritual.facilitator.removeprefix(OPS)) if ritual.facilitator.startswith(OPS) else ""
        start = f"first on day {ritual.starts_day}"
        yield f"- **{said(ritual.title)}**{how_long}, {start}. {sentence(said(ritual.rotation))}"
    yield ""


def _questions(plan: Plan) -> Iterator[str]:
    if not plan.questions_for_leadership:
        return
    yield "**Only leaders can answer**"
    yield ""
    yield from (f"- {sentence(said(question.text))}" for question in plan.questions_for_leadership)
    yield ""


def _later(items: tuple[Behaviour | Ritual, ...]) -> Iterator[str]:
    if not items:
        return
    named = "; ".join(f"{said(item.title)} (day {item.starts_day})" for item in items)
    yield f"**Later, once the first hold:** {named}."
    yield ""


def _hours(share: RoleShare) -> Iterator[str]:
    if share.items or share.runs:
        hours = at_most_words(share.hours_a_week)
        about = "" if hours.startswith("a few") else "about "
        yield f"*All of it together: {about}{hours} a week, once everything runs.*"
        yield ""


def _watchers(plan: Plan) -> Iterator[str]:
    items: tuple[Behaviour | Ritual, ...] = (*plan.behaviours, *plan.rituals)
    if not items:
        return
    yield "## Who keeps an eye on it"
    yield ""
    for item in items:
        care = item.reinforcement
        yield (
            f"- {capital(said(with_the(care.who)))}, {lower_start(said(care.when))}, "
            f"{lower_start(sentence(said(care.how)))} *({said(item.title)})*"
        )
