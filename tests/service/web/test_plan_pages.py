"""The pages of a real plan of a sample, rendered without a server: links, sizes, exact words."""

import html
import re
from datetime import UTC, datetime

import pytest

from corpora.load import load_strategies
from corpora.rubric import load_rubric
from retrieval.parse import parse_bytes
from service.engines.model.own_form import MODELS_OWN
from service.engines.patterns.engine import PatternsEngine
from service.export.formats import FORMATS
from service.pipeline import ingest, make_plan
from service.plan.intents import NextStep
from service.plan.provenance import FieldSource, Provenance
from service.store.records import PlanRecord, PlanState
from service.web.contexts.plan import plan_page
from service.web.contexts.xray import xray_page
from service.web.render import show

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
RECORD = PlanRecord("plan-1", "doc-1", "txt-1", "Sample", "patterns", PlanState.ready, None, 1, NOON, NOON)
MOST_BYTES = 300_000


@pytest.fixture(scope="module")
def document():
    sample = next(one for one in load_strategies() if one.id == "permits-agency-policy")
    return parse_bytes(sample.text.encode(), "sample.md")


@pytest.fixture(scope="module")
def plan(document, workshop):
    engine = PatternsEngine(workshop.library.version, workshop.library.budgets)
    return make_plan(ingest(document, workshop.embedder), workshop, engine)


@pytest.fixture(scope="module")
def plan_html(plan, workshop):
    return show(plan_page(RECORD, plan, workshop.library.by_id(), load_rubric())).body.decode()


@pytest.fixture(scope="module")
def xray_html(plan, document):
    return show(xray_page(RECORD, plan, document)).body.decode()


def ids(page):
    return re.findall(r' id="([^"]+)"', page)


def links(page, before):
    return set(re.findall(rf'href="{re.escape(before)}#([^"]+)"', page))


def items_of(plan):
    return (*plan.behaviours, *plan.rituals, *plan.policy_asks)


def test_every_item_of_the_plan_has_its_card(plan, plan_html):
    assert items_of(plan)
    assert {item.id for item in items_of(plan)} <= set(ids(plan_html))


def test_no_id_stands_twice_on_a_page(plan_html, xray_html):
    for page in (plan_html, xray_html):
        assert len(ids(page)) == len(set(ids(page)))


def test_every_link_within_and_between_the_pages_leads_somewhere(plan_html, xray_html):
    assert links(plan_html, "") <= set(ids(plan_html))
    assert links(xray_html, "") <= set(ids(xray_html))
    assert links(plan_html, "/plans/plan-1/xray") <= set(ids(xray_html))
    assert links(xray_html, "/plans/plan-1") <= set(ids(plan_html))


def test_every_quote_of_every_intent_is_marked_word_for_word(plan, document, xray_html):
    intents = (*plan.intents, *(one.intent for one in plan.deferred_intents))
    places = set(re.findall(r'<mark [^>]*id="at-(\d+)"', xray_html))
    for quote in (quote for one in intents for quote in one.quotes):
        assert str(quote.start) in places
        assert document.text[quote.start : quote.end] == quote.text


def test_the_document_stands_in_the_xray_as_it_is(document, xray_html):
    paper = xray_html.split('<section class="paper"')[1].split("</section>")[0]
    words = html.unescape(re.sub(r"<a class=.ref.[^>]*>\d+</a>|<[^>]+>", "", paper))
    for block in document.blocks:
        assert " ".join(block.span.of(document.text).split()) in " ".join(words.split())


def test_every_deferred_intent_shows_its_reason_on_both_pages(plan, plan_html, xray_html):
    assert plan.deferred_intents
    for entry in plan.deferred_intents:
        assert all(entry.reason in html.unescape(page) for page in (plan_html, xray_html))


def test_the_pages_stay_light(plan_html, xray_html):
    assert max(len(plan_html.encode()), len(xray_html.encode())) < MOST_BYTES


def test_the_page_offers_every_format_and_no_total(plan_html):
    assert all(f"/plans/plan-1/export/{one.name}" in plan_html for one in FORMATS)
    assert "there is no total" in plan_html


def test_nothing_on_the_pages_needs_an_inline_style_or_script(plan_html, xray_html):
    for page in (plan_html, xray_html):
        assert not re.search(r'\sstyle="|\son\w+="|<script>', page)


def test_a_first_step_of_the_engines_own_stands_before_what_it_waits_for(plan, workshop):
    step = NextStep(actor="officer", text="Each week, the officer waives one step.")
    waiting = next(one for one in plan.deferred_intents if not one.holds)
    changed = tuple(
        one.model_copy(update={"next_step": step if one is waiting else None}) for one in plan.deferred_intents
    )
    made = plan.model_copy(update={"deferred_intents": changed})
    page = show(plan_page(RECORD, made, workshop.library.by_id(), load_rubric())).body.decode()
    assert "First step: each week, the officer waives one step." in page
    assert 'href="/practices/"' not in page


def test_a_card_says_where_its_form_is_a_models_own(plan, workshop):
    note = FieldSource(field="practice_id", provenance=Provenance.proposed, note=MODELS_OWN)
    item = plan.behaviours[0].model_copy(update={"practice_id": None, "sources": (note,)})
    made = plan.model_copy(update={"behaviours": (item, *plan.behaviours[1:])})
    page = show(plan_page(RECORD, made, workshop.library.by_id(), load_rubric())).body.decode()
    assert f"Form: {MODELS_OWN}" in html.unescape(page)
