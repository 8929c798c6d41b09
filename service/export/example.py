"""The first artefact of a ritual, filled in from the document's own words and the plan, and nothing else.

Owns: which words fill which line, and how a blank is described. Must not know: formats, storage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.export.pick import excerpt, intent_of, shortest_quote, starting
from service.plan.articles import with_the
from service.plan.intents import IntentKind
from service.plan.items import FirstCase, Ritual
from service.plan.plan import Plan
from service.plan.roles import role_name

BLANK = "what the room agrees, in its own words"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the artefact: its heading and its words, both plain text."""

    label: str
    words: str


_PARTS = re.compile(r"\bwith (?:its |their )?(.+)$")
_SPLIT = re.compile(r",\s+(?:and\s+|or\s+)?|\s+and\s+")
_LIMIT = re.compile(r"\b(limits?|elsewhere|off limits|stop|declined|exclu\w+)\b", re.I)
_AIM = re.compile(r"\b(mission|purpose|goal|aim|results?|why now)\b", re.I)
_SEEN = re.compile(r"\b(sign|measure|readings?|guard|state)\b", re.I)
_DATE = re.compile(r"\b(date|days?|until|when|weeks?)\b", re.I)
_SEATS = re.compile(r"\b(those|asked|told)\b", re.I)
_DECIDER = re.compile(r"\bdecid\w+|\breason\b", re.I)
_HOLDER = re.compile(r"\b(owner|role|person|tester|team|facilitator|names?)\b", re.I)


def filled(plan: Plan, ritual: Ritual) -> Iterator[Row]:
    """The lines of the artefact, top to bottom."""
    intent = intent_of(plan, ritual)
    if intent:
        quote = shortest_quote(intent)
        yield Row("It serves", f"“{quote.text}” ({quote.location.words()})")
    yield from _from_the_document(plan, ritual)
    yield from (Row(part, _words_for(part, plan, ritual)) for part in parts(ritual.outputs[0]))
    rights = ritual.decision_rights
    yield Row("Decided by", f"{with_the(rights.decider)}; it covers {rights.scope}")
    yield Row("Kept by", f"{with_the(ritual.owner)}, in the place agreed in the room")
    yield Row("Read again", f"on the date agreed in the room, by day {ritual.review_days} at the latest")
    yield from (Row("On the same sheet", f"{output}, as the room settles it") for output in ritual.outputs[1:])


def parts(output: str) -> tuple[str, ...]:
    """What an output says it holds: 'one page with A, B and C' gives A, B, C; else nothing."""
    found = _PARTS.search(output)
    held = tuple(part.strip() for part in _SPLIT.split(found.group(1)) if part.strip()) if found else ()
    return held if len(held) > 1 else ()


def _from_the_document(plan: Plan, ritual: Ritual) -> Iterator[Row]:
    near = [item for item in starting(plan) if set(item.intent_ids) & set(ritual.intent_ids)]
    case = ritual.first_case or next((item.first_case for item in near if item.first_case), None)
    lines = ritual.first_lines or next((item.first_lines for item in near if item.first_lines), ())
    yield from (Row(f"Line {number}, from the document", f"“{line.text}”") for number, line in enumerate(lines, 1))
    if case or not lines:
        yield Row("First case", _case_words(case))


def _case_words(case: FirstCase | None) -> str:
    return case.with_reason() if case else "the case agreed in the room"


def _words_for(part: str, plan: Plan, ritual: Ritual) -> str:
    """The document's words for a part where it has some; otherwise a blank described in words."""
    if user := _term_in(part, ritual, "user"):
        return f"“{user}”, the document's own word; which of them first is agreed in the room"
    if _LIMIT.search(part) and (limits := _limits(plan)):
        return "to begin with, the document's own: " + "; ".join(f"“{limit}”" for limit in limits)
    if _AIM.search(part) and (intent := intent_of(plan, ritual)):
        return f"said in the group's own words, starting from “{excerpt(shortest_quote(intent).text, 16)}”"
    if _SEEN.search(part) and (measured := _measured(plan, ritual)):
        return measured
    if _SEATS.search(part):
        return ", ".join(dict.fromkeys(role_name(seat.role) for seat in ritual.participants)) + ", as far as it fits"
    return _blank(part, ritual)


def _blank(part: str, ritual: Ritual) -> str:
    if _DATE.search(part):
        return "the date agreed in the room"
    if _DECIDER.search(part):
        return f"what {with_the(ritual.decision_rights.decider)} says in the room, in one sentence"
    return "the role that says yes in the room" if _HOLDER.search(part) else BLANK


def _term_in(part: str, ritual: Ritual, kind: str) -> str | None:
    words = part.lower()
    return next((term.text for term in ritual.terms if term.kind == kind and term.text.lower() in words), None)


def _limits(plan: Plan) -> tuple[str, ...]:
    ledger = (*plan.intents, *(deferred.intent for deferred in plan.deferred_intents))
    found = [intent for intent in ledger if intent.kind is IntentKind.constraint]
    return tuple(excerpt(shortest_quote(intent).text, 24) for intent in found[:2])


def _measured(plan: Plan, ritual: Ritual) -> str | None:
    mine = [each for each in plan.indicators if set(each.intent_ids) & set(ritual.intent_ids)]
    own = next((each.target for each in mine if each.target), None)
    if own:
        return f"the document's own, “{own}”"
    return f"{mine[0].name}, counted from {mine[0].source}" if mine else None
