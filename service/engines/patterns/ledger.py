"""From sentences that commit to the ledger: which are intents, which say the same, which come first.

Owns: choice, merging and ranking of intents without a model. Must not know: practices, items.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.documents import BlockKind, Span
from service.engines.patterns.clauses import committing_span
from service.engines.patterns.salience import salience
from service.plan.intents import IntentKind
from service.plan.proposals import IntentProposal
from service.plan.reading import NotCommitment, Reading, ReadSentence

LONG_DOCUMENT = 8000
MAX_ENTRIES = 30
MAX_ENTRIES_LONG = 45
ENOUGH = 0.48
SAME = 0.55
MAX_QUOTES = 6
SOFT = {NotCommitment.hedge, NotCommitment.history}


@dataclass(frozen=True, slots=True)
class Entry:
    """Rows of sentences that say the same, the strongest first."""

    rows: tuple[int, ...]
    score: float


def find_intents(reading: Reading) -> tuple[IntentProposal, ...]:
    """The ledger, strongest first; at most 30 entries (45 for 8,000 words and more)."""
    rows = np.array([s.row for s in reading.sentences if is_candidate(s)], dtype=np.intp)
    if rows.size == 0:
        return ()
    commitment = np.array([reading.sentences[row].commitment for row in rows])
    weight = salience(reading, rows)
    scores = np.round(0.62 * commitment + 0.38 * weight, 6)
    limit = MAX_ENTRIES_LONG if reading.document.words >= LONG_DOCUMENT else MAX_ENTRIES
    entries = merge(rows, scores, reading.vectors, limit)
    return tuple(_proposal(entry, reading) for entry in entries)


def is_candidate(sentence: ReadSentence) -> bool:
    """Whether a sentence may be an intent: commits enough, quotable, nothing speaks against it."""
    return (
        sentence.commitment >= ENOUGH
        and len(sentence.text.split()) >= 6
        and sentence.kind is not BlockKind.block_quote
        and not sentence.text.rstrip().endswith(":")
        and not sentence.reasons_against
    )


def merge(
    rows: NDArray[np.intp], scores: NDArray[np.float64], vectors: NDArray[np.float32], limit: int
) -> tuple[Entry, ...]:
    """Greedy: best first; a sentence near a chosen entry joins it (up to six), else it opens one."""
    order = sorted(range(len(rows)), key=lambda i: (-scores[i], rows[i]))
    heads: list[int] = []
    members: dict[int, list[int]] = {}
    for index in order:
        head = _nearest(index, heads, rows, vectors)
        if head is not None:
            if len(members[head]) < MAX_QUOTES:
                members[head].append(int(rows[index]))
        elif len(heads) < limit:
            heads.append(index)
            members[index] = [int(rows[index])]
    return tuple(Entry(tuple(members[h]), float(scores[h])) for h in heads)


def _nearest(index: int, heads: list[int], rows: NDArray[np.intp], vectors: NDArray[np.float32]) -> int | None:
    best, found = SAME, None
    for head in heads:
        similarity = float(np.round(vectors[rows[index]] @ vectors[rows[head]], 6))
        if similarity > best:
            best, found = similarity, head
    return found


def _proposal(entry: Entry, reading: Reading) -> IntentProposal:
    found = [reading.sentences[row] for row in entry.rows]
    sentences = sorted(found, key=lambda s: s.kind is BlockKind.table_row)  # a row's sense lies in its columns
    spans = tuple(committing_span(s, reading.grammars[s.row]) for s in sentences)
    first = sentences[0]
    shift = shift_spans(first, spans[0])
    return IntentProposal(
        statement=statement(spans[0].of(reading.document.text)),
        kind=IntentKind.shift if shift else kind_of(first),
        spans=spans,
        confidence=round(first.commitment, 3),
        importance=round(min(1.0, entry.score + 0.02 * (len(spans) - 1)), 3),
        from_span=shift[0] if shift else None,
        to_span=shift[1] if shift else None,
    )


def statement(words: str) -> str:
    """The document's own words as a sentence: first letter large, a full stop."""
    words = " ".join(words.split()).strip(" -–—•*;,:")
    return (words[:1].upper() + words[1:]).rstrip(".") + "."


SHIFTS = (
    re.compile(
        r"(?i)\b(?:away )?from (?P<a>(?:(?!\b(?:which|who|that|where)\b)[^,.;]){3,80}?),? (?:and )?(?:to|towards?|into) (?P<b>[^,.;]{3,90})"
    ),
    re.compile(
        r"(?i)^rather than (?P<a>[^,.;]{3,80}), (?:we (?:have )?(?:decided|chosen|will|want)(?: to)? )?(?P<b>[^.;]{3,90})"
    ),
    re.compile(r"(?i)^(?P<b>[^.;]{8,110}?),? (?:rather than|instead of|in place of|as opposed to) (?P<a>[^,.;]{3,80})"),
    re.compile(r"(?i)^(?P<a>[^,.;]{3,60}?) (?:is|are) (?:shifting|moving|giving way) to (?P<b>[^,.;]{3,90})"),
    re.compile(r"(?i)\breplac(?:e|es|ing) (?P<a>[^,.;]{3,70}) (?:with|by) (?P<b>[^,.;]{3,80})"),
    re.compile(r"(?i)^(?P<a>[^,.;]{3,70}) is replaced (?:with|by) (?P<b>[^,.;]{3,80})"),
)


def shift_spans(sentence: ReadSentence, within: Span) -> tuple[Span, Span] | None:
    """Where the words state from what to what, in canonical offsets; None where they do not."""
    start = sentence.sentence.span.start
    text = sentence.text[within.start - start : within.end - start]
    for pattern in SHIFTS:
        match = pattern.search(text)
        if match and not re.search(r"\d", match.group("a")) and _says_something(match.group("a")):
            base = within.start
            return (
                Span(base + match.start("a"), base + match.end("a")),
                Span(base + match.start("b"), base + match.end("b")),
            )
    return None


#: "from beginning to end", "from time to time", "from day one to …": no state that ends.
SPAN_OF_TIME = re.compile(
    r"(?i)(?:the )?(?:beginning|start|outset|time|day|week|month|year|top|one|end|first|left|here|there|now)\b"
)


def _says_something(words: str) -> bool:
    """A from-state of a noun alone ("the branch") is a comparison, not a state that ends."""
    if SPAN_OF_TIME.match(words):
        return False
    return (
        len(words.split()) >= 3
        or words.split()[0].endswith("ing")
        or not words.lower().startswith(("the ", "a ", "an "))
    )


TARGET = re.compile(
    r"(?i)\b(?:by|before) (?:the end of )?(?:\w+ )?(?:19|20)\d\d|\d\s?%|[<>≤≥]|\bP\d\d\b|\bat (?:least|most) \d|\b\d+ \w+ (?:customers|hours|days|minutes|weeks)"
)
LIMIT = re.compile(
    r"(?i)\b(?:no new|not? .{3,40} unless|unless|must not|will not|only (?:if|where|when)|without (?:diverging|exceeding)|no more than|never)\b"
)


def kind_of(sentence: ReadSentence) -> IntentKind:
    """Kind by the words where they are plain, else by the classifier."""
    if LIMIT.search(sentence.text):
        return IntentKind.constraint
    if TARGET.search(sentence.text):
        return IntentKind.target
    guess = IntentKind(sentence.intent_kind)
    if guess in {IntentKind.shift, IntentKind.target, IntentKind.constraint}:
        return IntentKind.priority
    return guess
