"""The label of an intent: verbatim words of a committing sentence that a person would say as its name.

Owns: where a label begins and ends. Must not know: practices, items, engines.
"""

from __future__ import annotations

import re

from service.plan.grammar import Grammar
from service.reader.phrases import PRONOUNS, STOPPERS, TITLE, cut, lead_end
from service.reader.wordings import AIMS, DEEDS


def label(text: str, grammar: Grammar, longest: int = 12) -> tuple[int, int]:
    """Offsets of 3 to `longest` + 3 words of `text` that name the commitment; never mid-phrase."""
    begin = lead_end(text)
    body = text[begin:].rstrip(" .;:,")
    if title := TITLE.match(body):
        return begin, begin + title.end(1)
    if len(body.split()) <= longest and not POINTER.match(body):
        return begin, begin + len(_without_rest(body))
    if orders_first(text, grammar):
        return begin, begin + whole_cut(text, begin, grammar, longest)
    begin = main_clause(text, grammar, begin)
    bound = _binding_clause(text, grammar, begin)
    if bound is not None:
        return bound, bound + whole_cut(text, bound, grammar, longest)
    starts = [*_aimed(text, begin), *_starts(text, grammar, begin)]
    tries = [(start, SAYS_ENOUGH, most) for start in starts for most in (longest, longest + 3)]
    for start, beyond, most in [*tries, *((start, 0, longest) for start in starts)]:
        end = start + whole_cut(text, start, grammar, most)
        past_verb = start > grammar.root_span[0] or end >= grammar.root_span[1] + beyond
        if past_verb and not BACK.match(text[start:end]) and len(text[start:end].split()) >= 3:
            return start, end
    return begin, begin + whole_cut(text, begin, grammar, longest + 2)


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
#: "That, as we …": what the words point back to is not there.
BACK = re.compile(r"(?i)^(?:that|this|these|those|one|so|thus|hence),? ")
#: "It is not …", "There are …": the words after say more than these.
POINTER = re.compile(r"(?i)^(?:it|this|that|there|these|they) ")
BOUND = re.compile(
    r"(?:(?<=[,;:] )|(?<=[–—-] )|(?<=and )|(?<=but )|(?<=so ))(?:[Ww]e|(?:[Tt]he )?[A-Z]\w+(?: [A-Z]?\w+){0,3}) "
    r"(?:will|must|need to|needs to|shall|should|have decided to|want to) (?:also )?(?=\w)"
)


def _binding_clause(text: str, grammar: Grammar, begin: int) -> int | None:
    """Where the clause that binds begins, where the main clause only tells what was or is."""
    if grammar.modal or grammar.tense not in {"past", "present"} or grammar.form != "statement":
        return None
    found = [m for m in BOUND.finditer(text, begin) if m.start() > max(begin, grammar.root_span[1])]
    if not found or len(text[found[-1].end() :].split()) < 3:
        return None
    starts_we = found[-1].group().lower().startswith("we ")
    return found[-1].end() if starts_we else found[-1].start()


REST = re.compile(r"(?i)[,;]?\s+(?:etc|and so on|and more|and others)\.?$")


def _without_rest(words: str) -> str:
    return REST.sub("", words)


SUBORDINATE = re.compile(
    r"(?i)^(?:in order to|to|by|if|when|as|while|whilst|because|since|given|although|after|for|in|with) "
)


def main_clause(text: str, grammar: Grammar, begin: int) -> int:
    """Where the main clause begins when a subordinate one stands before it."""
    start = grammar.subject_start
    if start is not None and start > begin and SUBORDINATE.match(text[begin:]):
        return start
    return begin


#: An aim is named within so many characters of the sentence's start.
AIM_WITHIN = 30
#: A label should run at least so many characters beyond its verb.
SAYS_ENOUGH = 8


def _aimed(text: str, begin: int) -> list[int]:
    """Where the words after "our goal is to" begin, and the sentence itself where it asks for a deed."""
    first = re.match(r"[A-Za-z]+", text[begin:])
    if first is not None and first.group().lower() in DEEDS:
        return [begin]
    aim = AIMS.search(text, begin)
    if aim is None or aim.start() > begin + AIM_WITHIN:
        return []
    opening = re.match(r" (?:to|that) ", text[aim.end() :])
    return [aim.end() + opening.end()] if opening else []


def _starts(text: str, grammar: Grammar, begin: int) -> list[int]:
    starts = []
    subject = grammar.subject_start
    if subject is not None and grammar.subject.split()[0].lower() not in PRONOUNS:
        starts.append(max(subject, begin))
    if grammar.form in {"imperative", "gerund", "fragment", "infinitive"} or grammar.negated or grammar.passive:
        starts.append(begin)
    if grammar.object_dep in {"xcomp", "ccomp", "attr"} and grammar.object_span and grammar.verb not in STOPPERS:
        inner = grammar.object_span[0]
        opening = re.match(r"(?i)(?:to|that) ", text[inner:])
        starts.append(inner + (opening.end() if opening else 0))
    if grammar.root_span[0] >= begin and _stands_alone(grammar):
        starts.append(grammar.root_span[0])
    return [*starts, begin]


def _stands_alone(grammar: Grammar) -> bool:
    """Whether the main verb and what follows name the commitment without their subject."""
    plain = not grammar.subject or grammar.subject.split()[0].lower() in PRONOUNS
    return grammar.verb != "be" and not grammar.passive and (plain or bool(grammar.modal))


def whole_cut(text: str, start: int, grammar: Grammar, longest: int) -> int:
    """As `cut` from `start`, but never inside a noun chunk and never on a word that leaves one waiting."""
    rest = text[start:].rstrip(" .;:,")
    while longest >= 3:
        length = cut(rest, longest)
        inside = next((c for c in grammar.chunks if c.start < start + length < c.end), None)
        piece = rest[:length]
        if inside is None and not WAITING.search(piece) and presentable(piece) and not REST.search(piece):
            return length
        longest = len(piece.split()) - 1
    length = cut(rest, 12)
    inside = next((c for c in grammar.chunks if c.start < start + length < c.end), None)
    if inside is not None and len(text[start : inside.end].split()) <= MOST_WHOLE:
        return inside.end - start  # "secure a large, multi-year grant": a comma within a noun group ends nothing
    return length


MOST_WHOLE = 12


WAITING = re.compile(
    r"(?i)\b(?:a|an|the|of|to|for|in|on|at|by|with|from|into|as|and|or|but|its|their|our|your|his|her|which|that|who|than|is|are|be|was|were|"
    r"been|being|more|most|not|rather|such|so|when|where|if|via|through|over|under|towards?|until|before|after|during|about|between|around|"
    r"against|without|within|including|using|each|every|any|whether|wish|wishes|hope|hopes|these|those|this|also|will|must|should|can|may|has|have|had|do|does|we|they|it|"
    r"able|ability|likely|expected|required|needs?|wants?|aims?|seeks?|continues?|starts?|begins?|ways?|parts?|kinds?|sorts?|level|levels|lack|"
    r"leads?|involved|associated|based|owned|according|make|makes|take|takes|give|gives|putt?|get|gets|helping|starting|making|"
    r"linking|thinking|e\.g|i\.e|--?|–|—)$|"
    # a clause that is opened and has a subject, but says nothing of it yet: "one record of what a customer"
    r"\b(?:what|how|why|whether|where) (?:an?|the|our|their|its|your|each|every|all) \w+$|"
    r"\b(?:an?|the|our|its|their|each|every) (?:large|larger|small|new|big|good|great|greater|strong|stronger|high|higher|low|lower|long|"
    r"short|clear|wide|wider|full|better|best|major|single|common|further|sustainable|shared|safe|safer)$|"
    r"\b(?:allow|enable|empower|encourage|let|require)(?:s|ing)? (?:everyone|anyone|people|users|teams|staff|customers|members|"
    r"developers|departments|others|us)$"
)


def presentable(phrase: str) -> bool:
    """Whether a phrase can head a card: marks in pairs and no markup."""
    pairs = (("“", "”"), ("(", ")"))
    even = phrase.count('"') % 2 == 0 and all(phrase.count(a) == phrase.count(b) for a, b in pairs)
    return even and not re.search(r"[|{}\[\]*`\\]|<\w|https?:", phrase)
