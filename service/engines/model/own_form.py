"""Items that rest on no practice: a routine that the document states itself, or a form of the model's own.

Owns: what such an item must word itself, which practice lends what no reader sees (barrier, technique, review), and
when the document's own sentence states the routine. Must not know: models, prompts, records of a plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpora.records import Kind, Period
from service.checks.c03_concreteness import first_verb
from service.checks.wording import share_within, stem, stems
from service.engines.model.answers import Drafted, DraftedAsk, DraftedBehaviour, DraftedRitual
from service.engines.model.brief_text import DraftContext
from service.engines.model.locate import sentences_of
from service.plan.proposals import Candidate
from service.plan.reading import ReadSentence

SORTS = {DraftedBehaviour: Kind.behaviour, DraftedRitual: Kind.ritual, DraftedAsk: Kind.policy}
#: Where an item's form comes from, for its record.
MODELS_OWN = "the model's own; no practice of the library stands behind it"
#: So much of an act's words must stand in the sentence that is said to state it; one word may be added to a few.
SAME_ACT, ADDED = 0.75, 1
#: A denial reaches so many words.
DENIED_WITHIN = 4
LEAST_PEOPLE, LEAST_SIGNS = 2, 3
_UNIT = r"(?:a|an|per|each|every|once a|once every)\s(?:(?:full|single|whole)\s)?"
_RHYTHMS = {
    Period.daily: rf"(?:{_UNIT}(?:working )?day|daily)",
    Period.weekly: rf"(?:{_UNIT}(?:week|monday|tuesday|wednesday|thursday|friday)|weekly)",
    Period.fortnightly: rf"(?:{_UNIT}(?:fortnight|two weeks|second week|other week)|fortnightly)",
    Period.monthly: rf"(?:{_UNIT}month|monthly)",
    Period.six_weekly: rf"(?:{_UNIT}six weeks|six-weekly)",
    Period.quarterly: rf"(?:{_UNIT}quarter|quarterly|four times a year)",
    Period.yearly: rf"(?:{_UNIT}(?:year|spring|summer|autumn|winter)|yearly|annual(?:ly)?)",
}
_DENIED = re.compile(r"(?i)\b(?:will|shall|must|may|can|do|does|did)(?:n['’]t| not| never)\b|\bno longer\b")


def frame_of(item: Drafted, context: DraftContext) -> Candidate | None:
    """The practice that the item names, else the nearest of its kind to this intent or another; None without one."""
    if item.practice:
        return context.offered.get(item.practice) or context.candidates.get(item.practice)
    kind = SORTS[type(item)]
    known = (*context.candidates.values(), *context.offered.values())
    return next((each for each in known if each.practice.kind is kind), None)


def unworded(item: Drafted) -> Iterator[str]:
    """Fields that an item without a practice leaves open; nobody lends their words."""
    for name in _WORDED[SORTS[type(item)]]:
        if len(getattr(item, name)) < 3:
            yield f"{name} is empty; an item without a practice words every field"
    if isinstance(item, DraftedRitual):
        lists = (("participants", LEAST_PEOPLE), ("inputs", 1), ("outputs", 1), ("health", LEAST_SIGNS))
        yield from (f"{name} needs {least} or more" for name, least in lists if len(getattr(item, name)) < least)


_WORDED = {
    Kind.behaviour: (
        "because", "artefact", "location", "from_state", "to_state", "stop", "first_time", "noticed_by",
        "noticed_when", "noticer_does", "ends_when",
    ),
    Kind.ritual: (
        "because", "facilitator", "decider", "decides", "beyond", "replaces", "failure_signal", "ends_when",
        "without_meeting",
    ),
    Kind.policy: ("because", "decision", "decider", "forum", "cost_of_not_deciding", "interim"),
}  # fmt: skip


def stating(item: Drafted, context: DraftContext) -> ReadSentence | None:
    """The cited sentence that states the behaviour itself: its actor, its act and its rhythm or moment."""
    if not isinstance(item, DraftedBehaviour):
        return None
    cited = (*context.own, *sentences_of(item.ids, context.reading))
    return next((sentence for sentence in cited if _states(sentence.text, item)), None)


def _states(sentence: str, item: DraftedBehaviour) -> bool:
    named, verb = stems(item.actor), stem(first_verb(item.action))
    acts = verb in stems(sentence) and _said(item.action, sentence) and not _denied(verb, sentence)
    return bool(named) and named <= stems(sentence) and acts and _timed(sentence, item)


def _denied(verb: str, sentence: str) -> bool:
    """Whether the sentence says that this very act is not done."""
    after = (sentence[match.end() :].split()[:DENIED_WITHIN] for match in _DENIED.finditer(sentence))
    return any(verb in stems(" ".join(words)) for words in after)


def _said(words: str, sentence: str) -> bool:
    own = stems(words)
    return share_within(words, sentence) >= SAME_ACT or len(own - stems(sentence)) <= ADDED < len(own)


def _timed(sentence: str, item: DraftedBehaviour) -> bool:
    """Whether the sentence gives the item's rhythm, or for an event its moment."""
    rhythm = _RHYTHMS.get(item.period)
    if rhythm is None:
        return item.period is Period.event and _said(item.trigger, sentence)
    return re.search(rf"(?i)\b{rhythm}\b", sentence) is not None
