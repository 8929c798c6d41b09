"""C3 Concreteness: a named role does one observable thing and leaves something behind.

Owns: which verbs and actors nobody could film, and the repairs that keep a sentence grammatical.
Must not know: stages, engines.
"""

from __future__ import annotations

import re

from corpora.lexicons import Lexicons
from service.checks.context import CheckContext
from service.checks.fields import texts_of
from service.checks.scoring import ItemScore, by_faults, folded_score
from service.checks.wording import phrase_pattern, words
from service.plan.items import BehaviourDraft
from service.plan.plan import CriterionScore, Plan

MAX_MINUTES_AFTER = 1440
_OWN_NAME = re.compile(r"[A-Z][a-z]+(?:-[A-Z][a-z]+)?")
_ARTICLE = re.compile(r"^(?:the|a|an|all|our|every|each)\s+", re.IGNORECASE)
_PASSIVE = r"^(?:ensures|makes sure|sees to it) that (?P<object>[^,;]{3,80}?) (?:is|are) "
_SLOT = re.compile(
    r"\{[^{}]*\}|\[(?:name|role|team|date|insert|your|x|tbd|todo)[^\]]*\]|<(?:name|role|team|date)[^>]*>", re.I
)
_TALK = re.compile(r"^(?:a |the )?(?:conversation|discussion|chat|understanding|awareness|feeling|alignment)s?$", re.I)
#: Attitudes that the list of slogans does not hold: nobody can film who "honours" or "takes pride in" something.
_ATTITUDES = """
    celebrat cherish uphold safeguard honou?r exemplif(?:y|ie) embod(?:y|ie) advocat espous personif(?:y|ie) instil
    aspir endeavou?r dedicat devot nurtur treasur admir salut endors preach profess pledg hope wish intend desir prefer
    enjoy love rall(?:y|ie) mobili[sz] energi[sz] galvani[sz] motivat stimulat bolster emphasi[sz] stress liv
"""
_HELD = "ownership|pride|responsibility|heart|faith|belief|passion|courage|priority|importance|commitment|dear"
_ATTITUDE = re.compile(
    rf"^(?:\w+ly )?(?:{'|'.join(_ATTITUDES.split())})(?:e|es|s|ed|ing)?\b|"
    r"^(?:stays?|remains?|feels?) (?:\w+ly )?(?:open|true|close|committed|positive|curious|faithful|loyal|proud)\b|"
    rf"^(?:takes?|shows?|gives?|puts?|has|keeps?|brings?|lends?|holds?) (?:\w+ ){{0,2}}?(?:{_HELD})\b|"
    r"^(?:stands?|gets?|rallies|lines? up|unites?) (?:firmly |fully )?behind\b|"
    r"^(?:drives?|pushes|carr(?:y|ies)) (?:\w+ )?forward\b",
    re.IGNORECASE,
)


def first_verb(action: str) -> str:
    """The action's first word in lower case; adverbs ending in -ly before it are skipped."""
    rest = [word for word in words(action) if not (word.endswith("ly") and word not in {"reply", "apply", "supply"})]
    return rest[0] if rest else ""


def banned_verb(action: str, lexicons: Lexicons) -> str | None:
    """The action's verb if it is an attitude or a slogan, else None."""
    verb = first_verb(action)
    forms = {form for lemma in lexicons.banned_verbs for form in _third_person(lemma)}
    if verb in forms:
        return verb
    attitude = _ATTITUDE.match(action.strip())
    return attitude.group() if attitude else None


def observable_action(action: str, lexicons: Lexicons) -> str | None:
    """The action with an observable verb, where that can be done without touching its meaning; else None."""
    if match := re.match(_PASSIVE + rf"(?P<done>{'|'.join(lexicons.participles)})\b", action):
        return f"{lexicons.participles[match['done']]} {match['object']}{action[match.end() :]}"
    verb, _, rest = action.partition(" ")
    if verb.lower() in lexicons.synonyms and rest:
        return f"{lexicons.synonyms[verb.lower()]} {rest}"
    return None


def vague_actor(actor: str, lexicons: Lexicons) -> bool:
    """Whether the actor is everyone and so no one; a role that only contains such a word is fine."""
    plain = " ".join(words(actor))
    return plain in lexicons.vague_actors or " ".join(words(_ARTICLE.sub("", actor))) in lexicons.vague_actors


def persons_name(actor: str, text: str) -> bool:
    """Whether the actor is somebody's own name: one capitalised word that the text never gives an article."""
    word = actor.strip()
    if not _OWN_NAME.fullmatch(word) or re.search(rf"\b{word.lower()}\b", text):
        return False
    return re.search(rf"(?i:\bthe) {re.escape(word)}\b", text) is None and re.search(rf"\b{word}\b", text) is not None


def unfilled(text: str, lexicons: Lexicons) -> str | None:
    """A slot or placeholder left in the text, or None."""
    match = _SLOT.search(text) or phrase_pattern(lexicons.placeholders).search(text)
    return match.group() if match else None


def check(plan: Plan, context: CheckContext) -> CriterionScore:
    """Behaviours by verb, actor and artefact; an attitude or no actor is 1."""
    return folded_score(
        "C3", [_score(item, context.lexicons) for item in plan.behaviours], "every act can be seen and leaves a trace"
    )


def _score(item: BehaviourDraft, lexicons: Lexicons) -> ItemScore:
    grave, light = [], []
    if verb := banned_verb(item.action, lexicons):
        grave.append(f"'{verb}' cannot be observed")
    if len(words(item.action)) < 3:
        grave.append("the action names no object")
    if vague_actor(item.actor, lexicons):
        grave.append(f"'{item.actor}' is nobody in particular")
    if _TALK.match(item.evidence.artefact):
        light.append(f"'{item.evidence.artefact}' leaves nothing behind")
    if item.evidence.minutes_after > MAX_MINUTES_AFTER:
        light.append("the evidence comes later than a day")
    light += [f"'{left}' is unfilled" for left in (unfilled(f.text, lexicons) for f in texts_of(item)) if left]
    return by_faults(item.id, item.title, grave + light, step=4.0 if grave else 2.0)


def _third_person(lemma: str) -> tuple[str, str]:
    if lemma == "be":
        return "be", "is"
    if lemma.endswith(("s", "x", "ch", "sh", "o")):
        return lemma, f"{lemma}es"
    return lemma, f"{lemma[:-1]}ies" if lemma[-1] == "y" and lemma[-2] not in "aeiou" else f"{lemma}s"
