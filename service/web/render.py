"""Turning a page's context into HTML.

Owns: the template environment, its filters, the check that a context and its template know the same
names. Must not know: routes, records. Text from documents is escaped, always.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any, ClassVar, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse

from corpora.slots import render
from service.export.words import cadence_words, capital, freed_words, hours_words, lower_start, minutes_words, sentence
from service.plan.articles import with_the

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
TEMPLATES = _HERE / "templates"


def plain_words(text: str) -> str:
    """A practice's text with the default words in its slots."""
    return render(text, {})


environment = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.filters |= {
    "cadence": cadence_words,
    "capital": capital,
    "freed": freed_words,
    "hours": hours_words,
    "lower_start": lower_start,
    "minutes": minutes_words,
    "plain": plain_words,
    "sentence": sentence,
    "with_the": with_the,
}


class Page(Protocol):
    """A frozen dataclass; its fields are exactly the names its template uses."""

    template: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


def show(page: Page, status: int = 200) -> HTMLResponse:
    """The page as an answer."""
    values = {field.name: getattr(page, field.name) for field in fields(page)}
    written = environment.get_template(page.template).render(values)
    return HTMLResponse(written.encode("utf-8", "replace"), status_code=status)
