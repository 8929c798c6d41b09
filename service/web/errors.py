"""What the web itself refuses.

Owns: those errors. Must not know: how they are shown (see `app`).
"""

from __future__ import annotations

from service.errors import ThroughlineError


class NotSignedIn(ThroughlineError):
    """Neither a session nor a key came with the request."""

    status = 401


class UnknownEngine(ThroughlineError):
    """No engine of that name is set up."""

    status = 422


class NoStartDate(ThroughlineError):
    """A calendar was asked for without the day on which it begins."""

    status = 422


class VersionNeeded(ThroughlineError):
    """A change came without the version it was made on."""

    status = 428


class BadVersion(ThroughlineError):
    """`If-Match` names no version of a plan."""

    status = 400


class SignInNeeded(NotSignedIn):
    """Nobody is signed in, in shared mode."""


class NotAllowed(ThroughlineError):
    """The person's role does not reach that far."""

    status = 403


class ForgedForm(ThroughlineError):
    """A form came without the token of its session."""

    status = 403


class TooOften(ThroughlineError):
    """Asked more often than is good for everybody; `seconds` until it is allowed again."""

    status = 429

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class WrongPassword(ThroughlineError):
    """Address and password do not belong together; which of them is wrong is not told."""

    status = 401
