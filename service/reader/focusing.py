"""The focus of an intent: the few words that say, after 'on', 'for' or 'about', what it is about.

Owns: which of the phrases that can be cut from a commitment is its focus. Must not know: practices,
items, engines. Where the words allow several phrases, the one nearest in meaning to the whole
sentence is taken, since a noun group alone may be a mere circumstance ("the next board meeting").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from retrieval.embed import Embedder
from service.plan.grammar import Grammar
from service.plan.intents import Intent
from service.plan.reading import Reading, TermKind
from service.reader.labels import orders_first
from service.reader.naming import singular
from service.reader.nouns import HEADS
from service.reader.phrases import as_gerund, chunk_phrases, cut, fitted, focus, noun_phrase

#: Words of a focus beyond which a sentence that holds it cannot be said aloud.
LONGEST_FOCUS = 9
#: Words up to which a focus costs nothing, and what each further one costs.
EASY_WORDS, WORD_COST = 4, 0.025
#: What a phrase loses by standing later among the options: what the verb does comes before what stands beside it.
RANK_COST, MOST_RANK_COST = 0.03, 0.12
#: Nearness to the sentence below which a phrase names something else.
NAMES_IT = 0.42
#: Shorter cuts of a longer phrase are options too.
CUTS = (LONGEST_FOCUS, 6, 4)

ARTICLES = frozenset({"a", "an", "the"})
CLAUSE = re.compile(
    r"(?i)\s+(?:that|which|who|whose|where|so that|in order|allowing|enabling|including|leading|needed|required)\s+"
)
WEAK_START = re.compile(r"(?i)^(?:requiring|having|using|getting|undertaking|more|further|additional)\s+")
UNREADABLE = re.compile(
    r"(?i)^(?:not|any|no(?! longer)|whose|which|who|whom|that|where|what|how|why|when)\b|,|;|:|\s[-–—]\s|[“”\"()/]|"
    r"\b(?:this|these|those|such|their|its|it|they|them|another|other|same|above|own)\b"
)
PREPOSITION = re.compile(r"\s+(?:of|for|to|in|on|at|with|from|by|across|between|within|who|dedicated|working)\s+")
PEOPLE = frozenset({"person", "people"}).union(
    *(heads for kind, heads in HEADS if kind in {TermKind.role, TermKind.leader, TermKind.partner})
) - {"partnership", "leadership", "governance", "board", "council", "committee", "cabinet", "lead"}
#: "this backlog" names it as well as "the backlog"; marks around a word of a phrase are left out.
POINTER = re.compile(r"(?i)\b(?:this|these|those)\s+(?=[a-z])")
QUOTED = re.compile(r"[\"“]([^\"“”]{2,40})[\"”]")
#: A gerund whose object is cut off, or a phrase that is all quantity.
BARE_GERUND = re.compile(r"(?i)^\w+ing(?: (?:in|on|at|by|for|with|from|to|into|of) [\w ]+)?$")


def best_focus(intent: Intent, reading: Reading, embedder: Embedder) -> str | None:
    """The phrase that reads aloud and comes nearest to the intent's sentence; None where none does."""
    options = list(dict.fromkeys(phrase for found in focus_options(intent, reading) if (phrase := readable(found))))
    if not options:
        return None
    row = reading.by_id(intent.quotes[0].sentence_ids[0]).row
    near = (embedder.embed(options) @ reading.vectors[row]).astype(np.float64)
    worth = [_worth(phrase, rank, float(near[rank])) for rank, phrase in enumerate(options)]
    best = max(range(len(options)), key=lambda n: (round(worth[n], 5), -n))
    return options[best] if near[best] >= NAMES_IT else None


def _worth(phrase: str, rank: int, near: float) -> float:
    words = len(phrase.split())
    return near - WORD_COST * max(0, words - EASY_WORDS) - min(MOST_RANK_COST, RANK_COST * rank)


def readable(phrase: str) -> str | None:
    """The phrase without a trailing clause, or None where it breaks off, points back or is too long to be said."""
    phrase = WEAK_START.sub("", CLAUSE.split(phrase)[0]).strip(" ,;:.")
    words = phrase.split()
    if not words or len(words) > LONGEST_FOCUS or UNREADABLE.search(phrase):
        return None
    if len(words) == 1 and BARE_GERUND.match(phrase):
        return None
    if names_people(phrase):
        return None
    if len(words) > 1 and words[1][:1].isupper() and words[0].islower() and words[0] not in ARTICLES:
        return None  # a title whose first word was made small
    return phrase


def names_people(phrase: str) -> bool:
    """Whether the phrase is people of the house or its partners: no routine is about "two engineers"."""
    head = PREPOSITION.split(phrase)[0].split()
    return bool(head) and not head[0].lower().endswith("ing") and singular(head[-1].lower()) in PEOPLE


def focus_options(intent: Intent, reading: Reading) -> Iterator[str]:
    """Phrases cut from the intent's first quote, what its verb does first, then the noun groups beside it."""
    sentence = reading.by_id(intent.quotes[0].sentence_ids[0])
    grammar = reading.grammars[sentence.row]
    if intent.to_state is not None and (phrase := noun_phrase(intent.to_state.text)):
        yield from _cuts(phrase)
    if orders_first(sentence.text, grammar):  # the grammar's root tells what the deed will bring, not the deed
        yield from _of_the_deed(intent, sentence.text, grammar)
        return
    if phrase := focus(sentence.text, grammar):
        yield from _cuts(phrase)
    if grammar.object_span is not None and grammar.object_dep in {"dobj", "obj"} and not grammar.negated:
        start, end = grammar.object_span
        yield from _cuts(sentence.text[start:end])
    for chunk in chunk_phrases(grammar):
        if fitting := fitted(_plain(chunk), LONGEST_FOCUS):
            yield fitting
    if (
        grammar.form in {"gerund", "fragment"}
        and len(intent.label.split()) <= LONGEST_FOCUS
        and (phrase := noun_phrase(intent.label))
    ):
        yield phrase


def _of_the_deed(intent: Intent, text: str, grammar: Grammar) -> Iterator[str]:
    """Phrases of the label alone: the deed as a noun phrase, and the noun groups in it."""
    start = text.find(intent.label)
    named = noun_phrase(intent.label)
    if named is not None and (phrase := as_gerund(named)):
        yield from _cuts(phrase)
    end = start + len(intent.label)
    within = [chunk for chunk in grammar.chunks if start <= chunk.start and chunk.end <= end]
    for chunk in chunk_phrases(replace(grammar, chunks=tuple(within))):
        if fitting := fitted(_plain(chunk), LONGEST_FOCUS):
            yield fitting


def _plain(phrase: str) -> str:
    return POINTER.sub("the ", QUOTED.sub(r"\1", phrase))


def _cuts(phrase: str) -> Iterator[str]:
    phrase = _plain(phrase)
    yield phrase
    for longest in CUTS:
        if fitting := fitted(phrase[: cut(phrase, longest, shortest=2)], longest):
            yield fitting
