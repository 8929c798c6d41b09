from __future__ import annotations

import re

import pytest

from corpora.records import Participant, RoleClass
from service.export.brief import MOST_WORDS
from service.export.formats import FORMATS, file_name, format_named, render_plan
from service.plan.plan import Plan
from tests.service.export.conftest import made
from tests.service.planmaker import LISTEN, SHARED, behaviour, ritual

PAGES = ("md", "brief", "roles", "kit")
LEAKS = re.compile(
    r"\b(beh|rit|ask|int|ind|que|step)-\w+|\bK\d{1,2}\b|BCT|\b\d\.\d action planning|confidence|standard_form"
)


@pytest.mark.parametrize("name", PAGES)
def test_no_page_shows_ids_codes_or_confidences(full: Plan, name: str):
    assert not LEAKS.search(render_plan(full, name))


@pytest.mark.parametrize("name", PAGES)
def test_no_page_holds_empty_placeholders(full: Plan, name: str):
    assert not re.search(r"\[[^\]]*\]|\bTBD\b|\bTODO\b|___|None\b|\bnan\b", render_plan(full, name))


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_an_empty_plan_says_why_and_asks_the_author(nothing: Plan, name: str):
    page = render_plan(nothing, name)
    assert "commits nobody" in page
    assert "Who may stop a change to a service?" in page


@pytest.mark.parametrize("name", PAGES)
def test_words_of_a_document_cannot_format_link_or_embed(hostile: Plan, name: str):
    page = render_plan(hostile, name)
    assert "<script" not in page
    assert not re.search(r"(?<!\\)\[go\]|(?<!\\)!\[|(?<!\\)`code|(?<!\\)\*\*bold", page.replace("!\\[", ""))
    assert "\n# head" not in page


@pytest.mark.parametrize("name", [*PAGES, "json", "jira", "linear"])
def test_the_same_plan_gives_the_same_text(full: Plan, name: str):
    assert render_plan(full, name) == render_plan(made(), name)


def test_the_json_reads_back_to_the_same_plan(full: Plan):
    assert Plan.model_validate_json(render_plan(full, "json")) == full


def test_the_brief_quotes_each_intent_exactly_with_its_place(full: Plan):
    brief = render_plan(full, "brief")
    assert f"“{SHARED}” (page 1)" in brief
    assert f"“{LISTEN}” (page 1)" in brief


def test_the_brief_says_decisions_stops_hours_and_the_first_date(full: Plan):
    brief = render_plan(full, "brief")
    assert "**By day 20, by the sponsor:** Who may stop or shrink a service change?" in brief
    assert "team lead or product manager an hour and a quarter" in brief
    assert "The monthly status call." in brief
    assert "**Day 15**" in brief


def test_the_brief_keeps_to_a_page_when_the_plan_is_long():
    long = "decide at every turn which of the many services of the harbour goes first and which one waits " * 2
    plan = made(policy_asks=tuple(made().policy_asks[0].model_copy(update={"question": long}) for _ in range(5)))
    assert len(render_plan(plan, "brief").split()) <= MOST_WORDS


def test_leaders_come_first_among_the_cards(full: Plan):
    cards = re.findall(r"^## (.+)$", render_plan(full, "roles"), re.M)
    assert cards == ["Sponsor", "Service manager", "Product Ops", "Who keeps an eye on it"]


def test_a_card_starts_two_things_stops_one_and_names_the_first_case(full: Plan):
    card = render_plan(full, "roles").split("## Service manager")[1].split("## ")[0]
    assert "**Two things start.**" in card
    assert card.count("The first time:") == 1
    assert card.count("**One thing stops:**") == 1
    assert "**First case:** on the ferry pass" in card
    assert "**Later, once the first hold:**" in card


def test_a_leaders_card_stands_even_where_no_item_is_theirs():
    seat = Participant(role="service manager", role_class=RoleClass.lead, count=2, reason="brings the cases")
    crew = Participant(role="resident", role_class=RoleClass.partner, count=2, reason="tells what happened")
    plan = made(behaviours=(behaviour(0),), rituals=(ritual(0, participants=(seat, crew)),), policy_asks=())
    first = render_plan(plan, "roles").split("## ")[1]
    assert first.startswith("Leaders")
    assert "Who may stop a change to a service?" in first


def test_a_script_fills_the_session_to_the_minute(full: Plan):
    kit = render_plan(full, "kit")
    spans = re.findall(r"\*\*Minute (\d+) to (\d+)\.\*\*", kit)
    assert spans[:3] == [("0", "10"), ("10", "20"), ("20", "30")]
    assert kit.count("Say: “") == len(spans)


def test_the_first_artefact_starts_with_the_documents_own_list_and_case(full: Plan):
    kit = render_plan(full, "kit")
    assert "- **Line 1, from the document:** “no new forms”" in kit
    assert "- **First case:** the ferry pass (the document names it)" in kit


def test_a_blank_of_the_first_artefact_is_described_in_words():
    plan = made(rituals=(ritual(0, outputs=("one page with a date, three limits and one agreement",)),))
    kit = render_plan(plan, "kit")
    assert "- **A date:** the date agreed in the room" in kit
    assert "- **One agreement:** what the room agrees, in its own words" in kit


def test_each_briefing_for_managers_takes_fifteen_minutes(full: Plan):
    for briefing in render_plan(full, "kit").split("### Fifteen minutes")[1:]:
        assert sum(map(int, re.findall(r"^- \*\*(\d+) min,", briefing, re.M))) == 15


def test_every_format_has_a_safe_file_name(hostile: Plan):
    for each in FORMATS:
        assert re.fullmatch(r"[a-z0-9.-]+", file_name(hostile, each.name))
        assert format_named(each.name) is each
