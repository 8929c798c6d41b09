"""The article before a role, a forum, a body.

Owns: that rule. Must not know: formats, stages.
"""

from __future__ import annotations

DETERMINERS = frozenset(
    ["the", "a", "an", "each", "every", "whoever", "two", "three", "one", "all", "any", "another", "both", "someone"]
)


def with_the(role: str) -> str:
    """'the sponsor'; a role that already begins with a determiner, a number or a name stays as it is."""
    first = role.split()[0].lower() if role.split() else ""
    determined = first in DETERMINERS
    return role if determined or role.startswith("Product Ops") else f"the {role}"
