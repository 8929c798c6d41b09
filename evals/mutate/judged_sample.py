"""A sample of mutants for the judge, with recorded answers: what rules cannot see, or only in part.

Owns: which mutants are put to the judge, beside the sound plan they come from, and what counts as seen. Must not
know: rules' scores, files of a run. The answers in `datasets/judge_recordings` were written by hand by a reader who
played the judge (a language model, no person); a replay shows that the questions, the reading of answers and the
arithmetic still work, not that any model is a good judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpora.lexicons import load_lexicons
from corpora.load import load_budgets
from corpora.rubric import load_rubric
from evals.cases import ROOT
from evals.judge import Judge, Judgement, Question, load_judge
from evals.judged import others_for, whole_plan
from evals.mutate.fillers import Part, load_parts
from evals.mutate.measure import ITEM_FALL, WHOLE_FALL
from evals.mutate.mutant import Mutant, dealt
from evals.mutate.operators import OPERATORS
from evals.mutate.run import seed_names
from evals.mutate.seeds import PLANS, Seed, document_of
from evals.workbench import reference_intents
from service.checks import CheckContext
from service.engines.model.recordings import ReplayModel
from service.llm import ChatModel
from service.plan.plan import Plan

RECORDINGS = ROOT / "evals" / "datasets" / "judge_recordings"
RECORD_AGAIN = "python -m evals mutate --judge PROVIDER:MODEL --record {folder}"
#: Operator and mutants a plan: two that only a judge sees, one that rules see in part.
SAMPLED = {"M3": 1, "M5": 1, "M6": 1}
#: Plans whose ledger is put to the judge as a whole: a question holds document and plan, so two are enough.
WHOLE_PLANS = ("brindle-fenn-deck", "vantry-bank-memo")


@dataclass(frozen=True, slots=True)
class Compared:
    """One mutant and its seed before the judge; a fall is None where an answer is missing, which is never a hit."""

    operator: str
    seed: str
    item: str
    before: int | None
    after: int | None

    @property
    def fall(self) -> int | None:
        """Score before less score after."""
        return None if self.before is None or self.after is None else self.before - self.after

    @property
    def hit(self) -> bool:
        """Whether the judge saw the defect (domain brief 6)."""
        wanted = WHOLE_FALL if self.operator == "M5" else ITEM_FALL
        return self.fall is not None and self.fall >= wanted


def judged_sample(model: ChatModel) -> tuple[Compared, ...]:
    """Every sampled mutant and its seed, judged.

    Raises:
        service.engines.model.recordings.ReplayMiss: an answer is not recorded.
    """
    judge = load_judge(model)
    return tuple(_compared(judge, seed, mutant) for seed, mutant in _sample())


def replayed(folder: Path = RECORDINGS) -> tuple[Compared, ...]:
    """The sample with recorded answers."""
    return judged_sample(ReplayModel(folder, RECORD_AGAIN))


def bare_seed(name: str) -> Seed:
    """A committed plan with what operators need and nothing to score by."""
    plan = Plan.model_validate_json((PLANS / f"{name}.json").read_text(encoding="utf-8"))
    return Seed(name, plan, CheckContext(document_of(name), {}, load_budgets(), load_lexicons()), ())


def _sample() -> Iterator[tuple[Seed, Mutant]]:
    fillers = load_parts()[Part.second]
    for operator in OPERATORS:
        for name in seed_names():
            if operator.id in SAMPLED and (operator.id != "M5" or name in WHOLE_PLANS):
                seed = bare_seed(name)
                for mutant in dealt([list(operator.make(seed, fillers))], SAMPLED[operator.id]):
                    yield seed, mutant


def _compared(judge: Judge, seed: Seed, mutant: Mutant) -> Compared:
    before, after = (_asked(judge, seed, mutant, plan) for plan in (seed.plan, mutant.plan))
    return Compared(mutant.operator, seed.name, mutant.item, before.score, after.score)


def _asked(judge: Judge, seed: Seed, mutant: Mutant, plan: Plan) -> Judgement:
    criteria = {criterion.id: criterion for criterion in load_rubric()}
    if mutant.operator == "M5":
        return judge.score(Question(criteria["C2"], "plan", whole_plan(plan), seed.document.text))
    if mutant.operator == "M3":
        intent = next(entry for entry in plan.intents if entry.id == mutant.item)
        passage = "\n".join(quote.text for quote in intent.quotes)
        return judge.score(Question(criteria["C1"], intent.id, intent.statement, passage))
    item = next(entry for entry in plan.behaviours if entry.id == mutant.item)
    own = next(intent.statement for intent in plan.intents if intent.id in item.intent_ids)
    return judge.swap_test(item.id, item.action, own, others_for(_strangers(seed.name)))


def _strangers(name: str) -> Sequence[str]:
    return [text for document, texts in reference_intents().items() if document != name for text in texts]
