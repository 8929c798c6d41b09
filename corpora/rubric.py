"""The rubric as frozen records: thirteen weighted criteria and two gates.

Owns: reading `rubric.yaml`, its order, and that the weights add up. Must not know: plans, checks, judges.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from corpora.records import Criterion, Gate

RUBRIC = Path(__file__).parent / "rubric.yaml"
IDS = (*(f"C{number}" for number in range(1, 14)), "G1", "G2")
WHOLE = 100


class RubricError(ValueError):
    """The rubric cannot be used; the message says which criterion or sum is wrong."""


def load_rubric(path: Path | None = None) -> tuple[Criterion, ...]:
    """The criteria in order, C1 to C13, G1, G2.

    Raises:
        RubricError: A criterion is missing, unknown or out of order, a gate has a weight, or the
            weights do not add up to 100.
        pydantic.ValidationError: A field of a criterion is missing or of the wrong type.
    """
    with (path or RUBRIC).open(encoding="utf-8") as source:
        criteria = tuple(Criterion.model_validate(entry) for entry in yaml.safe_load(source))
    ids = tuple(criterion.id for criterion in criteria)
    if ids != IDS:
        raise RubricError(f"the rubric holds {', '.join(ids)}; wanted in this order: {', '.join(IDS)}")
    weighed = [criterion.id for criterion in criteria if criterion.role is Gate.gate and criterion.weight]
    if weighed:
        raise RubricError(f"gates have no weight, but {', '.join(weighed)} has one")
    total = sum(criterion.weight for criterion in criteria)
    if total != WHOLE:
        raise RubricError(f"the weights add up to {total}, not {WHOLE}")
    return criteria
