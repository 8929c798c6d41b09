"""The whole test of the test, plan by plan: operators, doses, controls, attacks.

Owns: which mutants are made and measured, in which process. Must not know: targets, files, pages.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from evals.mutate.attacks import ATTACKS
from evals.mutate.controls import CONTROLS
from evals.mutate.fillers import Fillers, load_fillers
from evals.mutate.measure import Outcome, falls, measured, scores_of, still
from evals.mutate.mutant import LISTS, Mutant, Operator, Sight, dealt
from evals.mutate.operators import OPERATORS
from evals.mutate.seeds import PLANS, Seed, load_seeds
from retrieval.embed import load_embedder
from service.plan.plan import Plan

LIMIT, WORKERS = 60, 2
DOSES = (1, 2, 4)
#: Threads of the embedder in each process: more would only contend for the same cores.
THREADS = 1
#: Controls and mutants a plan on which each attack is played.
CONTROLS_A_PLAN, ATTACKED_A_PLAN = 6, 8
#: Floating noise aside, an attack may not raise anything.
RISE = 0.005


@dataclass(frozen=True, slots=True)
class Told:
    """A mutant without its plan: what is written down of it."""

    operator: str
    seed: str
    item: str
    field: str
    before: str
    after: str
    target: str

    @classmethod
    def of(cls, made: Mutant) -> Told:
        """The mutant's record."""
        return cls(made.operator, made.seed, made.item, made.field, made.before, made.after, made.target)


@dataclass(frozen=True, slots=True)
class Row:
    """One mutant as measured. `moved` are criteria outside target and allowed column that moved."""

    told: Told
    falls: dict[str, float | None]
    target_fall: float
    hit: bool
    blamed: bool
    moved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dose:
    """The target's score with 1, 2 and 4 defects of one operator in one plan."""

    operator: str
    seed: str
    scores: tuple[float, ...]

    @property
    def falling(self) -> bool:
        """Whether more defects never raise the score."""
        return all(more <= fewer + RISE for fewer, more in zip(self.scores, self.scores[1:], strict=False))


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything measured on some plans."""

    rows: tuple[Row, ...] = ()
    doses: tuple[Dose, ...] = ()
    controls: tuple[Row, ...] = ()
    attacks: tuple[Row, ...] = ()

    def __add__(self, other: Findings) -> Findings:
        return Findings(
            self.rows + other.rows,
            self.doses + other.doses,
            self.controls + other.controls,
            self.attacks + other.attacks,
        )


def seed_names() -> tuple[str, ...]:
    """The committed plans by name."""
    return tuple(path.stem for path in sorted(PLANS.glob("*.json")))


def run_all(operators: Sequence[Operator], limit: int = LIMIT, workers: int = WORKERS) -> Findings:
    """All plans, shared out among processes; the same answer for any number of them."""
    names = seed_names()
    share = -(-limit // len(names))
    jobs = [(names[number::workers], [operator.id for operator in operators], share) for number in range(workers)]
    if workers == 1:
        parts = [_job(jobs[0])]
    else:
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            parts = list(pool.map(_job, jobs))
    whole = sum(parts, Findings())
    order = {name: place for place, name in enumerate(names)}
    return Findings(
        tuple(sorted(whole.rows, key=lambda row: (_number(row.told.operator), order[row.told.seed]))),
        tuple(sorted(whole.doses, key=lambda dose: (_number(dose.operator), order[dose.seed]))),
        tuple(sorted(whole.controls, key=lambda row: (_number(row.told.operator), order[row.told.seed]))),
        tuple(sorted(whole.attacks, key=lambda row: (_number(row.told.operator), order[row.told.seed]))),
    )


def run_seed(seed: Seed, operators: Sequence[Operator], fillers: Fillers, share: int) -> Findings:
    """One plan: at most `share` mutants an operator."""
    made = {operator.id: dealt([list(operator.make(seed, fillers))], share) for operator in operators}
    rows = [
        _row(measured(mutant, operator, seed), operator.allowed)
        for operator in operators
        for mutant in made[operator.id]
    ]
    doses = [dose for operator in operators if (dose := _dose(operator, seed, fillers)) is not None]
    return Findings(tuple(rows), tuple(doses), tuple(_controls(seed, fillers)), tuple(_attacks(seed, fillers, made)))


def _job(job: tuple[Sequence[str], Sequence[str], int]) -> Findings:
    names, ids, share = job
    fillers = load_fillers()
    operators = [operator for operator in OPERATORS if operator.id in ids]
    seeds = load_seeds(load_embedder(None, THREADS), names)
    return sum((run_seed(seed, operators, fillers, share) for seed in seeds), Findings())


def _row(outcome: Outcome, allowed: frozenset[str]) -> Row:
    told = Told.of(outcome.mutant)
    return Row(told, dict(outcome.falls), outcome.target_fall, outcome.hit, outcome.blamed, outcome.moved(allowed))


def _dose(operator: Operator, seed: Seed, fillers: Fillers) -> Dose | None:
    """The same defect in 1, 2 and 4 places; None where it cannot be laid on itself."""
    if operator.sight is Sight.judge or operator.id == "M9":
        return None
    by_item = {mutant.item: mutant for mutant in dealt([list(operator.make(seed, fillers))], 1000)}
    if len(by_item) < max(DOSES):
        return None
    chosen = list(by_item.values())
    scores = []
    for count in DOSES:
        plan = seed.plan
        for mutant in chosen[:count]:
            plan = _laid_on(plan, seed, mutant)
        both = Mutant(operator.id, seed.name, "", "", "", "", operator.target, plan)
        score = next(s.score for s in scores_of(both, seed) if s.criterion == operator.target)
        scores.append(score if score is not None else 0.0)
    return Dose(operator.id, seed.name, tuple(scores))


def _laid_on(plan: Plan, seed: Seed, mutant: Mutant) -> Plan:
    """The plan with every record that the mutant changed in the seed."""
    update = {}
    for name in LISTS:
        original = {entry.id: entry for entry in getattr(seed.plan, name)}
        new = {entry.id: entry for entry in getattr(mutant.plan, name) if entry != original.get(entry.id)}
        update[name] = tuple(new.get(entry.id, entry) for entry in getattr(plan, name))
    return plan.model_copy(update=update)


def _controls(seed: Seed, fillers: Fillers) -> Iterator[Row]:
    for control in CONTROLS:
        for mutant in dealt([list(control.make(seed, fillers))], CONTROLS_A_PLAN):
            moved = falls(seed.scores, scores_of(mutant, seed))
            shaken = tuple(key for key, fall in moved.items() if not still(fall))
            yield Row(Told.of(mutant), moved, 0.0, not shaken, False, shaken)


def _attacks(seed: Seed, fillers: Fillers, made: dict[str, tuple[Mutant, ...]]) -> Iterator[Row]:
    for attack in ATTACKS:
        bases = [mutants[0] for key, mutants in made.items() if mutants and (not attack.on or key in attack.on)]
        for base in bases[:: max(1, len(bases) // ATTACKED_A_PLAN)]:
            before = scores_of(base, seed)
            for mutant in attack.make(base, seed, fillers):
                moved = falls(before, scores_of(mutant, seed))
                raised = tuple(key for key, fall in moved.items() if fall is not None and fall < -RISE)
                yield Row(Told.of(mutant), moved, 0.0, not raised, False, raised)


def _number(key: str) -> int:
    return int(key[1:])
