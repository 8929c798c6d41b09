"""C9 Measurability: was it done, does it move, and both tied to an outcome the document names.

Owns: which indicators an intent needs, which are vanity, and the choice of the few to start with.
Must not know: stages, engines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.checks.context import CheckContext
from service.checks.scoring import ItemScore, by_faults, folded_score
from service.checks.wording import found, stems
from service.plan.items import Indicator, IndicatorKind
from service.plan.plan import CriterionScore, Plan

MAX_FIRST_WAVE = 6
#: Anchor 3: only what was done or put out.
OUTPUT_ONLY = 3.0
_LENGTH = re.compile(
    r"(?:the |median |total |working )*(?:days?|hours?|minutes?|weeks?|months?|time|money|cost)\b", re.I
)
EFFECTS = (IndicatorKind.outcome, IndicatorKind.leading)
_RANK = {
    IndicatorKind.adherence: 0,
    IndicatorKind.outcome: 1,
    IndicatorKind.leading: 2,
    IndicatorKind.counter: 3,
}


def chosen_indicators(
    indicators: Sequence[Indicator], intent_ids: Sequence[str], limit: int = MAX_FIRST_WAVE
) -> tuple[Indicator, ...]:
    """At most `limit`: adherence and outcome (or leading) for each intent in turn, then what room is left for.

    The order of `indicators` is kept in the answer.
    """
    chosen: dict[str, Indicator] = {}
    for wanted in ((IndicatorKind.adherence,), EFFECTS):
        for intent_id in intent_ids:
            own = [i for i in indicators if i.kind in wanted and intent_id in i.intent_ids]
            if own and not any(i.id in chosen for i in own) and len(chosen) < limit:
                best = min(own, key=lambda indicator: _RANK[indicator.kind])
                chosen[best.id] = best
    for kind in (IndicatorKind.counter, IndicatorKind.outcome, IndicatorKind.leading, IndicatorKind.adherence):
        for indicator in indicators:
            if indicator.kind is kind and len(chosen) < limit:
                chosen.setdefault(indicator.id, indicator)
    return tuple(indicator for indicator in indicators if indicator.id in chosen)


def vanity(indicator: Indicator, phrases: Sequence[str]) -> str | None:
    """The words by which the indicator counts that something was held, or None; counter-measures may."""
    if indicator.kind is IndicatorKind.counter:
        return None
    return found(phrases, f"{indicator.name} {indicator.numerator}")


def is_share(indicator: Indicator) -> bool:
    """Whether what is counted is a part of what it is divided by: they name the same thing, or it is a length of time.

    Seats taken, divided by calls answered, says that something was held, whatever the words.
    """
    numerator, denominator = stems(indicator.numerator), stems(indicator.denominator)
    return bool(numerator & denominator) or not denominator or bool(_LENGTH.match(indicator.numerator.strip()))


def check(plan: Plan, context: CheckContext) -> CriterionScore:
    """Intents by their indicators: each missing kind, missing quote or missing baseline costs 1, vanity 4."""
    results = [_score(intent.id, intent.label, plan, context) for intent in plan.intents]
    return folded_score("C9", results, "each intent has an adherence and an outcome or leading indicator")


def _score(intent_id: str, label: str, plan: Plan, context: CheckContext) -> ItemScore:
    own = [indicator for indicator in plan.indicators if intent_id in indicator.intent_ids]
    if not own:
        return ItemScore(intent_id, 1.0, f"{label}: nothing is measured")
    for indicator in own:
        if words := vanity(indicator, context.lexicons.vanity):
            return ItemScore(intent_id, 1.0, f"{label}: '{words}' in '{indicator.name}' is vanity")
    kinds = {indicator.kind for indicator in own}
    faults = []
    if IndicatorKind.adherence not in kinds:
        faults.append("no adherence indicator")
    if not kinds.intersection(EFFECTS):
        faults.append("no leading or outcome indicator")
    if not any(indicator.quote for indicator in own if indicator.kind in EFFECTS):
        faults.append("no indicator is tied to an outcome in the document's words")
    faults += [f"'{i.name}' has no baseline" for i in own if not i.baseline.strip()]
    result = by_faults(intent_id, label, faults)
    stranger = next((i for i in own if i.kind in EFFECTS and not is_share(i)), None)
    if stranger is None:
        return result
    reason = f"{label}: '{stranger.name}' counts {stranger.numerator}, which is no part of {stranger.denominator}"
    return ItemScore(intent_id, min(result.score, OUTPUT_ONLY), reason)
