"""The label of an intent: verbatim words of a committing sentence that a person would say as its name.

Owns: which of the names that a sentence offers is taken. Must not know: practices, items, engines. A name begins
with the deed or with whom it binds and is a whole phrase; where nothing whole is short enough, the longer clause
goes before the broken one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.plan.grammar import Grammar
from service.reader.body import REST, body
from service.reader.cuts import cut_costs
from service.reader.openings import ITSELF, MAIN, SUBORDINATE, openings
from service.reader.phrases import TITLE, cut, lead_end
from service.reader.wordings import DEEDS

FEWEST, MOST = 3, 15
#: What a name of so many words loses; a few more than `MOST` are borne where nothing shorter is whole.
LENGTHS = {
    1: 4.0, 2: 2.2, 3: 0.9, 4: 0.4, 5: 0.2, 6: 0.15, 7: 0.1, 8: 0.05, 11: 0.05, 12: 0.2, 13: 0.3, 14: 0.6, 15: 0.9, 16: 1.5, 17: 1.8, 18: 2.0
}  # fmt: skip
LONGEST = 18
#: "these activities", "such vehicles": what they are stands elsewhere.
POINTS = re.compile(
    r"(?i)\b(?:this|these|those|such|said|the (?:same|above|following|latter|former)|that (?=\w+$))\b(?! as\b)"
)
POINTS_COST, STARTS_POINTING = 0.9, 1.0
#: "whether by building them …", "both in …": the other half is missing.
HALF = re.compile(r"(?i)\b(?:whether|either|both|neither|not only)\b(?!.* (?:or|and|nor|but)\b)")
HALF_OF_PAIR = 1.5
AFTER_DASH = re.compile(r"\s[–—-]\s\S+(?: \S+)?$")
#: "That, as we …": what the words point back to is not there.
BACK = re.compile(r"(?i)^(?:that|this|these|those|it|they|one|so|thus|hence|who|which|us|them|also)\b")


def label(text: str, grammar: Grammar, within: tuple[int, int] | None = None) -> tuple[int, int]:
    """Offsets of 3 to 15 words of `text` that name the commitment, whole and not waiting for more.

    `within` bounds them where only part of the sentence is quoted.
    """
    begin, end = body(text)
    if within is not None and (within[0] > begin or within[1] < end):
        begin, end = max(begin, within[0]), min(end, within[1])
    if title := _title(text[begin:end]):
        return begin, begin + title
    named = _named(text, grammar, begin, end)
    return named if named is not None else _as_it_stands(text, begin, end)


def _title(words: str) -> int | None:
    """Length of the words before a colon that name what follows, where they are such a name."""
    title = TITLE.match(words)
    if title is None:
        return None
    count = len(title.group(1).split())
    deed = title.group(1).split()[0].lower() in DEEDS
    return title.end(1) if count >= FEWEST or (deed and count == FEWEST - 1) else None


@dataclass(frozen=True, slots=True)
class Name:
    """Words that could name the commitment: their offsets and what they lose, 0 for nothing."""

    start: int
    end: int
    cost: float


def _named(text: str, grammar: Grammar, begin: int, end: int) -> tuple[int, int] | None:
    """Where the best name stands, the longer of two alike; None where the parse offers none."""
    names = (name for name in _names(text, grammar, begin, end) if name.cost < WORST)
    best = min(names, key=lambda name: (name.cost, name.start - name.end), default=None)
    return (best.start, best.end) if best is not None else None


def _names(text: str, grammar: Grammar, begin: int, end: int) -> Iterator[Name]:
    tree = grammar.tree
    for opening in openings(text, grammar, begin, end):
        start = tree[opening.token].start
        for last, lost in cut_costs(text, tree, opening.token, end).items():
            if last >= opening.least:
                stop = tree[last].end
                whole = tree[last].dep == "prt" or not re.search(r"\w", text[stop:end])
                shape = _shape(text[start:stop], whole=whole, all_of_it=start <= begin)
                yield Name(start, stop, round(opening.cost + lost + shape, 3))


#: A name that costs more is none.
WORST = 4.8


def _shape(words: str, whole: bool, all_of_it: bool) -> float:
    """What the words lose by their length and by what they leave open."""
    count = len(words.split())
    if count > LONGEST or not presentable(words) or (not whole and WAITING.search(words)) or REST.search(words):
        return WORST
    cost = HALF_OF_PAIR * bool(not whole and (HALF.search(words) or AFTER_DASH.search(words)))
    cost += LENGTHS.get(count, 0.0)
    if whole and all_of_it and 2 <= count <= MOST:
        cost = min(cost, 0.5)
    return (
        cost
        + POINTS_COST * len(POINTS.findall(ITSELF.sub("", words)))
        + STARTS_POINTING * bool(BACK.match(ITSELF.sub("", words)))
    )


def _as_it_stands(text: str, begin: int, end: int) -> tuple[int, int]:
    """The first words of the body, less those that leave one waiting, where the parse offers no name."""
    if (main := MAIN.search(text, begin, end)) and SUBORDINATE.match(text[begin:end]):
        begin = main.start() + len(", ")
    rest = text[begin:end]
    length = len(rest) if len(rest.split()) <= LONGEST else cut(rest, MOST)
    while len(rest[:length].split()) > FEWEST and (WAITING.search(rest[:length]) or not presentable(rest[:length])):
        length = len(rest[:length].rsplit(None, 1)[0])
    return begin, begin + len(rest[:length].rstrip(" .;:,–—-"))


def orders_first(text: str, grammar: Grammar) -> bool:
    """Whether the sentence begins with the deed and only then says what it will bring: "Set standards — this will …"."""
    begin = lead_end(text)
    first = re.match(r"[A-Za-z]+", text[begin:])
    after = CONSEQUENCE.search(text, begin)
    asks = first is not None and first.group().lower() in DEEDS
    return asks and after is not None and grammar.root_span[0] >= after.start()


#: What a deed will bring, told after it.
CONSEQUENCE = re.compile(
    r"(?i)\s*(?:[—–-]|[,;:])\s*(?:this|that|it|which) (?:will|would|should|can|is|helps?|allows?|means)\b"
)

WAITING = re.compile(
    r"(?i)\b(?:a|an|the|of|to|for|in|on|at|by|with|from|into|as|and|or|but|its|their|our|your|his|her|which|that|who|than|is|are|be|was|were|"
    r"been|being|more|most|not|rather|such|so|when|where|if|via|through|over|under|towards?|until|before|after|during|about|between|around|"
    r"against|without|within|including|using|each|every|any|whether|wish|wishes|hope|hopes|these|those|this|also|will|must|should|can|may|has|have|had|do|does|we|they|it|"
    r"meanwhile|even|just|only|especially|particularly|along|together|both|either|neither|able|ability|likely|expected|required|needs?|wants?|aims?|seeks?|continues?|starts?|begins?|ways?|parts?|kinds?|sorts?|level|levels|lack|"
    r"in (?:conjunction|line|addition|terms|partnership|accordance|collaboration|response|relation|place of)|as (?:a )?part|on behalf|"
    r"leads?|involved|associated|based|owned|according|make|makes|take|takes|give|gives|putt?|get|gets|helping|starting|making|"
    r"linking|thinking|e\.g|i\.e|--?|–|—)$|"
    # a clause that is opened and has a subject, but says nothing of it yet: "one record of what a customer"
    r"\b(?:what|how|why|whether|where) (?:an?|the|our|their|its|your|each|every|all) \w+$|"
    r"\b(?:an?|the|our|its|their|each|every) (?:large|larger|small|new|big|good|great|greater|strong|stronger|high|higher|low|lower|long|"
    r"short|clear|wide|wider|full|better|best|major|single|common|further|sustainable|shared|safe|safer)$|"
    r"\b(?:allow|enable|empower|encourage|let|require)(?:s|ing)? (?:everyone|anyone|people|users|teams|staff|customers|members|"
    r"developers|departments|others|us)$|(?:[+&=→]|\bw/)$"
)


def presentable(phrase: str) -> bool:
    """Whether a phrase can head a card: marks in pairs and no markup."""
    pairs = (("“", "”"), ("(", ")"))
    even = phrase.count('"') % 2 == 0 and all(phrase.count(a) == phrase.count(b) for a, b in pairs)
    return even and not re.search(r"[|{}\[\]*`\\]|<\w|https?:", phrase)
