"""C10 From, to and stop-doing: a real contrast, and something ends to make room.

Owns: when a to-state is mere negation and when a stop is no stop. Must not know: stages.
"""

from __future__ import annotations

import re

from corpora.records import StopDoing
from service.checks.context import CheckContext
from service.checks.hollow import hollow
from service.checks.scoring import ItemScore, by_faults, folded_score
from service.checks.wording import likeness, stems, words
from service.plan.items import BehaviourDraft, RitualDraft
from service.plan.plan import CriterionScore, Plan

TOO_ALIKE = 0.85
#: What is lost where a stop names a routine that ends and leaves open how much time that frees.
UNESTIMATED = 0.5
_NEGATION = frozenset(
    [
        "not",
        "no",
        "never",
        "without",
        "less",
        "fewer",
        "stop",
        "stopped",
        "stops",
        "avoid",
        "avoiding",
        "nothing",
        "longer",
    ]
)
_NO_STOP = re.compile(r"^(?:none|nothing|n/?a|-+|—|tbd|no change|not applicable)\.?$", re.IGNORECASE)
_VAGUE_STOP = re.compile(r"^(?:being|working) (?:slow|unaligned|in silos|inefficient)\w*", re.IGNORECASE)


def mere_negation(from_state: str, to_state: str) -> bool:
    """Whether the to-state is the from-state with a 'not' in it."""
    negated = _NEGATION & set(words(to_state))
    left, right = stems(from_state) - _NEGATION, stems(to_state) - _NEGATION
    same = len(left & right) / len(left | right) if left and right else 0.0
    return same >= TOO_ALIKE or (bool(negated) and same >= 0.6)


def no_stop(text: str) -> bool:
    """Whether nothing observable ends."""
    return bool(_NO_STOP.match(text.strip()) or _VAGUE_STOP.match(text.strip())) or not words(text) or hollow(text)


def check(plan: Plan, context: CheckContext) -> CriterionScore:
    """Behaviours by contrast and stop, rituals by what they replace."""
    del context
    results = [_behaviour(item) for item in plan.behaviours] + [_ritual(item) for item in plan.rituals]
    return folded_score("C10", results, "each item has a contrast and ends something")


def _behaviour(item: BehaviourDraft) -> ItemScore:
    faults = []
    if mere_negation(item.shift.from_state, item.shift.to_state):
        faults.append("the to-state only negates the from-state")
    if no_stop(item.stop_doing.text):
        faults.append("nothing ends")
    elif likeness(item.stop_doing.text, item.shift.to_state) >= TOO_ALIKE:
        faults.append("what ends is what should begin")
    if item.stop_doing.minutes_saved == 0:
        return by_faults(item.id, item.title, [*faults, "no minutes are freed"], step=2.0 if faults else 1.0)
    return by_faults(item.id, item.title, faults, step=2.0) if faults else _unestimated(item, item.stop_doing)


def _ritual(item: RitualDraft) -> ItemScore:
    faults = ["it replaces nothing"] if no_stop(item.replaces.text) else []
    if item.replaces.minutes_saved == 0:
        faults.append("no minutes are freed")
    return by_faults(item.id, item.title, faults, step=2.0) if faults else _unestimated(item, item.replaces)


def _unestimated(item: BehaviourDraft | RitualDraft, stop: StopDoing) -> ItemScore:
    """A real stop whose minutes nobody has estimated: short of the anchor, and better than an invented number."""
    faults = ["the minutes it frees are not estimated"] if stop.minutes_saved is None else []
    return by_faults(item.id, item.title, faults, step=UNESTIMATED)
