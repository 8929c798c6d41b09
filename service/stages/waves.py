"""Waves: which intents start in the first 90 days, and what each other one waits for.

Owns: the split of the ledger and its reasons. Must not know: items, wording of practices, storage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpora.records import StateSource
from service.plan.intents import HOLDS, PROPOSAL, ROOM, DeferredIntent, Intent, IntentKind
from service.plan.lettering import capital
from service.reader.wordings import DEEDS

SAME_MATTER = 0.55
#: Where whoever found the intents kept them apart, only near copies count as one matter.
TWICE = 0.80
LEANS_ON = 0.52
WORTH_STARTING = 0.30
#: Below this no form is near enough to be an intent's first; a headline that some form serves starts all the same.
CAN_START = 0.30
GOOD_FIT = 0.90
FIT_COUNTS = 0.6
PER_WAVE = 3
DECISION = "the day-90 decision on “"
FULL = "what starts is as much as teams can start at once"
MOVED_UP = (
    "It stands next by its weight in the document; for what weighs more we have no routine that serves its words."
)
EMPHASIS = re.compile(
    r"(?i)\b(?:(?:most|more) important(?: \w+)?|(?:first|top|single|main|highest)(?: \([^)]*\))? priority|number one|"
    r"above all|at the (?:heart|core) of|we (?:will |are )?(?:focus(?:ing)?|doubl(?:e|ing) down) (?:\w+ ){0,3}on|"
    r"we (?:have )?decided|we must)\b"
)
#: A heading under which authors put what they want most.
GOALS = re.compile(
    r"(?i)\b(?:goals?|objectives?|priorit(?:y|ies)|aims?|ambitions?|vision|mission|commitments?|outcomes?|principles?)\b"
)
#: Words that give today's figure beside the one to reach.
BASELINE = re.compile(r"(?i)\b(?:from|currently|today|now|up from|down from|compared (?:to|with))\b[^.;]{0,40}\d")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
DATE = re.compile(
    r"\b(?:[Bb]y|[Bb]efore|[Ff]rom|[Uu]ntil|[Pp]rior to|no later than) ((?:the end of )?"
    rf"(?:(?:Q[1-4] |(?:\d{{1,2}}(?:st|nd|rd|th)? )?[A-Z][a-z]+ )?(?:19|20)\d\d|"
    rf"{_MONTH} \d{{1,2}}\b|\d{{1,2}}[ -]{_MONTH}\b))"
)
#: A time within which something is due each time it arises.
WITHIN = re.compile(
    r"(?i)\b(within (?:\d+|an?|one|two|three|five|seven|ten|thirty) (?:working |business )?(?:hours?|days?|weeks?))\b"
)
#: Law, safety and standards that have to be met.
DUTY = re.compile(
    r"(?i)\b(?:must|shall|have to|has to|need to|needs to) (?:\w+ ){0,3}(?:comply|compliance|adhere|conform)\b|"
    r"\bcompl(?:y|ying) with\b|\badher(?:e|ing) to\b|\bnever\b"
)
VALUES = re.compile(r"(?i)\b(?:values?|principles?|ethics|code of conduct)\b")
#: Words of a rule; "teams spend a day a week" in a vision describes what is hoped for.
BINDS = re.compile(r"\b(?:[Ss]hall|[Mm]ust|[Ww]ill)\b")
FORBIDS = re.compile(
    r"(?i)\b(?:will|shall|must|may) (?:not|never)\b|"
    r"^\W*(?:no|none of)\s.*\b(?:will|shall|must|may|before|until|unless|without)\b"
)
RHYTHM = re.compile(
    r"(?i)\b(?:(?:every|each) (?:second |other )?(?:day|week|fortnight|month|quarter|year|monday|tuesday|wednesday|"
    r"thursday|friday|september|spring|autumn)|"
    r"(?:once|twice|\w+ times|\w+ days?|\w+ hours?|\w+ mornings?) (?:a|an|per) "
    r"(?:day|week|fortnight|month|quarter|year)|weekly|fortnightly|monthly|quarterly|(?:semi-?|bi-?)?annually|yearly)\b"
    r"(?! or (?:so|two|more))"
)
TABLE, TENTATIVE, LIMIT = 0.4, 0.3, 0.25
#: A limit holds from the first day and starts nothing by itself.
DENIES = re.compile(
    r"(?i)\b(?:will|shall|must|may|can|do|does) not\b|\b(?:do|does|wo|must|ca)n['’]t\b|^\W*no(?: one|body)?\s"
)
TENTATIVE_WORDS = re.compile(
    r"(?i)\b(?:suggest(?:ions?|ed)|proposed|tentative(?:ly)?|for now|possibly|perhaps|may|might|could|"
    r"I(?:['’]d| would))\b"
)
TABLE_ROW = re.compile(r"^[^:;|]{2,40}: [^;|]+; [^:;|]{2,40}: | \| ")


@dataclass(frozen=True, slots=True)
class Ledger:
    """Intents that start first and those that follow, each with its reason."""

    first: tuple[Intent, ...]
    deferred: tuple[DeferredIntent, ...]


def split(
    intents: Sequence[Intent],
    vectors: NDArray[np.float32],
    best_fit: NDArray[np.float64],
    most_first: int,
    order_stands: bool = False,
) -> Ledger:
    """At most `most_first` intents start: heavy ones that teams can act on and that differ in matter.

    `vectors` has one unit row an intent, `best_fit` the mean fit of the practices that serve it best. Where
    `order_stands`, who found the intents weighed them by their meaning, and nothing else decides.
    """
    similarity = (vectors @ vectors.T).astype(np.float64).round(6).astype(np.float64)
    weight = [i.importance if order_stands else _weight(i, float(best_fit[n])) for n, i in enumerate(intents)]
    floors = (0.0,) if order_stands else (CAN_START, 0.0)
    chosen = _choose(weight, similarity < (TWICE if order_stands else SAME_MATTER), best_fit, most_first, floors)
    chosen.sort(key=lambda n: (-intents[n].importance, n))  # what serves them decides who starts, not who leads
    first = tuple(
        intents[i].model_copy(
            update={"wave": 1, "reason_first": intents[i].reason_first or _reason_first(i, intents, similarity)}
        )
        for i in chosen
    )
    rest = [i for i in range(len(intents)) if i not in chosen]
    rest.sort(key=lambda i: (-round(intents[i].importance, 3), i))
    deferred = tuple(_deferred(i, rank, intents, similarity, chosen, float(best_fit[i])) for rank, i in enumerate(rest))
    return Ledger(first, deferred)


def moved_up(ledger: Ledger, wanted: int) -> tuple[Ledger, tuple[Intent, ...]]:
    """The ledger with the heaviest `wanted` of its waiting intents among the first, and those intents."""
    heaviest = sorted(ledger.deferred, key=lambda d: (-d.intent.importance, d.intent.quotes[0].start))[: max(wanted, 0)]
    more = tuple(d.intent.model_copy(update={"wave": 1, "reason_first": MOVED_UP}) for d in heaviest)
    rest = tuple(d for d in ledger.deferred if d not in heaviest)
    return Ledger((*ledger.first, *more), rest), more


def settled(deferred: Sequence[DeferredIntent], active: Sequence[Intent]) -> tuple[DeferredIntent, ...]:
    """None waits for a decision on an intent that does not start after all."""
    decisions = {f"{DECISION}{intent.label}”" for intent in active}
    return tuple(
        one if one.waits_for in decisions or not one.waits_for.startswith(DECISION) else _freed(one) for one in deferred
    )


def _freed(deferred: DeferredIntent) -> DeferredIntent:
    said = _section(deferred.intent)
    return deferred.model_copy(update={"waits_for": ROOM, "reason": f"It stands under “{said}”; {FULL}."})


def _weight(intent: Intent, best_fit: float) -> float:
    """How much speaks for starting with it; beyond a good fit, more fit adds nothing."""
    return intent.importance - _holding_back(intent) + FIT_COUNTS * min(best_fit, GOOD_FIT)


def _choose(
    weight: Sequence[float],
    unlike: NDArray[np.bool_],
    best_fit: NDArray[np.float64],
    most: int,
    floors: Sequence[float],
) -> list[int]:
    order = sorted(range(len(weight)), key=lambda n: (-round(weight[n], 6), n))
    chosen: list[int] = []
    for floor in floors:
        for n in order:
            apart = all(unlike[n, c] for c in chosen)
            if len(chosen) < most and n not in chosen and apart and best_fit[n] >= floor:
                chosen.append(n)
    return chosen


def _holding_back(intent: Intent) -> float:
    """What speaks against starting with it: tentative words, a limit, a table row, whose sense lies in its columns."""
    words = intent.quotes[0].text
    return (
        TENTATIVE * bool(TENTATIVE_WORDS.search(words))
        + LIMIT * bool(DENIES.search(words))
        + TABLE * bool(TABLE_ROW.search(words))
    )


def _reason_first(index: int, intents: Sequence[Intent], similarity: NDArray[np.float64]) -> str:
    intent = intents[index]
    leaning = sum(1 for n in range(len(intents)) if n != index and similarity[index, n] >= LEANS_ON)
    reasons = []
    words = " ".join(quote.text for quote in intent.quotes)
    if date := DATE.search(words):
        reasons.append(f"it carries a date of its own, {date.group(1)}")
    if BINDS.search(intent.quotes[0].text) and (rhythm := RHYTHM.search(intent.quotes[0].text)):
        reasons.append(f"it states its own rhythm (“{rhythm.group(0)}”), so it can begin as it stands")
    if intent.from_state and intent.to_state and intent.from_state.source is StateSource.document:
        reasons.append("it says what ends as well as what begins, so teams can act on it today")
    if (places := _places(intent)) > 1:
        reasons.append(f"it is said in {places} places")
    if GOALS.search(_section(intent)):
        reasons.append(f"it stands under “{_section(intent)}”")
    if emphasis := EMPHASIS.search(words):
        reasons.append(f"the document stresses it (“{emphasis.group(0)}”)")
    if leaning >= 2:
        reasons.append(f"{leaning} other intents of the document are close to it in matter")
    if not reasons:
        reasons.append(f"{_standing(index, intents)}, and a routine serves it")
    return capital("; ".join(reasons[:2])) + "."


def _deferred(
    index: int,
    rank: int,
    intents: Sequence[Intent],
    similarity: NDArray[np.float64],
    chosen: Sequence[int],
    best_fit: float,
) -> DeferredIntent:
    intent = intents[index]
    wave = min(4, 2 + rank // PER_WAVE)
    near = max(chosen, key=lambda c: similarity[index, c], default=None)
    words = intent.quotes[0].text
    if (held := _holds(intent)) is not None:
        reason, waits = held, HOLDS
    elif near is not None and similarity[index, near] >= LEANS_ON:
        reason = f"It is close in matter to “{intents[near].label}”, which starts first and may change what it needs."
        waits = f"{DECISION}{intents[near].label}”"
    elif intent.kind is IntentKind.target:
        reason = "It names a result to reach, not a way of working: what starts first is to be judged by it."
        waits = "the first readings of the indicators" if BASELINE.search(words) else "a baseline, collected by day 15"
    elif best_fit < WORTH_STARTING:
        reason = "We have no routine to propose that serves these words closely; those concerned know better ones."
        waits = PROPOSAL
    else:
        said = "once" if _places(intent) == 1 else f"in {_places(intent)} places"
        reason = (
            f"It is said {said}, under “{_section(intent)}”, and comes {_ordinal(rank + len(chosen) + 1)} of "
            f"{len(intents)} by its weight in the text; {len(chosen)} are as many as teams can start at once."
        )
        waits = ROOM
    later = intent.model_copy(update={"wave": wave, "reason_first": None})
    return DeferredIntent(intent=later, reason=reason, waits_for=waits)


def _holds(intent: Intent) -> str | None:
    """Why it holds as it stands, with no routine of the plan: limit, duty, principle, rhythm or date; or None."""
    words = intent.quotes[0].text
    if FORBIDS.search(words) or DUTY.search(intent.label):
        return "It is a limit and holds as written from the first day; it needs no routine to start, only to be known."
    if intent.kind is IntentKind.principle and VALUES.search(_section(intent)):
        return "It is a principle and holds from the first day; it needs no routine to start, only to be kept in sight."
    if (BINDS.search(words) or _asks_first(words)) and (rhythm := RHYTHM.search(words)):
        return f"The text gives it a rhythm of its own (“{rhythm.group(0)}”); it stands as written and needs an owner."
    if date := DATE.search(words):
        return f"The text gives it a date of its own, {date.group(1)}; this plan adds no routine and delays nothing."
    if due := WITHIN.search(words):
        return f"The text sets a time for it (“{due.group(1)}”); it stands as written and needs an owner."
    return None


def _asks_first(words: str) -> bool:
    return words.split()[0].lower().strip("-•* ") in DEEDS


def _standing(index: int, intents: Sequence[Intent]) -> str:
    """How an intent stands among those of its own section, by weight."""
    own = intents[index]
    beside = [other for other in intents if _section(other) == _section(own) and other.importance > own.importance]
    if not beside:
        return f"among what stands under “{_section(own)}” it weighs most"
    return f"it is {_ordinal(len(beside) + 1)} by weight of what stands under “{_section(own)}”"


def _places(intent: Intent) -> int:
    """Sections in which it is said; two sentences of one section are one place."""
    return len({quote.location for quote in intent.quotes})


def _section(intent: Intent) -> str:
    path = intent.quotes[0].location.heading_path
    return path[-1] if path else intent.quotes[0].location.words()


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
