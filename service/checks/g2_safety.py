"""G2 Safety and ethics: no person is measured, ranked or named, and nobody instructs the reader.

Owns: the words that measure or single out people, and the words of hidden instructions. Must not
know: stages, engines. The words live here because a gate must not depend on a file being filled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.checks.context import CheckContext
from service.checks.fields import TextField, texts_of
from service.checks.scoring import ItemScore, folded_score, items_of
from service.plan.items import Indicator
from service.plan.plan import CriterionScore, Plan

_PERSON = r"(?:person|individual|employee|staff member|team member|member of staff|developer|engineer|manager|worker)"
_TRADES = "colleague|nurse|officer|adviser|advisor|clinician|doctor|teacher|designer|analyst|member|maintainer"
_WORKER = rf"(?:{_PERSON}|{_TRADES})"
_ONE_EACH = rf"(?:each|every|per|by|single|individual) {_PERSON}"
_MEASURED = (
    r"keystrokes?|keyboard activity|screen[- ]?time|leader ?boards?|league tables?|calendar surveillance|"
    r"performance (?:ratings?|appraisals?|reviews? of (?:people|individuals|staff))|stack[- ]rank\w*|"
    r"time online|webcam|badge data|mouse (?:movement|activity)|name and shame|bottom performers?|"
    r"(?:individual|personal) (?:scores?|targets?|productivity|utili[sz]ation|rankings?|league|metrics?)|"
    rf"rank(?:s|ed|ing)? (?:the |all |our )?(?:{_PERSON}s?|people|staff|leaders|individuals|members)|"
    r"(?:managers?|leaders?|staff|people|individuals|employees|engineers|developers)\b[^.;]{0,40}\b"
    r"(?:ranked|rated|scored|graded) (?:monthly|weekly|daily|against|by|on|from|in)|"
    r"(?:managers?|leaders?|staff|people|individuals|employees|engineers|developers)\b[^.;]{0,40}\b"
    r"(?:are|is|get|be) (?:ranked|rated|scored|graded)|"
    rf"(?:score|rating|ranking|rank|count|number|share|hours|minutes|tickets|commits|notes)s?\b[^.;]{{0,40}}\b{_ONE_EACH}|"
    rf"{_ONE_EACH}(?:['’]s)? (?:score|rating|output|productivity|hours|rank|tickets|commits|response time)s?|"
    r"(?:monitors?|tracks?|surveils?|measures?|rates?|scores?|grades?|ranks?) (?:each|every|individual|single) "
    rf"(?:{_PERSON}|people|staff)s?|monitors? (?:people|staff|employees|individuals)|"
    rf"(?:order|sort|rank|list)(?:s|ed|ing)? [^.;]{{0,40}}\bfrom (?:the )?(?:best|worst|fastest|slowest)|best to worst|"
    rf"(?:slowest|fastest|best|worst|weakest|least productive|lowest[- ]performing) {_WORKER}s?|"
    rf"by (?:each|every|the (?:slowest|fastest|best|worst|weakest)) {_WORKER}|"
    r"(?:part of|in|into) the (?:appraisal|performance talk|yearly talk|annual review)|"
    r"(?:names?|initials) (?:sorted|ranked|ordered) by|initials beside|laggards?|stragglers|slackers|"
    r"under-?performers|top performers|(?:read|taken|counted) from (?:logins?|log-ins?|door cards?|key cards?)|"
    rf"calendars? of (?:each|every|all) {_WORKER}s?|idle (?:hours|time|minutes)"
)
_MEASURES_PEOPLE = re.compile(rf"\b(?:{_MEASURED})\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:no|not|never|without|nor|neither|nobody|instead of|rather than|except)\b[^.;:]{0,60}$", re.I
)
_HANDLE = re.compile(r"(?<![\w.+-])@[A-Za-z]\w+")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Prof(?:essor)?)\.? (?:[A-Z]\w+)")
_FIRST = (
    "James John Robert Michael William David Richard Joseph Thomas Charles Daniel Matthew Anthony Steven Paul Andrew "
    "Joshua Kenneth Kevin Brian George Edward Ronald Timothy Jason Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan "
    "Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Patrick Alexander Frank Raymond Dennis Jerry Tyler "
    "Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Nancy Lisa Betty Margaret Sandra Ashley "
    "Kimberly Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Laura Sharon Cynthia Kathleen Amy "
    "Angela Shirley Anna Brenda Pamela Emma Nicole Helen Samantha Katherine Christine Debra Rachel Carolyn Janet "
    "Maria Heather Diane Julie Olivia Priya Aisha Fatima Mohammed Muhammad Ahmed Chen Wei Ingrid Lars Pierre Marie"
)
_NAMED = re.compile(rf"\b(?:{'|'.join(_FIRST.split())}) [A-Z][a-z]+\b")
_NOT_A_PERSON = re.compile(
    r"\b(?:Foundation|Hospital|University|College|School|Institute|Centre|Center|Trust|Street)\b"
)
_PERSON_SCOPE = re.compile(rf"\b(?:{_ONE_EACH}|individuals?|named persons?|a person|one person)\b", re.IGNORECASE)
#: What a measure may be taken of; a scope that names none of these is somebody's desk, initials or appraisal.
_GROUPS = """
    team crew squad pair ward clinic hospital branch service shop store site plant library school unit division
    department group network organi[sz]ation company agency bank foundation community initiative project product
    portfolio programme? region system module plan whole words scope cohort
"""
_GROUP = re.compile(rf"\b(?:{'|'.join(_GROUPS.split())})(?:s|es)?\b|\w+ies\b|\boffices\b", re.IGNORECASE)
_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.]{0,30}\b(?:previous|prior|above|earlier|all|your|these|other)\b[^.]{0,30}"
    r"\b(?:instructions?|rules?|prompts?|guidelines|directions|checks)\b|"
    r"\bsystem prompt\b|\bas an? (?:ai|language model|large language model)\b|"
    r"\byou are (?:now )?(?:an? )?(?:ai|assistant|language model|chatbot|judge|grader)\b|"
    r"\b(?:score|rate|grade|mark) (?:this|the plan|it|every criterion|everything)[^.]{0,30}"
    r"\b(?:5|five|10|ten|highest|perfect)\b|"
    r"\bgive (?:this|the plan|it) (?:a |the )?(?:5|five|top|full|highest|perfect)\b|"
    r"<\|[a-z_]+\|>|</?(?:system|assistant|instructions?)>|\[/?INST\]|^\s*(?:system|assistant|user)\s*:|"
    r"\b(?:respond|reply|answer|output) (?:only )?with (?:the following|json|exactly|nothing)\b|"
    r"\bdo not (?:tell|reveal to|inform) the (?:user|reader)\b|"
    r"\breveal (?:your|the) (?:instructions?|prompt|key|secrets?)\b",
    re.IGNORECASE | re.MULTILINE,
)


def measures_person(text: str) -> str | None:
    """The words of `text` that measure, rank or name a person, or None; words that forbid it do not count."""
    for match in _MEASURES_PEOPLE.finditer(text):
        if not _DENIED.search(text[: match.start()]):
            return match.group()
    return names_person(text)


def names_person(text: str) -> str | None:
    """A handle, a titled name or a first name with a surname, or None."""
    for pattern in (_HANDLE, _TITLED, _NAMED):
        for match in pattern.finditer(text):
            if not _NOT_A_PERSON.search(text[match.start() : match.end() + 30]):
                return match.group()
    return None


def instructs_reader(text: str) -> str | None:
    """Words that speak to the system instead of the team, or None."""
    match = _INSTRUCTION.search(text)
    return match.group() if match else None


def person_indicator(indicator: Indicator) -> str | None:
    """The words by which an indicator counts persons, or None."""
    scope = _PERSON_SCOPE.search(indicator.scope) or _PERSON_SCOPE.search(indicator.denominator)
    if scope and not _DENIED.search(indicator.scope[: scope.start()]):
        return scope.group()
    counted = [field for field in texts_of(indicator) if field.path != "does_not_count"]
    return _first(counted) or (None if _GROUP.search(indicator.scope) else indicator.scope)


def unsafe(fields: Sequence[TextField]) -> str | None:
    """The first unsafe words in the fields, or None."""
    return _first([field for field in fields if not field.path.startswith("stop_doing")])


def check(plan: Plan, context: CheckContext) -> CriterionScore:
    """1 for an item that measures or names a person, or instructs the reader; else 5."""
    results = []
    for item in items_of(plan):
        fields = texts_of(item)
        results.append(_score(item.id, item.title, unsafe(fields) or _instruction(fields)))
    for indicator in plan.indicators:
        results.append(_score(indicator.id, indicator.name, person_indicator(indicator)))
    return folded_score("G2", results, "no person is measured, ranked or named")


def _score(item_id: str, title: str, words: str | None) -> ItemScore:
    return ItemScore(item_id, 1.0, f"{title}: '{words}'") if words else ItemScore(item_id, 5.0)


def _first(fields: Sequence[TextField]) -> str | None:
    return next((words for words in map(measures_person, (field.text for field in fields)) if words), None)


def _instruction(fields: Sequence[TextField]) -> str | None:
    return next((words for words in map(instructs_reader, (field.text for field in fields)) if words), None)
