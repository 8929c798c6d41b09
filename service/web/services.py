"""What the web is given: built once by `serve`, passed to `create_app`.

Owns: Services, and the way a file becomes a document on the shelf. Must not know: requests, pages.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field
from pathlib import Path

from corpora.records import Criterion, SampleStrategy
from corpora.rubric import load_rubric
from retrieval.parse.child import parse_in_child
from retrieval.parse.limits import DEFAULT_LIMITS, ParseLimits
from service.desk import Desk
from service.jobs import Jobs
from service.library import Library
from service.passwords import Passwords
from service.people import Actor
from service.pipeline import Workshop
from service.settling import Settling
from service.store.documents import Upload
from service.store.errors import PlanErased
from service.store.house import House, Workplace
from service.store.records import RevisionRecord, TextRecord
from service.store.shelf import Shelved

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Services:
    """All that routes need.

    `hosts` are the host names (without port) the server answers to; `criteria` name what was checked.
    `evaluation` is the file of the report to show, where it is not the usual one. In `shared` mode people
    sign in; with `https` cookies are for https alone.
    """

    house: House
    jobs: Jobs
    workshop: Workshop
    samples: tuple[SampleStrategy, ...] = ()
    hosts: frozenset[str] = frozenset({"127.0.0.1", "localhost", "[::1]"})
    limits: ParseLimits = DEFAULT_LIMITS
    model_provider: str | None = None
    shared: bool = False
    https: bool = False
    passwords: Passwords = field(default_factory=Passwords)
    criteria: tuple[Criterion, ...] = field(default_factory=load_rubric)
    evaluation: Path | None = None
    desk: Desk = field(init=False)
    settling: Settling = field(init=False)
    parsing: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(1))

    def __post_init__(self) -> None:
        """Set up the desk and the settling over the same workshops as the jobs."""
        object.__setattr__(self, "desk", Desk.of(self.jobs.following))
        object.__setattr__(self, "settling", Settling(self.desk))

    def library(self, place: Workplace) -> Library:
        """The practice library with the workspace's own practices."""
        return self.jobs.workshops.of(place).library

    def erase(self, place: Workplace, document_id: str) -> None:
        """Erase a document with every copy of its words, those in memory included.

        Raises:
            service.store.errors.NotFound: no such document.
        """
        place.shelf.remove(document_id)
        self.desk.forget()

    def erase_all(self, place: Workplace) -> None:
        """Erase all that lies in a workspace."""
        place.shelf.clear()
        self.desk.forget()
        self.jobs.workshops.forget()

    def take_in(self, place: Workplace, filename: str, data: bytes, replaces: str | None = None) -> Shelved:
        """Read a file in a child process and put it on the shelf; a refused one leaves nothing behind.

        Raises:
            retrieval.parse.errors.UnreadableDocument: it cannot be read; `.reason` says why.
            service.store.errors.NotFound: `replaces` is no document here.
        """
        name = filename.replace("\\", "/").rsplit("/", 1)[-1].strip()[-_LONGEST_NAME:] or "document"
        if replaces is not None:
            place.documents.get(replaces)
        with self.parsing:  # one child at a time: each may take the memory its limit allows
            document = parse_in_child(data, name, self.limits)
        return place.shelf.put(Upload(name, len(data), document), data, replaces)

    def take_newer(self, place: Workplace, plan_id: str, filename: str, data: bytes, actor: Actor) -> RevisionRecord:
        """Read a newer version of a plan's document and start the comparison; an earlier version may come again.

        Raises:
            retrieval.parse.errors.UnreadableDocument: it cannot be read; `.reason` says why.
            service.refine.errors.EditRefused: the plan cannot follow it.
            PlanErased: its document was erased.
        """
        document_id = place.plans.get(plan_id).document_id
        if document_id is None:
            raise PlanErased
        self.settling.check(place, plan_id)
        shelved = self.take_in(place, filename, data, document_id)
        text = place.documents.text_with_bytes(hashlib.sha256(data).hexdigest())
        return self.hold_against(place, plan_id, text or place.documents.text(shelved.record.text_id), actor)

    def hold_against(self, place: Workplace, plan_id: str, text: TextRecord, actor: Actor) -> RevisionRecord:
        """Start comparing a plan with a version of its document that is here."""
        revision = self.settling.begin(place, plan_id, text, actor)
        self.jobs.compare(place, plan_id)
        return revision
