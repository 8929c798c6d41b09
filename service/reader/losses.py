"""What a phrase loses by leaving a word out, with all that hangs on the word.

Owns: those costs, by relation and by word. Must not know: where phrases begin, labels, practices, items.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.plan.grammar import Word


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: What a word cannot stand without, wherever it follows.
REQUIRED = _words(
    "dobj obj attr acomp oprd xcomp ccomp pcomp pobj nsubj nsubjpass csubj csubjpass compound amod nmod nummod "
    "poss case det aux auxpass prt dative quantmod predet expl mark neg"
)
#: What is left out at little cost, and what at a middling one where nothing more is known.
COSTS = {"cc": 0.0, "punct": 0.0, "appos": 0.3, "npadvmod": 0.3, "parataxis": 0.3, "advmod": 0.6, "agent": 1.5}
UNKNOWN = 1.0
#: A preposition that its word needs, and one after a comma.
NEEDED, AFTER_COMMA = 3.0, 0.5
#: An object that two verbs share.
SHARED = 2.5
#: "by March 2028", "by 2030": no agent.
DATE = re.compile(
    r"(?i) (?:the (?:end|start|beginning|middle) of|\d|(?:january|february|march|april|may|june|july|august|september|october|"
    r"november|december|spring|summer|autumn|winter|next) )"
)
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
OBJECTS = frozenset({"dobj", "obj", "attr", "acomp", "oprd", "xcomp", "ccomp", "nsubjpass"})
#: Prepositions that tell when, where or how, and may go.
LOOSE = _words("by in at during until after before without across through via within alongside throughout")
#: Conditions: the sentence says something else without them.
CONDITIONS = _words("unless if until before except than only")
#: "make the tools as polished as …", "treat it as a product": what is made of it belongs to it.
MADE = _words("make keep treat regard see view position define")
#: Verbs of bringing somebody to do something: what they are to do belongs to it.
CAUSES = _words(
    "allow enable encourage help require ask want expect let force invite urge have get make empower train teach lead need "
    "permit oblige motivate tell"
)
#: A purpose; one that the parse takes for an object; one that alone tells what a thing is used for.
PURPOSE, TAKEN_AS_OBJECT, USES = 0.7, 1.0, 1.8
#: Verbs that carry another: "work to build ties".
CARRY = _words("work strive continue try seek aim")
#: Words that need what follows, by the preposition that leads it in.
LEANS = {
    "on": _words("focus base rely depend concentrate build lean draw centre center"),
    "at": _words("look aim arrive"),
    "for": _words("look account care"),
    "with": _words("comply deal"),
    "in": _words("result stand"),
}
#: Nouns that mean nothing without the deed that follows: "the need to …".
OPEN_NOUNS = _words(
    "need ability opportunity right way effort decision time chance capacity duty attempt desire power freedom "
    "option responsibility tendency obligation willingness"
)


def left_out(text: str, tree: Sequence[Word], at: int, first: int, last: int) -> float | None:
    """What it costs to leave a word out whose head is in the phrase, with all that hangs on it."""
    word, head = tree[at], tree[tree[at].head]
    comma = "," in text[tree[last].end : tree[last].end + 1]
    if comma and word.dep in {"acomp", "attr"} and any(w.head == word.head and w.dep == word.dep for w in tree[:last]):
        return AFTER_COMMA  # "able to …, confident that …": the first of the two says it
    if word.dep == "xcomp" and word.tag == "VB" and head.lemma not in CAUSES and _takes(tree[:at], word.head):
        used = head.lemma == "use" and head.dep != "pcomp"
        return (
            USES if used else TAKEN_AS_OBJECT
        )  # "use threads to ensure growth": a purpose, whatever the parse calls it
    if word.dep in REQUIRED or head.tag in {"IN", "TO"}:
        return None
    if word.dep == "agent" and DATE.match(text[word.end :]):
        return COSTS["npadvmod"]
    if word.dep == "prep":
        lost = _preposition(tree, at, last)
        return min(lost, AFTER_COMMA) if comma and lost < NEEDED else lost
    if word.dep == "conj":
        return _conjunct(tree, at, first, last)
    if word.dep == "advcl":
        return _adverbial(tree, at)
    if word.dep == "relcl":
        return 0.4 if comma else 1.5
    if word.dep == "acl":
        return (2.2 if head.lemma in OPEN_NOUNS else 0.8) if word.tag == "VB" else 0.5 if comma else 1.2
    return COSTS.get(word.dep, UNKNOWN)


def _preposition(tree: Sequence[Word], at: int, last: int) -> float:
    word, head = tree[at], tree[tree[at].head]
    made = word.lemma == "as" and (head.lemma in MADE or head.tag.startswith(("JJ", "RB")))
    if made or word.lemma in {"than", "of"} or head.lemma in LEANS.get(word.lemma, ()):
        return NEEDED
    if head.tag.startswith("JJ"):
        return 0.9 if word.lemma in LOOSE else NEEDED
    if head.lemma == "be" and not any(w.head == word.head and w.dep in OBJECTS for w in tree[: last + 1]):
        return NEEDED
    before = [tree[n] for n in range(last + 1) if tree[n].head == word.head]
    second = any(one.dep == "prep" and one.start > head.start for one in before)
    if second:
        return 0.6
    if not head.tag.startswith("VB"):
        return 1.8 if word.lemma in {"to", "between", "as"} else 0.9
    if any(one.dep in OBJECTS - {"nsubjpass"} for one in before):
        return 1.2 if word.lemma in {"as", "into", "from"} else 0.5
    return 0.9 if word.lemma in LOOSE else 2.4


def _conjunct(tree: Sequence[Word], at: int, first: int, last: int) -> float:
    word, head = tree[at], tree[tree[at].head]
    pair = any(
        tree[n].lemma in {"both", "either", "neither", "not"} and tree[n].dep in {"preconj", "cc"}
        for n in range(first, last + 1)
    )
    in_list = any(tree[n].dep == "conj" and tree[n].head >= first for n in range(first, last + 1))
    if head.tag == "CD" or (_of(tree, at) and not _of(tree, word.head)):
        return SHARED  # "the choice and the building of new piers": both are of the piers
    if head.tag.startswith("VB"):
        if _takes(tree, at) and not _takes(tree, word.head):
            return SHARED  # "to identify and plan out the changes": both have the one object
        deep = head.dep in {"relcl", "acl", "pcomp", "ccomp", "advcl"} and word.head != first
        cost = 1.5 if deep or word.tag in {"VBN", "VBG"} else 0.7
    else:
        cost = 1.8 if head.tag.startswith("JJ") else 1.3
    return cost + 2.0 * pair + 0.5 * in_list


def _of(tree: Sequence[Word], noun: int) -> bool:
    return tree[noun].tag.startswith("NN") and any(word.head == noun and word.lemma == "of" for word in tree)


def _takes(tree: Sequence[Word], verb: int) -> bool:
    return any(word.head == verb and word.dep in OBJECTS and n > verb for n, word in enumerate(tree))


def _adverbial(tree: Sequence[Word], at: int) -> float:
    marks = {tree[n].lemma for n in range(at) if tree[n].head == at and tree[n].dep in {"mark", "advmod"}}
    head = tree[at].head
    if marks & CONDITIONS:
        return 2.2
    if tree[at].tag == "VB" and tree[head].lemma in CARRY:
        alone = not any(word.head == head for word in tree[head + 1 : at])
        return 2.2 if alone else 1.7
    purpose = USES if tree[head].lemma == "use" else PURPOSE
    return purpose if tree[at].tag == "VB" else 0.6
