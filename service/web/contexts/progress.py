"""What is shown while a plan is written, where writing it failed, and where a request was refused.

Owns: ProgressPage, RefusalPage, the words of the stages. Must not know: HTML, requests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from service.store.records import PlanRecord
from service.web.problems import Problem

#: Stage names of `service.telling` and what they do, in order.
STAGES: tuple[tuple[str, str], ...] = (
    ("parsing", "Cutting the text into passages"),
    ("reading", "Reading every sentence"),
    ("intents", "Finding what it commits to"),
    ("drafting", "Drafting behaviours and rituals"),
    ("checking", "Checking quotes, facts and load"),
)


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """A plan that is not written yet, or that could not be.

    Attributes:
        record: the plan; its state and, if it failed, its problem.
        stages: name and words of each stage, in order.
    """

    template: ClassVar[str] = "progress.html"
    record: PlanRecord
    stages: tuple[tuple[str, str], ...] = STAGES


#: What to do next, by the kind of problem; the last part of a problem's type.
_REMEDIES = {
    "not-signed-in": "Start the server again, or look in its window for the newest address.",
    "not-found": "It may have been erased, or the address is incomplete. The start page lists what there is.",
    "plan-erased": "The plan’s own page says what stays. Upload the document again to make a new plan.",
    "document-too-large": "Upload the part that holds the strategy, for example its summary chapter.",
    "scanned-document": "Run text recognition (OCR) on the file, or upload the original it was printed from.",
    "unsupported-type": "Save it as PDF, Word, PowerPoint, HTML, Markdown or plain text and upload that.",
    "invalid-request": "Go back, mend what is named above, and send it again.",
    "malformed-request": "Go back and send the form again; a browser did not write this one.",
    "sign-in-needed": "Your session has ended. Go to the start page and sign in; what you typed was not kept.",
    "not-allowed": "Ask somebody who looks after this workspace for another role, or to do it for you.",
    "forged-form": "Go back, load the page again and send it once more; you may have signed in again meanwhile.",
    "too-often": "Wait a little; nothing is lost.",
    "internal-fault": "Try once more. If it happens again, the server's log holds the details.",
}
_OTHERWISE = "Go back to the start page and try another file, or a sample strategy."


@dataclass(frozen=True, slots=True)
class RefusalPage:
    """Something was refused or went wrong.

    Attributes:
        problem: its title and reason.
        remedy: what to do next.
    """

    template: ClassVar[str] = "refusal.html"
    problem: Problem
    remedy: str


def refusal_of(problem: Problem) -> RefusalPage:
    """The page for a problem."""
    return RefusalPage(problem, _REMEDIES.get(problem.type.rsplit(":", 1)[-1], _OTHERWISE))
