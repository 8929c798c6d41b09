"""What a careful reader would ask the author about, each on its places.

Owns: tensions, hedges, placeholders, undefined measures. Must not know:
intents, practices, engines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.documents import BlockKind, Span
from service.plan.reading import Finding, FindingKind, ReadSentence
from service.reader.contradictions import contradictions
from service.reader.phrases import cut, lead_end

PLACEHOLDER = re.compile(
    r"\b(?:TODO(?!s|[ -](?:list|item))|TBD|TBC|FIXME|XXX|tbd|tbc)\b|\?\?+|\[(?:insert|name|date|owner)[^\]]*\]|<[^>]*here>"
)
TENSION = re.compile(
    r"(?i)\b(?:whilst(?! (?:never|also|being aware|taking|working|doing)\b)|while (?:still|maintaining|protecting|preserving|keeping|delivering)|even if|"
    r"without (?:compromising|sacrificing|losing|lowering|harming|weakening|reducing|increasing|adding|slowing|risking|"
    r"giving up|killing|cutting|recourse|loss)|but not at the (?:cost|expense) of|"
    r"balanc(?:e|ing) .{3,60} (?:and|with|against))\b"
)
POINTS = re.compile(r"(?i)^(?:this|these|it|they|that|those|such)\b")
HEDGE = re.compile(
    r"(?i)\btentative(?:ly)?\b|\b(?:we|will|shall|to|are|is|also) (?:be )?(?:explor|consider)(?:e|ing)?\b|"
    r"^(?:explor(?:e|ing)|consider(?:ing)?)\b|\bsuggestions? for now\b|\bpotentially\b|\bmight\b|\bperhaps\b|"
    r"\bwould like to\b|\bwe (?:hope|think|believe) (?:to|we)\b|\(\?\)|\?\)"
)
UNDEFINED = re.compile(
    r"(?i)\b((?:(?:continuous|significant|substantial|dramatical|radical)ly \w+|world[- ]class|best[- ]in[- ]class|"
    r"improv(?:e|ed|ing)|increas(?:e|ed|ing)|reduc(?:e|ed|ing)|faster|seamless)(?: (?!and\b|or\b|to\b|while\b)[\w-]+){1,3})"
)


def find_findings(sentences: Sequence[ReadSentence], vectors: NDArray[np.float32]) -> tuple[Finding, ...]:
    """All findings: contradictions first, then placeholders, tensions, hedges, undefined measures."""
    return (
        *contradictions(sentences, vectors),
        *_placeholders(sentences),
        *_tensions(sentences),
        *_hedges(sentences),
        *_undefined(sentences),
    )


#: Small words that leave a phrase waiting for its end.
WAITING = re.compile(
    r"(?i)(?:\s+(?:a|an|the|of|to|for|in|on|at|by|with|from|across|and|or|as|is|are|our|their|its|that))+$"
)
LONGEST_SIDE, MOST_BEFORE = 12, 16
MARKS = " .,;:“”\"'"


def _two_aims(text: str, match: re.Match[str]) -> str:
    """Both sides of a tension in the document's words, or that there are two."""
    before, after = text[: match.start()].strip(" ,;:–—"), text[match.start() :].strip(" .,;")
    sides = [before[lead_end(before) :], after]
    if all(len(side.split()) >= 3 for side in sides):
        one, other = (WAITING.sub("", side[: cut(side, LONGEST_SIDE)]) for side in sides)
        return f"Two aims meet, “{one}” and “{other}”"
    return "Two aims meet in this sentence"


def _begins(text: str) -> str:
    begin = lead_end(text)
    return WAITING.sub("", text[begin:][: cut(text[begin:].rstrip(" ."), LONGEST_SIDE)])


def _span(sentence: ReadSentence, match: re.Match[str]) -> Span:
    return Span(sentence.sentence.span.start + match.start(), sentence.sentence.span.start + match.end())


def _placeholders(sentences: Sequence[ReadSentence]) -> Iterable[Finding]:
    for sentence in sentences:
        match = PLACEHOLDER.search(sentence.text)
        if match and sentence.kind is not BlockKind.block_quote:  # what others wrote has no blanks of this document
            note = f"“{sentence.text.strip()[:80]}” is still to be filled in: what should stand there?"
            yield Finding(FindingKind.placeholder, note, (_span(sentence, match),), (sentence.id,))


def _tensions(sentences: Sequence[ReadSentence]) -> Iterable[Finding]:
    for sentence in sentences:
        match = TENSION.search(sentence.text)
        if (
            match
            and sentence.commitment >= 0.5
            and not POINTS.match(sentence.text)
            and 5 < match.start() < len(sentence.text) - 10
        ):
            note = f"{_two_aims(sentence.text, match)}: which one gives way when they collide?"
            yield Finding(FindingKind.tension, note, (sentence.sentence.span,), (sentence.id,))


def _hedges(sentences: Sequence[ReadSentence]) -> Iterable[Finding]:
    for sentence in sentences:
        match = HEDGE.search(sentence.text)
        if match and sentence.commitment >= 0.3:
            said = match.group(0).strip("()?").strip()
            note = f"Is “{_begins(sentence.text)}” decided, or still open?" + (
                f" The text says “{said}”." if said else ""
            )
            yield Finding(FindingKind.hedge, note, (_span(sentence, match),), (sentence.id,))


def _undefined(sentences: Sequence[ReadSentence]) -> Iterable[Finding]:
    for sentence in sentences:
        match = UNDEFINED.search(sentence.text)
        if match and sentence.commitment >= 0.6 and not re.search(r"\d", sentence.text):
            words = WAITING.sub("", match.group(1))
            note = f"“{words}” has no number or baseline here: how will anyone see it happened?"
            yield Finding(FindingKind.undefined, note, (_span(sentence, match),), (sentence.id,))
