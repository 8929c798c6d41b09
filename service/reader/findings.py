"""What a careful reader would ask the author about, each on its places.

Owns: contradictions of number, tensions, hedges, placeholders, undefined measures. Must not know:
intents, practices, engines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from retrieval.documents import Span
from service.plan.reading import Finding, FindingKind, ReadSentence

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
COUNTED = re.compile(
    r"(?i)\b(\d{1,3}|" + "|".join(NUMBERS) + r") (?:(?:key|main|core|strategic|top|big|guiding|broad) )?"
    r"(priorities|goals|objectives|principles|actions|pillars|themes|outcomes|bets|workstreams|streams|initiatives)\b"
)
PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|XXX|tbd|tbc)\b|\?\?+|\[(?:insert|name|date|owner)[^\]]*\]|<[^>]*here>"
)
TENSION = re.compile(
    r"(?i)\b(?:whilst|while (?:also|still|maintaining|protecting|preserving|keeping|delivering|not)|without|even if|"
    r"but not at the (?:cost|expense) of|at the same time|balanc(?:e|ing) .{3,60} (?:and|with|against))\b"
)
POINTS = re.compile(r"(?i)^(?:this|these|it|they|that|those|such)\b")
HEDGE = re.compile(
    r"(?i)\b(?:tentative(?:ly)?|explor(?:e|ing)|suggestions? for now|consider(?:ing)?|potential(?:ly)?|might|perhaps|"
    r"would like to|we (?:hope|think|believe) (?:to|we))\b|\(\?\)|\?\)"
)
UNDEFINED = re.compile(
    r"(?i)\b((?:continuous(?:ly)?|significant(?:ly)?|substantial(?:ly)?|dramatic(?:ally)?|world[- ]class|best[- ]in[- ]class|"
    r"improved?|increased?|reduced?|better|faster|modern|seamless|high[- ]quality)(?: \w+){1,3})"
)


def find_findings(sentences: Sequence[ReadSentence]) -> tuple[Finding, ...]:
    """All findings: contradictions first, then placeholders, tensions, hedges, undefined measures."""
    return (
        *_contradictions(sentences),
        *_placeholders(sentences),
        *_tensions(sentences),
        *_hedges(sentences),
        *_undefined(sentences),
    )


def _span(sentence: ReadSentence, match: re.Match[str]) -> Span:
    return Span(sentence.sentence.span.start + match.start(), sentence.sentence.span.start + match.end())


def _contradictions(sentences: Sequence[ReadSentence]) -> Iterable[Finding]:
    counted: dict[str, dict[int, tuple[ReadSentence, re.Match[str]]]] = defaultdict(dict)
    for sentence in sentences:
        for match in COUNTED.finditer(sentence.text):
            word = match.group(1).lower()
            number = NUMBERS.get(word) or int(word)
            counted[match.group(2).lower()].setdefault(number, (sentence, match))
    for noun, numbers in counted.items():
        if len(numbers) == 2:
            places = list(numbers.values())
            said = " and ".join(f"“{match.group(0)}”" for _, match in places)
            yield Finding(
                FindingKind.contradiction,
                f"The document says {said}: which number of {noun} holds?",
                tuple(_span(sentence, match) for sentence, match in places),
                tuple(sentence.id for sentence, _ in places),
            )


def _placeholders(sentences: Sequence[ReadSentence]) -> Iterable[Finding]:
    for sentence in sentences:
        if match := PLACEHOLDER.search(sentence.text):
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
            note = "Two aims meet in this sentence: which one gives way when they collide?"
            yield Finding(FindingKind.tension, note, (sentence.sentence.span,), (sentence.id,))


def _hedges(sentences: Sequence[ReadSentence]) -> Iterable[Finding]:
    for sentence in sentences:
        match = HEDGE.search(sentence.text)
        if match and sentence.commitment >= 0.3:
            note = f"Is this decided, or still open? The text says “{match.group(0).strip('()?')}”."
            yield Finding(FindingKind.hedge, note, (_span(sentence, match),), (sentence.id,))


def _undefined(sentences: Sequence[ReadSentence]) -> Iterable[Finding]:
    for sentence in sentences:
        match = UNDEFINED.search(sentence.text)
        if match and sentence.commitment >= 0.6 and not re.search(r"\d", sentence.text):
            note = f"“{match.group(1)}” has no number or baseline here: how will anyone see it happened?"
            yield Finding(FindingKind.undefined, note, (_span(sentence, match),), (sentence.id,))
