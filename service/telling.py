"""What a reader of the stream is told while a plan is written.

Owns: the events and their data. Must not know: how they travel, how the plan is made. A card is
provisional until a later event confirms, changes or withdraws it, with the reason.

Events: `queued`; `stage` {stage}; `restarted`; `card` {item_id, intent_id, kind, title, quote};
`confirmed` {item_id}; `changed` {item_id, title, reason}; `withdrawn` {item_id, reason};
`profile` {lines}: what the organisation's profile changed; `done` {state};
`failed` {reason}. After `done` or `failed` nothing follows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from service.plan.items import Behaviour, Item, Ritual
from service.plan.plan import Plan
from service.plan.proposals import IntentDraft
from service.store.plans import PlanRepository
from service.store.records import PlanState

#: Events after which nothing follows.
LAST_EVENTS = frozenset({"done", "failed"})
_CHANGED = "the checks repaired it or moved its start"
_WITHDRAWN = "the checks dropped it, merged it with another item, or put it off to stay within the hours people have"


class Telling:
    """Tells the story of one plan. The engine may call `card` from several threads."""

    def __init__(self, plans: PlanRepository, plan_id: str, on_stage: Callable[[str], None]) -> None:
        self._plans = plans
        self._plan_id = plan_id
        self._on_stage = on_stage
        self._cards: dict[str, Item] = {}

    def begin(self) -> None:
        """If an earlier attempt showed cards, take them all back."""
        if any(event.kind == "card" for event in self._plans.events(self._plan_id)):
            self._tell("restarted", {})

    def stage(self, name: str) -> None:
        """A stage begins."""
        self._on_stage(name)
        self._tell("stage", {"stage": name})

    def card(self, draft: IntentDraft) -> None:
        """Show the items proposed for an intent."""
        for proposal in draft.proposals:
            self._cards[proposal.item.id] = proposal.item
            self._tell("card", _card(proposal.item, draft.intent_id))

    def settle(self, plan: Plan) -> None:
        """Confirm, change or withdraw every card shown."""
        items: tuple[Item, ...] = (*plan.behaviours, *plan.rituals, *plan.policy_asks)
        final = {one.id: one for one in items}
        deferred = {entry.intent.id: entry.reason for entry in plan.deferred_intents}
        for item_id, shown in self._cards.items():
            kept = final.get(item_id)
            if kept is None:
                reasons = [deferred[name] for name in shown.intent_ids if name in deferred]
                self._tell("withdrawn", {"item_id": item_id, "reason": reasons[0] if reasons else _WITHDRAWN})
            elif kept == shown:
                self._tell("confirmed", {"item_id": item_id})
            else:
                self._tell("changed", {"item_id": item_id, "title": kept.title, "reason": _CHANGED})

    def profile(self, lines: tuple[str, ...]) -> None:
        """What the organisation's profile changed in the plan."""
        self._tell("profile", {"lines": list(lines)})

    def done(self, state: PlanState) -> None:
        """The plan is there; said once, however often the last step runs."""
        told = self._plans.events(self._plan_id)
        if not told or told[-1].kind not in LAST_EVENTS:
            self._tell("done", {"state": state.value})

    def _tell(self, kind: str, data: dict[str, Any]) -> None:
        self._plans.tell(self._plan_id, kind, data)


def _card(item: Item, intent_id: str) -> dict[str, Any]:
    quote = item.quotes[0] if item.quotes else None
    return {
        "item_id": item.id,
        "intent_id": intent_id,
        "kind": _kind(item),
        "title": item.title,
        "quote": quote.text if quote else None,
        "place": quote.location.words() if quote else None,
    }


def _kind(item: Item) -> str:
    if isinstance(item, Behaviour):
        return "behaviour"
    return "ritual" if isinstance(item, Ritual) else "policy"
