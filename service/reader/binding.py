"""How far the wording, the grammar and the place of a sentence bind the organisation: rules, no training.

Owns: how the tables of `wordings` and a sentence's grammar add up. Must not know: vectors, trained weights,
plans. The rules hold where the small trained model has never seen the field; `commitment` adds both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.documents import BlockKind
from service.plan.grammar import Grammar
from service.reader.wordings import (
    AIMS,
    BINDING,
    CONTEXT_HEADING,
    DECIDED,
    DEEDS,
    GOAL_HEADING,
    LABEL,
    LOOKS,
    LOOSENING,
    NAMED_SUBJECT,
    OWN_SUBJECT,
    RESULT_HEADING,
    VISION_HEADING,
)

#: All binding wordings of a sentence add at most this.
MOST = 3.2
FEWEST_WORDS = 5
LISTED = (BlockKind.list_item, BlockKind.table_row)
_FIRST_WORD = re.compile(r"[^A-Za-z]*([A-Za-z]+)")
_ARTICLE = re.compile(r"(?i)an? ")
_NOUN_FIRST = re.compile(r"(?i)\W*\w+ (?:is|are|was|has)\b")


def binding(text: str, kind: BlockKind, path: Sequence[str], grammar: Grammar) -> float:
    """Log-odds that the sentence commits, from about -6 to 6; `path` is the heading path, outermost first."""
    body = unlabelled(text)
    return round(_wording(body, grammar) + _form(text, body, grammar) + _place(kind, path, grammar), 6)


def unlabelled(text: str) -> str:
    """The sentence without list marks and the label before it, where at least four words are left."""
    match = LABEL.match(text)
    rest = text[match.end() :] if match else text
    return rest if len(rest.split()) >= 4 else text


def _wording(body: str, grammar: Grammar) -> float:
    bound = sum(w.weight for w in BINDING if (not w.own or _own(grammar)) and w.pattern.search(body))
    return min(bound, MOST) + sum(w.weight for w in LOOSENING if w.pattern.search(body))


def _own(grammar: Grammar) -> bool:
    return bool(OWN_SUBJECT.search(grammar.subject) or NAMED_SUBJECT.search(grammar.subject))


def _form(text: str, body: str, grammar: Grammar) -> float:
    value = _opening(body, grammar)
    told = grammar.tense == "past" and not grammar.modal
    if told and not AIMS.search(body) and not DECIDED.search(body):
        value -= 1.3
    if grammar.form == "fragment":
        value -= 0.6 * (not re.search(r"\d", body) and _first(body) not in DEEDS)
    if text.rstrip().endswith(":") and (grammar.form == "fragment" or not grammar.subject or _ARTICLE.match(text)):
        value -= 1.5
    return value - 0.8 * (len(body.split()) < FEWEST_WORDS)


def _opening(body: str, grammar: Grammar) -> float:
    """What the first word adds: a deed asked for, a deed under way, or a look into something."""
    first = _first(body)
    if first in DEEDS and not _NOUN_FIRST.match(body):
        return 1.5
    stems = {first[:-3], first[:-3] + "e", first[:-4]} if first.endswith("ing") else set()
    if stems & DEEDS and grammar.form in {"gerund", "fragment"}:
        return 0.8
    return -1.5 if first in LOOKS else 0.0


def _first(body: str) -> str:
    match = _FIRST_WORD.match(body)
    return match.group(1).lower() if match else ""


def _place(kind: BlockKind, path: Sequence[str], grammar: Grammar) -> float:
    last, whole = (path[-1] if path else ""), " > ".join(path)
    value = 0.0
    if GOAL_HEADING.search(last):
        value += 0.8 if kind in LISTED else 0.5
    elif GOAL_HEADING.search(whole):
        value += 0.25
    value -= 0.7 * bool(CONTEXT_HEADING.search(last))
    if grammar.tense == "present":
        value += 0.9 * (not grammar.modal and bool(VISION_HEADING.search(whole)))
        value += 0.7 * bool(RESULT_HEADING.search(whole))
    return value
