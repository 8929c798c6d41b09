"""Where the name of a commitment may begin in its sentence.

Owns: places to begin and what each costs. Must not know: where a name ends, practices, items, engines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.plan.grammar import Grammar, Word
from service.reader.nouns import word_list
from service.reader.phrases import PRONOUNS
from service.reader.wordings import AIMS, DEEDS


@dataclass(frozen=True, slots=True)
class Opening:
    """A token with which a name may begin, what is lost by beginning there (0 is best), and the least it must hold."""

    token: int
    cost: float
    least: int = 0


#: Verbs that only carry the deed: "we need to …".
LIGHT = word_list(
    "need want aim plan seek strive continue commit hope intend try have go begin start look wish expect mean "
    "help be work like"
)
#: Verbs of holding something true, and those that secure it.
HOLDING = word_list(
    "believe think know recognise recognize understand expect hope see feel note say state find acknowledge mean"
)
SECURING = word_list("ensure guarantee")
POINTING = word_list("it this that they there these those he she such so which what who")
OWN = frozenset({"we", "i", "you", "us"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
FORM = {"VB": 0.0, "VBP": 0.3, "VBG": 0.5, "VBZ": 3.0, "VBD": 2.0, "VBN": 2.0}
#: Beginning with "we …", with what points back, with words before the main clause, with a conjunction.
TO_DO = 0.5
BARE_BE, PASSIVE, BE_DONE = 2.2, 3.5, 1.5
WE, BACK, BEFORE, JOINED, NO_SUBJECT = 1.0, 2.0, 1.2, 0.8, 1.4
AIM_WITHIN = 30
#: The main clause only tells what is, another one binds.
TOLD = 2.0
#: The verb stands inside a phrase of its own.
HIDDEN = 1.5
SUBORDINATE = re.compile(
    r"(?i)^(?:in order to|to|by|if|when|as|while|whilst|because|since|given|although|after|for|in|with|from|through|at|under|"
    r"during|over|on|once|until|before|without|across|additionally|similarly|unfortunately|here|then) "
)
JOINING = re.compile(r"(?i)^(?:and|but|so|or|not only|because|however|instead|finally),? ")
BOUND = re.compile(
    r"(?:(?<=[,;:] )|(?<=[–—-] )|(?<=and )|(?<=but )|(?<=so )|(?<=like ))(?:[Ww]e|(?:[Tt]he )?[A-Z]\w+(?: [A-Z]?\w+){0,3}) ?"
    r"(?:will|['’]ll|must|need to|needs to|shall|should|have decided to|want to) (?:also )?(?=\w)"
)


#: "To … , we will …": the clause for which the words before it give the purpose, the time or the place.
MAIN = re.compile(r", (?:(we)\b|(?=[^,]* (?:will|must|shall|should|needs?|is|are)\b))")
#: "From planning in the office → planning at the line": a shift that is told without a verb.
FROM_TO = re.compile(r"(?i)from .+ (?:to|towards?|into|→) ")
#: "This policy": the document names itself and points nowhere else.
ITSELF = re.compile(
    r"(?i)this (?:\w+ )?(?:policy|plan|strategy|document|roadmap|charter|memo|programme|program|framework|year|quarter|month|"
    r"team|organi[sz]ation|department|agency|company|foundation)\b"
)


def openings(text: str, grammar: Grammar, begin: int, end: int) -> list[Opening]:
    """Tokens with which a name may begin, each once with its least cost, in the order of the text."""
    tree = grammar.tree
    inside = [at for at, word in enumerate(tree) if begin <= word.start and word.end <= end]
    if not inside:
        return []
    bound = _bound(text, grammar, begin, end)
    root = _root(tree, inside, grammar)
    first = _first(text, tree, inside[0], begin, end)
    found = [Opening(inside[0], first + (TOLD if bound else 0.0), root if first >= BEFORE else 0)]
    aside = text.count("(", begin, tree[root].start) > text.count(")", begin, tree[root].start)
    extra = (TOLD if bound else 0.0) + (HIDDEN if tree[root].dep in {"relcl", "acl", "pcomp", "advcl"} else 0.0)
    if inside[0] != root and not aside and not _ordered(text, tree, inside[0]):
        found += _of_clause(text, tree, root, inside, extra)
    if (main := MAIN.search(text, begin, end)) and main.group(1) and SUBORDINATE.match(text[begin:end]):
        we = next(n for n in inside if tree[n].start >= main.start(1))
        found += _of_clause(text, tree, tree[we].head, inside) if tree[we].dep == "nsubj" else [Opening(we, WE)]
    for place in [*bound, *_aimed(text, begin, end)]:
        at = next((n for n in inside if tree[n].start >= place), None)
        if at is not None:
            found.append(Opening(at, 0.0))
            found += [o for o in _chain(text, tree, at, inside, 0.0)]
    least: dict[int, Opening] = {}
    for opening in sorted(found, key=lambda o: o.cost):
        least.setdefault(opening.token, opening)
    return [least[token] for token in sorted(least) if token in inside and _begins_word(text, tree[token].start, begin)]


def _begins_word(text: str, at: int, begin: int) -> bool:
    """Whether a word begins there, and no date or place that the word before it leads in: "From | 1 April …"."""
    before = text[begin:at]
    led = re.fullmatch(r"(?i)(?:from|by|in|at|on|since) ", before) and text[at : at + 1].isdigit()
    return (not before or (not before[-1].isalnum() and before[-1] not in "-/")) and not led


def _root(tree: Sequence[Word], inside: Sequence[int], grammar: Grammar) -> int:
    """The main verb, or the word on which most of the body hangs where the main verb lies outside."""
    for at in inside:
        if tree[at].start == grammar.root_span[0]:
            return at
    heads = [at for at in inside if tree[at].head not in inside or tree[at].head == at]
    return max(
        heads or inside, key=lambda at: (tree[at].tag.startswith("VB"), sum(_under(tree, n, at) for n in inside))
    )


def _under(tree: Sequence[Word], at: int, top: int) -> bool:
    for _ in range(len(tree)):
        if at == top:
            return True
        if tree[at].head == at:
            return False
        at = tree[at].head
    return False


def _first(text: str, tree: Sequence[Word], at: int, begin: int, end: int) -> float:
    """What it costs to begin where the body begins."""
    words, word = text[begin:end], tree[at]
    if _ordered(text, tree, at):
        return 0.0
    if JOINING.match(words):
        return JOINED + BEFORE
    if word.lemma in OWN:
        return WE
    if word.lemma in POINTING and not ITSELF.match(words):
        return BACK
    if re.match(r"(?i)(?:from|by|in|since|on) \d", words) and "," not in words[:24]:
        return 0.4  # "From 1 April branches decide …": the date is part of the name
    if FROM_TO.match(words) and word.dep == "ROOT":
        return 0.0
    if SUBORDINATE.match(words):
        return TO_DO if re.match(r"(?i)to ", words) and not MAIN.search(words) else BEFORE
    return 0.0


def _ordered(text: str, tree: Sequence[Word], at: int) -> bool:
    """Whether the words begin with the deed itself."""
    word = text[tree[at].start : tree[at].end].lower()
    follows = text[tree[at].end :].lstrip()[:1]
    return word in DEEDS and (
        tree[at].tag == "VB"
        or tree[at].tag.startswith("NNP")
        or (follows not in {",", ":"} and tree[at].dep not in {"nsubj", "compound", "amod"})
    )


def _of_clause(
    text: str, tree: Sequence[Word], verb: int, inside: Sequence[int], extra: float = 0.0
) -> Iterator[Opening]:
    subject = next((n for n, w in enumerate(tree) if w.head == verb and n != verb and w.dep in SUBJECTS), None)
    whose = _whose(text, tree, subject)
    if subject is not None:
        yield Opening(_leftmost(tree, subject), extra + {"own": WE, "pointing": BACK}.get(whose, 0.0))
    if subject is not None and tree[subject].dep == "expl":
        there = (n for n, w in enumerate(tree) if w.head == verb and w.dep in {"attr", "dobj"} and n > verb)
        yield from (Opening(_leftmost(tree, n), extra + 0.1) for n in there)
    negated = any(
        w.head == verb and (w.dep == "neg" or w.lemma in {"never", "no"}) for n, w in enumerate(tree) if n < verb
    )
    if not tree[verb].tag.startswith("VB") or negated:
        return
    cost = extra + {"own": 0.0, "none": 0.0, "pointing": 0.6}.get(whose, NO_SUBJECT)
    modal = any(w.head == verb and w.tag in {"MD", "TO"} for w in tree)
    cost += WE if whose == "named" and tree[verb].tag == "VBP" else 0.0
    cost += 0.0 if modal else BARE_BE if tree[verb].lemma == "be" else FORM.get(tree[verb].tag, 1.0)
    passive = any(w.head == verb and w.dep == "auxpass" for w in tree)
    if passive and modal and whose == "pointing":
        yield from (Opening(n, extra + BE_DONE) for n, w in enumerate(tree[:verb]) if w.head == verb and w.tag == "VB")
    yield from _chain(
        text, tree, verb, inside, cost + (PASSIVE if passive else 1.5 if tree[verb].lemma == "be" else 0.0)
    )


def _chain(text: str, tree: Sequence[Word], verb: int, inside: Sequence[int], cost: float) -> Iterator[Opening]:
    """The verb, and the one that it only carries; what is held true or secured has a beginning of its own."""
    below = [n for n in inside if tree[n].head == verb and n > verb]
    lemma = tree[verb].lemma
    carried = next((n for n in below if tree[n].dep == "xcomp" and tree[n].tag == "VB"), None)
    held = next((n for n in below if tree[n].dep == "ccomp" and not _asks(tree, n)), None)
    if carried is not None and lemma in LIGHT and not any(tree[n].dep in {"dobj", "nsubj"} for n in below):
        yield Opening(verb, cost + 0.8)
        bare = (
            1.0 if tree[carried].lemma == "be" or any(w.head == carried and w.dep == "auxpass" for w in tree) else 0.0
        )
        yield from _chain(text, tree, carried, inside, min(cost, 0.6 if cost < NO_SUBJECT else cost) + bare)
    elif held is not None and lemma in HOLDING:
        yield Opening(verb, cost + 1.5)
        yield from _of_clause(text, tree, held, inside, 0.3)
    elif held is not None and lemma in SECURING:
        yield Opening(verb, cost)
        yield from (o for o in _of_clause(text, tree, held, inside, 0.5) if o.token < held)
    else:
        yield Opening(verb, cost)


def _asks(tree: Sequence[Word], verb: int) -> bool:
    """Whether a clause asks: "where it will end up"."""
    return any(word.head == verb and word.tag.startswith("W") for word in tree[:verb])


def _whose(text: str, tree: Sequence[Word], subject: int | None) -> str:
    if subject is None:
        return "none"
    first = tree[_leftmost(tree, subject)].lemma
    if tree[subject].lemma in OWN:
        return "own"
    if ITSELF.match(text[tree[_leftmost(tree, subject)].start :]):
        return "named"
    return "pointing" if first in POINTING or tree[subject].lemma in POINTING | PRONOUNS else "named"


def _leftmost(tree: Sequence[Word], top: int) -> int:
    return min(n for n in range(top + 1) if _under(tree, n, top))


def _bound(text: str, grammar: Grammar, begin: int, end: int) -> list[int]:
    """Where the clause that binds begins, where the main clause only tells what was or is."""
    if grammar.modal or grammar.tense not in {"past", "present"} or grammar.form != "statement":
        return []
    found = [m for m in BOUND.finditer(text, begin, end) if m.start() > max(begin, grammar.root_span[1])]
    if not found or len(text[found[-1].end() : end].split()) < 3:
        return []
    return [found[-1].end() if found[-1].group().lower().startswith("we ") else found[-1].start()]


def _aimed(text: str, begin: int, end: int) -> list[int]:
    """Where the words after "our goal is to" begin."""
    aim = AIMS.search(text, begin, end)
    if aim is None or aim.start() > begin + AIM_WITHIN:
        return []
    opening = re.match(r" (?:to|that) ", text[aim.end() :])
    return [aim.end() + opening.end()] if opening else []
