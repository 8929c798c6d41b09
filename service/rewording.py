"""Wording a practice for one intent of a plan that exists: for another practice, a further item, another draft.

Owns: how the document is read again for it, and which practice another draft uses. Must not know: storage,
pages. What it makes passes the same checks as a plan's first items.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from corpora.records import Kind, Practice
from retrieval.memory_store import MemoryPassageStore
from retrieval.search import Searcher
from service.engines.patterns.measures import item_indicators
from service.engines.patterns.wording import Wording
from service.pipeline import IN_MEMORY, Ingested, Workshop, briefs_of, in_memory, read_document
from service.plan.intents import Intent
from service.plan.items import Item
from service.plan.parts import PlanParts
from service.plan.plan import Plan
from service.plan.proposals import Candidate, IntentBrief
from service.plan.reading import Reading
from service.refine.apply import Worded
from service.refine.compare import item_changes
from service.refine.errors import EditRefused, NoSuchItem
from service.refine.lists import item_with, items_of, kind_of
from service.stages.cases import with_cases
from service.stages.deeds import UNGRADED, deed_candidates
from service.stages.ground import ground
from service.stages.lint import lint
from service.stages.match import Fits, fits

#: How much the words of a remark weigh beside a practice's fit: cosines lie close together, and somebody asked.
REMARK = 3.0
#: Practices tried for another draft before giving up.
TRIES = 6


@dataclass(frozen=True)
class Rewording:
    """One plan and the text it was made from; the document is read at the first wording."""

    plan: Plan
    ingested: Ingested
    workshop: Workshop

    @cached_property
    def _reading(self) -> Reading:
        return read_document(self.ingested, self.workshop)

    def word(self, intent_id: str, practice_id: str) -> Worded:
        """The practice worded for an active intent.

        Raises:
            NoSuchItem: no such intent or practice.
            EditRefused: what came out does not pass the checks.
        """
        practice = next((one for one in self.workshop.library.offered if one.id == practice_id), None)
        if practice is None:
            raise NoSuchItem(f"The library holds no practice {practice_id!r}.")
        if any(item.practice_id == practice_id for item in items_of(self.plan)):
            raise EditRefused(f"The plan already uses “{practice.name}”.")
        return self._worded(self._intent(intent_id), practice)

    def redraft(self, item_id: str, remark: str) -> Worded:
        """Another item of the same kind for the same intent, by fit to the intent and to the remark.

        Raises:
            NoSuchItem: no such item.
            EditRefused: no other practice passes the checks.
        """
        item = item_with(self.plan, item_id)
        return self._another(item, self._intent(item.intent_ids[0]), remark)

    def renew(self, item_id: str, remark: str) -> Worded:
        """The item's own practice worded anew where that says something else; otherwise another practice.

        Raises:
            NoSuchItem: no such item, or the plan starts none of its intents.
            EditRefused: nothing passes the checks.
        """
        item = item_with(self.plan, item_id)
        started = {intent.id for intent in self.plan.intents}
        intent = self._intent(next((key for key in item.intent_ids if key in started), item.intent_ids[0]))
        practice = self.workshop.library.by_id().get(item.practice_id or "")
        if practice is not None and not remark:
            try:
                made = self._worded(intent, practice)
            except EditRefused:
                pass
            else:
                if item_changes(item, made.item):
                    return made
        return self._another(item, intent, remark or intent.statement)

    def _another(self, item: Item, intent: Intent, remark: str) -> Worded:
        for practice in self._others(intent, kind_of(item), remark)[:TRIES]:
            try:
                return self._worded(intent, practice)
            except EditRefused:
                continue
        raise EditRefused("No other practice of the library fits this intent and passes the checks.")

    def _intent(self, intent_id: str) -> Intent:
        found = next((intent for intent in self.plan.intents if intent.id == intent_id), None)
        if found is None:
            raise NoSuchItem(f"The plan starts no intent {intent_id}.")
        return found

    def _others(self, intent: Intent, kind: Kind, remark: str) -> list[Practice]:
        """Practices of the kind that the plan does not use, best first."""
        library = self.workshop.library
        used = {item.practice_id for item in items_of(self.plan)}
        fit = fits([intent], self._reading, library).practices[0]
        said = self.workshop.embedder.embed([remark])
        meant = np.zeros(len(library.practices))
        np.maximum.at(meant, library.serves_of, (library.serves @ said.T).max(axis=1).astype(np.float64))
        meant = np.maximum(meant, (library.purposes @ said.T).max(axis=1).astype(np.float64))
        worth = fit + REMARK * meant
        ranked = list(zip(worth, library.practices, strict=True))
        for one in self._called_for(intent):
            near = float((library.purpose_of(one.practice.id) @ said.T).max())
            ranked.append((one.fit + REMARK * near, one.practice))
        ranked.sort(key=lambda pair: (-round(float(pair[0]), 6), pair[1].number))
        return [practice for _, practice in ranked if practice.kind is kind and practice.id not in used]

    def _called_for(self, intent: Intent) -> tuple[Candidate, ...]:
        return deed_candidates(intent, self._reading, self.workshop.library)

    def _worded(self, intent: Intent, practice: Practice) -> Worded:
        library = self.workshop.library
        found = fits([intent], self._reading, library)
        brief = self._brief(intent, found)
        offered = (self._candidate(intent, practice, found),)
        (candidate,) = with_cases(offered, intent, brief.evidence, self._reading, library)
        taken = frozenset(item.first_case.text for item in items_of(self.plan) if item.first_case)
        item = Wording(brief, self._reading).item(candidate, None, lead=False, taken=taken)
        indicators = item_indicators(practice, item.id, brief)
        item = item.model_copy(update={"indicator_ids": tuple(one.id for one in indicators)})
        return self._checked(intent, Worded(item, indicators))

    def _candidate(self, intent: Intent, practice: Practice, found: Fits) -> Candidate:
        """With the intent's own words where its verb calls for the practice, else as near as its meaning is."""
        if called := next((one for one in self._called_for(intent) if one.practice.id == practice.id), None):
            return called
        row = next((n for n, one in enumerate(self.workshop.library.practices) if one.id == practice.id), None)
        return Candidate(practice, UNGRADED if row is None else max(float(found.practices[0][row]), 0.0))

    def _brief(self, intent: Intent, found: Fits) -> IntentBrief:
        with MemoryPassageStore(self.ingested.passages) as store:
            searcher = Searcher(in_memory(self.ingested), store, self.workshop.embedder, IN_MEMORY)
            return briefs_of((intent,), found, self._reading, self.workshop, searcher)[0]

    def _checked(self, intent: Intent, made: Worded) -> Worded:
        """The item after grounding and editing, as a plan's first items go through them."""
        parts = PlanParts(
            intents=(intent,),
            deferred=(),
            behaviours=(made.item,) if kind_of(made.item) is Kind.behaviour else (),
            rituals=(made.item,) if kind_of(made.item) is Kind.ritual else (),
            policy_asks=(made.item,) if kind_of(made.item) is Kind.policy else (),
            indicators=made.indicators,
        )
        parts = ground(parts, self._reading, self.workshop.library.by_id())
        parts = lint(parts, self._reading, self.workshop.lexicons)
        left: tuple[Item, ...] = (*parts.behaviours, *parts.rituals, *parts.policy_asks)
        if not left:
            why = next((note.reason for note in parts.notes if note.item_id == made.item.id), "it fails the checks")
            raise EditRefused(f"“{made.item.title}” cannot be worded for this intent: {why}.")
        return Worded(left[0], parts.indicators)
