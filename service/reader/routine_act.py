"""What is done in a stated routine: an act one can see, of a known class, in the document's own words.

Owns: which verbs and objects make such an act, and how it is read after the actor. Must not know: rhythms, documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpora.routines import ActClass, ActPattern
from corpora.slots import render
from service.plan.reading import TermKind
from service.reader.nouns import HEADS
from service.reader.phrases import cut
from service.reader.routine_actor import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

FEWEST_WORDS, LONGEST_ACTION, LONGEST_TITLE, LONGEST_THING = 3, 28, 8, 7
_SORTS_OF_PEOPLE = frozenset({TermKind.leader, TermKind.role, TermKind.partner, TermKind.user, TermKind.team})
#: Verbs whose noun says what is done.
LIGHT_OBJECTS = frozenset({"dobj", "obj", "npadvmod", "pobj", "ccomp"})
_POINTS = frozenset(
    [
        "it",
        "they",
        "them",
        "this",
        "that",
        "these",
        "those",
        "he",
        "she",
        "him",
        "her",
        "us",
        "we",
        "me",
        "i",
        "you",
        "ours",
        "theirs",
        "such",
    ]
)
_POINTING = re.compile(
    r"(?i)\b(?:this|these|those|such (?:an? )?|the (?:above|following|same|latter|former|said)|your?|my|we|us|below|above)\b"
)
#: What a title cut short may not end in.
_BROKEN = re.compile(
    r"(?i)(?:[ ,;:]+(?:to(?: \w+)?|or|and|of|the|an?|in|on|at|with|by|for|from|which|what|how|who|be|been|is|has))*[ ,;:]*$"
)
_WHAT_THEY = re.compile(r"(?i)\b(?:what|how|which \w+) they\b")
_HANGS = re.compile(r"(?i)\b(?:of|for|from|by|with|than|until|till|before|after|within|about|into|to)\s*$")
_ARTICLE = re.compile(r"\ban? (?=[a-z])([a-z][\w’'-]*)")
#: Words after which more must follow, in a title cut short.
_LEANING = frozenset({"DET", "ADJ", "ADP", "CCONJ", "SCONJ", "AUX", "PART", "PRON", "NUM"})
_LENGTHS = frozenset(["day", "morning", "afternoon", "evening", "hour", "minute", "half", "shift", "week", "time"])
_PEOPLE = frozenset(lemma for kind, lemmas in HEADS for lemma in lemmas if kind in _SORTS_OF_PEOPLE) | {
    "agency",
    "people",
    "person",
    "staff",
    "team",
    "council",
    "community",
    "neighbour",
    "trader",
    "farmer",
    "manager",
}
_BACK = frozenset({"it", "they", "them"})
_HEDGED = re.compile(
    r"(?i)\b(?:etc|e\.g|i\.e|and/or|if any|tbd|tbc|more (?:often|regularly)|continu(?:ous|al)\w*|ongoing|one-(?:to|on)-ones?|appraisals?|disciplin\w+|"
    r"(?:two|three|four|five|six|\d+)(?: full| working)? (?:days|weeks|months) (?:in|at|on|with)|\d ?%)\b"
)
_MINUTES = (
    (r"(?:half an?|a half) hour", 30),
    (r"(?:an?|one|the) hour", 60),
    (r"(?:half a day|(?:an?|one) (?:\w+ )?(?:morning|afternoon|evening|half-day|shift))", 240),
    (r"(?:an?|one) (?:full |whole |entire |working )?day", 450),
    (r"two (?:\w+ )?hours", 120),
    (r"three (?:\w+ )?hours", 180),
    (r"four (?:\w+ )?hours", 240),
)


@dataclass(frozen=True, slots=True)
class Act:
    """The act's class, its words after the actor and in the base form, its place in the sentence, its length, its matter."""

    act: ActClass
    action: str
    title: str
    start: int
    end: int
    minutes: int | None
    thing: str | None


def act_of(
    verb: Token,
    without: Sequence[tuple[int, int]],
    acts: Sequence[ActClass],
    actor: Actor,
    pronouns: bool,
) -> Act | None:
    """The act of the verb, stretches `without` left out; `pronouns` may point back to the occasion's own noun."""
    fitting = next(((act, pattern) for act in acts for pattern in act.patterns if _fits(verb, pattern)), None)
    if fitting is None:
        return None
    found, pattern = fitting
    further = _further_acts(verb)
    start, end = verb.idx, min([_end(verb), *(a for a, _ in further)])
    words = _words(verb.doc.text, start + len(verb.text), end, without)
    if words is None:
        return None
    words = re.sub(r"(?i)\bour\b", "the", words)
    known = _BACK if pronouns else frozenset({"they"} if actor.plural and _WHAT_THEY.search(words) else ())
    plain = next((tail for tail in _ever_shorter(words) if _plain(verb, tail, known)), None)
    if plain is None:
        return None
    words = _shortened(plain)
    base = verb.lemma_.lower()
    finite = base if actor.plural else _third_person(base)
    held = found.id in {"review", "talk"} and bool(pattern.nouns)  # "holds a forum": what it is about stands deeper
    thing = None if held else _thing(verb, words, found.id)
    return Act(found, f"{finite} {words}", _title(f"{base} {words}", verb), start, end, _length(words), thing)


def _title(words: str, verb: Token) -> str:
    """The act in its base form, short, and whole as far as it goes."""
    sorts = {token.text: token.pos_ for token in verb.subtree}
    kept = words.split()
    if len(kept) > LONGEST_TITLE:
        kept = _BROKEN.sub("", words[: cut(words, LONGEST_TITLE)]).split()
    while len(kept) < len(words.split()) and len(kept) > 2 and sorts.get(kept[-1].strip(",;")) in _LEANING:
        kept = _BROKEN.sub("", " ".join(kept[:-1])).split()
    title = " ".join(kept)
    return title[:1].upper() + title[1:]


def _thing(verb: Token, words: str, act: str) -> str | None:
    """What the act is about, where a short noun phrase of the document says it and it fits the class's prose."""
    if act == "review" and re.match(r"(?i)(?:what|which|how) ", words):
        return words if len(words.split()) <= LONGEST_THING else None
    for chunk in verb.doc.noun_chunks:
        head = chunk.root
        direct = head.head == verb and head.dep_ in {"dobj", "obj"}
        behind = head.dep_ == "pobj" and head.head.head == verb and act in {"visit", "talk"}
        if chunk.start <= verb.i or not (direct or behind) or head.lemma_.lower() in _LENGTHS:
            continue
        said = re.sub(r"(?i)^our ", "the ", chunk.text)
        person = head.lemma_.lower() in _PEOPLE
        countable = act != "publish" or bool(chunk[0].tag_ == "DT")
        whole = re.search(rf"{re.escape(said)}(?![\w’'-])", words)
        fits = countable and whole and len(said.split()) <= LONGEST_THING and head.pos_ in {"NOUN", "PROPN"}
        return said if fits and (person if act == "talk" else not person) else None
    return None


def _fits(verb: Token, pattern: ActPattern) -> bool:
    if verb.lemma_.lower() not in pattern.verbs:
        return False
    after = {t.lower_ for t in _near(verb)}
    if pattern.beside and not after & set(pattern.beside):
        return False
    if after & set(pattern.apart) or (pattern.alone and any(t.dep_ in {"dobj", "obj"} for t in verb.children)):
        return False
    if pattern.anywhere and not {t.lemma_.lower() for t in verb.subtree if t.i > verb.i} & set(pattern.anywhere):
        return False
    heads = {t.lemma_.lower() for t in verb.subtree if t.i > verb.i and t.dep_ in LIGHT_OBJECTS and t.head == verb}
    heads |= {t.lower_ for t in verb.subtree if t.tag_ in {"WP", "WRB", "WDT"} and t.i > verb.i}
    heads |= {
        c.lemma_.lower() for t in verb.children if t.dep_ in LIGHT_OBJECTS for c in t.children if c.dep_ == "conj"
    }
    heads |= _quantified(verb)
    return not pattern.nouns or bool(heads & set(pattern.nouns))


def _quantified(verb: Token) -> set[str]:
    """'half a day': the noun behind the quantity; 'a round of interviews': the noun behind the set."""
    nouns = (t for t in verb.children if t.dep_ in LIGHT_OBJECTS)
    behind = (c for noun in nouns for c in noun.subtree if c.dep_ in {"pobj", "npadvmod", "nmod"} and c.i - noun.i <= 3)
    return {c.lemma_.lower() for c in behind}


def _near(verb: Token) -> Iterator[Token]:
    """Prepositions, particles and adverbs of the verb or of its object; gerunds that say what time is spent on."""
    for token in verb.subtree:
        if token.i <= verb.i:
            continue
        direct = token.head == verb or (
            token.head.head == verb and token.head.dep_ in {*LIGHT_OBJECTS, "prep", "advmod"}
        )
        if direct and token.dep_ in {"prep", "prt", "advmod", "xcomp", "advcl", "pcomp", "acl"}:
            yield token


def _end(verb: Token) -> int:
    last = max((t for t in verb.subtree if not t.is_punct), key=lambda t: t.i)
    return int(last.idx + len(last.text))


def _further_acts(verb: Token) -> list[tuple[int, int]]:
    """Acts joined to this one by 'and': each act stands for itself."""
    found = []
    for child in verb.children:
        if child.dep_ == "conj" and child.i > verb.i:
            before = max(
                (t for t in verb.children if t.dep_ in {"cc", "punct"} and verb.i < t.i < child.i),
                key=lambda t: t.i,
                default=None,
            )
            start = before.idx if before is not None else min(t.idx for t in child.subtree)
            found.append((start, max(t.idx + len(t.text) for t in child.subtree)))
    return found


def _words(text: str, start: int, end: int, without: Sequence[tuple[int, int]]) -> str | None:
    """The text from start to end, stretches left out; None where that leaves a preposition hanging."""
    kept, at = [], start
    for a, b in sorted(without):
        if b <= start or a >= end:
            continue
        if _HANGS.search(text[at : max(a, at)]):
            return None
        kept.append(text[at : max(a, at)])
        at = max(at, b)
    kept.append(text[at:end] if at < end else "")
    words = " ".join(" ".join(kept).split())
    words = re.sub(r"\s+([,.;:])", r"\1", words)
    words = re.sub(r"[,;]\s*(?=[,;.])", "", words)
    return _ARTICLE.sub(_sounding, words.strip(" .,;:–—-"))


def _sounding(match: re.Match[str]) -> str:
    """'a' or 'an' as the word sounds that follows now."""
    return render(f"a {{thing|{match.group(1)}}}", {})


def _ever_shorter(words: str) -> Iterator[str]:
    """The words, then without what follows their last comma, and so on."""
    yield words
    while "," in words:
        words = words[: words.rindex(",")].rstrip()
        yield words


def _plain(verb: Token, words: str, known: frozenset[str]) -> bool:
    """Whether the words can be read alone: nothing points elsewhere (save to what is `known`), nothing hedges."""
    last = max(t.i for t in verb.subtree)
    pointing = [
        t
        for t in verb.doc[verb.i + 1 : last + 1]
        if t.lower_ in _POINTS
        and t.pos_ == "PRON"
        and t.tag_ not in {"WDT", "WP"}
        and t.lower_ in words.lower().split()
    ]
    if any(t.lower_ not in known for t in pointing):
        return False
    balanced = (
        words.count("(") == words.count(")") and words.count("“") == words.count("”") and words.count('"') % 2 == 0
    )
    marks = re.search(r"[|<>{}\[\]*_`/\\:;]|https?:", words)
    return (
        balanced
        and not marks
        and not _POINTING.search(words)
        and not _HEDGED.search(words)
        and len(words.split()) >= FEWEST_WORDS - 1
    )


def _shortened(words: str) -> str:
    """The words up to a comma or a clause where they are too long to be said in one breath."""
    return words if len(words.split()) <= LONGEST_ACTION else words[: cut(words, LONGEST_ACTION)].rstrip(" ,;:")


def _third_person(lemma: str) -> str:
    import lemminflect  # 0.3 s to import: only where a document is worded

    forms = lemminflect.getInflection(lemma, tag="VBZ")
    return str(forms[0]) if forms else f"{lemma}s"


def _length(words: str) -> int | None:
    """Minutes where the document says how long the act takes."""
    counted = re.search(r"(?i)\b(\d{1,3}|ten|fifteen|twenty|thirty|forty|sixty|ninety) minutes\b", words)
    if counted:
        named = {"ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60, "ninety": 90}
        said = counted.group(1).lower()
        return named.get(said) or min(int(said), 480)
    return next((minutes for pattern, minutes in _MINUTES if re.search(rf"(?i)(?:^|\bfor ){pattern}\b", words)), None)
