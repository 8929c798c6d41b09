"""The judge's part of a run: which question each item is asked, and what its answers amount to.

Owns: what the judge reads of a plan, one item at a time, folding its answers into criteria, and where the
transcript goes. Must not know: providers, gates. A criterion with a missing answer is unscored with the reason;
it never passes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpora.records import Criterion, Frozen
from corpora.rubric import load_rubric
from evals.cases import Case
from evals.examine import Made
from evals.judge import Judge, Judgement, Question, load_judge
from evals.results import JUDGED, Outcome
from evals.run import Judging
from evals.workbench import TokenCap, reference_intents
from service.checks.fields import texts_of
from service.checks.scoring import MEAN_WEIGHT, MINIMUM_WEIGHT
from service.engines.model.recordings import RecordingModel
from service.llm import LangchainModel, ModelConnection
from service.plan.items import Behaviour, Item
from service.plan.plan import Plan, Status
from service.settings import Settings

#: Which items a question makes sense for; C1 is asked of intents, the rest of the whole plan.
OF_BEHAVIOURS = ("C3", "C4", "C6", "C7", "C10", "C11", "G1", "G2")
OF_RITUALS = ("C6", "C7", "C10", "C11", "G1", "G2")
OF_ASKS = ("C11", "G1", "G2")
OF_PLAN = ("C2", "C8", "C9", "C12", "C13")
OTHERS = 3


@dataclass(frozen=True, slots=True)
class JudgedPlan:
    """Outcomes by criterion and every answer with its transcript."""

    outcomes: tuple[Outcome, ...]
    judgements: tuple[Judgement, ...]


def judge_plan(
    judge: Judge, plan: Plan, text: str, rubric: Sequence[Criterion], references: Sequence[str]
) -> JudgedPlan:
    """Every question about a plan, one call each; `references` are intents of other strategies."""
    if plan.status is not Status.ready:
        return JudgedPlan((), ())
    criteria = {criterion.id: criterion for criterion in rubric}
    answers = [judge.score(question) for question in _questions(plan, text, criteria)]
    answers += _swaps(judge, plan, references)
    outcomes = [_folded(key, [a for a in answers if a.criterion == key]) for key in criteria]
    return JudgedPlan(tuple(outcome for outcome in outcomes if outcome is not None), tuple(answers))


def open_judging(model: str, settings: Settings, out: Path, max_tokens: int | None) -> Judging:
    """A judge on a live model ('provider:name'); answers are kept in `out`/judge and not asked twice."""
    connection = ModelConnection(model, base_url=settings.model_base_url, timeout_seconds=settings.model_timeout)
    recording = RecordingModel(LangchainModel(connection), out / "judge" / "answers")
    return judging_with(load_judge(TokenCap(recording, max_tokens)), out / "judge")


def judging_with(judge: Judge, folder: Path) -> Judging:
    """Judges each plan and writes the transcript to `folder`/<case>.json."""
    rubric, references = load_rubric(), reference_intents()

    def judging(case: Case, made: Made) -> tuple[Outcome, ...]:
        others = [text for doc, texts in references.items() if doc != case.document for text in texts]
        judged = judge_plan(judge, made.plan, made.document.text, rubric, others)
        folder.mkdir(parents=True, exist_ok=True)
        lines = json.dumps([asdict(judgement) for judgement in judged.judgements], indent=1, ensure_ascii=False)
        (folder / f"{case.id}.json").write_text(lines + "\n", encoding="utf-8")
        return judged.outcomes

    return judging


def item_words(item: Frozen) -> str:
    """An item's prose, a field a line, as the judge reads it: no ids, no provenance, no maker."""
    return "\n".join(f"{field.path}: {field.text}" for field in texts_of(item))


def whole_plan(plan: Plan) -> str:
    """The plan as the judge reads it as a whole: intents, items, indicators, what waits, questions."""
    aims = [intent.statement for intent in plan.intents]
    return "\n\n".join([*aims, *(item_words(item) for item, _ in _asked(plan)), *_rest(plan)])


def others_for(references: Sequence[str]) -> Sequence[str]:
    """A few intents of other strategies, spread over them."""
    return references[:: max(1, len(references) // OTHERS)][:OTHERS]


def _questions(plan: Plan, text: str, criteria: Mapping[str, Criterion]) -> Iterator[Question]:
    for intent in plan.intents:
        passage = "\n".join(quote.text for quote in intent.quotes)
        yield Question(criteria["C1"], intent.id, intent.statement, passage)
    aims = {intent.id: intent.statement for intent in plan.intents}
    for item, keys in _asked(plan):
        context = "\n".join(aims[key] for key in item.intent_ids if key in aims)
        for key in keys:
            yield Question(criteria[key], item.id, item_words(item), text if key == "G1" else context)
    for key in OF_PLAN:
        yield Question(criteria[key], "plan", whole_plan(plan), text if key == "C2" else "")


def _asked(plan: Plan) -> Iterator[tuple[Item, tuple[str, ...]]]:
    for behaviour in plan.behaviours:
        yield behaviour, OF_BEHAVIOURS
    for ritual in plan.rituals:
        yield ritual, OF_RITUALS
    for ask in plan.policy_asks:
        yield ask, OF_ASKS


def _rest(plan: Plan) -> Iterator[str]:
    yield from (item_words(indicator) for indicator in plan.indicators)
    yield from (f"later: {entry.intent.statement} ({entry.reason})" for entry in plan.deferred_intents)
    yield from (f"question: {question.text}" for question in plan.questions_for_leadership)


def _swaps(judge: Judge, plan: Plan, references: Sequence[str]) -> Iterator[Judgement]:
    aims = {intent.id: intent.statement for intent in plan.intents}
    others = others_for(references)
    for item, _ in _asked(plan):
        own = next((aims[key] for key in item.intent_ids if key in aims), None)
        if own is not None and others:
            words = item.action if isinstance(item, Behaviour) else item_words(item)
            yield judge.swap_test(item.id, words, own, others)


def _folded(criterion: str, answers: Sequence[Judgement]) -> Outcome | None:
    if not answers:
        return None
    name, open_ones = f"{JUDGED}{criterion}", [answer for answer in answers if answer.score is None]
    if open_ones:
        reason = f"{len(open_ones)} of {len(answers)} questions without an answer: {open_ones[0].reason}"
        return Outcome(measure=name, value=None, reason=reason, where=tuple(a.item_id for a in open_ones))
    scores = [float(answer.score) for answer in answers if answer.score is not None]
    total = MEAN_WEIGHT * sum(scores) / len(scores) + MINIMUM_WEIGHT * min(scores)
    low = sorted((a for a in answers if (a.score or 0) < 5), key=lambda a: a.score or 0)
    reason = "; ".join(f"{a.item_id}: {a.reason}" for a in low[:3]) or "no fault found"
    return Outcome(measure=name, value=round(total, 2), reason=reason, where=tuple(a.item_id for a in low))
