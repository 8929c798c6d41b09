"""Turning a page's context into HTML.

Owns: the template environment, its filters, the token in every form, what only some roles are shown. Must
not know: routes, records. Text from documents is escaped, always.
"""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any, ClassVar, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.ext import Extension
from markupsafe import Markup
from starlette.responses import HTMLResponse

from corpora.slots import render
from service.export.words import cadence_words, freed_words, hours_words, lower_start, minutes_words, sentence
from service.people import Role
from service.plan.articles import with_the
from service.plan.lettering import capital
from service.web.tokens import FIELD
from service.web.visitor import DRAWN_FOR

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
TEMPLATES = _HERE / "templates"


def plain_words(text: str) -> str:
    """A practice's text with the default words in its slots."""
    return render(text, {})


class FormTokens(Extension):
    """Puts the session's token into every form that changes something, whoever wrote the template."""

    _FORM = re.compile(r"""<form\b[^>]*\bmethod=["']?post["']?[^>]*>""", re.IGNORECASE)

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template with a hidden field after the opening of each such form."""
        return self._FORM.sub(r"\g<0>{{ form_token() }}", source)


def form_token() -> Markup:
    """The hidden field; nothing for whoever came without a cookie."""
    token = DRAWN_FOR.get().token
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token) if token else Markup("")


def may(role: str) -> bool:
    """Whether the page is drawn for somebody who may do what this role may."""
    return DRAWN_FOR.get().may(Role(role))


environment = Environment(
    extensions=[FormTokens],
    loader=FileSystemLoader(TEMPLATES),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
#: What every template may use beside its own names.
environment.globals |= {"form_token": form_token, "may": may}
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
    """The page as an answer; one for somebody with an account is kept by no cache."""
    visitor = DRAWN_FOR.get()
    values = {field.name: getattr(page, field.name) for field in fields(page)} | {"visitor": visitor}
    headers = {"Cache-Control": "no-store"} if visitor.shared else None
    written = environment.get_template(page.template).render(values)
    return HTMLResponse(written.encode("utf-8", "replace"), status_code=status, headers=headers)
