"""Versions of plans lately read, parsed once.

Owns: a bounded memory of them. Must not know: edits, pages. A version never changes, so what is held is what is
kept; whoever asks has looked first whether the plan still has words (see `PlanRepository.get`).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from service.plan.plan import Plan
from service.refine.marks import Marks, Standing
from service.store.records import PlanVersion

#: Versions held at once; each takes about a megabyte.
MOST = 32
Read = tuple[PlanVersion, Standing]


class Standings:
    """Parsed versions by plan and number. Threads may share it."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held: OrderedDict[tuple[str, int], Read] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, plan_id: str, number: int, fetch: Callable[[], PlanVersion]) -> Read:
        """The version, fetched and parsed unless it is held."""
        key = (plan_id, number)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        version = fetch()
        read = version, Standing(Plan.model_validate_json(version.content), Marks.model_validate_json(version.marks))
        with self._lock:
            self._held[key] = read
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return read

    def forget(self) -> None:
        """Drop all of them; for an erasure."""
        with self._lock:
            self._held.clear()
