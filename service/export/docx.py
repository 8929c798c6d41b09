"""The plan as a Word document one could send to a board, with a reply table for catchball.

Owns: the order of that document and the words around the items. Must not know: how Word files are
made, storage, pages. Shows no ids or scores; the reply table's rows carry each item's id as a bookmark,
so that a returned file can be read back.
"""

from __future__ import annotations

import re
from typing import TypeVar

from service.export import docx_items
from service.export.nothing import NO_PLAN, questions
from service.export.paper import Paper
from service.export.pick import asks_by_day
from service.export.words import ROLE_CLASSES, capital, hours_words, sentence
from service.plan.articles import with_the
from service.plan.intents import Intent
from service.plan.items import Binding, Indicator
from service.plan.plan import Plan, Status
from service.plan.provenance import Quote

T = TypeVar("T", bound=Binding)

REPLY_HEADS = ("Item", "Agree, change or decline", "What we would do instead", "Who replies (role)")


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
        docx_items.behaviour(behaviour, paper, intent.quotes)
    for ritual in _of(intent, plan.rituals):
        docx_items.ritual(ritual, paper, intent.quotes)
    docx_items.indicators(_measuring(intent, plan), paper)


def _of(intent: Intent, items: tuple[T, ...]) -> list[T]:
    return [item for item in items if item.intent_ids[0] == intent.id]


def _measuring(intent: Intent, plan: Plan) -> list[Indicator]:
    return [each for each in plan.indicators if each.intent_ids[0] == intent.id]


def _quotes(quotes: tuple[Quote, ...], paper: Paper) -> None:
    for quote in quotes:
        paper.quote(quote.text, quote.location.words())


def _leaders(plan: Plan, paper: Paper) -> None:
    if plan.policy_asks:
        paper.heading("What leaders decide", 1)
    for ask in asks_by_day(plan):
        docx_items.policy_ask(ask, paper)
    if plan.questions_for_leadership:
        paper.heading("Questions only leaders can answer", 1)
    for question in plan.questions_for_leadership:
        paper.labelled(question.text, f"{question.why} For {with_the(question.asked_of)}.")
        _quotes(question.quotes, paper)


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
