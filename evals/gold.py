"""Gold intents and the measure of how many of them a ledger finds.

Owns: GoldDocument, alignment of a gold quote with canonical text by words, IntentFinding. A gold
intent is found when quotes in the ledger cover at least half of its words there; a `not_intents`
sentence so covered counts as taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from retrieval.documents import Span

COVERED = 0.5
MARKUP = (
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"<[^>]+>"), " "),
    (re.compile(r"[*_`#>|]+"), ""),
)
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class GoldIntent:
    """A reader's intent and the words that state it."""

    intent: str
    quote: str
    kind: str


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """What readers marked in one document."""

    doc: str
    intents: tuple[GoldIntent, ...]
    not_intents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IntentFinding:
    """What a ledger found: words covered of each gold intent and each trap, 0 to 1.

    `matched` of its `entries` have at least half of their own words inside a gold quote, or cover one.
    """

    doc: str
    found: tuple[tuple[str, float], ...]
    taken: tuple[tuple[str, float], ...]
    entries: int
    matched: int = 0

    @property
    def recall(self) -> float:
        """Share of gold intents found."""
        return sum(share >= COVERED for _, share in self.found) / max(1, len(self.found))

    @property
    def trap_rate(self) -> float:
        """Share of not_intents taken."""
        return sum(share >= COVERED for _, share in self.taken) / max(1, len(self.taken))


def load_gold(path: Path) -> GoldDocument:
    """A gold file of `evals/datasets/gold` or of the same form."""
    data = json.loads(path.read_text(encoding="utf-8"))
    intents = tuple(GoldIntent(i["intent"], i["quote"], i["kind"]) for i in data["intents"])
    return GoldDocument(data["doc"], intents, tuple(data["not_intents"]))


def word_spans(text: str) -> list[tuple[str, Span]]:
    """Lower-case words with their places."""
    return [(m.group().lower(), Span(m.start(), m.end())) for m in WORD.finditer(text)]


def locate(quote: str, words: Sequence[tuple[str, Span]]) -> list[Span]:
    """Places of the quote's words in a text, markup aside; empty where it cannot be aligned."""
    wanted = quote
    for pattern, replacement in MARKUP:
        wanted = pattern.sub(replacement, wanted)
    needle = [m.group().lower() for m in WORD.finditer(wanted)]
    hay = [word for word, _ in words]
    first = [i for i in range(len(hay) - len(needle) + 1) if hay[i : i + len(needle)] == needle]
    if first:
        return [span for _, span in words[first[0] : first[0] + len(needle)]]
    return _fuzzy(needle, hay, words)


def _fuzzy(needle: list[str], hay: list[str], words: Sequence[tuple[str, Span]]) -> list[Span]:
    matcher = SequenceMatcher(None, hay, needle, autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if b.size]
    matched = sum(b.size for b in blocks)
    if not blocks or matched < 0.8 * len(needle):
        return []
    return [words[b.a + k][1] for b in blocks for k in range(b.size)]


def share_covered(places: Sequence[Span], quotes: Sequence[Span]) -> float:
    """Share of word places that lie inside any quote."""
    inside = sum(any(q.start <= place.start and place.end <= q.end for q in quotes) for place in places)
    return inside / len(places) if places else 0.0


def measure(gold: GoldDocument, text: str, entries: Sequence[Sequence[Span]]) -> IntentFinding:
    """How a ledger (quote spans by entry) does against a gold document over its canonical text."""
    words = word_spans(text)
    quotes = [span for entry in entries for span in entry]
    places = [locate(intent.quote, words) for intent in gold.intents]
    return IntentFinding(
        gold.doc,
        tuple((i.intent, round(share_covered(p, quotes), 3)) for i, p in zip(gold.intents, places, strict=True)),
        tuple((t, round(share_covered(locate(t, words), quotes), 3)) for t in gold.not_intents),
        len(entries),
        sum(_matches(entry, places, words) for entry in entries),
    )


def _matches(entry: Sequence[Span], golds: Sequence[Sequence[Span]], words: Sequence[tuple[str, Span]]) -> bool:
    """Whether an entry and some gold quote share at least half of the words of either."""
    own = {place for _, place in words if any(s.start <= place.start and place.end <= s.end for s in entry)}
    shared = [(len(own & set(gold)), min(len(own), len(gold))) for gold in golds]
    return any(both >= COVERED * least for both, least in shared if least)
