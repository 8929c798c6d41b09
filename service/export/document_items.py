"""The items of a plan inside the printed document: behaviour, ritual, policy ask, indicators.

Owns: the rows of an item's table. Must not know: the order of the document, storage. Shows no ids,
method codes, confidences or scores.
"""

from __future__ import annotations

from service.export.sheet import Sheet, Style, quoted
from service.export.words import cadence_words, capital, freed_words, lower_start, minutes_words, sentence
from service.plan.articles import with_the
from service.plan.items import Behaviour, Binding, Flag, Indicator, PolicyAsk, Ritual
from service.plan.provenance import Quote

_FLAG_WORDS = {
    Flag.own_routine: "The document states this routine itself; what goes with it is proposed.",
    Flag.standard_form: "A standard form: little in it is particular to this document.",
    Flag.technical: "Tidies how work is done; does not change the operating model.",
    Flag.role_proposed: "Its role is proposed; the document does not name it.",
    Flag.fallback: "Worded without the language model.",
    Flag.stale: "Its words changed in a newer version of the document; it is still to be settled.",
}


def behaviour(item: Behaviour, sheet: Sheet, shown: tuple[Quote, ...]) -> None:
    """A behaviour as a table, then the quotes not already shown above it."""
    sheet.heading(item.title, 2)
    sheet.text(sentence(f"{item.trigger}, {with_the(item.actor)} {item.action}"))
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
    sheet.facts((label, capital(words)) for label, words in rows)
    _item_quotes(item, sheet, shown)


def ritual(item: Ritual, sheet: Sheet, shown: tuple[Quote, ...]) -> None:
    """A ritual as a table and its agenda, then the quotes not already shown above it."""
    sheet.heading(item.title, 2)
    sheet.text(sentence(item.purpose))
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
    sheet.facts((label, capital(words)) for label, words in rows)
    sheet.table(("Minutes", "Agenda"), [(str(step.minutes), step.step) for step in item.agenda])
    _item_quotes(item, sheet, shown)


def policy_ask(ask: PolicyAsk, sheet: Sheet) -> None:
    """A decision asked of leaders, as a table, then its quotes."""
    sheet.heading(sentence(ask.question), 2)
    rows = [
        ("Decided by", f"{with_the(ask.decider)}, at {with_the(ask.forum)}, by day {ask.needed_by_day}"),
        ("The decision", ask.decision),
        ("Options", "\n".join(ask.options)),
        ("If nobody decides", ask.cost_of_not_deciding),
        ("Until then", ask.interim),
        *_notes(ask),
    ]
    sheet.facts((label, capital(words)) for label, words in rows)
    _item_quotes(ask, sheet)


def indicators(indicators: list[Indicator], sheet: Sheet, shown: tuple[Quote, ...] = ()) -> None:
    """The counting rules in one table, then the quotes their targets rest on that are not shown above."""
    if not indicators:
        return
    sheet.heading("How we know", 2)
    rows = [
        (each.name, capital(f"{each.numerator} ÷ {each.denominator}"), _counting(each), _baseline(each))
        for each in indicators
    ]
    sheet.table(("Indicator", "Counted as", "From where; what counts", "Baseline and target"), rows)
    resting = dict.fromkeys(each.quote for each in indicators if each.quote)
    for quote in (each for each in resting if each not in shown):
        quoted(sheet, quote.text, quote.location.words())


def _bound(item: Behaviour | Ritual) -> list[tuple[str, str]]:
    rows = [("First case", f"{item.first_case.words()} ({item.first_case.why})")] if item.first_case else []
    if item.first_lines:
        rows.append(("The document's own list", "; ".join(line.text for line in item.first_lines)))
    return rows + _notes(item)


def _notes(item: Binding) -> list[tuple[str, str]]:
    return [("Note", _FLAG_WORDS[flag]) for flag in item.flags]


def _item_quotes(item: Binding, sheet: Sheet, shown: tuple[Quote, ...] = ()) -> None:
    for quote in (each for each in item.quotes if each not in shown):
        sheet.text(f"“{quote.text}”", Style.small_quote)
        sheet.text(quote.location.words(), Style.caption)


def _counting(each: Indicator) -> str:
    return f"From {each.source}. Counts: {each.counts}; does not count: {each.does_not_count}."


def _baseline(each: Indicator) -> str:
    target = f" Target in the document: “{each.target}”." if each.target else ""
    guard = f" Watch: {lower_start(each.guards)}." if each.guards else ""
    return f"Baseline {each.baseline}.{target}{guard}"
