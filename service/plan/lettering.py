"""The letter a text begins with.

Owns: that one rule. Must not know: formats, engines, stages.
"""

from __future__ import annotations


def capital(text: str) -> str:
    """First letter large."""
    return text[:1].upper() + text[1:]
