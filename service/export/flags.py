"""What a reader must know before trusting an item, in plain words, the same in every format.

Owns: the words of the flags. Must not know: formats, where a flag comes from.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpora.records import StateSource
from service.plan.items import BehaviourDraft, Binding, Flag, RitualDraft
from service.plan.lettering import capital
from service.plan.provenance import Provenance

_SHORT = {
    Flag.own_routine: "the document's own routine",
    Flag.standard_form: "standard form",
    Flag.technical: "tidying, not transformation",
    Flag.role_proposed: "role proposed",
    Flag.fallback: "worded without the model",
    Flag.stale: "its words changed in a newer version of the document",
}
_MEANING = {
    Flag.own_routine: "the document states it itself; what goes with it is proposed",
    Flag.standard_form: "little in it is particular to this document",
    Flag.role_proposed: "the document does not name who does it",
}
_WHOLE = {
    Flag.own_routine: "The document states this routine itself; what goes with it is proposed.",
    Flag.standard_form: "A standard form: little in it is particular to this document.",
    Flag.technical: "Tidies how work is done; does not change the operating model.",
    Flag.role_proposed: "Its role is proposed; the document does not name it.",
    Flag.fallback: "Worded without the language model.",
    Flag.stale: "Its words changed in a newer version of the document; it is still to be settled.",
}
_SEATS = "Roles in it are proposed where the document does not name them."
_TIMES = frozenset({"cadence", "duration_min", "time_cost"})
SUPPOSED = "supposed; check with the team"


def short(item: Binding) -> str:
    """'role proposed, standard form', or nothing."""
    return ", ".join(_SHORT[flag] for flag in item.flags)


def in_brackets(item: Binding) -> str:
    """' (role proposed)', to be put behind the item's name, or nothing."""
    return f" ({short(item)})" if item.flags else ""


def legend(items: Iterable[Binding]) -> str:
    """What the short flags of these items mean, each once: for a page that shows them in brackets."""
    found = {flag for item in items for flag in item.flags}
    return " ".join(f"“{capital(_SHORT[flag])}”: {words}." for flag, words in _MEANING.items() if flag in found)


def whole(item: Binding) -> tuple[str, ...]:
    """Each flag as a sentence."""
    told = {**_WHOLE, Flag.role_proposed: _SEATS} if isinstance(item, RitualDraft) else _WHOLE
    return tuple(told[flag] for flag in item.flags)


def estimated(item: Binding) -> str:
    """That time and rhythm are estimates, where nobody but us vouches for them, or nothing."""
    proposed = any(source.provenance is Provenance.proposed and source.field in _TIMES for source in item.sources)
    return "Time and rhythm are estimates to agree with the teams." if proposed else ""


def supposed(item: BehaviourDraft) -> str:
    """' (supposed; check with the team)' where the document does not state how things are today, or nothing."""
    return f" ({SUPPOSED})" if item.shift.from_source is StateSource.hypothesis else ""
