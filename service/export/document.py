"""The plan as a document one could send to a board, whatever file it is written to.

Owns: the order of that document and the words around the items. Must not know: Word, PDF, storage,
pages. Shows no ids or scores.
"""

from __future__ import annotations

from typing import TypeVar

from service.export import document_items
from service.export.carrying import ITEMS_NOTE, freed, role_rows, who_carries_most
from service.export.nothing import NO_PLAN, questions
from service.export.pick import asks_by_day
from service.export.sheet import Run, Sheet, Style, labelled, quoted
from service.export.words import ROLE_CLASSES, hours_words, sentence
from service.plan.articles import with_the
from service.plan.intents import DeferredIntent, Intent
from service.plan.items import Binding, Indicator
from service.plan.lettering import capital
from service.plan.plan import Plan, Status
from service.plan.provenance import Quote

T = TypeVar("T", bound=Binding)


def compose(plan: Plan, sheet: Sheet) -> None:
    """Write the whole plan, or why there is none, onto the sheet."""
    if plan.status is Status.no_strategic_intent:
        _nothing(plan, sheet)
    else:
        _ready(plan, sheet)


def _ready(plan: Plan, sheet: Sheet) -> None:
    sheet.heading(f"From strategy to Monday: {plan.document.title}", 0)
    sheet.text(_made_by(plan))
    _glance(plan, sheet)
    for number, intent in enumerate(plan.intents, 1):
        _intent(number, intent, plan, sheet)
    _leaders(plan, sheet)
    _rollout(plan, sheet)
    _load(plan, sheet)
    _later(plan, sheet)
    _assumptions(plan, sheet)


def _made_by(plan: Plan) -> str:
    by = (
        "No language model wrote this plan." if plan.engine.name == "patterns" else "A language model worded this plan."
    )
    return (
        f"Made from a document of {plan.document.words:,} words. {by} Quotations are the document's exact words. "
        "Times, cadences and proposed roles are estimates to agree with the pilot teams."
    )


def _glance(plan: Plan, sheet: Sheet) -> None:
    sheet.heading("At a glance", 1)
    rows = [
        (str(number), capital(intent.label), intent.reason_first or "", intent.quotes[0].location.words())
        for number, intent in enumerate(plan.intents, 1)
    ]
    sheet.table(("", "What starts first", "Why first", "Where it stands"), rows)


def _intent(number: int, intent: Intent, plan: Plan, sheet: Sheet) -> None:
    sheet.heading(f"{number}. {capital(intent.label)}", 1)
    _quotes(intent.quotes, sheet)
    for behaviour in _of(intent, plan.behaviours):
        document_items.behaviour(behaviour, sheet, intent.quotes)
    for ritual in _of(intent, plan.rituals):
        document_items.ritual(ritual, sheet, intent.quotes)
    document_items.indicators(_measuring(intent, plan), sheet, intent.quotes)


def _of(intent: Intent, items: tuple[T, ...]) -> list[T]:
    return [item for item in items if item.intent_ids[0] == intent.id]


def _measuring(intent: Intent, plan: Plan) -> list[Indicator]:
    return [each for each in plan.indicators if each.intent_ids[0] == intent.id]


def _quotes(quotes: tuple[Quote, ...], sheet: Sheet) -> None:
    for quote in quotes:
        quoted(sheet, quote.text, quote.location.words())


def _leaders(plan: Plan, sheet: Sheet) -> None:
    if plan.policy_asks:
        sheet.heading("What leaders decide", 1)
    for ask in asks_by_day(plan):
        document_items.policy_ask(ask, sheet)
    if plan.questions_for_leadership:
        sheet.heading("Questions only leaders can answer", 1)
    for question in plan.questions_for_leadership:
        labelled(sheet, question.text, f"{question.why} For {with_the(question.asked_of)}.")
        _quotes(question.quotes, sheet)


def _rollout(plan: Plan, sheet: Sheet) -> None:
    if not plan.rollout:
        return
    sheet.heading("The first 90 days", 1)
    rows = [
        (
            f"{step.from_day} to {step.to_day}",
            step.title,
            "\n".join(sentence(action) for action in step.actions),
            step.owner,
        )
        for step in plan.rollout
    ]
    sheet.table(("Days", "What", "Steps", "Led by"), rows)


def _load(plan: Plan, sheet: Sheet) -> None:
    if not plan.load:
        return
    sheet.heading("What it asks of people, a week", 1)
    rows = [
        (
            capital(ROLE_CLASSES[row.role_class]),
            capital(hours_words(row.hours_low, row.hours_high)),
            hours_words(row.budget_hours, row.budget_hours),
            capital(freed(row)),
        )
        for row in plan.load
    ]
    sheet.table(("Who", "New time a week", "Limit", "Freed if the stops are kept"), rows)
    _load_by_name(plan, sheet)
    sheet.text(plan.load[0].assumption)


def _load_by_name(plan: Plan, sheet: Sheet) -> None:
    rows = role_rows(plan)
    if not rows:
        return
    if most := who_carries_most(plan):
        sheet.rich((Run(most, strong=True),))
    sheet.table(
        ("Role", "Items", "New time a week", "Limit"),
        [(row.role, row.items, capital(row.new_time), capital(row.limit)) for row in rows],
    )
    sheet.text(ITEMS_NOTE)


def _later(plan: Plan, sheet: Sheet) -> None:
    if not plan.deferred_intents:
        return
    sheet.heading("Not now: what the document also wants", 1)
    rows = [
        (
            "\n".join(f"“{quote.text}” ({quote.location.words()})" for quote in deferred.intent.quotes),
            sentence(deferred.reason),
            _begins_with(deferred),
            capital(deferred.waits_for),
        )
        for deferred in plan.deferred_intents
    ]
    sheet.table(("The document's words", "Why not now", "Would begin with", "Waits for"), rows)


def _begins_with(deferred: DeferredIntent) -> str:
    step = deferred.next_step
    if step is None:
        return "nothing proposed yet"
    return f"{step.title}: {step.words()}" if step.title else step.text


def _assumptions(plan: Plan, sheet: Sheet) -> None:
    if plan.assumptions:
        sheet.heading("What this plan supposes", 1)
    for each in plan.assumptions:
        sheet.text(f"{each.text} {each.check}", Style.bullet)


def _nothing(plan: Plan, sheet: Sheet) -> None:
    sheet.heading(f"No strategic intent found: {plan.document.title}", 0)
    sheet.text(f"{NO_PLAN} Inventing intents would put words into its author's mouth.")
    sheet.heading("What it does hold", 1)
    sheet.text(plan.holds)
    if plan.near_misses:
        sheet.heading("The sentences that come nearest, and why each is no commitment", 1)
    for miss in plan.near_misses:
        quoted(sheet, miss.quote.text, miss.quote.location.words())
        sheet.text(miss.why)
    sheet.heading("Questions for its author", 1)
    for question in questions(plan):
        sheet.text(question, Style.numbered)
