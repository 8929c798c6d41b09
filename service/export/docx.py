"""The plan as a Word document one could send to a board, with a reply table for catchball.

Owns: the order of that document and the words around the items. Must not know: how Word files are
made, storage, pages. Shows no ids or scores; the reply table's rows carry each item's id as a bookmark,
so that a returned file can be read back.
"""

from __future__ import annotations

import re
from typing import TypeVar

from service.export.nothing import NO_PLAN, questions
from service.export.paper import Paper
from service.export.pick import asks_by_day
from service.export.words import (
    ROLE_CLASSES,
    cadence_words,
    capital,
    freed_words,
    hours_words,
    lower_start,
    minutes_words,
    sentence,
    with_the,
)
from service.plan.intents import Intent
from service.plan.items import Behaviour, Binding, Flag, Indicator, PolicyAsk, Ritual
from service.plan.plan import Plan, Status
from service.plan.provenance import Quote

T = TypeVar("T", bound=Binding)

REPLY_HEADS = ("Item", "Agree, change or decline", "What we would do instead", "Who replies (role)")
_FLAG_WORDS = {
    Flag.standard_form: "A standard form: little in it is particular to this document.",
    Flag.technical: "Tidies how work is done; does not change the operating model.",
    Flag.role_proposed: "Its role is proposed; the document does not name it.",
    Flag.fallback: "Worded without the language model.",
}


def to_docx(plan: Plan) -> bytes:
    """The whole plan; the same plan gives the same bytes."""
    paper = Paper(plan.document.title)
    if plan.status is Status.no_strategic_intent:
        _nothing(plan, paper)
    else:
        _ready(plan, paper)
    return paper.to_bytes()


def bookmark_name(item_id: str) -> str:
    """The bookmark that ties a row of the reply table to an item: letters, digits, underscores, at most 40."""
    return ("reply_" + re.sub(r"\W", "_", item_id, flags=re.ASCII))[:40]


def _ready(plan: Plan, paper: Paper) -> None:
    paper.heading(f"From strategy to Monday: {plan.document.title}", 0)
    paper.text(_made_by(plan))
    _glance(plan, paper)
    for number, intent in enumerate(plan.intents, 1):
        _intent(number, intent, plan, paper)
    _leaders(plan, paper)
    _rollout(plan, paper)
    _load(plan, paper)
    _later(plan, paper)
    _assumptions(plan, paper)
    _replies(plan, paper)


def _made_by(plan: Plan) -> str:
    by = (
        "No language model wrote this plan." if plan.engine.name == "patterns" else "A language model worded this plan."
    )
    return (
        f"Made from a document of {plan.document.words:,} words. {by} Quotations are the document's exact words. "
        "Times, cadences and proposed roles are estimates to agree with the pilot teams."
    )


def _glance(plan: Plan, paper: Paper) -> None:
    paper.heading("At a glance", 1)
    rows = [
        (str(number), intent.label, intent.reason_first or "", intent.quotes[0].location.words())
        for number, intent in enumerate(plan.intents, 1)
    ]
    paper.table(("", "What starts first", "Why first", "Where it stands"), rows)


def _intent(number: int, intent: Intent, plan: Plan, paper: Paper) -> None:
    paper.heading(f"{number}. {intent.label}", 1)
    _quotes(intent.quotes, paper)
    for behaviour in _of(intent, plan.behaviours):
        _behaviour(behaviour, paper)
    for ritual in _of(intent, plan.rituals):
        _ritual(ritual, paper)
    _indicators(_measuring(intent, plan), paper)


def _of(intent: Intent, items: tuple[T, ...]) -> list[T]:
    return [item for item in items if item.intent_ids[0] == intent.id]


def _measuring(intent: Intent, plan: Plan) -> list[Indicator]:
    return [each for each in plan.indicators if each.intent_ids[0] == intent.id]


def _quotes(quotes: tuple[Quote, ...], paper: Paper) -> None:
    for quote in quotes:
        paper.quote(quote.text, quote.location.words())


def _behaviour(item: Behaviour, paper: Paper) -> None:
    paper.heading(item.title, 2)
    paper.text(sentence(f"{item.trigger}, {with_the(item.actor)} {item.action}"))
    care = item.reinforcement
    supposed = " (supposed; check with the team)" if item.shift.from_source == "hypothesis" else ""
    rows = [
        ("From", f"{item.shift.from_state}{supposed}"),
        ("To", item.shift.to_state),
        ("Leaves behind", f"{item.evidence.artefact}, {lower_start(item.evidence.location)}"),
        ("Instead of", f"{item.stop_doing.text}{freed_words(item.stop_doing.minutes_saved)}"),
        *_bound(item),
        ("First time, under 15 minutes", sentence(item.first_time)),
        ("How often, how long", f"{cadence_words(item.cadence)}; {minutes_words(item.time_cost)}"),
        ("Starts", f"day {item.starts_day}; kept alive by {with_the(item.owner)}"),
        ("Who notices", sentence(f"{with_the(care.who)}, {lower_start(care.when)}, {care.how}")),
        ("Looked at again", f"by day {item.review_days}; {lower_start(sentence(item.sunset))}"),
    ]
    paper.facts(rows)
    _item_quotes(item, paper)


def _bound(item: Behaviour | Ritual) -> list[tuple[str, str]]:
    rows = [("First case", f"{item.first_case.text} ({item.first_case.why})")] if item.first_case else []
    if item.first_lines:
        rows.append(("The document's own list", "; ".join(line.text for line in item.first_lines)))
    return rows + [("Note", _FLAG_WORDS[flag]) for flag in item.flags]


def _item_quotes(item: Binding, paper: Paper) -> None:
    for quote in item.quotes:
        paper.text(f"“{quote.text}”", "Quote")
        paper.text(quote.location.words(), "Caption")


def _ritual(item: Ritual, paper: Paper) -> None:
    paper.heading(item.title, 2)
    paper.text(sentence(item.purpose))
    rights = item.decision_rights
    rows = [
        ("When", f"{cadence_words(item.cadence)}, {item.duration_min} minutes, from day {item.starts_day}"),
        ("Who", "; ".join(f"{seat.count} × {seat.role} ({seat.reason})" for seat in item.participants)),
        ("Brought a day ahead", "; ".join(item.inputs)),
        ("Comes out", "; ".join(item.outputs)),
        ("Decides", f"{rights.decider}: {rights.scope}; beyond that, {lower_start(rights.beyond)}"),
        ("Replaces", f"{item.replaces.text}{freed_words(item.replaces.minutes_saved)}"),
        *_bound(item),
        ("Run by", f"{item.facilitator}; {lower_start(item.rotation)}"),
        ("Healthy when", "; ".join(item.health_check)),
        ("Failing when", f"{item.failure_signal.rstrip('.')}. {sentence(item.sunset)}"),
        ("Without meeting", sentence(item.async_variant)),
    ]
    paper.facts(rows)
    paper.table(("Minutes", "Agenda"), [(str(step.minutes), step.step) for step in item.agenda])
    _item_quotes(item, paper)


def _indicators(indicators: list[Indicator], paper: Paper) -> None:
    if not indicators:
        return
    paper.heading("How we know", 2)
    rows = [
        (each.name, f"{each.numerator} ÷ {each.denominator}", _counting(each), _baseline(each)) for each in indicators
    ]
    paper.table(("Indicator", "Counted as", "From where; what counts", "Baseline and target"), rows)
    for each in indicators:
        if each.quote:
            paper.quote(each.quote.text, each.quote.location.words())


def _counting(each: Indicator) -> str:
    return f"From {each.source}. Counts: {each.counts}; does not count: {each.does_not_count}."


def _baseline(each: Indicator) -> str:
    target = f" Target in the document: “{each.target}”." if each.target else ""
    guard = f" Watch: {lower_start(each.guards)}." if each.guards else ""
    return f"Baseline {each.baseline}.{target}{guard}"


def _leaders(plan: Plan, paper: Paper) -> None:
    if plan.policy_asks:
        paper.heading("What leaders decide", 1)
    for ask in asks_by_day(plan):
        _ask(ask, paper)
    if plan.questions_for_leadership:
        paper.heading("Questions only leaders can answer", 1)
    for question in plan.questions_for_leadership:
        paper.labelled(question.text, f"{question.why} For {with_the(question.asked_of)}.")
        _quotes(question.quotes, paper)


def _ask(ask: PolicyAsk, paper: Paper) -> None:
    paper.heading(sentence(ask.question), 2)
    rows = [
        ("Decided by", f"{with_the(ask.decider)}, at {with_the(ask.forum)}, by day {ask.needed_by_day}"),
        ("The decision", ask.decision),
        ("Options", "\n".join(ask.options)),
        ("If nobody decides", ask.cost_of_not_deciding),
        ("Until then", ask.interim),
    ]
    paper.facts(rows)
    _item_quotes(ask, paper)


def _rollout(plan: Plan, paper: Paper) -> None:
    if not plan.rollout:
        return
    paper.heading("The first 90 days", 1)
    rows = [
        (
            f"{step.from_day} to {step.to_day}",
            step.title,
            "\n".join(sentence(action) for action in step.actions),
            step.owner,
        )
        for step in plan.rollout
    ]
    paper.table(("Days", "What", "Steps", "Led by"), rows)


def _load(plan: Plan, paper: Paper) -> None:
    if not plan.load:
        return
    paper.heading("What it asks of people, a week", 1)
    rows = [
        (
            capital(ROLE_CLASSES[row.role_class]),
            hours_words(row.hours_low, row.hours_high),
            hours_words(row.budget_hours, row.budget_hours),
            hours_words(row.saved_hours, row.saved_hours) if row.saved_hours else "none",
        )
        for row in plan.load
    ]
    paper.table(("Who", "New time a week", "Limit", "Freed if the stops are kept"), rows)
    paper.text(plan.load[0].assumption)


def _later(plan: Plan, paper: Paper) -> None:
    if not plan.deferred_intents:
        return
    paper.heading("Not now: what the document also wants", 1)
    rows = [
        (
            "\n".join(f"“{quote.text}” ({quote.location.words()})" for quote in deferred.intent.quotes),
            sentence(deferred.reason),
            capital(deferred.waits_for),
        )
        for deferred in plan.deferred_intents
    ]
    paper.table(("The document's words", "Why not now", "Waits for"), rows)


def _assumptions(plan: Plan, paper: Paper) -> None:
    if plan.assumptions:
        paper.heading("What this plan supposes", 1)
    for each in plan.assumptions:
        paper.text(f"{each.text} {each.check}", "List Bullet")


def _replies(plan: Plan, paper: Paper) -> None:
    paper.heading("Your reply", 1)
    paper.text(
        "Please answer line by line: agree, change or decline. Where you would change something, say what you "
        "would do instead and what you would need for it. Reply as a team or role; no names of persons are needed."
    )
    items: list[tuple[str, str]] = [(intent.id, f"Intent: {intent.label}") for intent in plan.intents]
    items += [(each.id, each.title) for each in (*plan.behaviours, *plan.rituals)]
    items += [(ask.id, f"Decision: {ask.title}") for ask in plan.policy_asks]
    marks = [bookmark_name(item_id) for item_id, _ in items]
    paper.table(REPLY_HEADS, [(title, "", "", "") for _, title in items], marks)


def _nothing(plan: Plan, paper: Paper) -> None:
    paper.heading(f"No strategic intent found: {plan.document.title}", 0)
    paper.text(f"{NO_PLAN} Inventing intents would put words into its author's mouth.")
    paper.heading("What it does hold", 1)
    paper.text(plan.holds)
    if plan.near_misses:
        paper.heading("The sentences that come nearest, and why each is no commitment", 1)
    for miss in plan.near_misses:
        paper.quote(miss.quote.text, miss.quote.location.words())
        paper.text(miss.why)
    paper.heading("Questions for its author", 1)
    for question in questions(plan):
        paper.text(question, "List Number")
