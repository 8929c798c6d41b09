"""What the page of the audit log shows.

Owns: an entry in plain words. Must not know: HTML, requests, how the log is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from service.store.audit import Act, Entry

_ACTS = {Act.saw: "saw", Act.changed: "changed", Act.exported: "exported", Act.refused: "was refused"}
#: Names of routes that do not explain themselves when their underscores are taken away.
_WORDS = {
    "start": "list of plans",
    "act": "card",
    "settle": "proposal",
    "export": "file",
    "answer": "answer to a reply",
    "keep_form": "words of an item",
    "keep_own_replies": "own reply",
    "keep_profile": "profile of the organisation",
    "show_profile": "profile of the organisation",
    "switch": "came into this workspace",
    "browse": "practices",
}
_VERBS = ("show_", "get_", "list_", "find_", "follow_")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: when, who, what they did and to what."""

    at: datetime
    name: str
    act: str
    what: str
    subject: str
    address: str
    note: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """The log, the latest first.

    Attributes:
        lines: its entries.
        older: number below which the older ones begin; None where there are none.
    """

    template: ClassVar[str] = "audit.html"
    lines: tuple[Line, ...]
    older: int | None


def audit_page(entries: Sequence[Entry], titles: Mapping[str, str], full: int) -> AuditPage:
    """The page; `titles` are the words for ids that still exist, `full` the number of entries of a whole page."""
    older = entries[-1].number if len(entries) == full else None
    return AuditPage(tuple(_line(one, titles) for one in entries), older)


def _line(entry: Entry, titles: Mapping[str, str]) -> Line:
    deed = entry.deed
    title = titles.get(deed.subject_id)
    subject = f"{deed.subject_kind} “{title}”" if title else f"a {deed.subject_kind} that is gone"
    address = f"/plans/{deed.subject_id}" if title and deed.subject_kind == "plan" else ""
    known = deed.subject_kind in ("plan", "document", "person") and deed.subject_id
    return Line(
        at=entry.at,
        name=deed.name,
        act=_ACTS[deed.act],
        what=words_of(deed.what),
        subject=subject if known else "",
        address=address,
        note=deed.note,
    )


def words_of(route: str) -> str:
    """A route's name in plain words."""
    if route in _WORDS:
        return _WORDS[route]
    for verb in _VERBS:
        route = route.removeprefix(verb)
    return route.replace("_", " ")
