"""Cases: what the document itself names to begin a practice with, best first.

Owns: which sentences near an intent can stand as a first case, and their order for a practice. Must not
know: how items are worded, engines, storage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from retrieval.documents import BlockKind, Span
from service.library import Library
from service.plan.grammar import Grammar
from service.plan.intents import Intent
from service.plan.proposals import Candidate, Evidence
from service.plan.reading import Reading, ReadSentence, TermKind

#: Nearness to the intent below which a sentence is about something else.
NEAR_ENOUGH = 0.5
#: Likeness to the intent's own words above which a sentence only repeats them.
SAME_WORDS = 0.93
FEWEST_WORDS, MOST_WORDS = 5, 26
ADDRESS = re.compile(r"https?:|www\.")
MOST_CASES = 6
#: What a sentence gains by naming something real, by standing in a list, by a cue of a trial, and by the practice.
NAMES, LISTED, CUE, FITS = 0.15, 0.08, 0.10, 0.5
COMMITS = 0.45
MOST_WORDS_LISTED = 18
#: Forms of a sentence that name an act.
DOES = frozenset({"imperative", "gerund", "infinitive"})
NAMED = frozenset({TermKind.initiative, TermKind.date})
TRIAL = re.compile(
    r"(?i)\b(?:pilots?|exemplars?|first|nearly|prototypes?|alpha|beta|trials?|proofs? of concept|start(?:s|ing)?)\b"
)
#: Openings that point at something said before, deny, or hang on a condition.
POINTS_BACK = re.compile(
    r"(?i)^(?:this|that|these|those|it|they|them|such|he|she|and|but|so|or|however|for example|e\.g\.|also|as such|"
    r"here|not|no|never|to|if|when|while|whilst|although|because|since|one specific|as)\b"
)


def with_cases(
    offered: Sequence[Candidate],
    intent: Intent,
    evidence: Sequence[Evidence],
    reading: Reading,
    library: Library,
    beside: Sequence[Intent] = (),
) -> tuple[Candidate, ...]:
    """The candidates, each with the ids of up to six sentences that could be its first case.

    No sentence that states one of the intents `beside` it is a case: it has items of its own.
    """
    stated = {sentence_id for other in beside for quote in other.quotes for sentence_id in quote.sentence_ids}
    near = [each for each in _near(intent, evidence, reading) if each.sentence_id not in stated]
    if not near:
        return tuple(offered)
    worth = np.array([each.score + _worth(reading.by_id(each.sentence_id), reading) for each in near])
    vectors = reading.vectors[[reading.by_id(each.sentence_id).row for each in near]]
    return tuple(
        replace(one, case_ids=_ranked(near, worth + FITS * (vectors @ library.purpose_of(one.practice.id))))
        for one in offered
    )


def case_span(sentence: ReadSentence) -> Span | None:
    """The part of a sentence that can be read alone, within 5 to 26 words; None where there is none."""
    for span, words in ((sentence.sentence.span, sentence.text), (sentence.core, _core(sentence))):
        if FEWEST_WORDS <= len(words.split()) <= MOST_WORDS and not POINTS_BACK.match(words):
            return span
    return None


def _core(sentence: ReadSentence) -> str:
    start = sentence.sentence.span.start
    return sentence.text[sentence.core.start - start : sentence.core.end - start]


def _near(intent: Intent, evidence: Sequence[Evidence], reading: Reading) -> list[Evidence]:
    own = {sentence_id for quote in intent.quotes for sentence_id in quote.sentence_ids}
    mine = reading.vectors[[reading.by_id(sentence_id).row for sentence_id in sorted(own)]]
    found = []
    for each in evidence:
        sentence = reading.by_id(each.sentence_id)
        repeats = float((mine @ reading.vectors[sentence.row]).max()) >= SAME_WORDS
        if each.score >= NEAR_ENOUGH and not repeats and _can_begin(sentence, reading):
            found.append(each)
    return found


def _can_begin(sentence: ReadSentence, reading: Reading) -> bool:
    if sentence.reasons_against or sentence.kind is BlockKind.heading or case_span(sentence) is None:
        return False
    words = sentence.text.rstrip()
    if words.endswith((":", "?")) or "|" in words or words.count(";") > 1 or ADDRESS.search(words):
        return False
    grammar = reading.grammars[sentence.row]
    if grammar.negated:
        return False
    named = bool(_kinds(sentence, reading) & NAMED) or bool(TRIAL.search(sentence.text))
    return (named and sentence.commitment >= COMMITS) or _is_piece_of_work(sentence, grammar)


def _is_piece_of_work(sentence: ReadSentence, grammar: Grammar) -> bool:
    """A short entry of a list that names something to do: "Stand up the developer portal"."""
    short = len(sentence.text.split()) <= MOST_WORDS_LISTED
    return sentence.kind is BlockKind.list_item and short and grammar.form in DOES


def _worth(sentence: ReadSentence, reading: Reading) -> float:
    named = NAMES * bool(_kinds(sentence, reading) & NAMED)
    return named + LISTED * (sentence.kind is BlockKind.list_item) + CUE * bool(TRIAL.search(sentence.text))


def _kinds(sentence: ReadSentence, reading: Reading) -> set[TermKind]:
    return {term.kind for term in reading.terms if term.sentence_id == sentence.id}


def _ranked(near: Sequence[Evidence], scores: NDArray[np.floating]) -> tuple[str, ...]:
    order = sorted(range(len(near)), key=lambda n: (-round(float(scores[n]), 5), n))
    return tuple(near[n].sentence_id for n in order[:MOST_CASES])
