"""Why a sentence that sounds strategic commits nobody.

Owns: the rules of refusal and their order. Must not know: the classifier, plans, engines.
"""

from __future__ import annotations

import re

from retrieval.documents import BlockKind
from service.plan.grammar import Grammar
from service.plan.reading import NotCommitment
from service.reader.binding import unlabelled
from service.reader.cues import AGAINST
from service.reader.wordings import DEEDS

HISTORY_HEADING = re.compile(
    r"(?i)\b(?:history|looking back|what we (?:did|achieved)|last year|lessons|retrospective|achievements)\b"
)
#: Sections of a log of releases: "4.2.0 (2024-03-11) > Added".
RELEASE_HEADING = re.compile(
    r"(?i)\bchange ?log\b|\brelease notes\b|\bv?\d+\.\d+\.\d+\b|^(?:added|changed|fixed|deprecated|removed|security|bug ?fixes)$"
)
ATTRIBUTED = re.compile(
    r"(?i)\b(?:as stated in|according to|commits to [\"“]|argues?|writes|said|notes that|puts it|report(?:ed)? that|"
    r"in the words of)\b|^\s*[\"“][^\"”]+[\"”]\s*(?:[-–—―]|$)"
)
#: "Growth: a product which …", "A segment is a group of …"
DEFINES = re.compile(
    r"^[A-Z][\w /&-]{2,40}:\s+(?:[Aa]n?|[Tt]he) [^.]{3,60}\b(?:which|who|that|where|with)\b|^(?!(?i:where|this|which|it|that)\b)[\w -]{2,40} (?:means|refers to|is defined as)\b"
)
#: Sections that sort things rather than want them.
KINDS_HEADING = re.compile(
    r"(?i)(?<![\w-])(?:glossary|definitions?|terminology|(?:protection |maturity |lifecycle )?(?:levels?|stages?)|personas?|segments?|"
    r"actors?|types of|kinds of|categories)\b(?!-)(?!.*\b(?:plan|goals?|action|will)\b)"
)
GLOSSARY = re.compile(r"(?i)\b(?:glossary|definitions?|terminology)\s*$")
SHORT_HEADING = 5
WHY_HEADING = re.compile(r"(?i)^(?:\d[\d.]*\s+)?why\b|\brationale\b|\bneeds (?:of|for)\b|\bwhat (?:do|are) .* needs?\b")
OWN_WORDS = re.compile(r"(?i)\b(?:vision|mission|ambition|purpose|goals?|promise)\b")
RESULT_PRESENT = re.compile(
    r"(?i)\b(?:since then|we(?:['’]ve| have) (?:already |now )?\w+ed|has (?:already )?\w+ed|was |were )\b"
)
#: "Today ferry teams wait three weeks …"; "Today we …" may be a choice.
PRESENT_STATE = re.compile(
    r"(?i)^(?:today|currently|at present|at the moment|so far|until now|to date),? (?!we\b)(?!.*\b(?:is|are) \w+ing\b)"
)
INSTRUCTION_YOU = re.compile(
    r"(?i)\byou(?:['’]ll)? (?:should|must|need to|will need|can|may|might|do(?:n['’]t)?)\b|^(?:run|click|check|navigate|install)\b"
)
FORWARD = re.compile(
    r"(?i)\b(?:will|must|need to|shall|going to|aim|goal|by 20\d\d|decided to|commit(?:ted)? to|focus)\b"
)


def reasons_against(text: str, heading: str, kind: BlockKind, grammar: Grammar) -> tuple[NotCommitment, ...]:
    """All reasons, strongest first; empty where nothing speaks against it."""
    reasons: list[NotCommitment] = []
    if kind is BlockKind.block_quote or (ATTRIBUTED.search(text) and not _own_vision(text, heading)):
        reasons.append(NotCommitment.quotation)
    reasons += [reason for reason, pattern in AGAINST if pattern.search(text)]
    if grammar.form == "question":
        reasons.append(NotCommitment.invitation)
    if INSTRUCTION_YOU.search(text):
        reasons.append(NotCommitment.instruction)
    section = heading.split(" > ")[-1]
    if DEFINES.match(text) or GLOSSARY.search(section) or (_sorts(section) and not _asks(text)):
        reasons.append(NotCommitment.definition)
    if kind is BlockKind.list_item and WHY_HEADING.search(section):
        reasons.append(NotCommitment.context)
    if PRESENT_STATE.match(text) and grammar.tense == "present" and not FORWARD.search(text):
        reasons.append(NotCommitment.context)
    if RELEASE_HEADING.search(heading) or RELEASE_HEADING.search(section):
        reasons.append(NotCommitment.history)
    if _history(text, heading, grammar):
        reasons.append(NotCommitment.history)
    return tuple(dict.fromkeys(reasons))


def _sorts(section: str) -> bool:
    return len(section.split()) <= SHORT_HEADING and bool(KINDS_HEADING.search(section))


def _asks(text: str) -> bool:
    """Whether the words bind somebody even where the section only sorts things."""
    first = re.match(r"\W*([A-Za-z]+)", unlabelled(text))
    return bool(FORWARD.search(text)) or (first is not None and first.group(1).lower() in DEEDS)


def _history(text: str, heading: str, grammar: Grammar) -> bool:
    if FORWARD.search(text):
        return False
    past = grammar.tense == "past" and not grammar.modal
    return past and (bool(HISTORY_HEADING.search(heading)) or bool(RESULT_PRESENT.search(text)))


def _own_vision(text: str, heading: str) -> bool:
    """A vision or mission set in quotation marks under its own heading is the organisation's word."""
    return bool(OWN_WORDS.search(heading)) and bool(re.match(r"\s*[\"“][^\"”]+[\"”]\s*$", text))
