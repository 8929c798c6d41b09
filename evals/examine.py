"""One case measured: assertions, intent finding, criteria.

Owns: which measures a case has and their names. Must not know: suites, gates, reports, engines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator

from evals import grounding
from evals.cases import NOTHING, STRATEGIES, Case
from evals.gold import COVERED, GoldDocument, IntentFinding, measure
from evals.grounding import Flaw
from evals.load_sums import broken_agendas, over_budget
from evals.results import CaseResult, Counted, Outcome
from evals.second_reading import fits, load_second, places, upheld_entries
from retrieval.documents import Document, Span
from service.checks import CheckContext, score
from service.checks.fields import texts_of
from service.plan.plan import Plan, Status

RECALL, PRECISION, TRAPS, FALSE_ALARMS, LEDGER = "recall", "precision", "traps", "false alarms", "ledger"
#: Ledger entries that either of two readers marked: fairer than precision, since the gold keeps what both hold.
UPHELD = "precision, either reader"
#: Files whose bytes are their words; others are read by the parser alone.
PLAIN = frozenset({".md", ".txt"})
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Made:
    """A document, the plan made from it, and the same plan made again (None: it was not)."""

    document: Document
    plan: Plan
    again: Plan | None
    context: CheckContext


def examined(case: Case, made: Made) -> CaseResult:
    """All measures of one plan."""
    plan = made.plan.model_dump(mode="json")
    return CaseResult(
        case=case.id,
        document=case.document,
        sha256=made.document.sha256,
        repeat=case.repeat,
        expected_status=case.status,
        status=made.plan.status.value,
        plan_sha256=_sha(made.plan),
        outcomes=(*_assertions(case, made, plan), *_criteria(made)),
        counts=_counts(case, made),
        sizes={key: len(value) for key, value in plan.items() if isinstance(value, list)},
    )


def failed(case: Case, error: str) -> CaseResult:
    """A case that gave no plan to measure."""
    return CaseResult(
        case=case.id,
        document=case.document,
        sha256="",
        repeat=case.repeat,
        expected_status=case.status,
        status="error",
        plan_sha256="",
        error=error,
    )


def _assertions(case: Case, made: Made, plan: Mapping[str, Any]) -> list[Outcome]:
    text = made.document.text
    library = {key: " ".join(f.text for f in texts_of(practice)) for key, practice in made.context.practices.items()}
    budgets = {role.value: hours for role, hours in made.context.budgets.hours_per_week.items()}
    found = [
        _holds("schema", [Flaw("plan", fault) for fault in _schema_faults(made.plan)]),
        _holds("status", _wrong_status(case, made.plan)),
        _holds("not empty", grounding.emptiness(plan)),
        _holds("quotes exact", grounding.bent_quotes(plan, text)),
        _holds("nothing invented", grounding.invented(plan, text, library)),
        _holds("intents served", grounding.unserved(plan)),
        _holds("load", [Flaw("load", words) for words in [*over_budget(plan, budgets), *broken_agendas(plan)]]),
    ]
    if case.path.suffix in PLAIN:
        original = case.path.read_text(encoding="utf-8")
        found.append(_holds("quotes in the file", grounding.quotes_missing_in_original(plan, original)))
    if made.again is not None:
        same = _sha(made.plan) == _sha(made.again)
        found.append(_holds("deterministic", [] if same else [Flaw("plan", "two runs differ")]))
    return found


def _holds(measure_name: str, flaws: Sequence[Flaw]) -> Outcome:
    words = [f"{flaw.item_id}: {flaw.words}" for flaw in flaws[:SHOWN]]
    more = [f"and {len(flaws) - SHOWN} more"] if len(flaws) > SHOWN else []
    where = tuple(dict.fromkeys(flaw.item_id for flaw in flaws))
    return Outcome(measure=measure_name, value=not flaws, reason="; ".join([*words, *more]), where=where)


def _schema_faults(plan: Plan) -> list[str]:
    """The plan's JSON text against the published schema, by a validator that knows nothing of our classes."""
    validator = Draft202012Validator(Plan.model_json_schema())
    faults = [error.message[:200] for error in validator.iter_errors(plan.model_dump(mode="json"))]
    if not faults and Plan.model_validate_json(plan.model_dump_json()) != plan:
        faults.append("reading the JSON back gives another plan")
    return faults


def _wrong_status(case: Case, plan: Plan) -> list[Flaw]:
    if plan.status.value == case.status:
        return []
    return [Flaw("plan", f"status is {plan.status.value}, expected {case.status}")]


def _criteria(made: Made) -> list[Outcome]:
    if made.plan.status is not Status.ready:
        return []
    scores = score(made.plan, made.context)
    return [Outcome(measure=s.criterion, value=s.score, reason=s.reason, where=s.item_ids) for s in scores]


def _counts(case: Case, made: Made) -> tuple[Counted, ...]:
    gold = case.load_gold()
    found: list[Counted] = []
    if case.status == NOTHING:
        alarm = int(made.plan.status is Status.ready)
        found.append(Counted(measure=FALSE_ALARMS, hits=alarm, of=1))
    if gold is not None:
        ledger = ledger_spans(made.plan)
        found += _finding(gold, measure(gold, made.document.text, ledger))
        found += _upheld(case, made.document, gold, ledger)
    return tuple(found)


def _upheld(case: Case, document: Document, gold: GoldDocument, ledger: Sequence[Sequence[Span]]) -> list[Counted]:
    """For sample strategies that a second reader has marked."""
    second = load_second(case.document) if case.path.parent == STRATEGIES else None
    if second is None or not gold.intents or not fits(second, document):
        return []
    hits = upheld_entries(ledger, document.text, gold, places(second, document))
    return [Counted(measure=UPHELD, hits=hits, of=len(ledger))]


def ledger_spans(plan: Plan) -> list[list[Span]]:
    """The quotes of each active or deferred intent."""
    ledger = [*plan.intents, *(entry.intent for entry in plan.deferred_intents)]
    return [[Span(quote.start, quote.end) for quote in intent.quotes] for intent in ledger]


def _finding(gold: GoldDocument, found: IntentFinding) -> list[Counted]:
    missed = tuple(name for name, share in found.found if share < COVERED)
    taken = tuple(words for words, share in found.taken if share >= COVERED)
    counts = [Counted(measure=TRAPS, hits=len(taken), of=len(found.taken), missed=taken)]
    if gold.intents:
        hits = len(found.found) - len(missed)
        counts.append(Counted(measure=RECALL, hits=hits, of=len(found.found), missed=missed))
        counts.append(Counted(measure=PRECISION, hits=found.matched, of=found.entries))
    return counts


def _sha(plan: Plan) -> str:
    return hashlib.sha256(plan.model_dump_json().encode()).hexdigest()
