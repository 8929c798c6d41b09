"""What of a plan to show first: the shortest quote, what starts, what stops, who is who.

Owns: the choices that several formats share. Must not know: formats, storage.
"""

from __future__ import annotations

import re

from corpora.records import StopDoing
from service.plan.intents import Intent
from service.plan.items import Behaviour, Binding, PolicyAsk, Ritual
from service.plan.plan import Plan
from service.plan.provenance import Quote

_CLAUSE_END = re.compile(r"[,;:.–—]$")


def shortest_quote(intent: Intent) -> Quote:
    """The intent's shortest exact quote; the first of equals."""
    return min(intent.quotes, key=lambda quote: len(quote.text))


def short_place(quote: Quote) -> str:
    """Page or slide and the nearest heading only, for pages with little room."""
    place = quote.location
    return place.model_copy(update={"heading_path": place.heading_path[-1:]}).words()


def excerpt(text: str, most_words: int) -> str:
    """The text, or its first words up to a clause's end, with '…' where more follows."""
    words = text.split()
    if len(words) <= most_words:
        return " ".join(words)
    kept = words[:most_words]
    ends = [at for at, word in enumerate(kept) if _CLAUSE_END.search(word) and at >= most_words // 2]
    cut = kept[: ends[-1] + 1] if ends else kept
    return " ".join(cut).rstrip(",;:.–—") + " …"


def starting(plan: Plan) -> tuple[Behaviour | Ritual, ...]:
    """Behaviours and rituals by the day they start; behaviours first within a day."""
    return tuple(sorted((*plan.behaviours, *plan.rituals), key=lambda item: item.starts_day))


def stopping(item: Behaviour | Ritual) -> StopDoing:
    """The routine that ends for this item."""
    return item.stop_doing if isinstance(item, Behaviour) else item.replaces


def stops(plan: Plan) -> tuple[StopDoing, ...]:
    """Routines that end, each once, the greatest relief first."""
    found = {stop.text: stop for stop in map(stopping, starting(plan))}
    return tuple(sorted(found.values(), key=lambda stop: -(stop.minutes_saved or 0)))


def intent_of(plan: Plan, item: Binding) -> Intent | None:
    """The active intent an item serves first; None where a person took the intent away."""
    return next((intent for intent in plan.intents if intent.id == item.intent_ids[0]), None)


def quote_behind(plan: Plan, item: Binding) -> Quote | None:
    """The words an item rests on: its intent's shortest quote, else its own; None where a person wrote it freely."""
    intent = intent_of(plan, item)
    if intent is not None:
        return shortest_quote(intent)
    return min(item.quotes, key=lambda quote: len(quote.text), default=None)


def asks_by_day(plan: Plan) -> tuple[PolicyAsk, ...]:
    """Decisions asked of leaders, the most urgent first."""
    return tuple(sorted(plan.policy_asks, key=lambda ask: ask.needed_by_day))
