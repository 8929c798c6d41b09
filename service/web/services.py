"""What the web is given: built once by `serve`, passed to `create_app`.

Owns: Services, and the way a file becomes a document on the shelf. Must not know: requests, pages.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from corpora.records import Criterion, SampleStrategy
from corpora.rubric import load_rubric
from retrieval.parse.child import parse_in_child
from retrieval.parse.limits import DEFAULT_LIMITS, ParseLimits
from service.desk import Desk
from service.jobs import Jobs
from service.passwords import Passwords
from service.pipeline import Workshop
from service.store.documents import Upload
from service.store.house import House, Workplace
from service.store.shelf import Shelved

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Services:
    """All that routes need.

    `hosts` are the host names (without port) the server answers to; `criteria` name what was checked. In
    `shared` mode people sign in; with `https` cookies are for https alone.
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
    desk: Desk = field(init=False)
    parsing: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(1))

    def __post_init__(self) -> None:
        """Set up the desk over the same workshop."""
        object.__setattr__(self, "desk", Desk.of(self.workshop))

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
