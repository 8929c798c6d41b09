"""One card a role, as Markdown: two things start, one stops, the first case.

Owns: what a card says and in which order. Must not know: storage, pages. Shows no ids, method codes,
confidences or scores.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpora.records import RoleClass
from service.export.cards import in_marks, said
from service.export.carrying import about_a_week, who_carries_most
from service.export.flags import in_brackets, legend
from service.export.gather import RoleShare, shares
from service.export.nothing import no_plan_page
from service.export.pick import quote_behind, stopping
from service.export.words import cadence_words, first_case_words, freed_words, lower_start, sentence
from service.plan.articles import DETERMINERS, with_the
from service.plan.items import Behaviour, Binding, Flag, PolicyAsk, Ritual
from service.plan.lettering import capital
from service.plan.plan import Plan, Status
from service.plan.provenance import Quote
from service.plan.roles import OPS, role_key, role_name

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
    if most := who_carries_most(plan):
        yield said(most)
        yield ""
    if words := legend((*plan.behaviours, *plan.rituals, *plan.policy_asks)):
        yield f"*{words}*"
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
    yield from _hours(share, plan)
    yield from _behind(share, plan)


def _start(number: int, item: Behaviour | Ritual, share: RoleShare) -> Iterator[str]:
    lines = _behaviour(item) if isinstance(item, Behaviour) else _ritual(item, share)
    yield f"{number}. **{said(item.title)}**{_flags(item)}, from day {item.starts_day}. {next(lines)}"
    yield from (f"   - {line}" for line in lines)
    yield ""


def _flags(item: Binding) -> str:
    return f" *{in_brackets(item).strip()}*" if item.flags else ""


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
        yield _why_there(seat.role, reason)
    if seat and seat.prep_minutes:
        yield f"The first time: keep {seat.prep_minutes} minutes the day before to prepare."
    yield f"On the table the first time: {'; '.join(said(line) for line in item.inputs)}."
    yield f"{capital(cadence_words(item.cadence))}, {item.duration_min} minutes."


def _why_there(role: str, reason: str) -> str:
    """What the plan says of the role, said to the person."""
    if _is_clause(reason):
        return f"You are there as the one who {reason}."
    several = role_key(role) != role_name(role).casefold()  # "branch lending officers know the customer"
    if several and reason[:1].islower() and reason.split()[0] not in DETERMINERS:
        return f"You are there because you {reason}."
    return f"You are there because: {reason}."


def _is_clause(reason: str) -> bool:
    first = reason.split()[0].rstrip(",")
    return first.islower() and (
        first.endswith(("s", "ed")) or first in {"can", "will", "would", "wrote", "gave", "has"}
    )


def _stop(now: tuple[Behaviour | Ritual, ...]) -> Iterator[str]:
    stop = max((stopping(item) for item in now), key=lambda each: each.minutes_saved or 0)
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
        when = f"By day {ask.needed_by_day}, at {said(with_the(ask.forum))}"
        yield f"- {when}: {sentence(said(ask.question))}{_flags(ask)}"
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
        yield f"- **{said(ritual.title)}**{_flags(ritual)}{how_long}, {start}. {sentence(said(ritual.rotation))}"
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
    named = "; ".join(f"{said(item.title)}{_flags(item)} (day {item.starts_day})" for item in items)
    yield f"**Later, once the first hold:** {named}."
    yield ""


def _hours(share: RoleShare, plan: Plan) -> Iterator[str]:
    if share.load is None:
        return
    count, of = len(share.load.item_ids), len(plan.behaviours) + len(plan.rituals)
    hours = about_a_week(share.load.hours_low, share.load.hours_high)
    asks = "asks" if count == 1 else "ask"
    over = ", which is over the limit" if share.load.hours_high > share.load.limit_hours else ""
    yield f"*All of it together: {hours}{over}, once everything runs; {count} of the plan's {of} items {asks} for it.*"
    yield ""


def _behind(share: RoleShare, plan: Plan) -> Iterator[str]:
    """The document's words that the card rests on, each once, with what rests on them."""
    resting: dict[Quote, list[str]] = {}
    for item in dict.fromkeys((*share.items, *share.runs, *share.decides)):
        if quote := quote_behind(plan, item):
            resting.setdefault(quote, []).append(said(item.title))
    if not resting:
        return
    yield "**The document's words behind it**"
    yield ""
    for quote, titles in resting.items():
        yield f"- {in_marks(quote.text)} ({said(quote.location.words())}): {'; '.join(titles)}"
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
