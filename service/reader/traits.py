"""What kind of organisation the document shows, each trait with the words that show it.

Owns: the trait patterns. Must not know: grammar, plans, engines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.documents import Sentence, Span
from service.plan.reading import Trait, TraitKind

PATTERNS: tuple[tuple[TraitKind, re.Pattern[str]], ...] = (
    (
        TraitKind.volunteers,
        re.compile(r"(?i)\b(?:volunteers?|maintainers?|contributors?|open[- ]source community|working groups?)\b"),
    ),
    (
        TraitKind.suppliers,
        re.compile(r"(?i)\b(?:suppliers?|vendors?|contractors?|system integrators?|procurement|outsourc\w+)\b"),
    ),
    (
        TraitKind.vulnerable_users,
        re.compile(
            r"(?i)\b(?:patients?|vulnerable|disab\w+|accessib\w+|digitally excluded|assisted digital|elderly|children|"
            r"low incomes?|offline|not online|those who can[’']?t)\b"
        ),
    ),
    (
        TraitKind.project_funding,
        re.compile(
            r"(?i)\b(?:business cases?|project (?:funding|budget|approval)s?|capital (?:budget|programme|plan)s?|"
            r"funding (?:rounds?|gates?|cycles?)|annual budget\w*|grants?|spending review|stage gates?)\b"
        ),
    ),
    (
        TraitKind.fixed_dates,
        re.compile(r"(?i)\b(?:by|before|no later than) (?:the end of )?(?:[A-Z][a-z]+ )?(?:19|20)\d\d\b"),
    ),
    (
        TraitKind.regulated,
        re.compile(
            r"(?i)\b(?:regulat(?:or|ed|ory|ion|ions)|compliance|legislation|statut\w+|audit(?:or)?s?|privacy law|licen[cs]ed)\b"
        ),
    ),
    (
        TraitKind.speed,
        re.compile(
            r"(?i)\b(?:autonom\w+|empower\w*|faster|more quickly|speed up|move (?:extremely )?fast|"
            r"fewer (?:approvals|sign-offs|gates)|reduc\w+ (?:bureaucracy|approvals|handovers?)|responsive(?:ness)?|agil\w+)\b"
        ),
    ),
)


def find_traits(sentences: Sequence[Sentence]) -> tuple[Trait, ...]:
    """Each trait at most three times, at its first places, in the order of `PATTERNS`."""
    found: list[Trait] = []
    for kind, pattern in PATTERNS:
        hits = ((s, m) for s in sentences for m in pattern.finditer(s.text))
        for _, (sentence, match) in zip(range(3), hits, strict=False):
            start = sentence.span.start
            found.append(Trait(kind, Span(start + match.start(), start + match.end()), sentence.id))
    return tuple(found)
