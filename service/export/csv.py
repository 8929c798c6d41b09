"""The plan as rows for an issue tracker, one flavour for Jira and one for Linear.

Owns: columns, rows and the defusing of cells. Must not know: other formats, storage. Parents stand
above their children, which Jira's importer needs; Linear's takes no parents, so the intent is in the text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from service.export.cards import said
from service.export.flags import estimated, supposed, whole
from service.export.nothing import NO_PLAN, questions
from service.export.pick import asks_by_day, intent_of, shortest_quote, starting
from service.export.words import cadence_words, freed_words, lower_start, minutes_words, sentence
from service.plan.articles import with_the
from service.plan.intents import Intent
from service.plan.items import Behaviour, Binding, PolicyAsk, Ritual
from service.plan.plan import Plan, Status

Flavour = Literal["jira", "linear"]
JIRA_HEADS = ("Issue Type", "Issue ID", "Parent", "Summary", "Description", "Labels")
LINEAR_HEADS = ("Title", "Description", "Status", "Priority", "Labels")
#: Jira refuses longer summaries.
_SUMMARY = 250
_RUNS_AS_FORMULA = re.compile(r"^\s*[=+\-@\t\r\n＝＋－＠]")
_WIKI_MARKS = re.compile(r"([\\{}\[\]|])|!(?=\S)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Row:
    """One issue before it takes a flavour: `parent` is the number of the intent it serves, from 1."""

    kind: str
    title: str
    lines: tuple[str, ...]
    parent: int | None


def to_csv(plan: Plan, flavour: Flavour) -> str:
    """Comma-separated text with every cell quoted, CRLF line ends, UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(JIRA_HEADS if flavour == "jira" else LINEAR_HEADS)
    for number, row in enumerate(_rows(plan), 1):
        cells = _jira(row, number) if flavour == "jira" else _linear(row)
        writer.writerow([defused(cell) for cell in cells])
    return out.getvalue()


def defused(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would run it as a formula."""
    clean = _CONTROL.sub(" ", cell)
    return f"'{clean}" if _RUNS_AS_FORMULA.match(clean) else clean


def _jira(row: Row, number: int) -> tuple[str, ...]:
    kind = "Epic" if row.parent is None and row.kind == "intent" else "Task"
    parent = "" if row.parent is None else str(row.parent)
    text = "\n".join(_WIKI_MARKS.sub(r"\\\g<0>", line) for line in row.lines)
    return kind, str(number), parent, _short(row.title), text, f"throughline {row.kind}"


def _linear(row: Row) -> tuple[str, ...]:
    text = "\n\n".join(said(line) for line in row.lines)
    return _short(row.title), text, "Backlog", "No priority", f"throughline, {row.kind}"


def _short(title: str) -> str:
    flat = " ".join(title.split())
    return flat if len(flat) <= _SUMMARY else flat[: _SUMMARY - 1] + "…"


def _rows(plan: Plan) -> Iterator[Row]:
    if plan.status is Status.no_strategic_intent:
        yield from (Row("question", question, (NO_PLAN, plan.holds), None) for question in questions(plan))
        return
    parents = {intent.id: number for number, intent in enumerate(plan.intents, 1)}
    yield from (_intent(intent) for intent in plan.intents)
    for item in starting(plan):
        lines = _behaviour(item) if isinstance(item, Behaviour) else _ritual(item)
        kind = "behaviour" if isinstance(item, Behaviour) else "ritual"
        yield Row(kind, item.title, (*lines, *_cited(plan, item)), parents.get(item.intent_ids[0]))
    for ask in asks_by_day(plan):
        yield Row("decision", ask.question, (*_ask(ask), *_cited(plan, ask)), parents.get(ask.intent_ids[0]))


def _intent(intent: Intent) -> Row:
    lines = [f"“{quote.text}” ({quote.location.words()})" for quote in intent.quotes]
    return Row("intent", intent.label, (*lines, sentence(intent.reason_first or "")), None)


def _behaviour(item: Behaviour) -> tuple[str, ...]:
    return (
        sentence(f"{item.trigger}, {with_the(item.actor)} {item.action}"),
        f"From: {item.shift.from_state}{supposed(item)}. To: {item.shift.to_state}.",
        f"Starts on day {item.starts_day}; {cadence_words(item.cadence)}.",
        f"Takes {minutes_words(item.time_cost)}.",
        f"Leaves behind: {item.evidence.artefact}, {lower_start(item.evidence.location)}.",
        f"Instead of: {item.stop_doing.text}{freed_words(item.stop_doing.minutes_saved)}.",
        f"First time: {sentence(item.first_time)}",
        *((f"First case: {item.first_case.words()}.",) if item.first_case else ()),
        f"Kept alive by {with_the(item.owner)}. Looked at again by day {item.review_days}.",
        *_flags(item),
    )


def _ritual(item: Ritual) -> tuple[str, ...]:
    return (
        sentence(item.purpose),
        f"Starts on day {item.starts_day}; {cadence_words(item.cadence)}, {item.duration_min} minutes.",
        "Agenda: " + "; ".join(f"{step.minutes} min {lower_start(step.step)}" for step in item.agenda) + ".",
        f"Comes out: {'; '.join(item.outputs)}.",
        f"Decides: {item.decision_rights.decider}. Run by {item.facilitator}.",
        f"Replaces: {item.replaces.text}{freed_words(item.replaces.minutes_saved)}.",
        *_flags(item),
    )


def _ask(ask: PolicyAsk) -> tuple[str, ...]:
    return (
        f"By day {ask.needed_by_day}: {with_the(ask.decider)} decides, at {with_the(ask.forum)}.",
        *(f"Option: {sentence(option)}" for option in ask.options),
        f"If nobody decides: {sentence(ask.cost_of_not_deciding)}",
        f"Until then: {sentence(ask.interim)}",
        *_flags(ask),
    )


def _flags(item: Binding) -> tuple[str, ...]:
    known = " ".join(filter(None, (*whole(item), estimated(item))))
    return (f"To know: {known}",) if known else ()


def _cited(plan: Plan, item: Binding) -> tuple[str, ...]:
    intent = intent_of(plan, item)
    quotes = item.quotes or ((shortest_quote(intent),) if intent else ())
    return tuple(f"Rests on: “{quote.text}” ({quote.location.words()})" for quote in quotes)
