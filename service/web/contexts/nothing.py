"""What is shown of a document that commits nobody to a change.

Owns: NothingPage. Must not know: HTML, requests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from service.plan.plan import NearMiss, Plan, Question
from service.store.records import PlanRecord


@dataclass(frozen=True, slots=True)
class NothingPage:
    """A courteous account of why there is no plan.

    Attributes:
        record: the plan's id and title.
        holds: what the document holds, in a sentence or two.
        near_misses: sentences that come close to a commitment, each with the reason why it is none.
        questions: three questions for the author.
    """

    template: ClassVar[str] = "nothing.html"
    record: PlanRecord
    holds: str
    near_misses: tuple[NearMiss, ...]
    questions: tuple[Question, ...]


def nothing_of(record: PlanRecord, plan: Plan) -> NothingPage:
    """The page for a plan without intents."""
    return NothingPage(record, plan.holds, plan.near_misses, plan.questions_for_leadership)
