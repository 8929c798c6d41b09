"""One page for executives, as Markdown: what starts, what is asked of them, what ends, what it costs.

Owns: the order and the length of that page. Must not know: storage, pages. Shows no ids, method codes,
confidences or scores.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from service.export.cards import said
from service.export.carrying import who_carries_most
from service.export.flags import in_brackets, legend
from service.export.nothing import no_plan_page
from service.export.pick import asks_by_day, excerpt, short_place, shortest_quote, starting, stops
from service.export.words import ROLE_CLASSES, at_most_words, lower_start, sentence
from service.plan.articles import with_the
from service.plan.intents import Intent
from service.plan.items import Behaviour, PolicyAsk, Ritual
from service.plan.plan import Plan, Status

#: A page holds about this many words.
MOST_WORDS = 450
#: Decisions shown; the rest is counted.
MOST_ASKS = 4
#: Lines a section may take, tried from generous to tight until the page fits.
_DEPTHS = (4, 3, 2, 1)


def to_brief(plan: Plan) -> str:
    """The page; where the plan is long, sections are shortened evenly and say so."""
    if plan.status is Status.no_strategic_intent:
        return "\n".join(no_plan_page(plan, "one-page brief")).rstrip() + "\n"
    page = ""
    for depth in _DEPTHS:
        page = "\n".join(_page(plan, depth)).rstrip() + "\n"
        if len(page.split()) <= MOST_WORDS:
            break
    return page


def _page(plan: Plan, depth: int) -> Iterator[str]:
    yield f"# On one page: {said(plan.document.title)}"
    yield ""
    yield from chain(_starts(plan, depth), _decisions(plan, depth), _stops(plan, depth))
    yield from chain(_hours(plan), _not_now(plan, depth), _dates(plan), _meanings(plan))


def _starts(plan: Plan, depth: int) -> Iterator[str]:
    yield "## What starts"
    yield ""
    for number, intent in enumerate(plan.intents, 1):
        quote = shortest_quote(intent)
        words = said(excerpt(quote.text, 16 + 6 * depth))
        yield f"{number}. “{words}” ({said(short_place(quote))}). {_first_step(plan, intent)}"
    yield ""


def _first_step(plan: Plan, intent: Intent) -> str:
    first = _first_item(plan, intent)
    if first is None:
        return "Nothing starts for it before its decision."
    return f"First: {lower_start(said(first.title))}{in_brackets(first)}, from day {first.starts_day}."


def _first_item(plan: Plan, intent: Intent) -> Behaviour | Ritual | None:
    return next((item for item in starting(plan) if item.intent_ids[0] == intent.id), None)


def _decisions(plan: Plan, depth: int) -> Iterator[str]:
    asks = asks_by_day(plan)
    open_questions = plan.questions_for_leadership
    if not asks and not open_questions:
        return
    yield "## What needs your decision"
    yield ""
    yield from (_decision(ask, depth) for ask in asks[:MOST_ASKS])
    room = max(depth - len(asks[:MOST_ASKS]) + 1, 1 if not asks else 0)
    for question in open_questions[:room]:
        yield f"- {sentence(said(question.text))} For {said(with_the(question.asked_of))}, before the start."
    left = len(asks[MOST_ASKS:]) + len(open_questions[room:])
    if left:
        yield f"- {left} more {'is' if left == 1 else 'are'} in the whole plan."
    yield ""


def _decision(ask: PolicyAsk, depth: int) -> str:
    who = said(with_the(ask.decider))
    cost = f" If nobody decides: {lower_start(sentence(said(ask.cost_of_not_deciding)))}" if depth > 2 else ""
    return f"- **By day {ask.needed_by_day}, by {who}{in_brackets(ask)}:** {sentence(said(ask.question))}{cost}"


def _stops(plan: Plan, depth: int) -> Iterator[str]:
    ending = stops(plan)
    if not ending:
        return
    yield "## What stops"
    yield ""
    shown = ending[: depth + 1]
    yield from (f"- {sentence(said(stop.text))}" for stop in shown)
    yield ""


def _hours(plan: Plan) -> Iterator[str]:
    if not plan.load:
        return
    costs = [f"{ROLE_CLASSES[row.role_class]} {at_most_words(row.hours_high)}" for row in plan.load]
    yield "## What it costs"
    yield ""
    told = (f"A week, at most: {'; '.join(costs)}.", said(who_carries_most(plan)))
    yield " ".join([*filter(None, told), "These are estimates to correct after two weeks."])
    yield ""


def _not_now(plan: Plan, depth: int) -> Iterator[str]:
    waiting = tuple(deferred for deferred in plan.deferred_intents if not deferred.holds)
    if not waiting:
        return
    plain = [deferred for deferred in waiting if "|" not in deferred.intent.label] or list(waiting)
    named = "; ".join(f"“{said(excerpt(deferred.intent.label, 12))}”" for deferred in plain[: depth + 1])
    yield "## What is not done now"
    yield ""
    if len(waiting) <= depth + 1:
        yield f"{named}. The whole plan says what each waits for."
    else:
        yield f"{len(waiting)} further passages wait, among them {named}. The whole plan says what each waits for."
    yield ""


def _dates(plan: Plan) -> Iterator[str]:
    firsts = starting(plan)
    days = [*(ask.needed_by_day for ask in plan.policy_asks), *(item.starts_day for item in firsts)]
    ready = plan.rollout[0].to_day if plan.rollout else None
    days += [] if ready is None else [ready]
    if not days:
        return
    yield "## The first date that matters"
    yield ""
    day = min(days)
    parts = [f"**Day {day}**, counted from the day you say yes: {_what_happens(plan, day)}"]
    if firsts and firsts[0].starts_day > day:
        parts.append(f"On day {firsts[0].starts_day} the first routines begin.")
    if plan.rollout:
        parts.append(f"By day {plan.rollout[-1].to_day} each one is kept, changed or dropped, in writing.")
    yield " ".join(parts)
    yield ""


def _meanings(plan: Plan) -> Iterator[str]:
    """What the flags in brackets mean, where the page shows any."""
    firsts = (_first_item(plan, intent) for intent in plan.intents)
    if words := legend([*(item for item in firsts if item), *asks_by_day(plan)[:MOST_ASKS]]):
        yield f"*{words}*"


def _what_happens(plan: Plan, day: int) -> str:
    if plan.rollout and plan.rollout[0].to_day == day:
        first = plan.rollout[0]
        return f"the first stretch closes ({said(lower_start(first.title))}), led by {said(with_the(first.owner))}."
    if any(ask.needed_by_day == day for ask in plan.policy_asks):
        return "the first decision above is due."
    return "the first routine begins."
