"""The whole plan as Markdown: something a lead hands to a team.

Owns: the order of the whole. Must not know: storage, pages. Shows no ids, method codes, confidences or
scores; the JSON has all.
"""

from __future__ import annotations

from collections.abc import Iterator

from service.export import cards
from service.export.cards import said
from service.export.carrying import ITEMS_NOTE, freed, role_rows, who_carries_most
from service.export.words import ROLE_CLASSES, cadence_words, hours_words, lower_start, sentence
from service.plan.articles import with_the
from service.plan.intents import DeferredIntent, Intent, NextStep
from service.plan.items import Ritual
from service.plan.lettering import capital
from service.plan.plan import Plan, Status

#: Quotes shown in full under an intent; the places of the rest are named.
SHOWN_QUOTES = 3


def to_markdown(plan: Plan) -> str:
    """The plan, or for `no_strategic_intent` a courteous account of what the document does hold."""
    parts = _nothing(plan) if plan.status is Status.no_strategic_intent else _ready(plan)
    return "\n".join(parts).rstrip() + "\n"


def _ready(plan: Plan) -> Iterator[str]:
    yield f"# From strategy to Monday: {said(plan.document.title)}"
    yield ""
    yield _made_by(plan)
    yield ""
    yield from _at_a_glance(plan)
    for number, intent in enumerate(plan.intents, 1):
        yield from _intent(number, intent, plan)
    yield from _for_all(plan)
    yield from _questions(plan)
    yield from _rollout(plan)
    yield from _load(plan)
    yield from _later(plan)
    yield from _capabilities(plan)
    yield from _assumptions(plan)


def _made_by(plan: Plan) -> str:
    who = (
        "No language model wrote this plan: its forms come from the practice library, its words from the document."
        if plan.engine.name == "patterns"
        else f"Worded by {said(plan.engine.model or 'a language model')}, checked by rules; quotes are the document's."
    )
    return (
        f"*Made from a document of {plan.document.words:,} words. {who} "
        "Times, cadences and proposed roles are estimates to agree with the pilot teams.*"
    )


def _at_a_glance(plan: Plan) -> Iterator[str]:
    yield "## What starts first, and why"
    yield ""
    for number, intent in enumerate(plan.intents, 1):
        yield f"{number}. **{said(capital(intent.label))}**. {said(intent.reason_first or '')}"
    yield ""
    yield from _who_begins_what(plan)


def _who_begins_what(plan: Plan) -> Iterator[str]:
    """One row an item, in the order in which they begin: what a busy reader needs of the whole plan."""
    yield "| From day | Who | Begins | How often | What ends for it |"
    yield "|---|---|---|---|---|"
    rows = [(b.starts_day, b.actor, b.title, b.cadence, b.stop_doing.text) for b in plan.behaviours]
    rows += [(r.starts_day, r.owner, r.title, r.cadence, r.replaces.text) for r in plan.rituals]
    for day, who, title, cadence, ends in sorted(rows, key=lambda row: row[0]):
        yield _row(str(day), _cell(who), f"**{_cell(title)}**", cadence_words(cadence), _cell(ends))
    for ask in sorted(plan.policy_asks, key=lambda each: each.needed_by_day):
        yield _row(f"by {ask.needed_by_day}", _cell(ask.decider), f"decides: **{_cell(ask.title)}**", "once", "")
    yield ""


def _cell(words: str) -> str:
    return capital(said(words))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _intent(number: int, intent: Intent, plan: Plan) -> Iterator[str]:
    yield f"## {number}. {said(capital(intent.label))}"
    yield ""
    unlike = list({quote.text: quote for quote in reversed(intent.quotes)}.values())[::-1][:SHOWN_QUOTES]
    for quote in unlike:
        yield cards.quoted(quote)
        yield ""
    if more := [quote for quote in intent.quotes if quote not in unlike]:
        yield "Said again: " + "; ".join(dict.fromkeys(said(quote.location.words()) for quote in more)) + "."
        yield ""
    mine = [b for b in plan.behaviours if b.intent_ids[0] == intent.id]
    if mine:
        yield "### What people do"
        yield ""
        for behaviour in mine:
            yield from cards.behaviour(behaviour)
    rituals = [r for r in plan.rituals if r.intent_ids[0] == intent.id and not _serves_all(r, plan)]
    if rituals:
        yield "### Where it comes together"
        yield ""
        for ritual in rituals:
            yield from cards.ritual(ritual)
    asks = [p for p in plan.policy_asks if p.intent_ids[0] == intent.id]
    if asks:
        yield "### What leaders decide"
        yield ""
        for ask in asks:
            yield from cards.policy_ask(ask)
    indicators = [i for i in plan.indicators if i.intent_ids[0] == intent.id]
    if indicators:
        yield "### How we know"
        yield ""
        yield from (cards.indicator(i) for i in indicators)
        yield ""


def _for_all(plan: Plan) -> Iterator[str]:
    """Rituals in which everything that starts comes together."""
    rituals = [ritual for ritual in plan.rituals if _serves_all(ritual, plan)]
    if rituals:
        yield "## Where all of it comes together"
        yield ""
        for ritual in rituals:
            yield from cards.ritual(ritual)


def _serves_all(ritual: Ritual, plan: Plan) -> bool:
    return len(plan.intents) > 1 and set(ritual.intent_ids) == {intent.id for intent in plan.intents}


def _questions(plan: Plan) -> Iterator[str]:
    if not plan.questions_for_leadership:
        return
    yield "## Questions only leaders can answer"
    yield ""
    for number, question in enumerate(plan.questions_for_leadership, 1):
        yield f"{number}. **{said(question.text)}** {said(question.why)} *(for {said(question.asked_of)})*"
        for quote in question.quotes:
            yield f"   > {cards.in_marks(quote.text)} — {said(quote.location.words())}"
    yield ""


def _rollout(plan: Plan) -> Iterator[str]:
    if not plan.rollout:
        return
    yield "## The first 90 days"
    yield ""
    for step in plan.rollout:
        yield f"**Days {step.from_day} to {step.to_day}: {said(step.title)}** (led by {with_the(said(step.owner))})"
        yield ""
        yield from (f"- {sentence(said(action))}" for action in step.actions)
        yield ""


def _load(plan: Plan) -> Iterator[str]:
    if not plan.load:
        return
    yield "## What it asks of people, a week"
    yield ""
    yield "| Who | New time a week | Limit | Time freed if the stops are kept |"
    yield "|---|---|---|---|"
    for row in plan.load:
        limit = hours_words(row.budget_hours, row.budget_hours)
        yield _row(capital(ROLE_CLASSES[row.role_class]), hours_words(row.hours_low, row.hours_high), limit, freed(row))
    yield ""
    yield from _load_by_name(plan)
    yield f"*{plan.load[0].assumption}*"
    yield ""


def _load_by_name(plan: Plan) -> Iterator[str]:
    """Beside the classes the roles by name: a class hides the one person who carries most of it."""
    rows = role_rows(plan)
    if not rows:
        return
    if most := who_carries_most(plan):
        yield f"**{said(most)}**"
        yield ""
    yield "| Role | Items | New time a week | Limit |"
    yield "|---|---|---|---|"
    several = [row for row in rows if not row.items.startswith("1 of ")] or rows
    yield from (_row(said(row.role), row.items, row.new_time, row.limit) for row in several)
    yield ""
    left = len(rows) - len(several)
    one = (
        f"{left} further role{'s have' if left > 1 else ' has'} one item{' each' if left > 1 else ''}. " if left else ""
    )
    yield f"*{one}{ITEMS_NOTE}*"
    yield ""


def _with_one_item(roles: int) -> str:
    if not roles:
        return ""
    return "One further role has one item. " if roles == 1 else f"{roles} further roles have one item each. "


def _later(plan: Plan) -> Iterator[str]:
    holds = [d for d in plan.deferred_intents if d.holds]
    if holds:
        yield "## What holds already: limits, rhythms and dates of the text"
        yield ""
        yield "*Nothing here waits. Name for each, by day 15, who sees that it is kept.*"
        yield ""
        for deferred in holds:
            quote = deferred.intent.quotes[0]
            kept = f" {said(deferred.next_step.text)}" if deferred.next_step else ""
            yield f"- {cards.in_marks(quote.text)} ({said(quote.location.words())}){'.' if kept else ''}{kept}"
        yield ""
    waiting = [d for d in plan.deferred_intents if not d.holds]
    if waiting:
        yield from _not_now(waiting)


def _not_now(waiting: list[DeferredIntent]) -> Iterator[str]:
    yield "## Not now: what the document also wants"
    yield ""
    room = " Where nothing else is said, it waits for room in the teams' week after day 90."
    worded = any(deferred.next_step and not deferred.next_step.title for deferred in waiting)
    yield (
        "*In the order of their weight in the text; the question to leaders asks whether it is right."
        f"{room if worded else ''}*"
    )
    yield ""
    for deferred in waiting:
        if deferred.next_step is not None:
            yield _next(deferred)
    yield ""
    yield from _without_step([deferred for deferred in waiting if deferred.next_step is None])


def _next(deferred: DeferredIntent) -> str:
    """A waiting intent, its place, what it would begin with and when."""
    label, place = said(capital(deferred.intent.label)), said(deferred.intent.quotes[0].location.words())
    step = deferred.next_step
    begins = f" {_begins(step)}" if step else ""
    return f"- **{label}** ({place}).{begins} {_waits(deferred)}".rstrip()


def _begins(step: NextStep) -> str:
    if step.title:
        return f"Would begin with *{said(step.title)}*: {said(step.words())}"
    return f"First step: {said(step.words())}"


def _waits(deferred: DeferredIntent) -> str:
    """What it waits for; the order of the list says enough of one that only waits its turn."""
    waits = f"Waits for {lower_start(said(deferred.waits_for))}."
    if deferred.next_step and not deferred.next_step.title:
        return "" if deferred.by_rank else waits
    return waits if deferred.by_rank else f"{sentence(said(deferred.reason))} {waits}"


def _without_step(waiting: list[DeferredIntent]) -> Iterator[str]:
    """Waiting intents for which the plan proposes nothing yet, gathered by what they wait for."""
    waits = dict.fromkeys(deferred.waits_for for deferred in waiting)
    for wait in waits:
        mine = [deferred for deferred in waiting if deferred.waits_for == wait]
        why = "" if mine[0].by_rank or len({d.reason for d in mine}) > 1 else f" {sentence(said(mine[0].reason))}"
        yield f"Later, waiting for {lower_start(said(wait))}{'.' if why else ':'}{why}"
        yield ""
        yield from (f"- {said(capital(deferred.intent.label))}" for deferred in mine)
        yield ""


def _capabilities(plan: Plan) -> Iterator[str]:
    if not plan.capabilities:
        return
    yield "## Capabilities this strategy leans on"
    yield ""
    yield "*Signs to look for; nobody has looked yet.*"
    yield ""
    for demand in plan.capabilities:
        yield (
            f"- **{said(demand.name)}**. Project mode looks like: {lower_start(said(demand.project_signs[0]))} "
            f"Product mode looks like: {lower_start(said(demand.product_signs[0]))}"
        )
    yield ""


def _assumptions(plan: Plan) -> Iterator[str]:
    if not plan.assumptions:
        return
    yield "## What this plan supposes"
    yield ""
    yield from (f"- {said(a.text)} {said(a.check)}" for a in plan.assumptions)


def _nothing(plan: Plan) -> Iterator[str]:
    yield f"# No strategic intent found: {said(plan.document.title)}"
    yield ""
    yield "Thank you for the document. It commits nobody to a change of direction, so no plan was made from it;"
    yield "inventing intents would put words into its author's mouth."
    yield ""
    yield f"**What it does hold.** {said(plan.holds)}"
    yield ""
    if plan.near_misses:
        yield "**The sentences that come nearest, and why each is no commitment**"
        yield ""
        for miss in plan.near_misses:
            yield f"- {cards.in_marks(miss.quote.text)} ({said(miss.quote.location.words())}). {said(miss.why)}"
        yield ""
    yield "**Three questions for its author**"
    yield ""
    for number, question in enumerate(plan.questions_for_leadership, 1):
        yield f"{number}. {said(question.text)} {said(question.why)}"
