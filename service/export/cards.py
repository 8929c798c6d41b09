"""One item of a plan as Markdown: behaviour, ritual, policy ask, indicator.

Owns: the lines of a card. Must not know: the order of a plan, storage. Shows no ids, method codes,
confidences or scores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpora.records import StateSource
from service.export.words import (
    cadence_words,
    capital,
    first_case_words,
    freed_words,
    lower_start,
    minutes_words,
    sentence,
)
from service.plan.articles import with_the
from service.plan.items import BehaviourDraft, Flag, Indicator, IndicatorKind, PolicyAskDraft, RitualDraft
from service.plan.provenance import Quote

#: Marks that would format, link, embed or quote; and those that do so only where a line begins.
_MARKS = re.compile(r"([\\`*\[\]|])|(?<!\w)(_)|(_)(?!\w)")
_LINE_START = re.compile(r"^(\s*)([#>+=~-]|\d{1,9}(?=[.)](?:\s|$)))")


def said(text: str) -> str:
    """Document or model text made safe inside Markdown: no markup of its own takes effect."""
    flat = " ".join(text.split())
    safe = _MARKS.sub(r"\\\g<0>", flat).replace("&", "&amp;").replace("<", "&lt;")
    return _LINE_START.sub(_kept_flat, safe)


def _kept_flat(match: re.Match[str]) -> str:
    space, mark = match.group(1), match.group(2)
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"


def quoted(quote: Quote) -> str:
    """The exact words and where they stand."""
    return f"> {in_marks(quote.text)}  \n> — {said(quote.location.words())}"


def in_marks(words: str) -> str:
    """The words in quotation marks, unless they bring their own."""
    own = words[:1] in '“"«' and words[-1:] in '”"»'
    return said(words) if own else f"“{said(words)}”"


def behaviour(item: BehaviourDraft) -> Iterator[str]:
    """A behaviour as a card."""
    yield f"**{said(item.title)}**{_flags(item.flags)}  "
    yield sentence(f"{said(item.trigger)}, {with_the(said(item.actor))} {said(item.action)}")
    yield ""
    supposed = " *(supposed; check with the team)*" if item.shift.from_source is StateSource.hypothesis else ""
    yield f"- **From → to:** {said(item.shift.from_state)}{supposed} → {said(item.shift.to_state)}"
    yield f"- **Leaves behind:** {said(item.evidence.artefact)}, {lower_start(said(item.evidence.location))}"
    yield f"- **Instead of:** {said(item.stop_doing.text)}{freed_words(item.stop_doing.minutes_saved)}"
    if item.first_case:
        yield f"- **Try it first** {said(first_case_words(item.first_case))}"
    yield from _lines(item)
    yield f"- **First time, under 15 minutes:** {sentence(said(item.first_time))}"
    yield f"- **How often and how long:** {cadence_words(item.cadence)}; {minutes_words(item.time_cost)}"
    notices = item.reinforcement
    yield (
        f"- **Kept alive by** {with_the(said(item.owner))}. {capital(with_the(said(notices.who)))} notices "
        f"{lower_start(said(notices.when))} and {lower_start(sentence(said(notices.how)))}"
    )
    yield f"- **Looked at again** by day {item.review_days}; {lower_start(sentence(said(item.sunset)))}"
    yield ""


def _lines(item: BehaviourDraft | RitualDraft) -> Iterator[str]:
    if item.first_lines:
        yield "- **Starts with the document's own list:** " + "; ".join(said(line.text) for line in item.first_lines)


def _flags(flags: tuple[Flag, ...]) -> str:
    words = {
        Flag.own_routine: "the document's own routine",
        Flag.standard_form: "standard form",
        Flag.technical: "tidying, not transformation",
        Flag.role_proposed: "role proposed",
        Flag.fallback: "worded without the model",
        Flag.stale: "its words changed in a newer version of the document",
    }
    return f" *({', '.join(words[f] for f in flags)})*" if flags else ""


def ritual(item: RitualDraft) -> Iterator[str]:
    """A ritual as a card with its agenda."""
    yield f"**{said(item.title)}**, {cadence_words(item.cadence)}, {item.duration_min} minutes{_flags(item.flags)}  "
    yield sentence(said(item.purpose))
    yield ""
    people = "; ".join(f"{p.count} × {said(p.role)} ({said(p.reason)})" for p in item.participants)
    yield f"- **Who:** {people}"
    yield f"- **Brings, a day ahead:** {'; '.join(said(line) for line in item.inputs)}"
    agenda = " · ".join(f"{step.minutes} min {lower_start(said(step.step))}" for step in item.agenda)
    yield f"- **Agenda:** {agenda}"
    yield f"- **Comes out:** {'; '.join(said(line) for line in item.outputs)}"
    rights = item.decision_rights
    beyond = lower_start(said(rights.beyond))
    yield f"- **Decides:** {said(rights.decider)}: {said(rights.scope)}; beyond that, {beyond}"
    yield f"- **Replaces:** {said(item.replaces.text)}{freed_words(item.replaces.minutes_saved)}"
    yield from _lines(item)
    yield f"- **Run by** {said(item.facilitator)}; {lower_start(said(item.rotation))}"
    yield f"- **Healthy when:** {'; '.join(said(sign) for sign in item.health_check)}"
    yield f"- **Failing when:** {said(item.failure_signal).rstrip('.')}. {sentence(said(item.sunset))}"
    yield f"- **Without meeting:** {sentence(said(item.async_variant))}"
    yield ""


def policy_ask(item: PolicyAskDraft) -> Iterator[str]:
    """A decision asked of leaders."""
    yield f"**{sentence(said(item.question))}**{_flags(item.flags)}  "
    yield f"Decided by {with_the(said(item.decider))}, at {with_the(said(item.forum))}, by day {item.needed_by_day}."
    yield ""
    yield f"- **The decision:** {said(item.decision)}"
    yield f"- **Options:** {'; '.join(said(option).rstrip('.') for option in item.options)}."
    yield f"- **If nobody decides:** {said(item.cost_of_not_deciding)}"
    yield f"- **Until then:** {said(item.interim)}"
    yield ""


def indicator(item: Indicator) -> str:
    """One counting rule on one line."""
    kinds = {
        IndicatorKind.adherence: "Is it done?",
        IndicatorKind.leading: "Does it move?",
        IndicatorKind.outcome: "Did the outcome come?",
        IndicatorKind.counter: "Does anything get worse?",
    }
    guard = f" Watch: {lower_start(said(item.guards))}." if item.guards else ""
    target = f" Target in the document: “{said(item.target)}”." if item.target else ""
    return (
        f"- *{kinds[item.kind]}* **{said(item.name)}**: {said(item.numerator)} ÷ {said(item.denominator)}, "
        f"from {said(item.source)}. Counts: {said(item.counts)}; does not count: {said(item.does_not_count)}. "
        f"Baseline {item.baseline}.{target}{guard}"
    )
