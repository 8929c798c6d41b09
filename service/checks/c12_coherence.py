"""C12 Coherence: no two items alike, none undoing another, no gate against a wish for speed.

Owns: when two items are the same, contradict each other, or add an approval. Must not know: stages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from service.checks.context import CheckContext, Embedder
from service.checks.scoring import items_of
from service.checks.wording import likeness, share_within
from service.plan.items import BehaviourDraft, ItemDraft, PolicyAskDraft, RitualDraft
from service.plan.plan import CriterionScore, Plan

ALIKE = 0.6
#: Cosine of two items' words from which they say the same (domain brief, C12), where there are vectors.
SAME_MEANING = 0.85
UNDOES = 0.75
_APPROVAL = re.compile(
    r"\b(?:approv(?:e|es|al|als|ed|ing)|sign(?:s|ed)?[- ]?offs?|sign(?:s|ed)? (?:it |this |them )?off|authoris\w+|"
    r"authoriz\w+|go/no-go|stage gate|quality gate|gate review|gatekeep\w*|steering (?:committee|group|board)|"
    r"(?:gives?|given|gets?|wait\w* for) (?:a |the |written )?green light|(?:has|have|had) said yes|without which no|"
    r"seeks? permission|asks? (?:for )?permission|clearance|"
    r"waits? for (?:a |the )?(?:decision|agreement) (?:of|from|by) the)\b",
    re.IGNORECASE,
)
_TAKEN_AWAY = re.compile(
    r"\b(?:without|no|not|never|instead of|rather than|replac\w+|remov\w+|drop\w*|end(?:s|ing)?|stop\w*|fewer|cut\w*|"
    r"needs? no|skip\w*|less|waiv\w+|before any|already|beyond|unless|lift\w*|reduc\w+|shorten\w*)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
_SPEED = re.compile(
    r"\b(?:faster|speed(?:s|ier)?|speed(?:ing)? up|quick(?:er|ly)|rapid(?:ly)?|autonom\w+|empower\w*|bureaucra\w+|"
    r"red tape|"
    r"(?:fewer|less|without|remove|removing|reduce|reducing|cut|cutting) [^.;]{0,30}"
    r"(?:approvals?|sign[- ]?offs?|gates?|hand-?offs?|governance|layers|permission)|"
    r"act independently|decide (?:for themselves|themselves|locally)|decisions? closer|delegat\w+|"
    r"self-(?:organi[sz]\w+|manag\w+)|"
    r"move fast|ship (?:fast|early|often)|lead time|time to market|agil\w+ delivery|trust (?:our |the )?teams)\b",
    re.IGNORECASE,
)


def core_words(item: ItemDraft) -> str:
    """The words by which an item is told apart from another."""
    if isinstance(item, BehaviourDraft):
        return f"{item.trigger} {item.action}"
    if isinstance(item, RitualDraft):
        return f"{item.purpose} {' '.join(step.step for step in item.agenda)}"
    return f"{item.question} {item.decision}"


def alike(one: ItemDraft, other: ItemDraft) -> bool:
    """Whether two items of one kind ask for the same: alike in words, or one practice for one actor and focus."""
    if not _one_kind(one, other):
        return False
    if likeness(core_words(one), core_words(other)) >= ALIKE:
        return True
    same_form = one.practice_id is not None and one.practice_id == other.practice_id
    return same_form and _who(one) == _who(other) and _focus(one) == _focus(other)


def undoes(one: ItemDraft, other: ItemDraft) -> bool:
    """Whether `one` ends the very routine that `other` starts."""
    ended = ended_routine(one)
    if ended is None or isinstance(other, PolicyAskDraft):
        return False
    started = other.action if isinstance(other, BehaviourDraft) else other.purpose
    return share_within(ended, started) >= UNDOES and likeness(ended, started) >= UNDOES / 2


def ended_routine(item: ItemDraft) -> str | None:
    """What the item stops, or None for a policy ask."""
    if isinstance(item, BehaviourDraft):
        return item.stop_doing.text
    return item.replaces.text if isinstance(item, RitualDraft) else None


def adds_approval(item: ItemDraft) -> str | None:
    """The words by which an item adds a gate, or None; words that take an approval away do not count."""
    if item.adds_gate:
        return "it adds a gate"
    if isinstance(item, PolicyAskDraft):
        return None
    text = item.action if isinstance(item, BehaviourDraft) else item.purpose
    for match in _APPROVAL.finditer(text):
        if not _TAKEN_AWAY.search(text[: match.start()]):
            return match.group()
    return None


def wants_speed(texts: Iterable[str]) -> str | None:
    """The words by which a text asks for speed or autonomy, or None."""
    return next((match.group() for match in map(_SPEED.search, texts) if match), None)


def check(plan: Plan, context: CheckContext) -> CriterionScore:
    """The plan once: each pair alike costs 1, each contradiction or gate against speed 2, dangling ids 2."""
    faults: list[tuple[str, str, float]] = []
    rows = _rows(items_of(plan), context.embedder)
    for one, other in combinations(items_of(plan), 2):
        if alike(one, other) or one_meeting(one, other) or _same_meaning(one, other, rows):
            faults.append((one.id, f"'{one.title}' and '{other.title}' ask for the same", 1.0))
        for left, right in ((one, other), (other, one)):
            if undoes(left, right):
                faults.append((right.id, f"'{left.title}' ends what '{right.title}' starts", 2.0))
    speedy = {intent.id for intent in plan.intents if wants_speed(quote.text for quote in intent.quotes)}
    for item in items_of(plan):
        words = adds_approval(item)
        if words and speedy & set(item.intent_ids):
            faults.append((item.id, f"'{item.title}' adds an approval ('{words}') against an intent for speed", 2.0))
    known = {indicator.id for indicator in plan.indicators}
    for item in items_of(plan):
        faults += [
            (item.id, f"'{item.title}' names no indicator {i}", 2.0) for i in item.indicator_ids if i not in known
        ]
    score = max(1.0, 5.0 - sum(cost for _, _, cost in faults))
    reason = "; ".join(text for _, text, _ in faults[:4]) or "items are distinct and none undoes another"
    return CriterionScore(criterion="C12", score=score, reason=reason, item_ids=tuple(i for i, _, _ in faults))


def _one_kind(one: ItemDraft, other: ItemDraft) -> bool:
    kinds = (BehaviourDraft, RitualDraft, PolicyAskDraft)
    return any(isinstance(one, kind) and isinstance(other, kind) for kind in kinds)


def one_meeting(one: ItemDraft, other: ItemDraft) -> bool:
    """Whether the same people meet as often, for the same intents and under the same decider, whatever it is called."""
    return (
        isinstance(one, RitualDraft)
        and isinstance(other, RitualDraft)
        and set(one.intent_ids) == set(other.intent_ids)
        and one.cadence == other.cadence
        and _who(one) == _who(other)
        and {person.role.casefold() for person in one.participants}
        == {person.role.casefold() for person in other.participants}
    )


def _rows(items: Sequence[ItemDraft], embedder: Embedder | None) -> Mapping[str, NDArray[np.float32]]:
    if embedder is None or not items:
        return {}
    rows = embedder.embed([core_words(item) for item in items])
    return {item.id: row for item, row in zip(items, rows, strict=True)}


def _same_meaning(one: ItemDraft, other: ItemDraft, rows: Mapping[str, NDArray[np.float32]]) -> bool:
    if not rows or not _one_kind(one, other):
        return False
    return float(rows[one.id] @ rows[other.id]) >= SAME_MEANING


def _who(item: ItemDraft) -> str:
    if isinstance(item, BehaviourDraft):
        return item.actor.casefold()
    return item.decision_rights.decider.casefold() if isinstance(item, RitualDraft) else item.decider.casefold()


def _focus(item: ItemDraft) -> frozenset[str]:
    return frozenset(term.text.casefold() for term in item.terms if term.kind in {"topic", "initiative", "measure"})
