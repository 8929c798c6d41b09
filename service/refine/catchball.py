"""Catchball: what leaders and teams may say to a plan, and how a Word reply is read.

Owns: the kinds of reply, who is asked what, the reading of a reply table. Must not know: storage, pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from service.plan.items import Behaviour, Ritual
from service.plan.plan import Plan
from service.refine.lists import items_of


class Audience(StrEnum):
    """Whom a link is for; leaders are asked about each intent first."""

    leader = "leader"
    team = "team"


class SubjectKind(StrEnum):
    """What a reply is about."""

    intent = "intent"
    item = "item"


class ReplyKind(StrEnum):
    """What a reply says."""

    agree = "agree"
    disagree = "disagree"
    comment = "comment"
    counter = "counter"
    commit = "commit"


#: What may be said of an intent, and of an item.
SAYABLE = {
    SubjectKind.intent: (ReplyKind.agree, ReplyKind.disagree, ReplyKind.comment),
    SubjectKind.item: (ReplyKind.commit, ReplyKind.counter, ReplyKind.comment, ReplyKind.disagree),
}
#: What has to say something beyond its kind.
NEEDS_WORDS = frozenset({ReplyKind.comment, ReplyKind.counter, ReplyKind.disagree})
MOST_WORDS, MOST_NAME = 600, 80


@dataclass(frozen=True, slots=True)
class Subject:
    """An intent or item that can be replied to; `heading` is how the reply table names it."""

    kind: SubjectKind
    id: str
    heading: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply, before it is kept."""

    subject: Subject
    kind: ReplyKind
    words: str
    author: str


@dataclass(frozen=True, slots=True)
class TableReading:
    """What a returned Word file said: replies, and rows nobody could place, with the reason."""

    replies: tuple[Reply, ...]
    unplaced: tuple[str, ...]


def subjects_of(plan: Plan) -> tuple[Subject, ...]:
    """Active intents, then items, as the reply table lists them."""
    intents = [Subject(SubjectKind.intent, one.id, f"Intent: {one.label}") for one in plan.intents]
    items = [
        Subject(
            SubjectKind.item,
            one.id,
            one.title if isinstance(one, Behaviour | Ritual) else f"Decision: {one.title}",
        )
        for one in items_of(plan)
    ]
    return (*intents, *items)


def fault_of(reply: Reply) -> str | None:
    """Why a reply cannot be kept, or None."""
    if reply.kind not in SAYABLE[reply.subject.kind]:
        return f"“{reply.kind.value}” cannot be said of this"
    if reply.kind in NEEDS_WORDS and len(reply.words.strip()) < 3:
        return "say in a few words why, or what instead"
    if len(reply.words) > MOST_WORDS:
        return f"at most {MOST_WORDS} characters; this has {len(reply.words)}"
    return None


#: The reply table as the parser gives a row: each head, a colon, the cell.
_HEADS = ("Item", "Agree, change or decline", "What we would do instead", "Who replies (role)")
_ROW = re.compile(
    rf"^{_HEADS[0]}: (?P<item>.+?)(?:; {_HEADS[1]}: (?P<say>.*?))?(?:; {_HEADS[2]}: (?P<instead>.*?))?"
    r"(?:; Who replies \(role\): (?P<who>.*))?$",
    re.DOTALL,
)
_AGREE = re.compile(r"(?i)^\s*(?:agreed?|yes|ok(?:ay)?|fine|accept(?:ed)?|commit(?:ted)?)\b")
_DECLINE = re.compile(r"(?i)^\s*(?:decline[ds]?|no|reject(?:ed)?|disagree[ds]?)\b")


def read_reply_table(rows: Iterator[str], plan: Plan) -> TableReading:
    """Filled rows of a returned reply table; empty rows say nothing."""
    known = {_plain(subject.heading): subject for subject in subjects_of(plan)}
    replies, unplaced = [], []
    for row in rows:
        found = _ROW.match(row.strip())
        if found is None or not any(found.group(part) for part in ("say", "instead")):
            continue
        subject = known.get(_plain(found.group("item")))
        if subject is None:
            unplaced.append(f"“{found.group('item')[:80]}” is no item of this plan as it stands")
            continue
        replies.append(_reply(subject, found))
    return TableReading(tuple(replies), tuple(unplaced))


def _reply(subject: Subject, found: re.Match[str]) -> Reply:
    say, instead = (found.group("say") or "").strip(), (found.group("instead") or "").strip()
    author = (found.group("who") or "").strip()[:MOST_NAME] or "a reader of the Word file"
    words = (instead or say)[:MOST_WORDS]
    if subject.kind is SubjectKind.intent:
        kind = (
            ReplyKind.agree if _AGREE.match(say) else ReplyKind.disagree if _DECLINE.match(say) else ReplyKind.comment
        )
    elif _DECLINE.match(say):
        kind = ReplyKind.disagree
    elif instead:
        kind = ReplyKind.counter
    else:
        kind = ReplyKind.commit if _AGREE.match(say) else ReplyKind.comment
    return Reply(subject, kind, words, author)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")
