"""Which roles of a ritual a plan proposes because the document does not name them.

Owns: where a ritual holds a role, and the mark on a proposed one. Must not know: documents, engines, formats.
"""

from __future__ import annotations

from collections.abc import Mapping

from corpora.records import RitualForm
from service.plan.items import RitualDraft
from service.plan.provenance import FieldSource, Provenance

NOTE = "role proposed; name your own"


def role_fields(ritual: RitualForm) -> Mapping[str, str]:
    """Path of each field that holds a role -> its words."""
    seats = {f"participants.{place}.role": seat.role for place, seat in enumerate(ritual.participants)}
    return {
        **seats,
        "facilitator": ritual.facilitator,
        "owner": ritual.owner,
        "decision_rights.decider": ritual.decision_rights.decider,
    }


def proposed(path: str) -> FieldSource:
    """The mark on a role that is ours."""
    return FieldSource(field=path, provenance=Provenance.proposed, note=NOTE)


def proposed_roles(ritual: RitualDraft) -> tuple[str, ...]:
    """The words of the roles that bear the mark, each once."""
    marked = {source.field for source in ritual.sources if source.note == NOTE}
    return tuple(dict.fromkeys(words for path, words in role_fields(ritual).items() if path in marked))
