from __future__ import annotations

import io

import docx
import pypdfium2 as pdfium
import pytest

from service.export.brief import to_brief
from service.export.docx import markdown_to_docx
from service.export.formats import write_plan
from service.export.kit import to_kit
from service.export.pdf import PdfSheet
from service.export.printed import print_markdown
from service.export.roles import to_roles
from service.plan.items import Flag
from service.plan.plan import Plan
from tests.service.export.conftest import made
from tests.service.export.test_formats import words


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def styled(document: docx.document.Document) -> list[tuple[str, str]]:
    return [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]


def test_headings_lists_and_breaks_of_markdown_become_those_of_word():
    document = opened(markdown_to_docx("t", "# T\n\n## A\n\ntext  \nnext\n\n1. one\n   - sub\n2. two\n\n- dot"))
    assert styled(document) == [
        ("Title", "T"), ("Heading 1", "A"), ("Normal", "text\nnext"), ("List Number", "one"),
        ("List Bullet 2", "sub"), ("List Number", "two"), ("List Bullet", "dot"),
    ]  # fmt: skip


def test_bold_and_slanted_words_stay_so():
    runs = opened(markdown_to_docx("t", "a **b** *c*")).paragraphs[0].runs
    assert [(run.text, bool(run.bold), bool(run.italic)) for run in runs] == [
        ("a ", False, False), ("b", True, False), (" ", False, False), ("c", False, True),
    ]  # fmt: skip


def test_words_that_were_escaped_for_markdown_are_plain_in_word(hostile: Plan):
    assert "\\" not in words(opened(write_plan(hostile, "roles-docx")))


@pytest.mark.parametrize(("name", "written"), [("brief", to_brief), ("roles", to_roles), ("kit", to_kit)])
def test_each_form_has_as_many_headings_in_word_as_in_markdown(name, written, full: Plan):
    headings = [line for line in written(full).splitlines() if line.startswith("#")]
    styles = [style for style, _ in styled(opened(write_plan(full, f"{name}-docx")))]
    assert headings
    assert sum(style == "Title" or style.startswith("Heading") for style in styles) == len(headings)


def pages(markdown: str) -> int:
    sheet = PdfSheet("A title")
    print_markdown(markdown, sheet)
    with pdfium.PdfDocument(sheet.to_bytes()) as pdf:
        return len(pdf)


def test_the_brief_takes_one_printed_page_even_of_a_long_plan():
    long = "decide at every turn which of the many services of the harbour goes first and which one waits " * 2
    asks = tuple(made().policy_asks[0].model_copy(update={"question": long}) for _ in range(5))
    flags = {"flags": (Flag.role_proposed, Flag.standard_form)}
    items = tuple(item.model_copy(update=flags) for item in made().behaviours)
    assert pages(to_brief(made(policy_asks=asks, behaviours=items))) == 1


def test_the_brief_is_set_smaller_in_word_than_longer_forms(full: Plan):
    brief = docx.Document(io.BytesIO(write_plan(full, "brief-docx")))
    cards = docx.Document(io.BytesIO(write_plan(full, "roles-docx")))
    assert brief.styles["Normal"].font.size < cards.styles["Normal"].font.size
    assert brief.sections[0].left_margin < cards.sections[0].left_margin
