"""Short phrases cut from a committing sentence: its label for headings, its focus for wording.

Owns: where a phrase may be cut. Must not know: practices, items, engines. A label is verbatim; a
focus is verbatim but for the inflection of its first verb.
"""

from __future__ import annotations

import re

from service.plan.grammar import Grammar
from service.reader.nouns import VAGUE
from service.reader.wordings import AIMS, DEEDS

LEADS = re.compile(
    r"^(?:(?:and|but|so|hence|therefore|thus|in addition|finally|first(?:ly)?|second(?:ly)?|also|moreover|instead|similarly|"
    r"to (?:do|achieve) (?:this|that|so)|as a result|in (?:this|the) \w+|(?:objective|goal|kr|key results?|action|milestone|activity|step|task|o|one|two|three|four|five|six|third(?:ly)?)\s*\d*(?:, for example)?)"
    r"\s*[,:–-]\s*|\(?[0-9ivx]{1,3}[).]\s+|\d+(?:\.\d+)+\.?\s+(?=[A-Z])|P\d: |[-–•*]\s*)+",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"(?i)[,;:(–—]|\s(?:so that|in order|which|who|whose|that|because|while|whilst|when|where|if|unless|until|before|after|by|through|"
    r"with|without|as|and|but|than|over|via|across|during|including|such)\s|\s(?:to|for|from|in|on|at)\s"
)
HARD_TAIL = re.compile(
    r"(?i)[,;:(–—]|\s(?:so that|in order|which|who|whose|because|while|whilst|when|where|if|unless|until|before|after|by|so)\s"
)
DEICTIC = re.compile(
    r"(?i)^(?:this|that|these|those|it|they|them|such|its|their|our own|the (?:above|following|same)|what|which|how|all)\b"
)
#: Verbs that end what follows them: their object must not be named as a thing to pursue.
STOPPERS = frozenset(
    [
        "stop",
        "end",
        "cease",
        "abolish",
        "drop",
        "close",
        "retire",
        "remove",
        "cut",
        "halve",
        "avoid",
        "cancel",
        "discontinue",
        "refuse",
        "decline",
    ]
)
LIGHT = re.compile(
    r"(?i)^(?:(?:start|begin)(?:n?ing)? (?:by|with) (?=\w+ing\b)|(?:be able|continue|start|begin|need|seek|aim|strive|look|plan|decide|want|have|be|is|are|work|go|going|help|try)(?:ing)? to |"
    r"(?:focus(?:ing)?|focusing our efforts|double down|concentrate|embark|build) on (?=\w+ing\b|\w+))"
)
#: "Reduced project sizes: lines of business …": the words before the colon name what follows.
TITLE = re.compile(r"^([A-Z][^:.;?!]{8,60}[^\s:]):\s+(?=[A-Z][a-z]+ \w+ \w+ \w+)")
OUR = re.compile(r"(?i)\b(our|we|us|my|your)\b")


def label(text: str, grammar: Grammar, longest: int = 12) -> tuple[int, int]:
    """Offsets of 3 to `longest` + 3 words of `text` that name the commitment; never mid-phrase."""
    begin = lead_end(text)
    body = text[begin:].rstrip(" .;:,")
    if title := TITLE.match(body):
        return begin, begin + title.end(1)
    if len(body.split()) <= longest and not POINTER.match(body):
        return begin, begin + len(_without_rest(body))
    begin = main_clause(text, grammar, begin)
    bound = _binding_clause(text, grammar, begin)
    if bound is not None:
        return bound, bound + whole_cut(text, bound, grammar, longest)
    starts = [*_aimed(text, begin), *_starts(text, grammar, begin)]
    tries = [(start, SAYS_ENOUGH, most) for start in starts for most in (longest, longest + 3)]
    for start, beyond, most in [*tries, *((start, 0, longest) for start in starts)]:
        end = start + whole_cut(text, start, grammar, most)
        past_verb = start > grammar.root_span[0] or end >= grammar.root_span[1] + beyond
        if past_verb and len(text[start:end].split()) >= 3:
            return start, end
    return begin, begin + whole_cut(text, begin, grammar, longest + 2)


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


def lead_end(text: str) -> int:
    """Where the sentence begins once list marks and connectives are gone."""
    match = LEADS.match(text)
    return match.end() if match else 0


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
PRONOUNS = {"we", "i", "it", "this", "that", "they", "there", "you", "these", "those", "he", "she"}


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
    return cut(rest, 12)


WAITING = re.compile(
    r"(?i)\b(?:a|an|the|of|to|for|in|on|at|by|with|from|into|as|and|or|but|its|their|our|your|his|her|which|that|who|than|is|are|be|was|were|"
    r"been|being|more|most|not|rather|such|so|when|where|if|via|through|over|under|towards?|until|before|after|during|about|between|around|"
    r"against|without|within|including|using|each|every|any|whether|wish|wishes|hope|hopes|these|those|this|also|will|must|should|can|may|has|have|had|do|does|we|they|it|"
    r"able|ability|likely|expected|required|needs?|wants?|aims?|seeks?|continues?|starts?|begins?|ways?|parts?|kinds?|sorts?|level|levels|lack|"
    r"leads?|involved|associated|based|owned|according|make|makes|take|takes|give|gives|putt?|get|gets|helping|starting|making|"
    r"linking|thinking|e\.g|i\.e|--?|–|—)$"
)


def cut(text: str, longest: int, shortest: int = 3) -> int:
    """Length of the longest prefix of at most `longest` words that ends where a phrase ends."""
    if len(text.split()) <= longest:
        return len(text)
    for pattern in (HARD_TAIL, TAIL):
        ends = [m.start() for m in pattern.finditer(text) if shortest <= len(text[: m.start()].split()) <= longest]
        if ends:
            return ends[-1]
    words = list(re.finditer(r"\S+", text))
    return words[min(longest, len(words)) - 1].end()


def focus(text: str, grammar: Grammar, longest: int = 10) -> str | None:
    """A noun or gerund phrase that fits after 'about', 'on', 'serves'; None where none is safe."""
    title = TITLE.match(text[lead_end(text) :])
    options = [title.group(1)] if title else [_verb_phrase(text, grammar), _object_phrase(text, grammar)]
    if not title and not grammar.negated and grammar.verb not in STOPPERS:
        options += chunk_phrases(grammar)
    options.append(_subject_phrase(grammar))
    fitting = (fitted(option, longest) for option in options if option)
    return next((phrase for phrase in fitting if phrase), None)


def fitted(phrase: str, longest: int) -> str | None:
    """The phrase cut to fit after a preposition, or None where it points elsewhere or breaks off."""
    phrase = AFTERTHOUGHT.split(ASIDE.sub("", phrase))[0]
    phrase = phrase[: cut(phrase, longest, shortest=2)].strip(" .,;:–—-\"'“”‘’")
    points = DEICTIC.match(phrase) or OUR.search(phrase) or BEING.match(phrase)
    broken = (
        len(phrase) < 4
        or not re.search(r"[A-Za-z]{4}", phrase)
        or phrase.count("(") != phrase.count(")")
        or not balanced(phrase)
    )
    return None if points or broken or DANGLING.search(phrase) else lower_first(phrase)


def _subject_phrase(grammar: Grammar) -> str | None:
    """Whom or what the sentence is about, where it says more than a pronoun: safe whatever it says of them."""
    words = grammar.subject.split()
    plain = len(words) <= 8 and len(bare(grammar.subject).split()) >= 2
    return grammar.subject if plain and words[0].lower() not in PRONOUNS | {"no", "nobody"} else None


def chunk_phrases(grammar: Grammar) -> list[str]:
    """Noun chunks of two words and more, the object before the subject before the rest."""
    order = ("dobj", "attr", "nsubjpass", "nsubj", "pobj")
    fitting = [c for c in grammar.chunks if c.dep in order and c.head not in VAGUE and len(bare(c.text).split()) >= 2]
    return [
        re.sub(r"(?i)^(?:our|their|its)\s+", "the ", c.text) for c in sorted(fitting, key=lambda c: order.index(c.dep))
    ]


AFTERTHOUGHT = re.compile(
    r"(?i),\s+(?:each|including|with|such as|which|who|where|especially|in particular|so|because)\b"
)
ASIDE = re.compile(r"\s*\([^()]*\)")
BARE = re.compile(r"(?i)^(?:(?:the|a|an|our|their|its|this|that|these|those|all|each|every|any|some|no|more)\s+)+")


def bare(chunk: str) -> str:
    """A noun chunk without its determiners."""
    return BARE.sub("", chunk)


BEING = re.compile(r"(?i)^(?:being|be|having been|been|has|have|is|are) ")
DANGLING = re.compile(r"(?i)\b(?:a|an|the|of|to|for|in|on|with|and|or|its|their|which|that|by|model in)$")


TRAILING = re.compile(r"(?i)[\s,]+(?:instead|too|as well|first|now|today|again|over time)$")
FINITE = re.compile(r"(?i)\b(?:will|must|is|are|was|were|has|have|can|should|shall|we|they|it)\b")


def noun_phrase(text: str, longest: int = 9) -> str | None:
    """The words as they fit after a preposition, or None where they hold a finite verb or point elsewhere."""
    phrase = TRAILING.sub("", ASIDE.sub("", text).strip(" .,;:"))
    phrase = phrase[: cut(phrase, longest, shortest=2)].strip(" .,;:")
    bad = not phrase or DEICTIC.match(phrase) or FINITE.search(phrase) or OUR.search(phrase) or not balanced(phrase)
    return None if bad else lower_first(phrase)


def presentable(phrase: str) -> bool:
    """Whether a phrase can head a card: marks in pairs and no markup."""
    pairs = (("“", "”"), ("(", ")"))
    even = phrase.count('"') % 2 == 0 and all(phrase.count(a) == phrase.count(b) for a, b in pairs)
    return even and not re.search(r"[|{}\[\]*`\\]|<\w|https?:", phrase)


def balanced(phrase: str) -> bool:
    """Whether quotation marks come in pairs and no marks of markup are left."""
    return (
        phrase.count('"') % 2 == 0
        and phrase.count("“") == phrase.count("”")
        and phrase.count("(") == phrase.count(")")
        and not re.search(r"[|<>{}\[\]*_`/\\]", phrase)
    )


def lower_first(phrase: str) -> str:
    """First letter small unless the first word is a name or an acronym."""
    first = phrase.split()[0]
    keep = first.isupper() or any(c.isupper() for c in first[1:]) or first in {"I"}
    return phrase if keep else phrase[:1].lower() + phrase[1:]


def _verb_phrase(text: str, grammar: Grammar) -> str | None:
    if grammar.negated or grammar.object_span is None or grammar.passive:
        return None
    if grammar.verb in STOPPERS and grammar.object_dep in {"xcomp", "ccomp"}:
        return f"no longer {text[grammar.object_span[0] : grammar.object_span[1]]}"
    if grammar.object_dep == "xcomp":
        phrase = text[grammar.object_span[0] : grammar.object_span[1]]
        phrase = re.sub(r"(?i)^to ", "", phrase)
    elif grammar.form in {"imperative", "gerund", "infinitive"} or grammar.modal in {"will", "must", "shall", "should"}:
        if grammar.object_dep not in {"dobj", "obj", "ccomp"} or grammar.object_span[0] < grammar.root_span[0]:
            return None
        phrase = text[grammar.root_span[0] : grammar.object_span[1]]
    else:
        return None
    while match := LIGHT.match(phrase):
        phrase = phrase[match.end() :]
    return _gerund(phrase)


def _gerund(phrase: str) -> str | None:
    import lemminflect  # 0.3 s to import: only where a document is worded

    words = phrase.split()
    if not words or not words[0].isalpha():
        return None
    lemmas = lemminflect.getLemma(words[0].lower(), upos="VERB")
    if words[0].lower().endswith("ing") and words[0].lower() not in lemmas:
        return phrase
    forms = lemminflect.getInflection(words[0].lower(), tag="VBG")
    is_verb = "VERB" in lemminflect.getAllLemmas(words[0].lower())
    return " ".join([forms[0], *words[1:]]) if forms and is_verb and len(words) > 1 else None


def _object_phrase(text: str, grammar: Grammar) -> str | None:
    if grammar.object_span is None or grammar.object_dep in {"ccomp", "acomp", "xcomp"}:
        return None
    start, end = grammar.object_span
    if grammar.object_dep == "nsubjpass" or grammar.negated:
        return None
    return re.sub(r"(?i)^(?:our|their|its)\s+", "the ", text[start:end])
