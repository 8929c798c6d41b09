"""The nouns of text: a document's canonical text and every place in it.

Owns: Document, Block, Span, Sentence, Passage, Hit and the PassageStore protocol. Must not know:
file formats, vectors, databases, plans. Offsets are always code points into `Document.text`, and
``document.text[span.start:span.end]`` is the text meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

#: A heading of this many words with a finite verb states something by itself.
STATEMENT_WORDS = 8
#: So does one of this many words that asks for a deed, ends in a full stop or is marked as a goal.
GOAL_WORDS = 6
GOAL = re.compile(
    r"(?i)^\W*(?:(?:objective|goal|priority|aim|commitment|principle|outcome|o|kr)\b[ \d.]*[:–-]|(?:build|improve|"
    r"increase|reduce|grow|expand|strengthen|simplify|create|develop|deliver|launch|establish|ensure|enable|empower|invest|replace|"
    r"remove|redesign|publish|move|focus|give|make|provide|support|promote|foster|protect|engage|connect|open|stop|end|put|"
    r"bring|keep|become|achieve|facilitate|advocate|cultivate|adopt|advance|accelerate|transform|modernise|modernize|embed|"
    r"win|let|raise|cut|double|halve) )|\w\.\s*$"
)
FINITE_VERB = re.compile(
    r"(?i)\b(?:is|are|was|were|will|must|shall|should|can|has|have|had|we|leverage|leverages|supports?|delivers?|uses?|works?)\b"
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in the canonical text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of `text` in this span."""
        return text[self.start : self.end]


class BlockKind(StrEnum):
    """What a block is; only `PASSAGE_KINDS` become passages."""

    heading = "heading"
    paragraph = "paragraph"
    list_item = "list_item"
    table_row = "table_row"
    block_quote = "block_quote"
    caption = "caption"
    notes = "notes"
    code = "code"
    contents = "contents"
    links = "links"


#: Kinds whose words may become passages, sentences and quotes.
PASSAGE_KINDS: frozenset[BlockKind] = frozenset(
    {
        BlockKind.paragraph,
        BlockKind.list_item,
        BlockKind.table_row,
        BlockKind.block_quote,
        BlockKind.notes,
    }
)


@dataclass(frozen=True, slots=True)
class Location:
    """Where a reader finds a place: page or slide (from 1) where the format has them, and headings."""

    page: int | None = None
    slide: int | None = None
    heading_path: tuple[str, ...] = ()

    def words(self) -> str:
        """For people: 'page 3, Objectives', 'slide 4, Our focus', 'Goals › Speed'."""
        place = f"page {self.page}" if self.page else f"slide {self.slide}" if self.slide else ""
        path = " › ".join(self.heading_path[-2:])
        return ", ".join(part for part in (place, path) if part) or "the document"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table row.

    `depth` is a heading's level (1 = top) or a list item's nesting (1 = outermost), else 0.
    `span` covers the block's words without bullet marks.
    """

    kind: BlockKind
    span: Span
    location: Location
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document: one canonical text, every block located. Immutable for (sha256, parser_version)."""

    title: str
    sha256: str
    media_type: str
    language: str
    parser_version: str
    text: str
    blocks: tuple[Block, ...]
    metadata: dict[str, str] = field(default_factory=dict)

    def quotable(self, block: Block) -> bool:
        """Whether a block's words may become sentences and quotes.

        A heading may when it is a whole statement, as in visions and goals written as headings: eight
        words or more with a finite verb, or six or more that ask for a deed, end in a full stop or are
        marked as a goal.
        """
        if block.kind is BlockKind.heading:
            words = block.span.of(self.text)
            count = len(words.split())
            states = count >= STATEMENT_WORDS and bool(FINITE_VERB.search(words))
            return states or (count >= GOAL_WORDS and bool(GOAL.search(words)))
        return block.kind in PASSAGE_KINDS

    @property
    def words(self) -> int:
        """Count of white-space separated words of the canonical text."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or a whole short list item or table row), inside one block. Ids run s1, s2, … in text order."""

    id: str
    span: Span
    block: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one section, small enough for the embedding model.

    `id` is derived from the words alone (sha256 of normalised text plus an occurrence number), so
    an edited document re-embeds only passages that changed.
    """

    id: str
    span: Span
    text: str
    location: Location
    sentence_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, its fused score, and its rank in each list (None where it is not in that list)."""

    passage: Passage
    score: float
    dense_rank: int | None = None
    lexical_rank: int | None = None


class PassageStore(Protocol):
    """Text and lexical search by id; implemented over SQL by the service."""

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """Passages by id, in the order asked; unknown ids are left out."""
        ...

    def lexical(self, query: str, limit: int) -> list[str]:
        """Passage ids best first by full-text rank."""
        ...
