"""The 21 operators in one list: what each must lower, who can see it, and which side effects are allowed.

Owns: the list. Must not know: how a defect is made or measured. `Sight.rule` operators gate; the others
are measured as far as the rules see, and wait for a judge.
"""

from __future__ import annotations

from evals.mutate import operators_form as form
from evals.mutate import operators_sense as sense
from evals.mutate import operators_truth as truth
from evals.mutate.mutant import Operator, Sight

RULE, PART, JUDGE = Sight.rule, Sight.part, Sight.judge


def _may(*criteria: str) -> frozenset[str]:
    return frozenset(criteria)


OPERATORS: tuple[Operator, ...] = (
    Operator("M1", "Drop trigger", "C4", RULE, form.drop_trigger),
    Operator("M2", "Vague cadence", "C4", RULE, form.vague_cadence, _may("C8")),
    Operator("M3", "Swap citation", "C1", JUDGE, truth.swap_citation),
    Operator("M4", "Corrupt quote", "C1", RULE, truth.corrupt_quote),
    Operator("M5", "Drop an intent", "C2", JUDGE, truth.drop_intent, _may("C8"), whole=True),
    Operator("M6", "Concrete platitude", "C5", PART, sense.platitude, _may("C6")),
    Operator("M7", "Vague act", "C3", PART, form.vague_act, _may("C5", "C11")),
    Operator("M8", "Tool-only", "C6", PART, sense.tool_only, _may("C5")),
    Operator("M9", "Duplicate ritual", "C12", PART, sense.duplicate_ritual, _may("C8"), whole=True),
    Operator("M10", "Overload", "C8", RULE, form.overload, whole=True),
    Operator("M11", "Broken agenda", "C8", RULE, form.broken_agenda, whole=True),
    Operator("M12", "Invented baseline", "G1", RULE, truth.invented_baseline),
    Operator("M13", "Wrong organisation", "G1", RULE, truth.wrong_organisation),
    Operator("M14", "Vanity metric", "C9", PART, sense.vanity_metric),
    Operator("M15", "Orphan", "C7", RULE, form.orphan),
    Operator("M16", "No stop", "C10", RULE, form.no_stop, _may("C8")),
    Operator("M17", "Individual ranking", "G2", PART, sense.individual_ranking),
    Operator("M18", "Contradiction", "C12", PART, sense.contradiction, _may("C5"), whole=True),
    Operator("M19", "Jargon wrap", "C11", PART, form.jargon_wrap),
    Operator("M20", "Hypothesis as fact", "G1", PART, truth.hypothesis_as_fact),
    Operator("M21", "Neutralise an ask", "C13", PART, sense.neutral_ask, _may("C7")),
)
