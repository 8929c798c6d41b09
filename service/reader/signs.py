"""Signs of commitment that join grammar, form and place: features of the classifier beside the plain cues.

Owns: the signs and their names. Must not know: the weights, plans, engines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from retrieval.documents import BlockKind
from service.plan.grammar import Grammar
from service.reader.wordings import DEEDS, LABEL

STATES = frozenset(
    [
        "be",
        "have",
        "exist",
        "contain",
        "include",
        "remain",
        "consist",
        "seem",
        "appear",
        "become",
        "mean",
        "depend",
        "need",
        "know",
    ]
)
TELLS = frozenset(
    [
        "describe",
        "outline",
        "explain",
        "summarise",
        "summarize",
        "note",
        "say",
        "state",
        "discuss",
        "report",
        "list",
        "show",
        "illustrate",
        "present",
        "reflect",
        "represent",
        "define",
        "refer",
        "mention",
        "see",
        "read",
        "call",
        "argue",
        "find",
        "think",
        "believe",
        "feel",
        "hear",
        "learn",
        "suggest",
    ]
)


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"(?i)\b(?:" + "|".join(alternatives) + r")\b")


OWN = _any(
    "we|departments?|agenc(?:y|ies)|teams?|organi[sz]ations?|foundation|ministr(?:y|ies)|government|councils?|boards?|staff",
    "employees|managers?|leaders?|leadership|developers|engineers|services|it|[A-Z]{2,6}",
    "the (?:company|project|group|trust|agency|department|bank|university|library|office|programme|program|service)",
    "the (?:community|organisation|organization|strategy|standard|policy|plan)",
    r"all (?:new|services|teams|staff|systems|projects|products)|every (?:team|service|product|project|department|manager)",
)
OTHERS = _any(
    "users?|customers?|citizens|people|competitors|companies|developers|maintainers|market|population|research|survey",
    r"most \w+|many \w+|others|they|canadians|businesses|somebody|everyone|industry",
)
ABOUT_TEXT = re.compile(
    r"(?i)^(?:this|the) (?:document|strategy|plan|page|section|report|list|roadmap|rfc|chapter|paper|framework|vision|table|"
    r"figure|following|version|post|proposal)\b"
)
VISION_HEADING = re.compile(
    r"(?i)\b(?:vision|future|20[3-9]\d|202[4-9]|outcomes?|ambitions?|success|north star|what good looks|target state|end state|"
    r"aspir\w+|\w+ years?)\b"
)
RESULT_HEADING = _any("key results?|okrs?|objectives?|targets?|measures of success|milestones?|kpis?|goals?|results")
TARGET = re.compile(
    r"(?i)(?:[<>≤≥]|\b(?:at least|at most|no more than|fewer than|less than|more than|under|within|up to|by|in|to|every|per|reach|"
    r"of)\s+[£$€>]*\d[\d,.]*|\d+\s?%|\bhalf\b|\bzero\b|\btwice\b|\b\d+x\b)"
)
PAST_TIME = re.compile(
    r"(?i)^(?:in|since|during|by) (?:19|20)\d\d\b|\b(?:last year|ago|previously|since then|over the (?:last|past)|to date|so far|"
    r"historically|began in|was founded|has been growing|has grown|years since)\b"
)
GENERAL = _any(
    "often|usually|typically|generally|sometimes|tend(?:s)? to|in general|commonly|frequently",
    "it is (?:well known|clear|often|difficult|hard)|there (?:is|are|was|were|has|have)",
)
PERHAPS = _any(
    "may|might|could|can be|possibly|perhaps|potentially|likely|unlikely|unclear|maybe|hope|if necessary|would|wish",
    "tentative|stretch",
)
ASIDE = re.compile(
    r"(?i)^(?:because|since|given|although|while|whilst|however|unfortunately|for example|note that|on the other hand|of course|"
    r"in particular|these|those|such|it|they|some|many|most|today|currently|there)\b"
)
OUGHT = _any(
    "should|ought to|is to|are to|(?:is|are) expected to|needs? to be|is important that|is crucial|is essential",
    "it is vital|is key",
)
CONTRAST = _any("rather than|instead of|not just|not only|no longer|as opposed to|not (?:a|an)|over")
ABLE = _any("can|be able to|(?:are|is) able to|have access|without")
PERFECT = re.compile(r"(?i)\b(?:has|have|had|['’]ve)\b")
FIRST_WORD = re.compile(r"[^A-Za-z]*([A-Za-z]+)")


def signs(text: str, heading: str, kind: BlockKind, grammar: Grammar) -> Mapping[str, float]:
    """1.0 for each sign that holds, else 0.0; the names are stable features."""
    held = {
        **_roots(text, grammar),
        **_placed(text, heading, kind, grammar),
        **_worded(text),
        **_shaped(text, grammar),
    }
    return {name: float(value) for name, value in held.items()}


def _roots(text: str, grammar: Grammar) -> dict[str, bool]:
    """Who speaks and what the main verb does."""
    own, others = _own(grammar), _others(grammar)
    present = _present(grammar)
    past = grammar.tense == "past" and not grammar.modal
    return {
        "root_deed": grammar.verb in DEEDS,
        "root_state": grammar.verb in STATES,
        "root_tells": grammar.verb in TELLS,
        "own_subject": own,
        "others_subject": others,
        "modal_should": grammar.modal in {"should", "ought"},
        "modal_may": grammar.modal in {"may", "might", "could", "would"},
        "modal_will": grammar.modal in {"will", "shall", "'ll", "’ll"},
        "modal_must": grammar.modal == "must",
        "modal_can": grammar.modal in {"can", "could"},
        "own_present": own and present,
        "own_modal": own and bool(grammar.modal),
        "others_present": others and present,
        "past_perfect": past and bool(PERFECT.search(text)),
    }


def _placed(text: str, heading: str, kind: BlockKind, grammar: Grammar) -> dict[str, bool]:
    """Form joined with the heading above."""
    listed, deed = kind is BlockKind.list_item, _deed_first(text, grammar)
    vision, results = bool(VISION_HEADING.search(heading)), bool(RESULT_HEADING.search(heading))
    present = _present(grammar)
    return {
        "listed_deed": listed and deed,
        "listed_result": listed and results,
        "listed_fragment_result": listed and results and grammar.form == "fragment",
        "present_vision": present and vision,
        "present_result": present and results,
        "target_result": results and bool(TARGET.search(text)),
        "deed_first": deed,
    }


def _worded(text: str) -> dict[str, bool]:
    patterns = {
        "about_text": ABOUT_TEXT,
        "target": TARGET,
        "past_time": PAST_TIME,
        "general": GENERAL,
        "perhaps": PERHAPS,
        "ought": OUGHT,
        "contrast": CONTRAST,
        "able": ABLE,
    }
    return {name: bool(pattern.search(text)) for name, pattern in patterns.items()} | {"aside": bool(ASIDE.match(text))}


def _shaped(text: str, grammar: Grammar) -> dict[str, bool]:
    count, low = len(text.split()), text.lower()
    return {
        "long_lead_in": text.rstrip().endswith(":") and count > 8,
        "address": "http" in text or "www" in text,
        "below_5": count < 5,
        "below_10": count < 10,
        "below_20": count < 20,
        "from_30": count >= 30,
        "many_numbers": len(re.findall(r"\d+", text)) >= 3,
        "bracket": "(" in text,
        "starts_we": low.startswith(("we ", "our ")),
        "starts_we_present": low.startswith("we ") and _present(grammar),
    }


def _own(grammar: Grammar) -> bool:
    return bool(OWN.search(grammar.subject))


def _others(grammar: Grammar) -> bool:
    return bool(OTHERS.search(grammar.subject)) and not grammar.subject.lower().startswith("we")


def _present(grammar: Grammar) -> bool:
    return grammar.tense == "present" and not grammar.modal


def _deed_first(text: str, grammar: Grammar) -> bool:
    label = LABEL.match(text)
    match = FIRST_WORD.match(text[label.end() :] if label else text)
    return grammar.form in {"imperative", "infinitive"} or (match is not None and match.group(1).lower() in DEEDS)
