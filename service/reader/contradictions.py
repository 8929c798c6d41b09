"""Places of a document that cannot both hold: counts, periods and dates that differ for the same thing.

Owns: how two sentences contradict each other in a number. Must not know: intents, practices, engines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.documents import Span
from service.plan.reading import Finding, FindingKind, NotCommitment, ReadSentence

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})*(?:\.\d+)?|" + "|".join(NUMBERS) + r")"
COUNTED = re.compile(
    rf"(?i)(?<![\w.,]){_NUMBER} (?:(?:key|main|core|strategic|top|big|guiding|broad) )?"
    r"(?P<unit>priorities|goals|objectives|principles|actions|pillars|themes|outcomes|bets|workstreams|streams|initiatives)\b"
)
MEASURED = re.compile(
    rf"(?i)(?<![\w.,-]){_NUMBER}(?:\s|-)?(?P<unit>%|per ?cent|(?:working )?(?:minutes?|hours?|days?|weeks?|months?|years?))(?!\w)"
)
DATED = re.compile(r"(?i)\bby (?:the end of |end[- ]|Q[1-4] |[A-Z][a-z]+ )?(?P<number>20\d\d)\b")
#: How alike two commitments must be to speak of the same thing.
SAME_THING, COMMITS = 0.78, 0.45
#: A table row, whose sense lies in its columns.
_ROW = re.compile(r"; [^:;|]{2,40}: | \| ")
#: Words that two statements of one measure share, beyond small ones.
SHARED_WORDS = 4
ELSEWHERE = {NotCommitment.history, NotCommitment.other_party, NotCommitment.quotation}
_IDENTIFIER = re.compile(r"\b\w+[_./]\w+\b(?<!\d)")
_CAPITAL = re.compile(r"(?<=[a-z,;] )[A-Z]\w+")
_WORD = re.compile(r"[A-Za-z]{4,}")


def contradictions(sentences: Sequence[ReadSentence], vectors: NDArray[np.float32]) -> Iterator[Finding]:
    """Two counts of the same things, or two figures for what two sentences say almost alike."""
    own = [sentence for sentence in sentences if not ELSEWHERE & set(sentence.reasons_against)]
    yield from _counts(own)
    yield from _figures(own, vectors)


def _counts(sentences: Sequence[ReadSentence]) -> Iterator[Finding]:
    counted: dict[str, dict[float, tuple[ReadSentence, re.Match[str]]]] = defaultdict(dict)
    for sentence in sentences:
        for match in COUNTED.finditer(sentence.text):
            counted[match.group("unit").lower()].setdefault(_value(match), (sentence, match))
    for noun, numbers in counted.items():
        places = list(numbers.values())
        if len(places) == 2 and _one_subject(places[0][0], places[1][0]):
            yield _finding(places, f"which number of {noun} holds?")


def _one_subject(one: ReadSentence, other: ReadSentence) -> bool:
    """Whether both counts can be of the same things: they stand in one chapter, or both near the top."""
    paths = [sentence.location.heading_path for sentence in (one, other)]
    return paths[0][:1] == paths[1][:1] or max(map(len, paths)) <= 1


def _figures(sentences: Sequence[ReadSentence], vectors: NDArray[np.float32]) -> Iterator[Finding]:
    bound = [s for s in sentences if s.commitment >= COMMITS and not _ROW.search(s.text)]
    for pattern in (MEASURED, DATED):
        single = [(s, found[0]) for s in bound if len(found := list(pattern.finditer(s.text))) == 1]
        if len(single) < 2:
            continue
        rows = vectors[[sentence.row for sentence, _ in single]]
        alike = np.triu((rows @ rows.T).astype(np.float64), 1)
        for one, other in np.argwhere(alike >= SAME_THING):
            places = [single[int(one)], single[int(other)]]
            if _parallel(*(sentence for sentence, _ in places)):
                continue
            if _differ(*(match for _, match in places)) and _shared(*(sentence.text for sentence, _ in places)):
                yield _finding(places, "which one holds?")


def _parallel(one: ReadSentence, other: ReadSentence) -> bool:
    """Whether both stand in sections beside each other: "global events" and "regional events" may each have their own."""
    paths = (one.location.heading_path, other.location.heading_path)
    return paths[0] != paths[1] and len(paths[0]) == len(paths[1]) > 1 and paths[0][:-1] == paths[1][:-1]


def _differ(one: re.Match[str], other: re.Match[str]) -> bool:
    units = [match.groupdict().get("unit", "").lower().rstrip("s") for match in (one, other)]
    return units[0] == units[1] and _value(one) != _value(other)


def _shared(one: str, other: str) -> bool:
    if _names(one) != _names(other):
        return False  # "80% of dds_web", "100% of dds_cli": each may have its own
    words, others = ({word.lower() for word in _WORD.findall(text)} for text in (one, other))
    return len(words & others) >= min(SHARED_WORDS, len(words), len(others))


def _names(text: str) -> set[str]:
    """What a sentence names: identifiers, and words with a capital that do not begin it."""
    return set(_IDENTIFIER.findall(text)) | set(_CAPITAL.findall(text))


def _value(match: re.Match[str]) -> float:
    word = match.group("number").lower()
    return float(NUMBERS.get(word) or word.replace(",", ""))


def _finding(places: Sequence[tuple[ReadSentence, re.Match[str]]], question: str) -> Finding:
    said = " and ".join(f"“{match.group(0)}”" for _, match in places)
    starts = [sentence.sentence.span.start for sentence, _ in places]
    return Finding(
        FindingKind.contradiction,
        f"The document says {said}: {question}",
        tuple(Span(s + m.start(), s + m.end()) for s, (_, m) in zip(starts, places, strict=True)),
        tuple(sentence.id for sentence, _ in places),
    )
