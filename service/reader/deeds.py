"""What a sentence wants done: its verbs, what each is done to, for or with whom.

Owns: reading deeds from one parsed sentence. Must not know: practices, documents, plans. A deed's object is a noun
phrase short enough to be said inside another sentence; what cannot be cut to one gives no object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from service.plan.grammar import Deed
from service.plan.reading import TermKind
from service.reader.nouns import HEADS, VAGUE, word_list
from service.reader.phrases import STOPPERS
from service.reader.wordings import DEEDS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Words of an object or a doing beyond which the sentence around it cannot be said aloud.
LONGEST = 9
#: Verbs that only lead to the deed: "we want to build", "we will continue to work on improving".
LEADING = word_list(
    "want aim need commit continue plan seek strive try work focus go begin start intend hope expect look have be "
    "decide agree promise wish prefer endeavour endeavor concentrate prepare"
)
#: Verbs whose object does the deed: "help teams to adopt".
ENABLING = word_list("help enable empower encourage support allow equip let assist invite ask train")
#: Kinds of terms whose heads are people, and those of their heads that are none.
_PEOPLE = {TermKind.user, TermKind.role, TermKind.partner, TermKind.team, TermKind.leader}
_NO_PEOPLE = word_list("leadership partnership governance direction source agent")
PERSONS = frozenset().union(*(heads for kind, heads in HEADS if kind in _PEOPLE)) - _NO_PEOPLE | word_list(
    "people community agency practitioner public stakeholder industry person group organisation organization "
    "company builder participant artist author newcomer country district school university hospital library "
    "municipality city government ministry individual youth child parent adult audience candidate instructor "
    "trainer trainee business sector institution"
)
#: Verbs that a sentence may begin with, beside those that a commitment is known by.
STARTERS = DEEDS | word_list(
    "host organise organize offer invite provide equip consult involve finish grow found collect"
)
#: Verbs whose object are people that something is done with or for.
TREATING = ENABLING | word_list(
    "engage involve consult attract recruit retain welcome onboard target reach serve ask interview teach educate "
    "meet fund partner contact hire prioritise prioritize protect treat reward recognise recognize"
)
JOINING = frozenset(["participate", "engage", "involve", "collaborate"])
PARTY_PREPOSITIONS = frozenset(["with", "for", "to", "among", "from"])
#: People are named with "of" alone: "members of the guild", but "councils" of "work with councils on services".
NAMING = frozenset(["of"])
INNER = {"prep", "cc", "conj", "npadvmod", "nummod", "amod"}
#: Nouns that mean little without what they are for: "a plan to work with communities", but "a tool to save time".
MEANT_FOR = frozenset(
    [
        "plan",
        "programme",
        "program",
        "strategy",
        "initiative",
        "campaign",
        "effort",
        "proposal",
        "right",
        "ability",
        "opportunity",
        "way",
        "approach",
    ]
)
CLAUSES = {"relcl", "acl", "appos", "advcl", "ccomp", "xcomp", "punct"}
POINTING = re.compile(
    r"(?i)^(?:(?:this|that|these|those|all|both|more|such)$|(?:it|they|them|what|which|how|each other|one another)\b)|"
    r"\b(?:itself|themselves|ourselves)\b"
)
UNSAYABLE = re.compile(r"[;:|<>{}\[\]*_`\\\"“”()/]|\s[-–—]\s|https?:")


def deeds_of(doc: Doc) -> tuple[Deed, ...]:
    """The deeds in the order of their verbs; none that is denied."""
    found = {deed.start: deed for verb in _verbs(doc) if (deed := _deed(verb)) is not None}
    for first in _openings(doc):
        if first.idx not in found and (deed := _opening_deed(first)) is not None:
            found[first.idx] = deed
    return tuple(found[start] for start in sorted(found))


def _openings(doc: Doc) -> Iterator[Token]:
    """The first word, and the word after a colon, where they are verbs that ask for something."""
    words = [token for token in doc if token.is_alpha]
    after = [doc[token.i + 1] for token in doc[:-1] if token.text == ":"]
    for token in dict.fromkeys([*words[:1], *after]):
        source = token.lower_ == "open" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "source"
        if token.lower_ in STARTERS and not source:
            yield token


def _opening_deed(first: Token) -> Deed | None:
    """A deed that begins a line; its verb may have been taken for a noun: "Launch mobile app" as the name of a thing."""
    if first.tag_.startswith("VB"):
        return _deed(first)
    head = first.head
    if first.dep_ not in {"amod", "nmod", "compound"} or head.i <= first.i or head.pos_ not in {"NOUN", "PROPN"}:
        return None
    span = _span(first.doc[first.i + 1], _right_end(head, LONGEST - (head.i - first.i)))
    party = _people_beside(head)
    return Deed(
        verb=first.lower_,
        start=first.idx,
        object_span=span,
        head=head.lemma_.lower() if span else "",
        party_span=_noun_span(party, NAMING) if party is not None else None,
        party_plural=party is not None and party.tag_ in {"NNS", "NNPS"},
        doing_span=None,
    )


def _verbs(doc: Doc) -> Iterator[Token]:
    for root in (token for token in doc if token.dep_ == "ROOT"):
        yield from _chain(root)


def _chain(token: Token) -> Iterator[Token]:
    """A verb, and those that it leads to or that stand beside it; what is to end leads to nothing."""
    if token.lemma_.lower() in STOPPERS and any(child.dep_ in {"xcomp", "pcomp"} for child in token.children):
        return
    told = token.tag_ == "VBN" and token.dep_ != "ROOT" and not any(child.dep_ == "auxpass" for child in token.children)
    if token.tag_.startswith("VB") and not told:
        yield token
    for verb in _led_to(token):
        yield from _chain(verb)


def _led_to(token: Token) -> Iterator[Token]:
    """Verbs that a verb leads to: beside it, as what is wanted, after "on", or as what an aim is."""
    for child in token.children:
        to_do = child.dep_ == "advcl" and child.tag_ == "VB"  # "work with councils to simplify …"
        if child.dep_ in {"xcomp", "ccomp"} and token.lemma_.lower() in ENABLING:
            continue  # what those who are helped will do
        if (child.dep_ in {"conj", "xcomp", "pcomp", "ccomp"} and child.tag_.startswith("VB")) or to_do:
            yield child
        elif child.dep_ == "prep" and token.lemma_.lower() in LEADING:
            yield from (inner for inner in child.children if inner.dep_ == "pcomp")
        elif child.dep_ == "attr" and token.lemma_ == "be":
            yield from (c for c in child.children if c.dep_ in {"xcomp", "acl", "relcl"} and c.tag_ == "VB")


def _deed(verb: Token) -> Deed | None:
    lemma = verb.lemma_.lower()
    denied = any(child.dep_ == "neg" for child in verb.children)
    if denied or (lemma in LEADING and _leads_on(verb)) or lemma in {"be", "have"}:
        return None
    target = _target(verb)
    if target is not None and any(child.lower_ == "no" for child in target.children):
        return None
    party = _party(verb, target)
    doing = _doing(verb)
    if lemma in ENABLING and (doing is not None or target is party):
        target = None
    object_span = _noun_span(target) if target is not None else None
    if object_span is not None and verb.doc.text[object_span[1] :].startswith(" of "):
        object_span = None  # "the creation", of what it is the creation
    party_span = _noun_span(party, NAMING) if party is not None else None
    return Deed(
        verb=lemma,
        start=verb.idx,
        object_span=object_span,
        head=_head_word(target) if target is not None and not _points(target) else "",
        party_span=party_span,
        party_plural=party is not None and party.tag_ in {"NNS", "NNPS"},
        doing_span=_verb_span(doing) if doing is not None else None,
        cut=target is not None and (object_span is None or _cut_short(target, object_span)),
    )


def _leads_on(verb: Token) -> bool:
    return any(child.dep_ in {"xcomp", "ccomp"} for child in verb.children) or any(
        inner.dep_ == "pcomp" for child in verb.children if child.dep_ == "prep" for inner in child.children
    )


def _target(verb: Token) -> Token | None:
    """What the deed is done to: its object, what is done in the passive, or what stands after "on", "in", "to"."""
    found = next((child for child in verb.children if child.dep_ == "dobj"), None)
    if found is None and any(child.tag_ in {"MD", "TO"} for child in verb.children):
        found = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    if found is not None:
        return found
    for child in verb.children:
        if child.dep_ == "conj" and child.tag_.startswith("VB"):
            shared = next((inner for inner in child.children if inner.dep_ == "dobj"), None)
            if shared is not None and child.i - verb.i <= 2:
                return shared  # "grow and diversify our base"
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in {"on", "in", "to", "into", "towards", "toward"}:
            return next((inner for inner in child.children if inner.dep_ == "pobj"), None)
    return None


def _party(verb: Token, target: Token | None) -> Token | None:
    """Whom the deed is done with or for."""
    if target is not None and target.lemma_.lower() in PERSONS and verb.lemma_.lower() in TREATING:
        return target
    if verb.lemma_.lower() in ENABLING:
        for child in verb.children:
            if child.dep_ in {"ccomp", "xcomp"}:
                subject = next((c for c in child.children if c.dep_ == "nsubj"), None)
                if subject is not None and subject.pos_ in {"NOUN", "PROPN"}:
                    return subject
    return _people_beside(verb) or (_people_beside(target) if target is not None else None)


def _people_beside(owner: Token) -> Token | None:
    """People after "with", "for", "to": whom it is done with or for."""
    joins = owner.lemma_.lower() in JOINING
    for prep in owner.children:
        if prep.dep_ in {"prep", "dative"} and (prep.lower_ in PARTY_PREPOSITIONS or (joins and prep.lower_ == "in")):
            for inner in prep.children:
                if inner.dep_ == "pobj" and inner.lemma_.lower() in PERSONS:
                    return inner
    return None


def _doing(verb: Token) -> Token | None:
    """What those who are helped will do."""
    if verb.lemma_.lower() not in ENABLING:
        return None
    return next((c for c in verb.children if c.dep_ in {"xcomp", "ccomp"} and c.tag_ in {"VB", "VBP"}), None)


def _noun_span(head: Token, joining: frozenset[str] | None = None) -> tuple[int, int] | None:
    """The noun phrase in sentence offsets, as long as it may be said; None where it points elsewhere."""
    taken_for_verb = head.dep_ == "dobj" and head.tag_ == "VBZ"  # "deliver features to …"
    if not taken_for_verb and (head.pos_ not in {"NOUN", "PROPN"} or _is_vague(head)):
        return None
    first = head.left_edge
    last = _right_end(head, LONGEST - (head.i - first.i + 1), joining)
    return _span(first, last)


def _cut_short(head: Token, span: tuple[int, int]) -> bool:
    """Whether one bare noun is left of a phrase that says more: "a plan", of "a plan that …"."""
    words = [token for token in head.doc if span[0] <= token.idx < span[1] and token.pos_ not in {"DET", "PRON"}]
    more = head.right_edge.idx >= span[1]
    return more and len(words) == 1


def _head_word(head: Token) -> str:
    """The lemma; of a proper noun in the plural, which the parser leaves as it is, without its last letter."""
    word: str = head.lemma_.lower()
    return word.removesuffix("s") if head.tag_ == "NNPS" else word


def _points(head: Token) -> bool:
    """Whether a word only stands for something said elsewhere."""
    return head.pos_ == "PRON" or _is_vague(head)


def _is_vague(head: Token) -> bool:
    """Whether a noun says nothing without what stands after it: "a number", but not "the number of visitors"."""
    return head.lemma_.lower() in VAGUE - {"people"} and not any(child.dep_ == "prep" for child in head.rights)


def _right_end(head: Token, room: int, joining: frozenset[str] | None = None) -> Token:
    """The last word of the phrase: whole modifiers after the head as far as there is room.

    With `joining` no other preposition than these begins one.
    """
    last = head
    for child in head.rights:
        if joining is not None and child.dep_ == "prep" and child.lower_ not in joining:
            break
        if child.dep_ in {"acl", "relcl"} and child.tag_ == "VB" and head.lemma_.lower() in MEANT_FOR:
            done = _doing_end(child, room - (child.i - head.i)) or child.right_edge
            last = done if done.i - head.i <= room else last
            break
        if child.dep_ in CLAUSES or child.dep_ not in INNER:
            break
        if child.dep_ == "cc":
            continue
        if child.dep_ == "conj" and child.pos_ not in {"NOUN", "PROPN"}:
            break
        further = _modifier_end(child, room - (child.i - last.i))
        if further is None or further.i - head.i > room:
            break
        last = further
    return last


def _modifier_end(token: Token, room: int) -> Token | None:
    if token.dep_ == "prep":
        inner = next((c for c in token.children if c.dep_ in {"pobj", "pcomp"}), None)
        if inner is not None and inner.tag_ == "VBG":
            return _doing_end(inner, room - (inner.i - token.i))
        if inner is None or inner.pos_ not in {"NOUN", "PROPN"}:
            return None
        return _right_end(inner, max(0, room - (inner.i - token.i)))
    if token.dep_ == "conj":
        return _right_end(token, max(0, room - 1))
    return token.right_edge if token.right_edge.i - token.i < 4 else None


def _doing_end(verb: Token, room: int) -> Token | None:
    """The last word of "(for) improving the accessibility of lessons"; None where it names nothing to be done to."""
    target = next((c for c in verb.rights if c.dep_ == "dobj" and c.pos_ in {"NOUN", "PROPN"}), None)
    return _right_end(target, room - (target.i - verb.i)) if target is not None else None


def _verb_span(verb: Token) -> tuple[int, int] | None:
    """The verb with its object, as long as it may be said."""
    last = verb
    for child in verb.rights:
        if child.dep_ == "dobj":
            if child.pos_ not in {"NOUN", "PROPN"}:
                return None
            last = _right_end(child, LONGEST - (child.i - verb.i + 1))
        elif child.dep_ in {"prt", "advmod"} and child.i == last.i + 1:
            last = child
        elif child.dep_ == "prep" and last is verb:
            last = _modifier_end(child, LONGEST - 2) or last
        else:
            break
    return _span(verb, last) if last is not verb else None


def _adds(comma: Token) -> bool:
    """Whether a comma stands between adjectives of one thing: "a large, multi-year grant"."""
    after = comma.doc[comma.i + 1] if comma.i + 1 < len(comma.doc) else comma
    return after.dep_ in {"amod", "punct", "compound", "npadvmod", "nummod"} and after.head.i > comma.i


def _span(first: Token, last: Token) -> tuple[int, int] | None:
    start, end = first.idx, last.idx + len(last.text)
    text = first.doc.text[start:end]
    open_end = last.tag_.startswith(("JJ", "RB", "IN", "DT", "CC")) or first.lower_ == "both"
    if open_end:
        return None
    listed = any(token.text == "," and not _adds(token) for token in first.doc[first.i : last.i + 1])
    broken = UNSAYABLE.search(text) or POINTING.match(text) or listed or not re.search(r"[A-Za-z]{3}", text)
    return None if broken or len(text.split()) > LONGEST else (start, end)
