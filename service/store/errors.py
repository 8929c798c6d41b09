"""What a person may ask of the store in vain.

Owns: the store's own errors. Must not know: the web.
"""

from __future__ import annotations

from service.errors import ThroughlineError


class NotFound(ThroughlineError):
    """No such thing in this workspace."""

    status = 404


class PlanNotReady(ThroughlineError):
    """The plan has no content yet, or never will."""

    status = 409


class FolderInUse(ThroughlineError):
    """Another process owns the data folder."""

    status = 409


class Conflict(ThroughlineError):
    """Somebody else changed the plan since it was read; `current` is the number of its version now."""

    status = 412

    def __init__(self, message: str, current: int) -> None:
        super().__init__(message)
        self.current = current


class AccountExists(ThroughlineError):
    """The mail address has an account already."""

    status = 409


class LastOps(ThroughlineError):
    """Somebody must stay who may do everything in the workspace."""

    status = 409
