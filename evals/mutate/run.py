"""The whole test of the test, plan by plan: operators, doses, controls, attacks.

Owns: which mutants are made and measured, in which process. Must not know: targets, files, pages.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from evals.mutate.attacks import ATTACKS
from evals.mutate.controls import CONTROLS
from evals.mutate.fillers import Fillers, Part, held_back, load_parts
from evals.mutate.measure import Outcome, falls, measured, scores_of, still
from evals.mutate.mutant import LISTS, Mutant, Operator, Sight, dealt
from evals.mutate.operators import OPERATORS
from evals.mutate.seeds import PLANS, Seed, load_seeds
from retrieval.embed import load_embedder
from service.plan.plan import Plan

#: Mutants an operator over all plans: sixty, and as many again so that each part of the fillers is met.
LIMIT, WORKERS = 120, 2
DOSES = (1, 2, 4)
#: Threads of the embedder in each process: more would only contend for the same cores.
THREADS = 1
#: Controls and mutants a plan on which each attack is played.
CONTROLS_A_PLAN, ATTACKED_A_PLAN = 10, 8
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
    """One mutant as measured. `moved` are criteria outside target and allowed column that moved.

    `part` says whose words it holds; with a plan that is held back, all its mutants are.
    """

    told: Told
    falls: dict[str, float | None]
    target_fall: float
    hit: bool
    blamed: bool
    moved: tuple[str, ...]
    part: Part = Part.first


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


def run_all(
    operators: Sequence[Operator], limit: int = LIMIT, workers: int = WORKERS, *, tuning: bool = False
) -> Findings:
    """All plans, shared out among processes; the same answer for any number of them.

    With `tuning` nothing that is held back is touched, neither plans nor fillers.
    """
    hidden = held_back(seed_names()) if tuning else frozenset()
    names = tuple(name for name in seed_names() if name not in hidden)
    share = -(-limit // len(names))
    ids = [operator.id for operator in operators]
    jobs = [(names[number::workers], ids, share, tuning) for number in range(workers)]
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


def run_seed(seed: Seed, operators: Sequence[Operator], parts: Mapping[Part, Fillers], share: int) -> Findings:
    """One plan: at most `share` mutants an operator, taken in turn from each part of the fillers."""
    made = {operator.id: _made(operator, seed, parts, share) for operator in operators}
    rows = [
        _row(measured(mutant, operator, seed), operator.allowed, part)
        for operator in operators
        for mutant, part in made[operator.id]
    ]
    first, every = parts[Part.first], tuple(parts.values())
    doses = [dose for operator in operators if (dose := _dose(operator, seed, first)) is not None]
    bases = {key: tuple(mutant for mutant, _ in pairs) for key, pairs in made.items()}
    return Findings(tuple(rows), tuple(doses), tuple(_controls(seed, every)), tuple(_attacks(seed, every, bases)))


def _made(operator: Operator, seed: Seed, parts: Mapping[Part, Fillers], share: int) -> list[tuple[Mutant, Part]]:
    """Distinct mutants, each with the first part that yields it: operators without words yield the same in all."""
    seen: set[tuple[str, str, str, str]] = set()
    piles: dict[Part, list[Mutant]] = {}
    for part, fillers in parts.items():
        fresh = {(m.item, m.field, m.before, m.after): m for m in operator.make(seed, fillers)}
        piles[part] = [made for key, made in fresh.items() if key not in seen]
        seen |= fresh.keys()
    owner = {id(made): part for part, pile in piles.items() for made in pile}
    hidden = seed.name in held_back(seed_names())
    taken = dealt(list(piles.values()), share)
    return [(made, owner[id(made)].as_held() if hidden else owner[id(made)]) for made in taken]


def _job(job: tuple[Sequence[str], Sequence[str], int, bool]) -> Findings:
    names, ids, share, tuning = job
    parts = {part: fillers for part, fillers in load_parts().items() if not (tuning and part.held)}
    operators = [operator for operator in OPERATORS if operator.id in ids]
    seeds = load_seeds(load_embedder(None, THREADS), names)
    return sum((run_seed(seed, operators, parts, share) for seed in seeds), Findings())


def _row(outcome: Outcome, allowed: frozenset[str], part: Part) -> Row:
    told = Told.of(outcome.mutant)
    moved = outcome.moved(allowed)
    return Row(told, dict(outcome.falls), outcome.target_fall, outcome.hit, outcome.blamed, moved, part)


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


def _controls(seed: Seed, every: Sequence[Fillers]) -> Iterator[Row]:
    for control in CONTROLS:
        whole = [[mutant for fillers in every for mutant in control.make(seed, fillers)]]
        for mutant in dealt(whole, CONTROLS_A_PLAN):
            moved = falls(seed.scores, scores_of(mutant, seed))
            shaken = tuple(key for key, fall in moved.items() if not still(fall))
            yield Row(Told.of(mutant), moved, 0.0, not shaken, False, shaken)


def _attacks(seed: Seed, every: Sequence[Fillers], made: Mapping[str, tuple[Mutant, ...]]) -> Iterator[Row]:
    for attack in ATTACKS:
        bases = [mutants[0] for key, mutants in made.items() if mutants and (not attack.on or key in attack.on)]
        for base in bases[:: max(1, len(bases) // ATTACKED_A_PLAN)]:
            before = scores_of(base, seed)
            tricks = [mutant for fillers in every for mutant in attack.make(base, seed, fillers)]
            for mutant in dealt([tricks], len(tricks)):
                moved = falls(before, scores_of(mutant, seed))
                raised = tuple(key for key, fall in moved.items() if fall is not None and fall < -RISE)
                yield Row(Told.of(mutant), moved, 0.0, not raised, False, raised)


def _number(key: str) -> int:
    return int(key[1:])
