"""What a run found, as frozen records: the shape of results.json.

Owns: Outcome, CaseResult, Fingerprint, RunResult. Must not know: how anything is measured, gates,
reports. An outcome's type tells its meaning: a bool is an assertion, a number a score or share, None
is *unscored*, which is not zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from pydantic import Field

from corpora.records import Frozen

RESULTS_VERSION = 1
#: Before a criterion's id: the judge's score, not the deterministic rule's.
JUDGED = "judge "


class Layer(StrEnum):
    """Which layer produced the plan, and so what its numbers can prove."""

    code = "code: the patterns engine, no model"
    replayed = "replay: recorded answers; proves that code did not regress, not that a model is good"
    live = "live: a model was called"


class Outcome(Frozen):
    """One measure of one case, why, and the items it rests on."""

    measure: str
    value: bool | float | None
    reason: str = ""
    where: tuple[str, ...] = ()


class Counted(Frozen):
    """A share with its counts, so that shares of unlike cases can be pooled."""

    measure: str
    hits: int = Field(ge=0)
    of: int = Field(ge=0)
    missed: tuple[str, ...] = ()


class CaseResult(Frozen):
    """One document's run. `error` is set where there was no plan to measure."""

    case: str
    document: str
    sha256: str
    repeat: int
    expected_status: str
    status: str
    plan_sha256: str
    outcomes: tuple[Outcome, ...] = ()
    counts: tuple[Counted, ...] = ()
    sizes: dict[str, int] = Field(default_factory=dict)
    error: str | None = None

    def value(self, measure: str) -> bool | float | None:
        """The outcome's value, None where it was not measured or is unscored."""
        return next((outcome.value for outcome in self.outcomes if outcome.measure == measure), None)

    def assertions(self) -> Iterator[Outcome]:
        """Outcomes that hold or do not."""
        return (outcome for outcome in self.outcomes if isinstance(outcome.value, bool))

    def scores(self) -> Iterator[Outcome]:
        """Criteria, unscored ones included."""
        return (outcome for outcome in self.outcomes if not isinstance(outcome.value, bool))


class Fingerprint(Frozen):
    """Hashes and versions of all that decides a result."""

    datasets: str
    rubric: str
    gates: str
    library: str
    parser: str
    embedder: str
    prompts: dict[str, str]


class RunResult(Frozen):
    """A whole run; `complete` is false where it was interrupted or ran out of budget."""

    version: int = RESULTS_VERSION
    suite: str
    engine: str
    model: str | None
    mode: str
    layer: Layer
    selection: str | None = None
    repeat: int
    fingerprint: Fingerprint
    cases: tuple[CaseResult, ...]
    judge: str = "not run: no model"
    tokens: int = 0
    complete: bool = True
    stopped: str | None = None
