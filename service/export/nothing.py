"""What each format says where a document holds no strategic intent.

Owns: that account in plain sentences and as a short Markdown page. Must not know: storage, pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from service.export.cards import said
from service.plan.plan import Plan

NO_PLAN = "No plan was made: the document commits nobody to a change of direction."


def questions(plan: Plan) -> tuple[str, ...]:
    """The questions for the author, each with its reason, as plain text."""
    return tuple(f"{question.text} {question.why}".strip() for question in plan.questions_for_leadership)


def no_plan_page(plan: Plan, instead_of: str) -> Iterator[str]:
    """A short Markdown page; `instead_of` names what would have stood here ('role card')."""
    yield f"# No {instead_of} yet: {said(plan.document.title)}"
    yield ""
    yield f"{NO_PLAN} Writing one all the same would put words into its author's mouth."
    yield ""
    yield f"**What it does hold.** {said(plan.holds)}"
    yield ""
    if plan.questions_for_leadership:
        yield "**What to ask its author**"
        yield ""
        yield from (f"{number}. {said(question)}" for number, question in enumerate(questions(plan), 1))
