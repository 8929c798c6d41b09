"""A routine that a document states itself: who does what, how often or when.

Owns: Rhythm, Routine. Must not know: grammar, how items are worded, storage.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpora.records import Cadence
from corpora.routines import ActClass
from retrieval.documents import Span


class ActorKind(StrEnum):
    """What sort of actor: it decides who keeps the routine alive and whose week it costs."""

    body = "body"
    team = "team"
    leader = "leader"
    lead = "lead"
    contributor = "contributor"
    authors = "authors"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often, as the document gives it: the moment to read aloud, the cadence, the period by one noun.

    `estimated` says that the document gives an occasion and no rate.
    """

    moment: str
    cadence: Cadence
    unit: str
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Routine:
    """Actor, act and rhythm of one sentence, as they are read aloud: moment, actor with its article, action.

    `title` is the act in its base form, `actor_said` the actor as the document writes it. Spans are of the canonical
    text: `actor_span` is None where the document says "we"; `act_span` runs over the act's words. `minutes` is the
    document's own length of the act, `thing` what it is about.
    """

    sentence_id: str
    act: ActClass
    actor: str
    actor_kind: ActorKind
    actor_said: str
    actor_span: Span | None
    plural: bool
    rhythm: Rhythm
    rhythm_span: Span
    action: str
    title: str
    act_span: Span
    minutes: int | None = None
    thing: str | None = None
