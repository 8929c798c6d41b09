"""Which roles of a ritual the document names, and which are ours.

Owns: when a role counts as named. Must not know: how forms are chosen or worded.
"""

from __future__ import annotations

import re

from corpora.records import RitualForm
from service.plan.proposed_roles import proposed, role_fields
from service.plan.provenance import FieldSource
from service.plan.reading import Reading, TermKind
from service.plan.roles import OPS, role_key, role_name

PEOPLE = frozenset({
    TermKind.organisation, TermKind.body, TermKind.role, TermKind.leader, TermKind.team, TermKind.user,
    TermKind.partner,
})  # fmt: skip
#: What follows says of what or of whom: 'lead of the shared service'.
_OF = re.compile(r"\s+(?:of|for|from|at|to)\s.*$")


def proposed_seats(ritual: RitualForm, reading: Reading) -> list[FieldSource]:
    """A mark for each role that the document does not name; Product Ops, who reads the plan, is none."""
    known = {role_key(term.text) for term in reading.terms if term.kind in PEOPLE}
    return [
        proposed(path)
        for path, words in role_fields(ritual).items()
        if role_name(words) != OPS and not _named(words, known, reading.document.text)
    ]


def _named(words: str, known: set[str], text: str) -> bool:
    """By a term that names people, or where the role has two words or more, by these words as they stand."""
    names = {role_name(words), _OF.sub("", role_name(words))}
    if any(role_key(name) in known for name in names):
        return True
    return any(
        re.search(rf"\b{re.escape(name)}(?:e?s)?\b", text, re.IGNORECASE) for name in names if len(name.split()) > 1
    )
