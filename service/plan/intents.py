"""What the leadership wants: intents on exact words, and the ledger of those not started now.

Owns: Intent, DeferredIntent, State. Must not know: engines, practices, storage.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from corpora.records import Frozen, StateSource
from service.plan.provenance import Quote


class IntentKind(StrEnum):
    """What sort of commitment the words make."""

    shift = "shift"
    priority = "priority"
    principle = "principle"
    target = "target"
    constraint = "constraint"


class State(Frozen):
    """A from- or to-state, and whether the document says it or we suppose it."""

    text: str = Field(min_length=2)
    source: StateSource


class Intent(Frozen):
    """One strategic intent, resting on one or more exact quotes.

    `statement` is a plain sentence in our words or the document's own; `label` is its short
    verbatim core (3 to 15 words of a quote, 18 where no shorter phrase is whole) for headings and
    cross-references. `importance` is 0 to 1 within the document. `reason_first` says why it starts in
    the first 90 days.
    """

    id: str
    label: str
    statement: str
    kind: IntentKind
    from_state: State | None = None
    to_state: State | None = None
    quotes: Annotated[tuple[Quote, ...], Field(min_length=1)]
    confidence: float = Field(ge=0, le=1)
    importance: float = Field(ge=0, le=1)
    wave: int = Field(ge=1, le=4)
    reason_first: str | None = None


#: What limits and what the text itself has timed wait for: a plan postpones neither.
HOLDS = "nothing: it stands as the text has it"
#: What intents wait for that no routine of ours serves.
PROPOSAL = "a routine that the teams concerned propose"
#: What intents wait for that are only lower in the order.
ROOM = "room in the teams' week after day 90"


class NextStep(Frozen):
    """The one behaviour that a waiting intent would begin with: a practice's form, or one that the model worded.

    `text` is its whole sentence (trigger, actor, action), checked as an item of the plan is; it costs nobody
    time before the intent starts, so no load is counted. Without a practice behind it `practice_id` and `title`
    are empty.
    """

    practice_id: str = ""
    title: str = ""
    actor: str
    text: str

    def words(self) -> str:
        """The sentence as it goes on after a colon; it begins with a trigger's "when", never with a name."""
        return self.text[:1].lower() + self.text[1:]


class DeferredIntent(Frozen):
    """An intent that does not start in the first 90 days: why, in which wave, what it waits for and begins with."""

    intent: Intent
    reason: str
    waits_for: str
    next_step: NextStep | None = None

    @property
    def holds(self) -> bool:
        """Whether it binds as written, with no routine of the plan to start."""
        return self.waits_for == HOLDS

    @property
    def by_rank(self) -> bool:
        """Whether nothing but its place in the order keeps it from starting."""
        return self.waits_for == ROOM
