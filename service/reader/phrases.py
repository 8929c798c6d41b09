"""Short phrases cut from a committing sentence: its focus for wording, its noun phrases.

Owns: where a phrase may be cut. Must not know: labels, practices, items, engines. A focus is verbatim
but for the inflection of its first verb.
"""

from __future__ import annotations

import re

from service.plan.grammar import Grammar
from service.reader.nouns import VAGUE

LEADS = re.compile(
    r"^(?:(?:and|but|so|hence|therefore|thus|in addition|finally|first(?:ly)?|second(?:ly)?|also|moreover|instead|similarly|"
    r"to (?:do|achieve) (?:this|that|so)|as a result|in (?:this|the) \w+|(?:objective|goal|kr|key results?|action|milestone|activity|step|task|o|one|two|three|four|five|six|third(?:ly)?)\s*\d*(?:, for example)?)"
    r"\s*(?:[,:]\s*|[–-]\s+)|\(?[0-9ivx]{1,3}[).]\s+|[A-Z]{0,3}\d+(?:\.\d+)+\.?\s+(?=[A-Z])|P\d: |[-–•*]\s*)+",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"(?i),(?!\d)|[;:(–—]|\s(?:so that|in order|which|who|whose|that|because|while|whilst|when|where|if|unless|until|before|after|by|through|"
    r"with|without|as|and|but|than|over|via|across|during|including|such)\s|\s(?:to|for|from|in|on|at)\s"
)
HARD_TAIL = re.compile(
    r"(?i),(?!\d)|[;:(–—]|\s(?:so that|in order|which|who|whose|because|while|whilst|when|where|if|unless|until|before|after|by|so)\s"
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
PRONOUNS = {"we", "i", "it", "this", "that", "they", "there", "you", "these", "those", "he", "she"}


def lead_end(text: str) -> int:
    """Where the sentence begins once list marks and connectives are gone."""
    match = LEADS.match(text)
    return match.end() if match else 0


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
    keep = (first.isupper() and first != "A") or any(c.isupper() for c in first[1:]) or first in {"I"}
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
    return as_gerund(phrase)


def as_gerund(phrase: str) -> str | None:
    """The phrase with its first word, a verb, as a gerund ("set standards" → "setting standards"); None where it is none."""
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
