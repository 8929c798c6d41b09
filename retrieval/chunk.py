"""Sentences to passages: whole sentences of one section, small enough for the embedding model.

Owns: where a passage begins and ends, its id, and the words that stand for it in the index. Must not
know: the model (only how it counts tokens), vectors, stores.

Passages do not overlap: the words around a hit come from the document. Every section starts anew, and a
section too long is halved where the sentence with the smallest hash begins, again and again, as in a
treap. So bounds depend on words and not on counting from the top, and an edit moves those near it only.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from retrieval.documents import BlockKind, Document, Passage, Sentence, Span

#: Tokens of each text, as `Embedder.count_tokens` gives them.
CountTokens = Callable[[Sequence[str]], list[int]]

#: Leaves room for headings in the model's window of 256.
MAX_TOKENS = 200
#: How many headings, from the innermost out, stand before a passage in its embedding text; two cost 6% more tokens.
HEADINGS = 1


def chunk(
    document: Document, sentences: Sequence[Sentence], count_tokens: CountTokens, max_tokens: int = MAX_TOKENS
) -> tuple[Passage, ...]:
    """Passages in text order, covering every sentence once.

    A sentence longer than `max_tokens` is a passage by itself (the embedder reads it in windows).

    Args:
        document: The document the sentences belong to.
        sentences: As `retrieval.sentences.split_sentences` gives them.
        count_tokens: Counts without the model's marks.
        max_tokens: Upper bound of a passage of several sentences.
    """
    runs = list(_runs(document, sentences))
    counts = iter(count_tokens([text for run in runs for text in _stretches(document, run)]))
    pieces = [[_Piece(sentence, next(counts), _digest(sentence.text)) for sentence in run] for run in runs]
    groups = [group for run in pieces for group in _split(run, max_tokens)]
    seen: Counter[str] = Counter()
    return tuple(_passage(document, [piece.sentence for piece in group], seen) for group in groups)


def embedding_text(passage: Passage) -> str:
    """What the model reads: the innermost heading, then the passage."""
    path = ": ".join(passage.location.heading_path[-HEADINGS:])
    return f"{path}\n{passage.text}" if path else passage.text


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, its count of tokens and the hash that orders it."""

    sentence: Sentence
    tokens: int
    order: str


def _runs(document: Document, sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Sentences of one section with nothing left out between them (a heading, code, a table of contents …)."""
    breaks, passed = [], 0
    for block in document.blocks:
        passed += not document.quotable(block)
        breaks.append(passed)

    def section(sentence: Sentence) -> tuple[int, tuple[str, ...], int | None, bool]:
        block = document.blocks[sentence.block]
        place = block.location
        return breaks[sentence.block], place.heading_path, place.slide, block.kind is BlockKind.notes

    return (list(run) for _, run in groupby(sentences, section))


def _stretches(document: Document, run: list[Sentence]) -> Iterator[str]:
    """From each sentence to the next, what stands between them included."""
    for here, after in pairwise(run):
        yield document.text[here.span.start : after.span.start]
    yield run[-1].text


def _split(run: list[_Piece], max_tokens: int) -> Iterator[list[_Piece]]:
    """The run in order, in parts that fit."""
    waiting = [run]
    while waiting:
        part = waiting.pop()
        if len(part) == 1 or sum(piece.tokens for piece in part) <= max_tokens:
            yield part
            continue
        middle = _cut(part, max_tokens)
        waiting += [part[middle:], part[:middle]]


def _cut(part: list[_Piece], max_tokens: int) -> int:
    """The sentence that begins the second half: of a block if possible, with the smallest hash.

    Neither side is smaller than a quarter of the room, where sentences allow it. Sentences that are all
    the same are halved in the middle.
    """
    before = list(accumulate((piece.tokens for piece in part), initial=0))
    least, total = max_tokens // 4, before[-1]
    places = [at for at in range(1, len(part)) if least <= before[at] <= total - least] or range(1, len(part))

    def order(at: int) -> tuple[bool, str, int]:
        inside = part[at].sentence.block == part[at - 1].sentence.block
        return inside, part[at].order, abs(2 * before[at] - total)

    return min(places, key=order)


def _passage(document: Document, sentences: list[Sentence], seen: Counter[str]) -> Passage:
    span = Span(sentences[0].span.start, sentences[-1].span.end)
    location = document.blocks[sentences[0].block].location
    bare = Passage("", span, span.of(document.text), location, tuple(sentence.id for sentence in sentences))
    digest = _digest(embedding_text(bare))
    seen[digest] += 1
    return Passage(f"p{digest}-{seen[digest]}", span, bare.text, location, bare.sentence_ids)


def _digest(text: str) -> str:
    """Of the words alone: Unicode composed, white space made single. 80 bits in hex."""
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(words.encode()).hexdigest()[:20]
