"""The workshop of each workspace: the library with the organisation's own practices beside it.

Owns: when a workspace's library is put together anew. Must not know: the web, how plans are made.
"""

from __future__ import annotations

import threading
from dataclasses import replace

from retrieval.remember import RememberingEmbedder
from service.library import with_own
from service.pipeline import Workshop
from service.store.house import Workplace

#: Workspaces whose libraries are held at once.
MOST = 16
Stamp = tuple[tuple[str, bool], ...]


class Workshops:
    """Workshops by workspace. Threads may share it; what it forgets is only put together again."""

    def __init__(self, plain: Workshop) -> None:
        self.plain = plain
        self._embedder = RememberingEmbedder(plain.embedder)
        self._held: dict[str, tuple[Stamp, Workshop]] = {}
        self._lock = threading.Lock()

    def of(self, place: Workplace) -> Workshop:
        """The workspace's workshop as its own practices stand now."""
        stamp = place.practices.stamp()
        if not stamp:
            return self.plain
        with self._lock:
            held = self._held.get(place.workspace_id)
        if held is not None and held[0] == stamp:
            return held[1]
        own = place.practices.all()
        library = with_own(self.plain.library, own.offered, own.retired, self._embedder.embed)
        made = replace(self.plain, library=library)
        with self._lock:
            while len(self._held) >= MOST:
                self._held.pop(next(iter(self._held)))
            self._held[place.workspace_id] = (stamp, made)
        return made

    def forget(self) -> None:
        """Drop everything; for an erasure."""
        with self._lock:
            self._held.clear()
        self._embedder.forget()
