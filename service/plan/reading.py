"""What reading a document yields before any intent is chosen.

Owns: ReadSentence, Term, Finding, Trait, Reading. Must not know: engines, practices, storage.
All offsets are code points of the canonical text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from retrieval.documents import BlockKind, Document, Location, Passage, Sentence, Span
from service.plan.grammar import Grammar
from service.plan.provenance import Place, Quote
from service.plan.routine import Routine


class NotCommitment(StrEnum):
    """Why a sentence that sounds strategic commits nobody."""

    hedge = "it explores or considers; it does not commit"
    negation = "it says what will not happen"
    history = "it tells what was done before"
    other_party = "it speaks of somebody else's aims"
    quotation = "it quotes another author"
    definition = "it explains a term"
    instruction = "it is an operating step"
    context = "it describes the situation"
    reading_guide = "it explains the document itself"
    invitation = "it asks readers for something"
    placeholder = "it is an unfilled template"


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence with its grammar and how strongly it commits the organisation (0 to 1).

    `row` is its row in `Reading.vectors`. `core` is the span of the committing clause inside the
    sentence (the whole sentence where it is short).
    """

    sentence: Sentence
    row: int
    kind: BlockKind
    location: Location
    heading: str
    depth: int
    core: Span
    commitment: float
    intent_kind: str
    reasons_against: tuple[NotCommitment, ...]
    subject: str = ""
    verb: str = ""
    modal: str = ""
    tense: str = ""

    @property
    def id(self) -> str:
        """The sentence's id, 's12'."""
        return self.sentence.id

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.sentence.text

    def place(self) -> Place:
        """Where a reader finds the sentence."""
        return Place(page=self.location.page, slide=self.location.slide, heading_path=self.location.heading_path)

    def quote(self) -> Quote:
        """The whole sentence as a quote."""
        span = self.sentence.span
        return Quote(text=self.text, start=span.start, end=span.end, sentence_ids=(self.id,), location=self.place())


class TermKind(StrEnum):
    """What a word group of the document names."""

    organisation = "organisation"
    body = "body"
    role = "role"
    leader = "leader"
    team = "team"
    user = "user"
    partner = "partner"
    product = "product"
    work = "work"
    initiative = "initiative"
    measure = "measure"
    date = "date"
    number = "number"
    exclusion = "exclusion"
    meeting = "meeting"
    topic = "topic"


@dataclass(frozen=True, slots=True)
class Term:
    """A word group of the document, verbatim at `span`, with how often it occurs."""

    kind: TermKind
    text: str
    span: Span
    count: int
    sentence_id: str


class TraitKind(StrEnum):
    """What kind of organisation or situation the document shows."""

    volunteers = "volunteers"
    suppliers = "suppliers"
    vulnerable_users = "vulnerable users"
    project_funding = "project funding"
    fixed_dates = "fixed dates"
    regulated = "regulated"
    speed = "speed or autonomy wanted"


@dataclass(frozen=True, slots=True)
class Trait:
    """A trait found, with the words that show it."""

    kind: TraitKind
    span: Span
    sentence_id: str


class FindingKind(StrEnum):
    """What a careful reader would ask the author about."""

    contradiction = "contradiction"
    tension = "tension"
    hedge = "hedge"
    placeholder = "placeholder"
    undefined = "undefined"


@dataclass(frozen=True, slots=True)
class Finding:
    """A reader's finding and the places that show it; `note` is one sentence for the author."""

    kind: FindingKind
    note: str
    spans: tuple[Span, ...]
    sentence_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read: sentences with grammar and vectors, terms, traits, findings.

    `vectors` has shape (len(sentences), 384), float32, unit rows. `passage_vectors` has one row
    a passage.
    """

    document: Document
    sentences: tuple[ReadSentence, ...]
    vectors: NDArray[np.float32]
    passages: tuple[Passage, ...]
    passage_vectors: NDArray[np.float32]
    terms: tuple[Term, ...]
    traits: tuple[Trait, ...]
    findings: tuple[Finding, ...]
    grammars: tuple[Grammar, ...] = ()
    routines: tuple[Routine, ...] = ()

    def by_id(self, sentence_id: str) -> ReadSentence:
        """The sentence with this id; KeyError if there is none."""
        for sentence in self.sentences:
            if sentence.id == sentence_id:
                return sentence
        raise KeyError(sentence_id)
