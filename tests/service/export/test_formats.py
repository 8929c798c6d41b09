from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import docx
import pytest
from docx.oxml.ns import qn
from icalendar import Calendar

from corpora.records import Cadence, Period
from service.export.csv import JIRA_HEADS, LINEAR_HEADS, defused, to_csv
from service.export.docx import REPLY_HEADS, bookmark_name, to_docx
from service.export.errors import UnknownFormat, UnknownTimezone
from service.export.formats import format_named, render_plan
from service.export.ics import recurrence, to_ics, working_day
from service.export.sheet import xml_safe
from service.plan.plan import Plan
from tests.service.export.conftest import HOSTILE, made

START = date(2027, 1, 4)


def opened(plan: Plan) -> docx.document.Document:
    return docx.Document(io.BytesIO(to_docx(plan)))


def words(document: docx.document.Document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def quotes(plan: Plan) -> list[str]:
    holders = [*plan.intents, *(deferred.intent for deferred in plan.deferred_intents), *plan.questions_for_leadership]
    holders += [*plan.behaviours, *plan.rituals, *plan.policy_asks]
    found = [quote.text for holder in holders for quote in holder.quotes]
    return found + [each.quote.text for each in plan.indicators if each.quote]


def test_the_word_file_holds_every_quote_exactly(full: Plan):
    held = words(opened(full))
    assert quotes(full)
    assert all(quote in held for quote in quotes(full))


def test_the_word_file_of_the_same_plan_has_the_same_bytes(full: Plan):
    assert to_docx(full) == to_docx(made())


def test_the_reply_table_has_a_marked_row_for_each_intent_and_item(full: Plan):
    document = opened(full)
    table = document.tables[-1]
    assert tuple(cell.text for cell in table.rows[0].cells) == REPLY_HEADS
    marks = [mark.get(qn("w:name")) for mark in table._tbl.iter(qn("w:bookmarkStart"))]
    items = (*full.intents, *full.behaviours, *full.rituals, *full.policy_asks)
    assert marks == [bookmark_name(item.id) for item in items]
    assert len(table.rows) == len(items) + 1


def test_a_word_file_without_plan_shows_the_near_misses_and_asks(nothing: Plan):
    held = words(opened(nothing))
    assert nothing.near_misses[0].quote.text in held
    assert "Who may stop a change to a service?" in held


def test_hostile_words_stay_words_in_the_word_file(hostile: Plan):
    assert xml_safe(HOSTILE).replace("\n", " ") in words(opened(hostile)).replace("\n", " ")


def test_each_ritual_is_one_recurring_event_with_its_agenda(full: Plan):
    events = Calendar.from_ical(to_ics(full, START, "Europe/Paris")).walk("VEVENT")
    assert [str(event["UID"]) for event in events] == [f"{ritual.id}@throughline" for ritual in full.rituals]
    assert all("RRULE" in event for event in events)
    assert all("10 min: questions of fact" in str(event["DESCRIPTION"]) for event in events)
    assert events[0]["DURATION"].dt == timedelta(minutes=30)


def test_an_event_begins_on_its_day_in_the_named_zone(full: Plan):
    first = Calendar.from_ical(to_ics(full, START, "America/New_York")).walk("VEVENT")[0]
    assert first.start.date() == START + timedelta(days=15)
    assert first.start.utcoffset() == ZoneInfo("America/New_York").utcoffset(first.start.replace(tzinfo=None))


def test_sessions_that_would_begin_together_follow_one_another(full: Plan):
    events = Calendar.from_ical(to_ics(full, START, "UTC")).walk("VEVENT")
    assert events[2].start >= events[1].end


def test_a_later_revision_updates_the_same_events(full: Plan):
    old, new = (Calendar.from_ical(to_ics(full, START, "UTC", revision)).walk("VEVENT")[0] for revision in (0, 3))
    assert old["UID"] == new["UID"]
    assert new["SEQUENCE"] == 3
    assert new["DTSTAMP"].dt > old["DTSTAMP"].dt


def test_a_calendar_without_rituals_is_still_a_calendar(nothing: Plan):
    calendar = Calendar.from_ical(to_ics(nothing, START, "Europe/Paris"))
    assert not calendar.walk("VEVENT")
    assert "commits nobody" in str(calendar["X-WR-CALDESC"])


def test_an_unknown_zone_is_refused_with_an_example(full: Plan):
    with pytest.raises(UnknownTimezone, match="Europe/Paris"):
        to_ics(full, START, "../etc/localtime")


def test_hostile_words_add_no_line_to_a_calendar(hostile: Plan):
    calendar = Calendar.from_ical(to_ics(hostile, START, "UTC"))
    assert len(calendar.walk("VEVENT")) == 1
    assert "[go](javascript:x)" in str(calendar.walk("VEVENT")[0]["DESCRIPTION"])


@pytest.mark.parametrize(
    ("period", "rule"),
    [
        (Period.daily, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        (Period.fortnightly, "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        (Period.six_weekly, "FREQ=WEEKLY;INTERVAL=6;BYDAY=FR"),
        (Period.monthly, "FREQ=MONTHLY;INTERVAL=1;BYDAY=-1FR"),
        (Period.quarterly, "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR"),
    ],
)
def test_a_cadence_becomes_a_rule_on_the_first_sessions_weekday(period: Period, rule: str):
    made_rule = recurrence(Cadence(period=period), date(2027, 1, 29))
    assert made_rule is not None
    assert made_rule.to_ical().decode() == rule


def test_what_happens_once_does_not_recur():
    assert recurrence(Cadence(period=Period.once), START) is None


def test_a_weekend_moves_to_monday():
    assert working_day(date(2027, 1, 9)) == working_day(date(2027, 1, 10)) == date(2027, 1, 11)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1", "＝1"])
def test_a_cell_that_a_spreadsheet_would_run_is_defused(cell: str):
    assert defused(cell).startswith("'")


@pytest.mark.parametrize("flavour", ["jira", "linear"])
def test_no_cell_of_a_hostile_plan_runs(hostile: Plan, flavour: str):
    rows = list(csv.reader(io.StringIO(render_plan(hostile, flavour), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.lstrip()[:1] in {"=", "+", "-", "@"}]


def test_jira_parents_stand_above_their_children(full: Plan):
    rows = list(csv.DictReader(io.StringIO(to_csv(full, "jira"), newline="")))
    assert tuple(rows[0]) == JIRA_HEADS
    assert [row["Issue Type"] for row in rows[:3]] == ["Epic", "Epic", "Task"]
    assert all(int(row["Parent"]) < int(row["Issue ID"]) for row in rows if row["Parent"])
    assert len(rows) == len(full.intents) + len(full.behaviours) + len(full.rituals) + len(full.policy_asks)


def test_linear_rows_carry_citation_and_flags(full: Plan):
    rows = list(csv.DictReader(io.StringIO(to_csv(full, "linear"), newline="")))
    assert tuple(rows[0]) == LINEAR_HEADS
    assert all("page 1" in row["Description"] for row in rows)
    assert any("standard form" in row["Description"] for row in rows)


def test_an_unknown_format_lists_the_choices(full: Plan):
    with pytest.raises(UnknownFormat, match="md, docx, pdf, brief"):
        format_named("xls")
    with pytest.raises(UnknownFormat, match="not written as text"):
        render_plan(full, "docx")
