"""How often a practice that follows from a sentence's own verb and object is fitting: graded proposals, the fits.

Owns: reading `datasets/deeds` and the fits of `service/matching/weights/deeds.json`. Must not know: how deeds are read,
engines, plans. A strict reader graded each proposal for an intent of a real strategy, blind to where it came from:
2 chosen for exactly these words, 1 defensible, 0 off.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from service.stages.deeds import FITS

GRADES = Path(__file__).parent / "datasets" / "deeds" / "grades.jsonl"
#: A practice graded seldom is taken for a usual one: so many grades of the usual share are added to its own.
PRIOR_GRADES, USUAL_SHARE = 4, 0.65
#: Shares on the scale of the fits by meaning: of those graded beside them, fits near 0.9 had a share of 0.6.
LEAST, SLOPE, MOST = 0.30, 0.75, 0.92
#: A practice called for by an intent's kind alone was seldom the one to choose (1 in 40): it serves where nothing else
#: does, and stands below what a deed calls for.
PLAIN_LEAST, PLAIN_SLOPE = 0.25, 0.45


@dataclass(frozen=True, slots=True)
class Grade:
    """One graded proposal; called for by "deed" or "kind" of intent, or matched by "meaning" with a `fit`."""

    document: str
    intent: str
    practice: str
    by: str
    grade: int
    fit: float | None = None


def load_grades(path: Path = GRADES) -> tuple[Grade, ...]:
    """All grades in the order of the file."""
    return tuple(Grade(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines())


def share(grades: Iterable[Grade]) -> tuple[float, float]:
    """Share of fitting proposals (1 and 2), share of those to choose (2)."""
    values = [one.grade for one in grades]
    return sum(value > 0 for value in values) / len(values), sum(value == 2 for value in values) / len(values)


def fits_of(grades: Sequence[Grade], by: str) -> dict[str, float]:
    """The fit of each practice that was proposed for a deed ("deed"), or for an intent's kind alone ("kind"), by id."""
    found: dict[str, list[Grade]] = defaultdict(list)
    for one in grades:
        if one.by == by:
            found[one.practice].append(one)
    least, slope = (LEAST, SLOPE) if by == "deed" else (PLAIN_LEAST, PLAIN_SLOPE)
    return {practice: _fit(of_it, least, slope) for practice, of_it in sorted(found.items())}


def by_meaning(grades: Sequence[Grade]) -> dict[str, tuple[int, float]]:
    """Of each practice matched by meaning how often it was graded, and the share found fitting."""
    ids = sorted({one.practice for one in grades if one.by == "meaning"})
    found = {key: [one for one in grades if (one.practice, one.by) == (key, "meaning")] for key in ids}
    return {key: (len(of_it), round(share(of_it)[0], 3)) for key, of_it in found.items()}


def _fit(found: Sequence[Grade], least: float, slope: float) -> float:
    fitting, _ = share(found)
    smoothed = (fitting * len(found) + USUAL_SHARE * PRIOR_GRADES) / (len(found) + PRIOR_GRADES)
    return round(min(MOST, least + slope * smoothed), 3)


def write_fits(grades: Sequence[Grade], path: Path = FITS) -> None:
    """The fits as the product reads them."""
    data: dict[str, object] = {by: fits_of(grades, by) for by in ("deed", "kind")}
    data["meaning"] = by_meaning(grades)
    path.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")
