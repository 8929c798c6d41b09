"""Why an edit is refused.

Owns: the errors of this package, each with the remedy. Must not know: pages, storage.
"""

from __future__ import annotations

from collections.abc import Mapping

from service.errors import ThroughlineError


class EditRefused(ThroughlineError):
    """The edit cannot be made; nothing was changed."""

    status = 422


class NoSuchItem(EditRefused):
    """The plan holds no item with this id."""

    status = 404


class ItemLocked(EditRefused):
    """The item is locked: unlock it first."""

    status = 409


class WordsRefused(EditRefused):
    """Fields hold words that cannot stand; `faults` says why, by the field's path."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{path}: {why}" for path, why in faults.items()))
        self.faults = dict(faults)
