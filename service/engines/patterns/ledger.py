"""From sentences that commit to the ledger: which are intents, which say the same, which come first.

Owns: choice, merging and ranking of intents without a model. Must not know: practices, items.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.documents import BlockKind, Span
from service.engines.patterns.clauses import committing_span
from service.engines.patterns.headline import Spoken, importance
from service.engines.patterns.lead import led
from service.engines.patterns.salience import salience
from service.plan.intents import IntentKind
from service.plan.lettering import capital
from service.plan.proposals import IntentProposal
from service.plan.reading import Reading, ReadSentence
from service.reader.wordings import DEEDS

LONG_DOCUMENT = 8000
MAX_ENTRIES = 30
MAX_ENTRIES_LONG = 45
ENOUGH = 0.5
#: Cosine from which two sentences say the same, and from which one may join an entry of a ledger that is full.
SAME, AKIN = 0.55, 0.35
#: Cosine that two sentences must have besides, of what each says beyond what all candidates of the document say.
OWN_MATTER = 0.42
#: Cosine from which the one says the other again, whatever the document says.
SAID_AGAIN = 0.85
#: Candidates below which the document has no matter of its own to leave out.
FEWEST_TO_CENTRE = 8
#: What a shared section counts for then.
TOGETHER = 0.45
MAX_QUOTES = 6
#: What a sentence's score loses for each entry its section has: the ledger covers sections, not one of them.
CROWDED = 0.03
LEAD_IN_WORDS = 8
#: "the following three", "these areas:": the words point at a list and say nothing alone.
POINTING = re.compile(
    r"(?i)\b(?:following|these|below|this|such as|include|are|is|to|by|that|should|will|must|consider):\s*$|\b(?:the|these) (?:\w+ )?following\b"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Rows of sentences that say the same, the strongest first."""

    rows: tuple[int, ...]
    score: float


def find_intents(reading: Reading) -> tuple[IntentProposal, ...]:
    """The ledger, headlines first; at most 30 entries (45 for 8,000 words and more)."""
    entries = find_entries(reading)
    weights = importance(spoken(entries, reading), reading)
    order = sorted(range(len(entries)), key=lambda n: (-weights[n], n))
    return tuple(_proposal(entries[n], float(weights[n]), reading) for n in order)


def find_entries(reading: Reading) -> tuple[Entry, ...]:
    """Sentences that commit, those that say the same together, in the order in which they were taken."""
    rows = np.array(
        [s.row for s in reading.sentences if is_candidate(s) and not _heads_table(s, reading)], dtype=np.intp
    )
    if rows.size == 0:
        return ()
    commitment = np.array([reading.sentences[row].commitment for row in rows])
    weight = salience(reading, rows)
    scores = np.round(0.62 * commitment + 0.38 * weight, 6)
    limit = MAX_ENTRIES_LONG if reading.document.words >= LONG_DOCUMENT else MAX_ENTRIES
    sections = [reading.sentences[row].location.heading_path for row in rows]
    return merge(rows, scores, reading.vectors, limit, sections)


def spoken(entries: Sequence[Entry], reading: Reading) -> list[Spoken]:
    """Each entry with the sentence that speaks for it, in the order given, which is the order of their rank."""
    last = max(1, len(entries) - 1)
    return [
        Spoken(_led(entry, reading)[0], entry.rows, round(1.0 - place / last, 6)) for place, entry in enumerate(entries)
    ]


def is_candidate(sentence: ReadSentence) -> bool:
    """Whether a sentence may be an intent: commits enough, quotable, nothing speaks against it."""
    return (
        sentence.commitment >= ENOUGH
        and len(sentence.text.split()) >= 6
        and sentence.kind is not BlockKind.block_quote
        and not _leads_in(sentence.text)
        and not _is_signpost(sentence)
        and not sentence.reasons_against
    )


def _heads_table(sentence: ReadSentence, reading: Reading) -> bool:
    """The first row of a table that is shown by its bars alone: it names the columns."""
    block = sentence.sentence.block
    before = reading.document.blocks[block - 1].kind if block else None
    return sentence.kind is BlockKind.table_row and "|" in sentence.text and before is not BlockKind.table_row


#: "What we will do", "Slide 5: How we decide": a heading that tells where things stand and states none.
SIGNPOST = re.compile(
    r"(?i)^\W*(?:(?:slide|part|section|chapter|step)\b[ \d.]*[:.–-]?\s*)?(?:what|how|why|where|who|when|which)\b"
)


def _is_signpost(sentence: ReadSentence) -> bool:
    return sentence.kind is BlockKind.heading and bool(SIGNPOST.match(sentence.text))


def _leads_in(text: str) -> bool:
    """Whether the words only announce the list under them."""
    return text.rstrip().endswith(":") and (len(text.split()) < LEAD_IN_WORDS or bool(POINTING.search(text)))


def merge(
    rows: NDArray[np.intp],
    scores: NDArray[np.float64],
    vectors: NDArray[np.float32],
    limit: int,
    sections: Sequence[Hashable] = (),
) -> tuple[Entry, ...]:
    """Greedy: best first; a sentence near a chosen entry joins it, else it opens one until `limit` are open.

    Then it joins the entry it is most akin to, or one of its own section. `sections` names the section of each row.
    """
    ledger = _Ledger(vectors[rows], tuple(sections) or tuple(range(len(rows))), limit)
    waiting = dict(enumerate(scores))
    while waiting:
        index = min(waiting, key=lambda i: (-round(waiting[i] - CROWDED * ledger.crowd(i), 6), int(rows[i])))
        del waiting[index]
        ledger.place(index)
    return tuple(Entry(tuple(int(rows[m]) for m in members), float(scores[members[0]])) for members in ledger.members)


class _Ledger:
    """Entries in the making: indices of candidates, the first of each the one that opened it."""

    def __init__(self, vectors: NDArray[np.float32], sections: Sequence[Hashable], limit: int) -> None:
        self._near = np.round(vectors @ vectors.T, 6)
        self._beyond = _beyond(vectors)
        self._sections = sections
        self._limit = limit
        self._crowds: Counter[Hashable] = Counter()
        self.members: list[list[int]] = []

    def crowd(self, index: int) -> int:
        """How many entries the section of a candidate has opened."""
        return self._crowds[self._sections[index]]

    def place(self, index: int) -> None:
        """Puts a candidate into an entry, opens one for it, or leaves it out where the ledger is full."""
        full = len(self.members) >= self._limit
        open_ones = [
            members for members in self.members if len(members) < MAX_QUOTES and (full or self._same(index, members))
        ]
        best = max(open_ones, key=lambda members: self._kin(index, members, full), default=None)
        if best is not None and self._kin(index, best, full) > (AKIN if full else SAME):
            best.append(index)
        elif not full:
            self.members.append([index])
            self._crowds[self._sections[index]] += 1

    def _same(self, index: int, members: list[int]) -> bool:
        """Whether a candidate shares with the entry's first sentence more than the words of the whole document."""
        said_again = float(self._near[index, members[0]]) > SAID_AGAIN
        return said_again or float(self._beyond[index, members[0]]) > OWN_MATTER

    def _kin(self, index: int, members: list[int], full: bool) -> float:
        """Cosine to the entry's first sentence; a shared section counts for kinship once the ledger is full."""
        shared = full and self._sections[members[0]] == self._sections[index]
        return float(self._near[index, members[0]]) + (TOGETHER if shared else 0.0)


def _beyond(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Cosines of what each vector says beyond their mean; shape (n, n).

    Where each sentence names the product or the programme, nearness by that name alone says nothing.
    """
    if len(vectors) < FEWEST_TO_CENTRE:
        return np.ones((len(vectors), len(vectors)))
    own = (vectors - vectors.mean(axis=0)).astype(np.float64)
    own = own / np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-6)
    return np.asarray(np.round(own @ own.T, 6), dtype=np.float64)


def _proposal(entry: Entry, weight: float, reading: Reading) -> IntentProposal:
    sentences = _led(entry, reading)
    spans = tuple(committing_span(s, reading.grammars[s.row]) for s in sentences)
    first = sentences[0]
    shift = shift_spans(first, spans[0])
    return IntentProposal(
        statement=statement(spans[0].of(reading.document.text)),
        kind=IntentKind.shift if shift else kind_of(first),
        spans=spans,
        confidence=round(first.commitment, 3),
        importance=weight,
        from_span=shift[0] if shift else None,
        to_span=shift[1] if shift else None,
    )


def _led(entry: Entry, reading: Reading) -> list[ReadSentence]:
    return led([reading.sentences[row] for row in entry.rows], [reading.grammars[row] for row in entry.rows])


def statement(words: str) -> str:
    """The document's own words as a sentence: first letter large, a full stop."""
    words = " ".join(words.split()).strip(" -–—•*;,:")
    return capital(words).rstrip(".") + "."


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
        if match and pattern is SHIFTS[0] and not _moves(text, match):
            continue
        if match and not DURATION.search(text[: match.start("a")]) and _states(match.group("a")):
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


#: Verbs of leaving one thing for another; "results from adding it to the list" moves nothing.
MOVING = re.compile(
    r"(?i)\b(?:mov|shift|chang|transition|turn|away|evolv|transform|go\b|goes\b|going\b|switch|migrat|convert|step|progress|advance|"
    r"grow|develop)|^\W*from\b"
)


def _moves(text: str, match: re.Match[str]) -> bool:
    """Whether "from … to …" is a move: a verb says so, and no infinitive is taken for the state to come."""
    first, second = match.group("a").split()[0].lower(), match.group("b").split()[0].lower()
    to_verb = second in DEEDS and not first.endswith("ing") and first not in DEEDS
    return bool(MOVING.search(text[: match.end("a")])) and not to_verb


#: "the time a change takes from check-in to release": a measure, no way of working that ends.
DURATION = re.compile(r"(?i)\b(?:time|days|hours|minutes|distance|journey)\b[^.]{0,60}\b(?:from|between) ?$")


def _states(words: str) -> bool:
    """A from-state of a noun alone ("the branch") or with a number is a comparison, not a state that ends."""
    if SPAN_OF_TIME.match(words) or re.search(r"\d", words):
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
