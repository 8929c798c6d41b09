"""The second reading of the sample strategies, and how far it agrees with the gold.

Owns: SecondReading, agreement sentence by sentence, and which gold intents the second reader upholds. Must not
know: plans, engines. The second reader marked numbered sentences of the canonical text without having seen the gold,
so a sentence is the unit: the gold takes one when half of its words, or half of the gold quote's, are the other's.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.cases import GOLD, ROOT, STRATEGIES
from evals.gold import COVERED, GoldDocument, load_gold, locate, word_spans
from retrieval.documents import Document, Span
from retrieval.parse import parse_bytes
from retrieval.sentences import split_sentences

SECOND = ROOT / "evals" / "datasets" / "second_reading" / "intents"


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What the second reader took in one document: sentence number to kind."""

    doc: str
    sentences: int
    kinds: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Sentences by who took them, kinds that agree among those both took, gold intents upheld."""

    sentences: int
    both: int
    only_first: int
    only_second: int
    same_kind: int
    upheld: int
    intents: int

    def __add__(self, other: Agreement) -> Agreement:
        pairs = zip(self._values(), other._values(), strict=True)
        return Agreement(*(one + two for one, two in pairs))

    @property
    def f1(self) -> float | None:
        """Agreement on what is an intent; None where neither reader took anything."""
        taken = 2 * self.both + self.only_first + self.only_second
        return 2 * self.both / taken if taken else None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa over all sentences; None where chance alone explains all."""
        count, first, second = self.sentences, self.both + self.only_first, self.both + self.only_second
        observed = (count - self.only_first - self.only_second) / count
        chance = (first * second + (count - first) * (count - second)) / count**2
        return None if chance == 1 else (observed - chance) / (1 - chance)

    def _values(self) -> tuple[int, ...]:
        return (
            self.sentences, self.both, self.only_first, self.only_second, self.same_kind, self.upheld, self.intents,
        )  # fmt: skip


def load_second(stem: str, folder: Path = SECOND) -> SecondReading | None:
    """The second reading of a sample strategy; None where there is none."""
    path = folder / f"{stem}.json"
    if not path.is_file():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    return SecondReading(data["doc"], data["sentences"], {e["sentence"]: e["kind"] for e in data["intents"]})


def fits(reading: SecondReading, document: Document) -> bool:
    """Whether the document is still cut into the sentences that the reader saw."""
    return len(split_sentences(document)) == reading.sentences


def places(reading: SecondReading, document: Document) -> list[Span]:
    """Where the sentences stand that the second reader took."""
    sentences = split_sentences(document)
    return [sentences[number].span for number in sorted(reading.kinds)]


def agreement(document: Document, gold: GoldDocument, second: SecondReading) -> Agreement:
    """Both readings of one document held side by side.

    Raises:
        ValueError: the document is cut into another number of sentences than the reader saw.
    """
    sentences = [sentence.span for sentence in split_sentences(document)]
    if len(sentences) != second.sentences:
        raise ValueError(f"{second.doc} has {len(sentences)} sentences, {second.sentences} were read; read it anew")
    words = word_spans(document.text)
    touched = [_touched(locate(intent.quote, words), sentences, words) for intent in gold.intents]
    first = {number: i.kind for i, own in reversed(list(zip(gold.intents, touched, strict=True))) for number in own}
    both = first.keys() & second.kinds.keys()
    return Agreement(
        sentences=len(sentences),
        both=len(both),
        only_first=len(first.keys() - second.kinds.keys()),
        only_second=len(second.kinds.keys() - first.keys()),
        same_kind=sum(first[number] == second.kinds[number] for number in both),
        upheld=sum(bool(own & second.kinds.keys()) for own in touched),
        intents=len(gold.intents),
    )


def upheld_entries(entries: Sequence[Sequence[Span]], text: str, gold: GoldDocument, second: Sequence[Span]) -> int:
    """Ledger entries that share half their words, or half of a reader's quote, with either reader."""
    words = word_spans(text)
    marked = [set(locate(intent.quote, words)) for intent in gold.intents]
    marked += [set(_inside(words, [span])) for span in second]
    owned = [set(_inside(words, entry)) for entry in entries]
    return sum(any(len(own & mark) >= COVERED * min(len(own), len(mark)) > 0 for mark in marked) for own in owned)


def agreements() -> dict[str, Agreement]:
    """Each sample strategy that has both readings."""
    found = {}
    for path in sorted(STRATEGIES.glob("*.md")):
        second = load_second(path.stem)
        if second is not None:
            document = parse_bytes(path.read_bytes(), path.name)
            found[path.stem] = agreement(document, load_gold(GOLD / f"{path.stem}.json"), second)
    return found


def _touched(quoted: Sequence[Span], sentences: Sequence[Span], words: Sequence[tuple[str, Span]]) -> set[int]:
    """Sentences of which half the words are quoted, or that hold half of the quote."""
    found = set()
    for number, sentence in enumerate(sentences):
        own = _inside(words, [sentence])
        shared = len([place for place in own if place in quoted])
        if shared and (shared >= COVERED * len(own) or shared >= COVERED * len(quoted)):
            found.add(number)
    return found


def _inside(words: Sequence[tuple[str, Span]], spans: Sequence[Span]) -> list[Span]:
    return [place for _, place in words if any(s.start <= place.start and place.end <= s.end for s in spans)]


def _told(name: str, one: Agreement) -> str:
    figures = " ".join("-" if value is None else f"{value:.2f}" for value in (one.f1, one.kappa))
    return (
        f"{name:32}{one.sentences:5}{one.both:6}{one.only_first:7}{one.only_second:8}  {figures}"
        f"  kinds {one.same_kind} of {one.both}, gold upheld {one.upheld} of {one.intents}\n"
    )


if __name__ == "__main__":
    sys.stdout.write("document, sentences, both, only first, only second, F1 and kappa\n")
    every = agreements()
    sys.stdout.writelines(_told(name, one) for name, one in every.items())
    whole = Agreement(0, 0, 0, 0, 0, 0, 0)
    for one in every.values():
        whole += one
    sys.stdout.write(_told("all", whole))
