"""The free text of a drafted item, and the document's terms in it.

Owns: `worded` and `terms_in`. Must not know: models, faults, records of items.
"""

from __future__ import annotations

import re

from service.engines.model.answers import Drafted, DraftedIndicator
from service.engines.model.brief_text import DraftContext
from service.plan.items import BoundTerm

_UNWORDED = {"practice", "ids", "role_class", "period", "kind", "id", "first_case"}
_SPOKEN = ("step", "role", "reason")


def worded(item: Drafted | DraftedIndicator) -> str:
    """All free text of a drafted item, one field a line."""
    parts: list[str] = []
    for value in item.model_dump(exclude=_UNWORDED).values():
        if isinstance(value, str):
            parts.append(value)
        elif isinstance(value, list):
            parts += [text for each in value for text in _texts(each)]
    return "\n".join(part for part in parts if part)


def _texts(part: object) -> list[str]:
    """The free text of a list's entry: a step of an agenda, a participant, or plain words."""
    return [str(part[name]) for name in _SPOKEN if name in part] if isinstance(part, dict) else [str(part)]


def terms_in(words: str, context: DraftContext) -> tuple[BoundTerm, ...]:
    """The document's terms that stand in `words`, longest first, none inside another."""
    rest = words.lower()
    found: list[BoundTerm] = []
    for term in sorted(context.terms, key=lambda each: (-len(each.text), each.span)):
        pattern = rf"(?<!\w){re.escape(term.text.lower())}(?!\w)"
        if term.text.lower() in rest and re.search(pattern, rest):
            rest = re.sub(pattern, "\x1f", rest)
            found.append(BoundTerm(kind=term.kind.value, text=term.text, start=term.span.start, end=term.span.end))
    return tuple(found)
