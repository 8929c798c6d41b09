"""What the page of the audit log shows.

Owns: an entry in plain words. Must not know: HTML, requests, how the log is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from service.store.audit import Act, Deed, Entry

_ACTS = {Act.saw: "saw", Act.changed: "changed", Act.exported: "exported", Act.refused: "was refused"}
#: What was done, by the name of the route, where the name does not say it by itself.
_DEEDS = {
    "accept_invitation": "joined",
    "act": "changed a card",
    "add_item": "added an item",
    "add_own": "added a practice of their own",
    "add_own_practice": "added a practice of their own",
    "answer": "answered a reply",
    "ask_to_erase": "was asked whether to erase a document",
    "ask_to_erase_all": "was asked whether to erase everything",
    "bring_own": "added practices of their own",
    "change_own": "changed a practice of their own",
    "change_own_practice": "changed a practice of their own",
    "change_password": "changed their password",
    "change_role": "changed a role",
    "choose_addition": "looked for an item to add",
    "choose_practice": "looked for another practice",
    "compare": "compared two versions",
    "compare_newer": "held the plan against a newer version of the strategy",
    "decline_proposal": "declined a proposal",
    "delete_document": "erased a document",
    "draft_again": "asked for another draft",
    "edit_plan": "edited the plan",
    "edit_own": "opened the form of a practice of their own",
    "erase": "erased a document",
    "erase_all": "erased everything here",
    "erase_everything": "erased everything here",
    "follow_plan": "watched the plan being written",
    "invite": "invited",
    "keep_form": "edited an item",
    "keep_own_replies": "replied",
    "keep_profile": "changed the organisation’s profile",
    "lay_aside": "laid a newer version of the strategy aside",
    "make_key": "made an API key",
    "make_workspace": "made the workspace",
    "make_link": "made a link for replies",
    "new_own": "opened the form of a practice of their own",
    "order_plan": "ordered a plan",
    "plan_again": "ordered a plan",
    "read_word": "read replies from a Word file",
    "redraft": "asked for another draft",
    "remove_own": "removed a practice of their own",
    "remove_own_practice": "removed a practice of their own",
    "remove_person": "removed",
    "restore": "went back to an older version",
    "restore_version": "went back to an older version",
    "revoke_key": "revoked an API key",
    "revoke_link": "withdrew a link for replies",
    "settle": "settled a proposal",
    "settle_change": "settled what a newer version of the strategy changed",
    "show_changed": "saw what changed in the strategy",
    "get_comparison": "saw what changed in the strategy",
    "show_catchball": "saw what leaders and teams say",
    "show_form": "opened the form of an item",
    "show_own": "saw the practices of their own",
    "show_own_reply": "opened the form of replies",
    "show_profile": "saw the organisation’s profile",
    "sign_in": "signed in",
    "sign_out": "signed out",
    "sign_out_everywhere": "signed out everywhere",
    "start": "saw the list of plans",
    "stop_or_go_on_settling": "laid a newer version of the strategy aside, or took it up again",
    "switch": "came into this workspace",
    "take_own_along": "took a practice of their own along",
    "take_proposal": "took a proposal",
    "try_sample": "made a plan of a sample",
    "undo": "undid the last change",
    "upload": "uploaded a document",
    "upload_document": "uploaded a document",
    "upload_newer": "held the plan against a newer version of the strategy",
    "use_practice": "chose another practice",
    "withdraw_invitation": "withdrew the invitation of",
}
_VERBS = ("show_", "get_", "list_", "find_")
_PLAIN = {"export": "a file", "get_text": "the text", "get_plan": "the plan", "show_plan": "the plan"}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: when, who, what they did and to what."""

    at: datetime
    name: str
    deed: str
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
        deed=words_of(deed),
        subject=subject if known else "",
        address=address,
        note=deed.note,
    )


def words_of(deed: Deed) -> str:
    """What was done in plain words; a route that nobody thought of here is called by its name."""
    if deed.act is not Act.refused and deed.what in _DEEDS:
        return _DEEDS[deed.what]
    thing = deed.what
    for verb in _VERBS:
        thing = thing.removeprefix(verb)
    return f"{_ACTS[deed.act]}{':' if deed.act is Act.refused else ''} {_PLAIN.get(deed.what, thing.replace('_', ' '))}"
