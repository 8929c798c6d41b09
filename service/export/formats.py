"""Every form a plan can be carried away in, so that the command line and the pages list the same.

Owns: names, media types, file names. Must not know: how a format is written, storage, pages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from service.export.brief import to_brief
from service.export.csv import to_csv
from service.export.docx import markdown_to_docx, to_docx
from service.export.errors import UnknownFormat
from service.export.kit import to_kit
from service.export.markdown import to_markdown
from service.export.pdf import to_pdf
from service.export.roles import to_roles
from service.plan.plan import Plan

MARKDOWN = "text/markdown; charset=utf-8"
CSV = "text/csv; charset=utf-8"
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format for people to choose: its name in commands and addresses, and what it is good for.

    `is_text` says that `render_plan` writes it; `needs_calendar` that a start date and a time zone
    are asked for.
    """

    name: str
    label: str
    media_type: str
    suffix: str
    is_text: bool = True
    needs_calendar: bool = False


FORMATS: tuple[ExportFormat, ...] = (
    ExportFormat("md", "The whole plan, as Markdown", MARKDOWN, "plan.md"),
    ExportFormat("docx", "The whole plan with a reply table, for Word", WORD, "plan.docx", is_text=False),
    ExportFormat("pdf", "The whole plan, as PDF", PDF, "plan.pdf", is_text=False),
    ExportFormat("brief", "One page for executives, as Markdown", MARKDOWN, "brief.md"),
    ExportFormat("brief-docx", "One page for executives, for Word", WORD, "brief.docx", is_text=False),
    ExportFormat("roles", "One card a role, as Markdown", MARKDOWN, "roles.md"),
    ExportFormat("roles-docx", "One card a role, for Word", WORD, "roles.docx", is_text=False),
    ExportFormat("kit", "Facilitators' scripts and briefings, as Markdown", MARKDOWN, "kit.md"),
    ExportFormat("kit-docx", "Facilitators' scripts and briefings, for Word", WORD, "kit.docx", is_text=False),
    ExportFormat("json", "Everything, as data", "application/json", "plan.json"),
    ExportFormat(
        "ics", "Calendar of rituals", "text/calendar; charset=utf-8", "rituals.ics", is_text=False, needs_calendar=True
    ),
    ExportFormat("jira", "Issues for Jira", CSV, "jira.csv"),
    ExportFormat("linear", "Issues for Linear", CSV, "linear.csv"),
)


def _json(plan: Plan) -> str:
    return plan.model_dump_json(indent=2) + "\n"


def _jira(plan: Plan) -> str:
    return to_csv(plan, "jira")


def _linear(plan: Plan) -> str:
    return to_csv(plan, "linear")


_WRITERS: dict[str, Callable[[Plan], str]] = {
    "md": to_markdown,
    "brief": to_brief,
    "roles": to_roles,
    "kit": to_kit,
    "json": _json,
    "jira": _jira,
    "linear": _linear,
}


def _brief_docx(plan: Plan) -> bytes:
    return markdown_to_docx(plan.document.title, to_brief(plan), one_page=True)


def _roles_docx(plan: Plan) -> bytes:
    return markdown_to_docx(plan.document.title, to_roles(plan))


def _kit_docx(plan: Plan) -> bytes:
    return markdown_to_docx(plan.document.title, to_kit(plan))


_FILES: dict[str, Callable[[Plan], bytes]] = {
    "docx": to_docx,
    "pdf": to_pdf,
    "brief-docx": _brief_docx,
    "roles-docx": _roles_docx,
    "kit-docx": _kit_docx,
}


def format_named(name: str) -> ExportFormat:
    """The format of that name.

    Raises:
        UnknownFormat: There is none.
    """
    found = next((each for each in FORMATS if each.name == name), None)
    if found is None:
        raise UnknownFormat(f"no format {name!r}; there are {', '.join(each.name for each in FORMATS)}")
    return found


def render_plan(plan: Plan, name: str) -> str:
    """The plan in a text format.

    Raises:
        UnknownFormat: The name is unknown, or the format is not text (Word, PDF, calendar).
    """
    chosen = format_named(name)
    if not chosen.is_text:
        texts = ", ".join(each.name for each in FORMATS if each.is_text)
        raise UnknownFormat(f"{name!r} is not written as text; choose one of {texts}")
    return _WRITERS[chosen.name](plan)


def write_plan(plan: Plan, name: str) -> bytes:
    """The plan as the bytes of a file, in any format but the calendar.

    Raises:
        UnknownFormat: The name is unknown, or the format needs a start date (ics).
    """
    chosen = format_named(name)
    if chosen.needs_calendar:
        raise UnknownFormat(f"{name!r} needs a start date and a time zone")
    if chosen.is_text:
        return render_plan(plan, name).encode("utf-8")
    return _FILES[chosen.name](plan)


def file_name(plan: Plan, name: str) -> str:
    """A safe name for a download: ASCII words of the title, then what it is."""
    plain = unicodedata.normalize("NFKD", plan.document.title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())[:6]
    return "-".join([*words, format_named(name).suffix])
