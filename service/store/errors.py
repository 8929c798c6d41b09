"""What a person may ask of the store in vain.

Owns: the store's own errors. Must not know: the web.
"""

from __future__ import annotations

from sqlalchemy.exc import DontWrapMixin

from service.errors import ThroughlineError


class NotFound(ThroughlineError):
    """No such thing in this workspace."""

    status = 404


class PlanNotReady(ThroughlineError):
    """The plan has no content yet, or never will."""

    status = 409


class PlanErased(ThroughlineError):
    """The document of the plan was erased, and the plan's words with it."""

    status = 410

    def __init__(self) -> None:
        super().__init__("The document of this plan was erased, and with it every word of the plan.")


class StillRead(ThroughlineError):
    """What was deleted cannot be overwritten while somebody reads the state before."""

    status = 503


class UnstorableText(ThroughlineError, DontWrapMixin):
    """A text holds characters that no database keeps."""

    status = 422


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
