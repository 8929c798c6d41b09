from __future__ import annotations

import io
import re

import pypdf
import pytest

from service.export.formats import FORMATS, write_plan
from service.export.pdf import PdfSheet, to_pdf
from service.export.sheet import Run, Style
from service.plan.plan import Plan
from tests.service.export.conftest import HOSTILE, made


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def words(data: bytes) -> str:
    footer = re.compile(r"\d+ of \d+")
    return plain(" ".join(footer.sub("", page.extract_text()) for page in read(data).pages))


def test_every_quote_stands_in_the_pdf_with_its_place(full: Plan):
    held = words(to_pdf(full))
    quotes = [quote for intent in full.intents for quote in intent.quotes]
    assert quotes
    assert all(plain(quote.text) in held and plain(quote.location.words()) in held for quote in quotes)


def test_every_item_and_question_stands_in_the_pdf(full: Plan):
    held = words(to_pdf(full))
    titles = [each.title for each in (*full.behaviours, *full.rituals)]
    assert all(plain(each) in held for each in [*titles, *(one.text for one in full.questions_for_leadership)])


def test_the_same_plan_gives_the_same_bytes(full: Plan):
    assert to_pdf(full) == to_pdf(made())


def test_the_pdf_is_tagged_titled_and_in_english_for_screen_readers(full: Plan):
    root = read(to_pdf(full)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is not None
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "en-GB"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert read(to_pdf(full)).metadata.title == f"From strategy to Monday: {full.document.title}"


def test_hostile_words_stay_words(hostile: Plan):
    assert plain(HOSTILE.replace("\x07", "\ufffd")) in words(to_pdf(hostile))


@pytest.mark.parametrize(
    "markup", ["#sys.inputs", '#read("/etc/passwd")', "$x^2$", "= Heading", "<label> @label", "\\ "]
)
def test_markup_of_the_typesetter_in_a_text_is_never_run(markup: str):
    sheet = PdfSheet("t")
    sheet.heading(f"Title {markup}", 0)
    sheet.rich((Run(f"a {markup} b", strong=True),))
    sheet.facts([("label", markup)])
    assert words(sheet.to_bytes()).count(plain(markup)) >= 3


def test_a_character_of_no_packaged_font_does_not_stop_the_pdf():
    sheet = PdfSheet("t")
    sheet.text("We ship \U0001f680 weekly")
    assert "weekly" in words(sheet.to_bytes())


def test_lines_of_a_list_are_one_list_with_its_lines_below():
    sheet = PdfSheet("t")
    for text, style in [("one", Style.numbered), ("under", Style.sub_bullet), ("two", Style.numbered)]:
        sheet.text(text, style)
    assert "1.one•under2.two" in words(sheet.to_bytes())


def test_a_pdf_without_plan_shows_the_near_misses(nothing: Plan):
    assert plain(nothing.near_misses[0].quote.text) in words(to_pdf(nothing))


@pytest.mark.parametrize("name", [form.name for form in FORMATS if not form.needs_calendar])
def test_every_format_is_written_for_a_plan_and_for_none(name: str, full: Plan, nothing: Plan):
    assert write_plan(full, name)
    assert write_plan(nothing, name)
