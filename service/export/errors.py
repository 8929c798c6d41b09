"""What can go wrong when a plan is exported.

Owns: the export errors. Must not know: formats' insides, pages.
"""

from __future__ import annotations

from service.errors import ThroughlineError


class UnknownFormat(ThroughlineError):
    """A format nobody offers, or one that is not text where text is wanted; the message lists the choices."""

    status = 404


class UnknownTimezone(ThroughlineError):
    """A time zone name that is not in the zone database."""

    status = 422
