"""The focus of an intent: the few words that say, after 'on', 'for' or 'about', what it is about.

Owns: which of the phrases that can be cut from a commitment is its focus. Must not know: practices,
items, engines. Where the words allow several phrases, the one nearest in meaning to the whole
sentence is taken, since a noun group alone may be a mere circumstance ("the next board meeting").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from retrieval.embed import Embedder
from service.plan.grammar import Grammar, Word
from service.plan.intents import Intent
from service.plan.reading import Reading, TermKind
from service.reader.cuts import cut_costs
from service.reader.labels import orders_first, presentable
from service.reader.naming import singular
from service.reader.nouns import HEADS
from service.reader.phrases import (
    LIGHT,
    STOPPERS,
    as_gerund,
    chunk_phrases,
    cut,
    fitted,
    focus,
    lower_first,
    noun_phrase,
)
from service.reader.wordings import DEEDS

#: Words that a title may leave small.
SHORT_WORD = 3
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
    r"(?i)^(?:i|we|you|not|any|no(?! longer)|whose|which|who|whom|that|where|what|how|why|when)\b|,|;|:|\s[-–—]\s|[“”\"()/|]|"
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
    found = (_untitled(each, intent.label) for each in focus_options(intent, reading))
    options = list(dict.fromkeys(phrase for each in found if (phrase := readable(each))))
    if not options:
        return None
    row = reading.by_id(intent.quotes[0].sentence_ids[0]).row
    near = (embedder.embed(options) @ reading.vectors[row]).astype(np.float64)
    worth = [_worth(phrase, rank, float(near[rank])) for rank, phrase in enumerate(options)]
    best = max(range(len(options)), key=lambda n: (round(worth[n], 5), -n))
    return _as_named(options[best], reading.document.text) if near[best] >= NAMES_IT else None


def _untitled(phrase: str, label: str) -> str:
    """The phrase without the capitals of a title: "Prepare to Share" is said as "preparing to share"."""
    long = [word for word in label.split() if len(word) > SHORT_WORD]
    titled = len(long) > 1 and all(word[:1].isupper() for word in long)
    if not titled:
        return phrase
    said = " ".join(word if word.isupper() else word.lower() for word in phrase.split())
    return (as_gerund(said) or said) if said.split()[0] in DEEDS else said


def _as_named(phrase: str, text: str) -> str:
    """The phrase with its first letter large again where the document never writes that word small."""
    first = re.escape(phrase.split()[0])
    small, large = (
        re.search(rf"(?<![\w./-]){word}(?![\w./-]*\w)", text) for word in (first, first[:1].upper() + first[1:])
    )
    again = large is not None and small is None and re.search(rf"[a-z],? {large.group()}\b", text)
    return phrase[:1].upper() + phrase[1:] if again else phrase


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
    """Phrases of the words that name the intent: the deed and what it is done to, then the noun groups beside it.

    What stands outside the label tells when, where or for whom, and names something else.
    """
    sentence = reading.by_id(intent.quotes[0].sentence_ids[0])
    grammar = reading.grammars[sentence.row]
    if intent.to_state is not None and (phrase := noun_phrase(intent.to_state.text)):
        yield from _cuts(phrase)
    start, end = _place(intent, sentence.text)
    named = [*whole_phrases(sentence.text, grammar, start, end)]
    yield from named
    within = replace(grammar, chunks=tuple(c for c in grammar.chunks if start <= c.start and c.end <= end))
    if not named:
        yield from (
            p for p in _of_the_sentence(intent, sentence.text, grammar) if _stands(p, sentence.text, start, end)
        )
    for chunk in chunk_phrases(within):
        if fitting := fitted(_plain(chunk), LONGEST_FOCUS):
            yield fitting
    short = len(intent.label.split()) <= LONGEST_FOCUS and intent.label.split()[0].lower() not in DEEDS
    if short and grammar.form in {"gerund", "fragment"} and (phrase := noun_phrase(intent.label)):
        yield phrase


def _place(intent: Intent, text: str) -> tuple[int, int]:
    """Offsets of the label in its sentence; the whole sentence where it stands elsewhere."""
    start = text.find(intent.label)
    return (start, start + len(intent.label)) if start >= 0 else (0, len(text))


def _stands(phrase: str, text: str, start: int, end: int) -> bool:
    """Whether the phrase, but for a first word that was inflected, stands inside the label."""
    rest = phrase.removeprefix("no longer ").partition(" ")[2] or phrase
    at = text.lower().find(rest.lower(), start)
    return start <= at and at + len(rest) <= end


def _of_the_sentence(intent: Intent, text: str, grammar: Grammar) -> Iterator[str]:
    """What the main verb does and its object, where the parse of the label gives no whole phrase."""
    if orders_first(text, grammar):  # the grammar's root tells what the deed will bring, not the deed
        if (named := noun_phrase(intent.label)) and (phrase := as_gerund(named)):
            yield from _cuts(phrase)
        return
    if phrase := focus(text, grammar):
        yield from _cuts(phrase)
    if grammar.object_span is not None and grammar.object_dep in {"dobj", "obj"} and not grammar.negated:
        start, end = grammar.object_span
        yield from _cuts(text[start:end])


#: A phrase that leaves out more than this breaks off.
WHOLE = 1.6
OURS = re.compile(r"(?i)\b(?:our|their|its)\s+")


def whole_phrases(text: str, grammar: Grammar, start: int, end: int) -> Iterator[str]:
    """Phrases between two offsets that the parse calls whole: the deed as a gerund, then what it is done to."""
    tree = grammar.tree
    first = next((n for n, word in enumerate(tree) if word.start == start), None)
    if first is None or grammar.negated:
        return
    deed = first if tree[first].tag in {"VB", "VBP", "VBG"} else _main_verb(grammar, start, end)
    if deed is None or tree[deed].lemma in STOPPERS | {"be", "have"}:
        return
    below = [n for n, word in enumerate(tree) if n > deed == word.head]
    beside = [n for n in below if tree[n].dep == "conj" or (tree[n].dep == "advcl" and tree[n].tag != "VB")]
    whole, end = (
        end,
        min([end, *(min(tree[n].start for n in range(deed + 1, at + 1) if _hangs_on(tree, n, at)) for at in beside)]),
    )
    for words in _whole(text, grammar, deed, end):
        if phrase := as_gerund(_carried(words)):
            yield lower_first(_plain(phrase))
    verbs = {deed, *(n for n in beside if tree[n].dep == "conj")}
    for target in (n for n, word in enumerate(tree) if word.head in verbs and word.dep in {"dobj", "obj"} and n > deed):
        stop = end if tree[target].head == deed else whole
        opening = min(n for n in range(deed + 1, target + 1) if _hangs_on(tree, n, target))
        for words in _whole(text, grammar, opening, stop):
            if phrase := noun_phrase(words):
                yield _plain(phrase)


def _carried(words: str) -> str:
    """The deed without the verb that only carries it: "start by solving …"."""
    while match := LIGHT.match(words):
        words = words[match.end() :]
    return words


def _whole(text: str, grammar: Grammar, first: int, end: int) -> list[str]:
    """The phrases of 2 to `LONGEST_FOCUS` words that begin with a token and are whole, the best first."""
    tree = grammar.tree
    found = [
        (cost, OURS.sub("the ", text[tree[first].start : tree[last].end]))
        for last, cost in cut_costs(text, tree, first, end).items()
        if cost <= WHOLE
    ]
    return [words for _, words in sorted(found) if 2 <= len(words.split()) <= LONGEST_FOCUS and presentable(words)]


def _main_verb(grammar: Grammar, start: int, end: int) -> int | None:
    """The token of the main verb, where it stands in the label in a form that a gerund says as well."""
    for n, word in enumerate(grammar.tree):
        if word.start == grammar.root_span[0] and start <= word.start and word.end <= end:
            done = any(w.head == n and w.dep in {"dobj", "obj"} for w in grammar.tree)
            done = done or grammar.subject_lemma in PEOPLE | {"we", "i"}
            return n if done and word.tag in {"VB", "VBP"} and not grammar.passive else None
    return None


def _hangs_on(tree: Sequence[Word], at: int, top: int) -> bool:
    while tree[at].head != at and at != top:
        at = tree[at].head
    return at == top


def _plain(phrase: str) -> str:
    return POINTER.sub("the ", QUOTED.sub(r"\1", phrase))


def _cuts(phrase: str) -> Iterator[str]:
    phrase = _plain(phrase)
    yield phrase
    for longest in CUTS:
        if fitting := fitted(phrase[: cut(phrase, longest, shortest=2)], longest):
            yield fitting
