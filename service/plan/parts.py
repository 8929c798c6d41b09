"""The plan while it is being made: what one deterministic stage hands to the next.

Owns: Note, PlanParts. Must not know: engines, storage, pages.
"""

from __future__ import annotations

from collections.abc import Mapping

from corpora.records import Frozen
from service.plan.intents import DeferredIntent, Intent
from service.plan.items import Behaviour, Indicator, PolicyAsk, Ritual
from service.plan.plan import Assumption, NamedLoad, Question, RoleLoad, RolloutStep


class Note(Frozen):
    """What a stage did to an item and why: repaired, flagged, merged, moved, dropped or deferred."""

    stage: str
    item_id: str
    action: str
    reason: str


class PlanParts(Frozen):
    """All lists of a plan in the making. `intents` are active, strongest first."""

    intents: tuple[Intent, ...]
    deferred: tuple[DeferredIntent, ...]
    behaviours: tuple[Behaviour, ...]
    rituals: tuple[Ritual, ...]
    policy_asks: tuple[PolicyAsk, ...]
    indicators: tuple[Indicator, ...]
    questions: tuple[Question, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    load: tuple[RoleLoad, ...] = ()
    load_by_role: tuple[NamedLoad, ...] = ()
    rollout: tuple[RolloutStep, ...] = ()
    notes: tuple[Note, ...] = ()
    pilot_teams: tuple[str, ...] = ()

    def serving(self, intent_id: str) -> tuple[Behaviour | Ritual | PolicyAsk, ...]:
        """Items that serve an intent, behaviours first."""
        items: tuple[Behaviour | Ritual | PolicyAsk, ...] = (*self.behaviours, *self.rituals, *self.policy_asks)
        return tuple(item for item in items if intent_id in item.intent_ids)

    def names(self) -> Mapping[str, str]:
        """Item id to title."""
        return {item.id: item.title for item in (*self.behaviours, *self.rituals, *self.policy_asks)}
