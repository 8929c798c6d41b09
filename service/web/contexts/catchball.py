"""What the pages of catchball show: the lead's table of replies, and the page behind a link.

Owns: those contexts. Must not know: HTML, requests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from service.export.words import sentence
from service.plan.articles import with_the
from service.plan.items import Behaviour, Item, Ritual
from service.plan.plan import Plan
from service.plan.provenance import Quote
from service.refine.catchball import SAYABLE, ReplyKind, Subject, SubjectKind, subjects_of
from service.refine.lists import items_of
from service.store.catchball import Invitation, ResponseRecord
from service.store.records import PlanRecord

KIND_WORDS = {
    ReplyKind.agree: "agrees",
    ReplyKind.disagree: "disagrees",
    ReplyKind.comment: "comments",
    ReplyKind.counter: "would rather",
    ReplyKind.commit: "commits to it",
}
CHOICES = {
    ReplyKind.agree: "Agree",
    ReplyKind.disagree: "Disagree, because",
    ReplyKind.comment: "Comment",
    ReplyKind.counter: "We would rather do this",
    ReplyKind.commit: "We commit to it",
}


@dataclass(frozen=True, slots=True)
class Trail:
    """A subject with all that was said to it; `gone` where it no longer stands in the plan."""

    subject_id: str
    heading: str
    gone: bool
    said: tuple[tuple[str, ResponseRecord], ...]


@dataclass(frozen=True, slots=True)
class CatchballPage:
    """The lead's view.

    Attributes:
        record: the plan.
        invitations: its links, the latest first.
        trails: what was said, by subject.
        link: an address just made, to be copied; it is shown once.
        note: what the last upload of a Word file brought.
        unplaced: its rows that nobody could place, with reasons.
    """

    template: ClassVar[str] = "catchball.html"
    record: PlanRecord
    invitations: tuple[Invitation, ...]
    trails: tuple[Trail, ...]
    link: str = ""
    note: str = ""
    unplaced: tuple[str, ...] = ()


def trails_of(plan: Plan, responses: Sequence[ResponseRecord]) -> tuple[Trail, ...]:
    """Subjects that were spoken to, in the plan's order; those that left the plan come last."""
    headings = {subject.id: subject.heading for subject in subjects_of(plan)}
    keys = [*headings, *dict.fromkeys(one.subject_id for one in responses if one.subject_id not in headings)]
    trails = []
    for key in keys:
        said = tuple((KIND_WORDS[ReplyKind(one.kind)], one) for one in responses if one.subject_id == key)
        if said:
            trails.append(Trail(key, headings.get(key, "An item that was set aside"), key not in headings, said))
    return tuple(trails)


def disagreements_of(plan: Plan, responses: Sequence[ResponseRecord]) -> tuple[tuple[str, ResponseRecord], ...]:
    """Disagreements with an active intent that nobody has answered: the first finding."""
    labels = {intent.id: intent.label for intent in plan.intents}
    return tuple(
        (labels[one.subject_id], one)
        for one in responses
        if one.kind == ReplyKind.disagree.value and one.subject_id in labels and one.answer is None
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """One subject on the page behind a link."""

    subject: Subject
    text: str
    quotes: tuple[Quote, ...]
    choices: tuple[tuple[str, str], ...]
    said: tuple[tuple[str, ResponseRecord], ...]
    typed: str = ""
    chosen: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class ReplyPage:
    """The page of a reply: nothing but this plan's intents and items.

    Attributes:
        title: of the document.
        label: whom the link is for.
        leader: whether intents are asked about first and above all.
        asked: intents and items with what can be said.
        name: what the reader called themselves.
        kept: how many replies were just kept; -1 before any was sent.
        fault: why nothing was kept.
        fixed: whether the name is that of an account.
    """

    template: ClassVar[str] = "reply.html"
    title: str
    label: str
    leader: bool
    asked: tuple[Asked, ...]
    name: str = ""
    kept: int = -1
    fault: str = ""
    fixed: bool = False


def asked_of(plan: Plan, responses: Sequence[ResponseRecord]) -> tuple[Asked, ...]:
    """Every subject with its words and what was said so far."""
    items = {item.id: item for item in items_of(plan)}
    intents = {intent.id: intent for intent in plan.intents}
    found = []
    for subject in subjects_of(plan):
        item, intent = items.get(subject.id), intents.get(subject.id)
        quotes = intent.quotes[:2] if intent else ()
        text = item_words(item) if item else ""
        said = tuple((KIND_WORDS[ReplyKind(one.kind)], one) for one in responses if one.subject_id == subject.id)
        choices = tuple((kind.value, CHOICES[kind]) for kind in SAYABLE[subject.kind])
        found.append(Asked(subject, text, quotes, choices, said))
    return tuple(found)


def item_words(item: Item) -> str:
    """The item in a sentence."""
    if isinstance(item, Behaviour):
        return sentence(f"{item.trigger}, {with_the(item.actor)} {item.action}")
    return sentence(item.purpose if isinstance(item, Ritual) else item.question)


def is_intent(subject: Subject) -> bool:
    """Whether the subject is an intent."""
    return subject.kind is SubjectKind.intent
