"""The facilitator's kit for each ritual, as Markdown: script, a filled first artefact, a briefing for managers.

Owns: what a kit holds and in which order. Must not know: storage, pages. Shows no ids, method codes,
confidences or scores. The example is filled from the document's own words and the plan only; what
nobody can know yet is described in words.
"""

from __future__ import annotations

from collections.abc import Iterator

from service.export.cards import in_marks, said
from service.export.example import filled
from service.export.flags import estimated, whole
from service.export.nothing import no_plan_page
from service.export.pick import intent_of, shortest_quote, starting
from service.export.script import script
from service.export.words import cadence_words, freed_words, lower_start, sentence
from service.plan.articles import with_the
from service.plan.items import Ritual
from service.plan.lettering import capital
from service.plan.plan import Plan, Status


def to_kit(plan: Plan) -> str:
    """A kit for each ritual, first session first."""
    if plan.status is Status.no_strategic_intent:
        return "\n".join(no_plan_page(plan, "facilitator's kit")).rstrip() + "\n"
    return "\n".join(_kits(plan)).rstrip() + "\n"


def _kits(plan: Plan) -> Iterator[str]:
    yield f"# Facilitator's kit: {said(plan.document.title)}"
    yield ""
    rituals = [item for item in starting(plan) if isinstance(item, Ritual)]
    if not rituals:
        yield "The plan holds no gathering. Its behaviours are done in the work itself; nothing needs a facilitator."
    for ritual in rituals:
        yield f"## {said(ritual.title)}"
        yield ""
        if known := " ".join(filter(None, (*whole(ritual), estimated(ritual)))):
            yield f"*{known}*"
            yield ""
        yield from _before(ritual)
        yield from _script(ritual)
        yield from _example(plan, ritual)
        yield from _briefing(plan, ritual)


def _before(ritual: Ritual) -> Iterator[str]:
    people = "; ".join(f"{seat.count} × {said(seat.role)}" for seat in ritual.participants)
    yield (
        f"First session on day {ritual.starts_day}, then {cadence_words(ritual.cadence)}. "
        f"{ritual.duration_min} minutes. Run by {with_the(said(ritual.facilitator))}."
    )
    yield ""
    yield f"- **In the room:** {people}"
    yield f"- **A day ahead, sent to all:** {'; '.join(said(line) for line in ritual.inputs)}"
    yield f"- **Call it off if** {said(with_the(ritual.decision_rights.decider))} cannot come, or nothing was sent."
    yield ""


def _script(ritual: Ritual) -> Iterator[str]:
    yield "### What to say, minute by minute"
    yield ""
    for line in script(ritual):
        yield f"**Minute {line.start} to {line.end}.** {sentence(said(line.step))}  "
        yield f"Say: “{_inner(said(line.says))}”"
        yield ""
    beyond = lower_start(sentence(said(ritual.decision_rights.beyond)))
    yield f"If a matter turns up that this group may not decide, say: “That goes further than this room: {beyond}”"
    yield ""


def _inner(words: str) -> str:
    """Quotation marks inside spoken words."""
    return words.replace("“", "‘").replace("”", "’")


def _example(plan: Plan, ritual: Ritual) -> Iterator[str]:
    yield "### The first artefact, filled in as far as the document goes"
    yield ""
    yield f"*{sentence(said(ritual.outputs[0]))}*"
    yield ""
    yield from (f"- **{capital(said(row.label))}:** {said(row.words)}" for row in filled(plan, ritual))
    yield ""


def _briefing(plan: Plan, ritual: Ritual) -> Iterator[str]:
    yield "### Fifteen minutes with managers beforehand"
    yield ""
    yield from (f"- **{minutes} min, {title}.** {text}" for minutes, title, text in _talk(plan, ritual))
    yield ""


def _talk(plan: Plan, ritual: Ritual) -> Iterator[tuple[int, str, str]]:
    intent = intent_of(plan, ritual)
    quote = shortest_quote(intent) if intent else None
    why = (
        f"Read the sentence aloud: {in_marks(quote.text)} ({said(quote.location.words()).rstrip('.')}). "
        if quote
        else ""
    )
    yield 3, "why", f"{why}It helps because {lower_start(sentence(said(ritual.mechanism)))}"
    yield 4, "what people will see", _seen(ritual)
    saved = freed_words(ritual.replaces.minutes_saved)
    yield (
        3,
        "what ends",
        f"{sentence(said(ritual.replaces.text) + saved)} Agree today who takes it out of the calendar.",
    )
    care = ritual.reinforcement
    notices = f"{capital(said(with_the(care.who)))}, {lower_start(said(care.when))}, {said(care.how)}"
    yield 3, "your part", f"{sentence(notices)} Count the sessions and what they decide, never the people."
    failing = lower_start(sentence(said(ritual.failure_signal)))
    yield 2, "how we stop", f"It is failing when {failing} {sentence(said(ritual.sunset))}"


def _seen(ritual: Ritual) -> str:
    often = capital(cadence_words(ritual.cadence))
    healthy = "; ".join(said(sign) for sign in ritual.health_check)
    instead = lower_start(sentence(said(ritual.async_variant)))
    works = f"{often}, {ritual.duration_min} minutes. It works when {healthy}."
    return f"{works} Where people cannot meet: {instead}"
