"""Classes of acts that documents state as routines: what can be said of each besides what the document says.

Owns: the fields of `routines.yaml` and its slots. Must not know: files, documents, grammar, plans.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from corpora.records import Barrier, CapabilityId, Frozen, IndicatorForm, Slug, Text

#: What a slot of a class stands for.
ROUTINE_SLOTS = {
    "occasion": "the document's own period, singular ('quarter'), or 'occasion'",
    "thing": "what the act is about, as a noun phrase of the document with its article",
}


class ActPattern(Frozen):
    """Verbs by their lemma and, where given, what must stand with them.

    `beside` are words of which one follows the verb or its object, `apart` words that must not, `nouns` heads of the
    object, `anywhere` nouns that may stand deeper in what follows; `alone` allows no object.
    """

    verbs: Annotated[tuple[str, ...], Field(min_length=1)]
    beside: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    alone: bool = False


class ActClass(Frozen):
    """One class: how its acts are worded, and what a behaviour of it needs besides actor, act and rhythm."""

    id: Slug
    patterns: Annotated[tuple[ActPattern, ...], Field(min_length=1)]
    capability: CapabilityId
    from_state: Text
    to_state: Text
    mechanism: Text
    artefact: Text
    location: Text
    minutes_after: int = Field(ge=0, le=1440)
    stop: Text
    minutes_saved: int = Field(ge=0, le=480)
    minutes: int = Field(ge=5, le=240)
    prep_minutes: int = Field(ge=0, le=120)
    barrier: Barrier
    technique: Annotated[tuple[str, ...], Field(min_length=1, max_length=2)]
    first_time: Text
    noticed_by: Text
    noticed_when: Text
    noticed_how: Text
    sunset: Text
    trace: Text
    leading: IndicatorForm
    counter: IndicatorForm
