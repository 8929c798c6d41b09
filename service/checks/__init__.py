"""The rubric's deterministic checks, one criterion a file, in one flat list.

Owns: the list and the order. Must not know: stages, storage, pages, judges.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from service.checks import (
    c01_grounding,
    c02_coverage,
    c03_concreteness,
    c04_repeatability,
    c05_fit,
    c06_transformation,
    c07_sustainability,
    c08_load,
    c09_measurability,
    c10_stop,
    c11_clarity,
    c12_coherence,
    c13_leadership,
    g1_no_invention,
    g2_safety,
)
from service.checks.context import CheckContext, Embedder
from service.plan.plan import CriterionScore, Plan

__all__ = ["CHECKS", "Check", "CheckContext", "Embedder", "score"]


@dataclass(frozen=True, slots=True)
class Check:
    """A criterion's id and its deterministic check."""

    criterion: str
    run: Callable[[Plan, CheckContext], CriterionScore]


CHECKS: tuple[Check, ...] = (
    Check("C1", c01_grounding.check),
    Check("C2", c02_coverage.check),
    Check("C3", c03_concreteness.check),
    Check("C4", c04_repeatability.check),
    Check("C5", c05_fit.check),
    Check("C6", c06_transformation.check),
    Check("C7", c07_sustainability.check),
    Check("C8", c08_load.check),
    Check("C9", c09_measurability.check),
    Check("C10", c10_stop.check),
    Check("C11", c11_clarity.check),
    Check("C12", c12_coherence.check),
    Check("C13", c13_leadership.check),
    Check("G1", g1_no_invention.check),
    Check("G2", g2_safety.check),
)


def score(plan: Plan, context: CheckContext) -> tuple[CriterionScore, ...]:
    """Every criterion's deterministic score, in the order of `CHECKS`; None where it cannot be computed."""
    return tuple(check.run(plan, context) for check in CHECKS)
