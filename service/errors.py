"""The service's own errors, one root; `web/app.py` turns them into pages, `__main__.py` into exit codes.

Owns: the root and those narrow classes that more than one place raises.
"""

from __future__ import annotations


class ThroughlineError(Exception):
    """Root of all errors a person can act on; `status` is the HTTP status it maps to."""

    status = 500


class ModelDataMissing(ThroughlineError):
    """A packaged model's data is not installed; the message says how to get it."""

    status = 503


class QuoteMismatch(ThroughlineError):
    """A quote differs from the canonical text at its offsets: a defect of ours, never shown as a plan."""
