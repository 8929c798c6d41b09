"""A run over one small sound plan, made without loading models, whose plan a test may break."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpora.records import RoleClass, TimeCost
from evals.aggregate import compare, summarise
from evals.cases import READY, Case
from evals.command_run import report_on
from evals.examine import Made
from evals.gates import FailOn, load_gates
from evals.report import Report
from evals.results import Layer, RunResult
from evals.run import Order, run_suite
from evals.workbench import Mode
from service.checks import CheckContext
from service.checks.c08_load import role_loads
from service.plan.items import IndicatorKind
from service.plan.plan import Plan
from tests.service.planmaker import (
    BUDGETS,
    DOCUMENT,
    LEXICONS,
    LISTEN,
    ask,
    behaviour,
    indicator,
    intent,
    parts,
    plan,
    question,
    ritual,
)

__all__ = ["SmallBench", "compare", "report", "run", "small_case", "sound_plan", "summarise"]

Break = Callable[[Plan], Plan]


def sound_plan() -> Plan:
    """Two intents, two behaviours (one a leader's), a ritual, an ask, indicators: all measures in order."""
    intents = (intent(1), intent(2, LISTEN))
    costs = (TimeCost(role_class=RoleClass.leader, minutes=10),)
    items = (
        behaviour(0, ("int-1",)),
        behaviour(1, ("int-2",)),
        behaviour(4, ("int-1",), role_class=RoleClass.leader, actor="sponsor", time_cost=costs),
        ritual(0, ("int-2",)),
        ask(0, ("int-1",)),
    )
    indicators = tuple(
        indicator(kind, item, (key,))
        for item, key in (("beh-0", "int-1"), ("beh-1", "int-2"))
        for kind in (IndicatorKind.adherence, IndicatorKind.leading, IndicatorKind.counter)
    )
    loads = role_loads((*items[:3], items[3]), BUDGETS)
    return plan(parts(*items, intents=intents, indicators=indicators, questions=(question(),), load=loads))


@dataclass
class SmallBench:
    """Gives the sound plan, changed by a broken stage; an error is raised in its place."""

    broken: Break = lambda made: made
    error: BaseException | None = None
    fails_at: int = 1
    layer: Layer = Layer.code
    model: str | None = None
    tokens: int = 0
    made: int = 0

    def make(self, case: Case, twice: bool) -> Made:
        self.made += 1
        if self.error is not None and self.made == self.fails_at:
            raise self.error
        context = CheckContext(document=DOCUMENT, practices={}, budgets=BUDGETS, lexicons=LEXICONS)
        done = self.broken(sound_plan())
        return Made(DOCUMENT, done, self.broken(sound_plan()) if twice else None, context)

    def versions(self) -> Mapping[str, str]:
        return {"library": "0", "parser": "test-1", "embedder": "none"}


def small_case(folder: Path, name: str = "harbour") -> Case:
    path = folder / f"{name}.md"
    path.write_text(DOCUMENT.text, encoding="utf-8")
    return Case(name, path, READY)


def run(folder: Path, bench: SmallBench | None = None, names: tuple[str, ...] = ("harbour",)) -> RunResult:
    cases = tuple(small_case(folder, name) for name in names)
    order = Order("smoke", "patterns", Mode.offline, cases, frozenset({cases[0].id}))
    return run_suite(order, bench or SmallBench(), "gates")


def report(result: RunResult, before: RunResult | None = None, fail_on: FailOn = FailOn.any) -> Report:
    return report_on(result, before, load_gates(), fail_on, "before.json" if before else None)
