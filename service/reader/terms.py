"""The document's own words for its bodies, roles, users, units of work, measures, dates.

Owns: how terms are found and counted. Must not know: intents, practices, engines.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from retrieval.documents import Document, Sentence, Span
from service.plan.grammar import Chunk, Grammar, Name
from service.plan.reading import Term, TermKind
from service.reader.nouns import HEADS, KEPT_MODIFIERS, VAGUE

DETERMINER = re.compile(
    r"^(?:the|a|an|our|their|its|his|her|your|my|all|each|every|any|some|many|most|these|those|this|that|no|other|more|"
    r"several|both|various|such|new|few|\d+|one|two|three|four|five|six|seven|eight|nine|ten)\s+",
    re.IGNORECASE,
)
HEAD_KIND = {lemma: kind for kind, lemmas in reversed(HEADS) for lemma in lemmas}
#: "Time to Restore Service" is a figure, no work to begin on.
MEASURED = re.compile(r"(?i)(?:mean |average )?(?:time|rate|number|share|percentage|cost|frequency|mean|average)\b")
#: "units of work", "a unit of code": a piece of something, no body of people.
MEASURE_OF = re.compile(r"(?i)units? of\b")
#: A name is an initiative's when such a noun is its last word or stands right beside it.
INITIATIVE_NOUN = r"(?:initiatives?|projects?|pilots?|programmes?|programs?|services?|campaigns?|exemplars?|efforts?|products?|platforms?|portals?)"
DATE = re.compile(
    r"(?i)\b(?:(?:end of |mid-|early |late )?(?:(?:\d{1,2}(?:st|nd|rd|th)? )?(?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? (?:\d{1,2},? )?(?:19|20)\d\d|"
    r"Q[1-4](?: (?:FY)?(?:19|20)?\d\d)?|H[12] (?:19|20)\d\d|(?:FY)?20\d\d))\b"
)
METRIC = re.compile(
    r"(?i)(?:\bP\d\d\b[^.;]{3,60}|\b\d[\d,.]*\s?(?:%|percent|per cent|days?|hours?|minutes?|seconds?|weeks?|months?|million|billion|bn|m\b))"
)
ACRONYM_IN_TITLE = re.compile(r"\b[A-Z]{3,6}\b")
PROPER = re.compile(
    r"\b(?:[A-Z][\w’'&-]+|[A-Z]{2,})(?:\s+(?:of|and|for|the|to|on|in)?\s*(?:[A-Z][\w’'&-]+|[A-Z]{2,}|\d{4}))+"
)


def find_terms(document: Document, sentences: Sequence[Sentence], grammars: Sequence[Grammar]) -> tuple[Term, ...]:
    """All terms, most frequent first within a kind; each with the place of its first occurrence."""
    places: dict[tuple[TermKind, str], list[tuple[str, Span, str]]] = defaultdict(list)
    for sentence, grammar in zip(sentences, grammars, strict=True):
        for kind, start, end in _in_sentence(sentence.text, grammar):
            text = sentence.text[start:end]
            span = Span(sentence.span.start + start, sentence.span.start + end)
            places[(kind, text.lower())].append((text, span, sentence.id))
    terms = [
        _term(kind, found)
        for (kind, _), found in places.items()
        if kind is not TermKind.initiative or not _is_body(found[0][0], document)
    ]
    terms += _organisation(document, sentences)
    return tuple(sorted(terms, key=lambda term: (term.kind, -term.count, term.span)))


def _term(kind: TermKind, found: Sequence[tuple[str, Span, str]]) -> Term:
    text, span, sentence_id = found[0]
    return Term(kind, text, span, len(found), sentence_id)


def _is_body(name: str, document: Document) -> bool:
    """A name that the document shortens, "Office of Works (OOW)", is a body and no initiative."""
    return bool(re.search(rf"{re.escape(name)} \([A-Z]{{2,6}}\)", document.text))


def _in_sentence(text: str, grammar: Grammar) -> Iterable[tuple[TermKind, int, int]]:
    for chunk in grammar.chunks:
        yield from _from_chunk(text, chunk)
    for match in DATE.finditer(text):
        yield TermKind.date, match.start(), match.end()
    for match in METRIC.finditer(text):
        yield TermKind.number, match.start(), match.end()
    for name in grammar.names:
        yield from _from_name(name)
    yield from _initiatives(text, grammar)


def _from_chunk(text: str, chunk: Chunk) -> Iterable[tuple[TermKind, int, int]]:
    kind = HEAD_KIND.get(chunk.head)
    if kind is None or chunk.head in VAGUE:
        return
    start, end = trimmed(text, chunk.start, chunk.end, keep_all=kind in {TermKind.work, TermKind.measure})
    if end - start < 3 or (kind is TermKind.team and MEASURE_OF.match(text[start:])):
        return
    yield kind, start, end


def _from_name(name: Name) -> Iterable[tuple[TermKind, int, int]]:
    if name.label == "ORG" and 1 <= len(name.text.split()) <= 6 and name.text[0].isupper():
        yield TermKind.body, name.start, name.end


def _initiatives(text: str, grammar: Grammar) -> Iterable[tuple[TermKind, int, int]]:
    """Names of two words and more that end in, or stand beside, a word for an initiative; no person or place."""
    others = [n for n in grammar.names if n.label in {"PERSON", "GPE", "LOC", "NORP", "DATE", "LANGUAGE"}]
    for match in PROPER.finditer(text):
        start, end = match.span()
        beside = re.match(rf"(?i)\W{{1,3}}{INITIATIVE_NOUN}\b", text[end:]) or re.search(
            rf"(?i)\b{INITIATIVE_NOUN}\W{{1,3}}$", text[:start]
        )
        named = (beside or re.search(rf"(?i)\b{INITIATIVE_NOUN}$", match.group())) and not MEASURED.match(match.group())
        clashes = any(n.start < end and start < n.end for n in others)
        if named and not clashes and start > 0 and len(match.group().split()) <= 6:
            yield TermKind.initiative, start, end


def trimmed(text: str, start: int, end: int, *, keep_all: bool = False) -> tuple[int, int]:
    """Offsets without leading determiners, and without adjectives that do not belong to the noun."""
    while match := DETERMINER.match(text[start:end]):
        start += match.end()
    if keep_all:
        return start, end
    words = [(m.start(), m.group()) for m in re.finditer(r"\S+", text[start:end])]
    first = len(words) - 1
    while first > 0 and _belongs(words[first - 1][1]):
        first -= 1
    return (start + words[first][0], end) if words else (start, end)


def _belongs(word: str) -> bool:
    return word.lower() in KEPT_MODIFIERS or word[:1].isupper()


def _organisation(document: Document, sentences: Sequence[Sentence]) -> list[Term]:
    """Who the document is about: named in its metadata and text, or the body that commits most often."""
    named = document.metadata.get("organisation", "")
    candidates = [part.strip(" ()") for part in re.split(r"[()/,]", named) if len(part.strip(" ()")) > 1]
    candidates += [word for word, count in _committing_names(sentences).most_common(3) if count >= 2]
    candidates += ACRONYM_IN_TITLE.findall(document.title)
    candidates = [name for name in candidates if not _is_common_noun(name, document)]
    for name in candidates:
        found = [m.start() for m in re.finditer(rf"\b{re.escape(name)}\b", document.text)]
        if found:
            place = next((s for s in sentences if s.span.start <= found[0] < s.span.end), None)
            span = Span(found[0], found[0] + len(name))
            return [Term(TermKind.organisation, name, span, len(found), place.id if place else "")]
    return []


def _is_common_noun(name: str, document: Document) -> bool:
    """Whether it is used as in "an API" or "APIs": what takes an indefinite article or a plural names a kind of thing and no body."""
    return bool(re.search(rf"\b[Aa]n? {re.escape(name)}\b|\b{re.escape(name)}s\b", document.text))


def _committing_names(sentences: Sequence[Sentence]) -> Counter[str]:
    pattern = re.compile(
        r"\b(?:the )?((?:[A-Z][\w&’'-]*[a-z]\w*|[A-Z]{2,6})(?: (?:of )?(?:[A-Z][\w&’'-]*|[A-Z]{2,6})){0,4})"
        r"(?:'s|’s)? (?:will|must|is committed|commits|has decided|aims|seeks|strives|strategy|Strategy)\b"
    )
    stop = {"We", "This", "It", "These", "They", "The", "Teams", "Departments", "There", "That", "In", "Each", "All"}
    counts: Counter[str] = Counter()
    for sentence in sentences:
        counts.update(m.group(1) for m in pattern.finditer(sentence.text) if m.group(1).split()[0] not in stop)
    return counts
