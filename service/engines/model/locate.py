"""Where words that a model copied stand in the document, and how long a quote may be.

Owns: finding words letter by letter (white space and typographic marks folded), and narrowing a
sentence to a quote of 6 to 60 words. Must not know: models, records of a plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from retrieval.documents import Span
from service.plan.grammar import Chunk
from service.plan.provenance import Place, Quote
from service.plan.reading import Reading, ReadSentence

MIN_WORDS, MAX_WORDS = 6, 60
_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_JOINING = {"of", "for", "in", "on", "at", "to", "and", "with", "from", "the", "a", "an"}
_BREAK = re.compile(r"(?<=[;:,.])\s+|\s+(?=[–—]\s)")


def find_words(words: str, sentences: Iterable[ReadSentence], text: str) -> Span | None:
    """Span of `words` inside one of the sentences, or None: nothing but white space and quote marks may differ."""
    sought = words.strip().strip('"“”').strip(" .…").translate(_FOLD).split()
    if not sought:
        return None
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(re.escape(word) for word in sought) + r"(?!\w)", re.IGNORECASE)
    for sentence in sentences:
        span = sentence.sentence.span
        found = pattern.search(span.of(text).translate(_FOLD))
        if found:
            return _with_mark(Span(span.start + found.start(), span.start + found.end()), span, text)
    return None


def is_noun_phrase(span: Span, reading: Reading) -> bool:
    """Whether the words are a thing that one can begin "on": noun chunks joined by "of" and the like, or a term."""
    if any(term.span.start <= span.start and span.end <= term.span.end for term in reading.terms):
        return True
    home = next((s for s in reading.sentences if s.sentence.span.start <= span.start < s.sentence.span.end), None)
    if home is None or home.row >= len(reading.grammars):
        return False
    start, end = span.start - home.sentence.span.start, span.end - home.sentence.span.start
    inside = [chunk for chunk in reading.grammars[home.row].chunks if chunk.start < end and start < chunk.end]
    between = re.sub(r"\s+", " ", _outside(home.text, start, end, inside)).strip().lower()
    return bool(inside) and not set(between.split()) - _JOINING


def _outside(text: str, start: int, end: int, chunks: Iterable[Chunk]) -> str:
    """What the chunks leave of the words from `start` to `end`."""
    covered = {at for chunk in chunks for at in range(chunk.start, chunk.end)}
    return "".join(character if at not in covered else " " for at, character in enumerate(text) if start <= at < end)


def _with_mark(found: Span, sentence: Span, text: str) -> Span:
    """The span with the quote mark beside it, where the span holds only one of a pair."""
    if found.of(text).translate(_FOLD).count('"') % 2 == 0:
        return found
    if text[found.end : min(found.end + 1, sentence.end)].translate(_FOLD) == '"':
        return Span(found.start, found.end + 1)
    before = max(found.start - 1, sentence.start)
    return Span(before, found.end) if text[before : found.start].translate(_FOLD) == '"' else found


def quote_span(sentence: ReadSentence, text: str, words: str | None = None) -> Span | None:
    """A span of 6 to 60 words inside the sentence: `words` if they stand there, else all of it or a clause.

    None where the sentence is too short to be a quote.
    """
    whole = sentence.sentence.span
    narrowed = find_words(words, (sentence,), text) if words else None
    for span in (narrowed, whole, sentence.core):
        if span is not None and MIN_WORDS <= _count(span, text) <= MAX_WORDS:
            return span
    return None if _count(whole, text) < MIN_WORDS else _first_clauses(whole, text)


def quote_of(span: Span, sentence: ReadSentence, text: str) -> Quote:
    """The quote at `span`, with its place."""
    at = sentence.location
    place = Place(page=at.page, slide=at.slide, heading_path=at.heading_path)
    return Quote(text=span.of(text), start=span.start, end=span.end, sentence_ids=(sentence.id,), location=place)


def sentences_of(ids: Iterable[str], reading: Reading) -> tuple[ReadSentence, ...]:
    """The sentences with these ids, in the order asked, unknown ids left out."""
    known = {sentence.id: sentence for sentence in reading.sentences}
    return tuple(known[name] for name in dict.fromkeys(_bare(name) for name in ids) if name in known)


def unknown_ids(ids: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Those ids that name no sentence given to the model."""
    there = set(known)
    return tuple(name for name in ids if _bare(name) not in there)


def _bare(sentence_id: str) -> str:
    return sentence_id.strip().strip("[]")


def _count(span: Span, text: str) -> int:
    return len(span.of(text).split())


def _first_clauses(whole: Span, text: str) -> Span:
    """As many leading clauses as fit into 60 words; a clause without a break is cut at a word."""
    best = None
    for found in _BREAK.finditer(whole.of(text)):
        span = Span(whole.start, whole.start + found.start())
        if MIN_WORDS <= _count(span, text) <= MAX_WORDS:
            best = span
    if best is not None:
        return best
    cut = list(re.finditer(r"\S+", whole.of(text)))[MAX_WORDS - 1]
    return Span(whole.start, whole.start + cut.end())
