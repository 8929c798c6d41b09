"""C4 Repeatability: a trigger a calendar or a camera would catch, and how often to expect it.

Owns: what a trigger must begin with, vague words of time and cutting them. Must not know: stages.
"""

from __future__ import annotations

import re

from corpora.lexicons import Lexicons
from corpora.records import Period
from service.checks.context import CheckContext
from service.checks.scoring import ItemScore, by_faults, folded_score
from service.checks.wording import STOP_WORDS, phrase_pattern, words
from service.plan.items import BehaviourDraft, RitualDraft
from service.plan.plan import CriterionScore, Plan

_BEGINS = re.compile(r"^(?:when|after|before|at|if|every|each)\b", re.IGNORECASE)
_REPAIRS = (
    (re.compile(r"^(?:whenever|as soon as|any time|anytime|each time that|every time that)\b", re.IGNORECASE), "When"),
    (re.compile(r"^(?:prior to)\b", re.IGNORECASE), "Before"),
    (re.compile(r"^(?:upon|following)\b", re.IGNORECASE), "After"),
    (re.compile(r"^once (?=the|a|an|its|their|this)\b", re.IGNORECASE), "After "),
)
_REAL_PACE = "daily|weekly|fortnightly|monthly|quarterly|yearly|annual|fixed|agreed|the\\b|this\\b|that\\b|its\\b"
_EASING = (
    "time|workload|capacity|diar(?:y|ies)|calendars?|schedules?|things|matters|life|work|pressure|dust|mood|energy"
)
#: Vague words of time that no list can hold: a pattern each for "when it suits" in its many dresses.
_AT_PLEASURE = re.compile(
    r"\b(?:when(?:ever)?|as|if|where(?:ver)?) (?:time|capacity|workload|circumstances?) (?:allows?|permits?)|"
    r"\bas (?:the )?(?:situation|need|occasion|circumstances?|case) (?:demands?|requires?|arises?|allows?|warrants?)|"
    r"\bat (?:suitable|appropriate|convenient|sensible|irregular|opportune) (?:intervals?|moments?|times?|points?)|"
    r"\bon a (?:rolling|continuous|continual|frequent|periodic) basis|"
    r"\b(?:when|whenever|if|where|wherever) (?:it )?(?:seems?|is|feels?|proves?|looks?) (?:to be )?"
    r"(?:useful|helpful|right|suitable|needed|necessary|opportune|sensible|appropriate|called for)|"
    r"\bwhen the (?:time|moment) is (?:right|ripe)|\bat some point|\bsooner or later|\bevery (?:now and then|so often)|"
    r"\bonce in a while|\bin (?:good|due) (?:time|season)|\b(?:now|time|again) and (?:then|again)|"
    r"\bas often as (?!once|twice|\d)|\b(?:more or less|roughly|around) (?:every|each|once) |"
    r"\b(?:every|each) (?:few|couple of|so many|several) (?:days|weeks|months|quarters)|"
    rf"\bat (?:a |an )?(?!{_REAL_PACE})\w+ (?:intervals?|rhythm|pace|frequency)|"
    r"\bwhen(?:ever)? there is (?:a |an |some |enough )?(?:quiet |spare |free |good |right |little )*"
    r"(?:moment|time|room|space|capacity|occasion|appetite)|"
    rf"\b(?:when|whenever|once|as soon as|if|after) (?:the |our |their |all )?(?:{_EASING}) (?:\w+ ){{0,2}}?"
    r"(?:allows?|permits?|lets? up|settles?|settled|calms?|calmed|eases?|eased|quietens?|slows?|suits?)(?: down)?|"
    r"\b(?:when|whenever|once|as soon as) (?:everybody|everyone|all|people|the (?:team|group)|those concerned) "
    r"(?:feels?|is|are|seems?) (?:\w+ )?(?:ready|able|willing|comfortable|free)|"
    r"\bas (?:the |a )?(?:need|demand|occasion|case|moment|situation)s? (?:\w+ )?"
    r"(?:becomes?|appears?|emerges?|grows?|dictates?)(?: (?:apparent|clear|known|obvious))?",
    re.IGNORECASE,
)
#: Words by which an opening that begins like a moment names none: "at every opportunity", "if at all possible".
_EMPTY_WORDS = """
    opportunity opportunities occasion occasions doubt possible possibility way ways step steps circumstance
    circumstances situation time times moment moments thing things anything everything something else all said done
    course matter matters case heart mind spirit best least last first once needed necessary need needs call calls
    called asked required appropriate suitable useful helpful feasible practicable ready right place order own together
    again always ever never able comes come arises arise allow allows permit permits turn point instance good fine well
    clear obvious
"""
_NO_EVENT = STOP_WORDS | frozenset(_EMPTY_WORDS.split())
_IDIOM = re.compile(
    r"^(?:at the end of the day|after all|before long|at first sight|when push comes to shove)\b(?!,? of)",
    re.IGNORECASE,
)
#: Adjectives ("regular contact", "ongoing cost") that say no time are left alone; as a moment they are vague.
_ADJECTIVE_BEFORE_NOUN = re.compile(r"^\s+\w+", re.IGNORECASE)
_LEFT_OVER = re.compile(r"\(\s*\)|,\s*(?=[,.;])|\s+(?=[,.;])|[,;]\s*$|^[,;]\s*")
MIN_TRIGGER_WORDS = 3
#: A rhythm of the calendar is a moment in two words.
_CALENDAR = re.compile(
    r"^(?:every|each) (?:working day|day|morning|week|fortnight|month|quarter|year|"
    r"(?:mon|tues|wednes|thurs|fri)day|spring|summer|autumn|winter)$",
    re.IGNORECASE,
)


def begins_with_event(trigger: str) -> bool:
    """Whether the trigger starts with When, After, Before, At, If, Every or Each."""
    return bool(_BEGINS.match(trigger))


def mended_trigger(trigger: str) -> str:
    """The trigger with an allowed first word where a plain exchange keeps it grammatical."""
    for pattern, word in _REPAIRS:
        if pattern.match(trigger):
            return pattern.sub(word, trigger, count=1)
    return trigger


#: Words in curly marks are another's.
_QUOTED = re.compile(r"“[^”]*”")


def vague_time(text: str, lexicons: Lexicons) -> str | None:
    """A vague word of time, or None; what is quoted stays as its author wrote it.

    "ongoing" and "often" only count where no noun or measure follows.
    """
    found = _vague(text, lexicons)
    return found.group() if found else None


def _vague(text: str, lexicons: Lexicons) -> re.Match[str] | None:
    plain = _QUOTED.sub(lambda quoted: "\x00" * len(quoted.group()), text)
    for match in phrase_pattern(lexicons.vague_phrases).finditer(plain):
        rest, before = plain[match.end() :], plain[: match.start()].lower()
        if match.group().lower() == "ongoing" and _ADJECTIVE_BEFORE_NOUN.match(rest):
            continue
        if match.group().lower() == "often" and before.endswith(("how ", "most ", "more ", "as ", "too ", "less ")):
            continue
        return match
    return _AT_PLEASURE.search(plain)


def without_vague_time(text: str, lexicons: Lexicons) -> str:
    """The text with vague words of time cut and the punctuation around them closed."""
    while (vague := _vague(text, lexicons)) is not None:
        text = f"{text[: vague.start()].rstrip()} {text[vague.end() :].lstrip()}"
        text = _LEFT_OVER.sub("", text).strip()
    return text


def is_a_moment(trigger: str, lexicons: Lexicons) -> bool:
    """Whether the trigger names an event: right first word, three words left, nothing vague, something that happens."""
    named = without_vague_time(trigger, lexicons)
    if _CALENDAR.match(named.strip(" ,.")):
        return True
    happens = [word for word in words(named) if word not in _NO_EVENT]
    return (
        begins_with_event(named)
        and len(words(named)) >= MIN_TRIGGER_WORDS
        and bool(happens)
        and not _IDIOM.match(named.strip(" ,."))
    )


def check(plan: Plan, context: CheckContext) -> CriterionScore:
    """Behaviours by trigger and cadence, rituals by cadence: both sound is 5, one is 3, none is 1."""
    results = [_behaviour(item, context.lexicons) for item in plan.behaviours]
    results += [_ritual(item, context.lexicons) for item in plan.rituals]
    return folded_score("C4", results, "every act has its moment and its frequency")


def _behaviour(item: BehaviourDraft, lexicons: Lexicons) -> ItemScore:
    faults = []
    if not begins_with_event(item.trigger):
        faults.append(f"the trigger '{item.trigger}' does not begin with an event")
    elif not is_a_moment(item.trigger, lexicons):
        faults.append(f"the trigger '{item.trigger}' names no moment")
    vague = vague_time(item.trigger, lexicons) or vague_time(item.action, lexicons)
    if vague or item.cadence.period is Period.once:
        faults.append(f"'{vague}' is no frequency" if vague else "it happens once")
    return by_faults(item.id, item.title, faults, step=2.0)


def _ritual(item: RitualDraft, lexicons: Lexicons) -> ItemScore:
    vague = vague_time(f"{item.purpose} {item.title}", lexicons)
    faults = [f"'{vague}' is no frequency"] if vague else []
    if item.cadence.period is Period.once:
        faults.append("it happens once")
    return by_faults(item.id, item.title, faults, step=2.0)
