"""Ids derived from content, so the same input gives the same plan to the byte.

Owns: how an id is made. Must not know: what it names.
"""

from __future__ import annotations

import hashlib


def content_id(prefix: str, *parts: str) -> str:
    """`prefix` and ten hex digits of the sha256 over the parts, white space folded, case kept."""
    folded = "\x1f".join(" ".join(part.split()) for part in parts)
    return f"{prefix}-{hashlib.sha256(folded.encode()).hexdigest()[:10]}"
