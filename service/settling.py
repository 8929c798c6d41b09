"""Where a person takes a newer version of a strategy to a plan and settles what it changes.

Owns: which newer version is compared, each settlement as a version of the plan, laying a revision aside.
Must not know: how texts are compared (see `following`), requests, pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.desk import REDRAFT, Desk, Proposed
from service.people import Actor
from service.pipeline import Ingested
from service.plan.intents import Intent
from service.plan.plan import Plan, Status
from service.refine.apply import apply
from service.refine.changes import Comparison
from service.refine.edits import Reject
from service.refine.errors import EditRefused
from service.refine.lists import item_with
from service.refine.marks import Marks, Settled, Standing, Way
from service.refine.settle import (
    BringIn,
    KeepItem,
    KeepItems,
    Left,
    LetWait,
    RedraftItem,
    SetAsideItem,
    Settlement,
    kept,
    left_in,
    new_intent,
    on_new_words,
    welcomed,
)
from service.refine.staleness import flagged
from service.rewording import Rewording
from service.store.errors import Conflict
from service.store.house import Workplace
from service.store.records import PlanVersion, RevisionRecord, RevisionState, TextRecord


@dataclass(frozen=True, slots=True)
class Open:
    """A revision that is being settled, the plan as it stands and what is left."""

    revision: RevisionRecord
    comparison: Comparison
    version: PlanVersion
    standing: Standing
    left: Left


@dataclass(frozen=True, slots=True)
class Settling:
    """Settles revisions of any workspace, on the desk; built once and passed down."""

    desk: Desk

    def begin(self, place: Workplace, plan_id: str, text: TextRecord, actor: Actor) -> RevisionRecord:
        """Note that the plan is to be held against this text; a job compares them.

        Raises:
            EditRefused: the plan has no items, rests on these words already, or another revision is open.
        """
        text_id = self.check(place, plan_id)
        if text.document_id != place.plans.get(plan_id).document_id:
            raise EditRefused(
                f"This file is here already as a document of its own, “{text.title}”. Erase that document, "
                "then upload the file here again."
            )
        if text.text_id == text_id:
            raise EditRefused("This is the version that the plan rests on already; nothing changed.")
        return place.revisions.add(plan_id, text_id, text.text_id, actor.name)

    def check(self, place: Workplace, plan_id: str) -> str:
        """The text that a plan rests on, where it can follow a newer one.

        Raises:
            EditRefused: it has no items, its document was erased, or another version is not settled yet.
        """
        version, standing = self.desk.standing(place, plan_id)
        if standing.plan.status is not Status.ready:
            raise EditRefused("This plan has no items that could follow a newer version; make a plan from that one.")
        if version.text_id is None:
            raise EditRefused("The document of this plan was erased, so nothing can be compared with it.")
        latest = place.revisions.latest(plan_id)
        if latest is not None and latest.state is RevisionState.comparing:
            raise EditRefused("Another version of the document is being compared; wait until that is done.")
        if standing.marks.revision_id is not None:
            raise EditRefused("Another version of the document is being settled; settle it or lay it aside first.")
        return version.text_id

    def found(self, place: Workplace, plan_id: str) -> Open | None:
        """The newest comparison beside the plan as it stands, or None where there is none yet."""
        revision = place.revisions.latest(plan_id)
        if revision is None or revision.state is not RevisionState.compared or revision.content is None:
            return None
        version, standing = self.desk.standing(place, plan_id)
        comparison = Comparison.model_validate_json(revision.content)
        return Open(revision, comparison, version, standing, left_in(standing, comparison))

    def settle(
        self, place: Workplace, plan_id: str, settlement: Settlement, expected: int, actor: Actor
    ) -> PlanVersion:
        """Make one settlement on the version that the person saw, and keep it as a version of the plan.

        Raises:
            service.store.errors.Conflict: somebody changed the plan meanwhile; nothing is kept.
            EditRefused: it cannot be settled so.
        """
        now = self._open(place, plan_id, expected)
        if isinstance(settlement, KeepItem):
            return self._keep(place, now, settlement, actor)
        if isinstance(settlement, KeepItems):
            return self._keep_all(place, now, settlement, actor)
        if isinstance(settlement, RedraftItem):
            return self._redraft(place, now, settlement, actor)
        if isinstance(settlement, SetAsideItem):
            return self._set_aside(place, now, settlement, actor)
        if isinstance(settlement, LetWait):
            intent = new_intent(now.comparison, settlement.intent_id)
            after = welcomed(now.standing, intent.id, None, settlement.reason, actor.name)
            return self._kept(place, now, after, actor, _because(f"let “{intent.label}” wait", settlement.reason))
        return self._bring_in(place, now, settlement, actor)

    def lay_aside(self, place: Workplace, plan_id: str, expected: int, actor: Actor) -> PlanVersion:
        """Stop settling: the plan stays on the version it rests on, and its marks go."""
        now = self._open(place, plan_id, expected)
        items = {key: mark.model_copy(update={"stale": None}) for key, mark in now.standing.marks.items.items()}
        marks = Marks(items=items, set_aside=now.standing.marks.set_aside)
        after = Standing(flagged(now.standing.plan, marks), marks)
        number = place.documents.text(now.revision.new_text_id).version
        reason = f"laid version {number} of the document aside"
        return self._kept(place, now, after, actor, reason)

    def take_up(self, place: Workplace, plan_id: str, expected: int, actor: Actor) -> PlanVersion:
        """Settle the newest comparison after all.

        Raises:
            service.store.errors.Conflict: somebody changed the plan meanwhile.
            EditRefused: there is none, it is open already, or the plan rests on another text by now.
        """
        found = self.found(place, plan_id)
        if found is None or found.standing.marks.revision_id is not None:
            raise EditRefused("There is no comparison to take up.")
        _check_version(found.version, expected)
        return self.desk.following.open(place, plan_id, found.revision.id, actor.name)

    def _keep(self, place: Workplace, now: Open, settlement: KeepItem, actor: Actor) -> PlanVersion:
        title = item_with(now.standing.plan, settlement.item_id).title
        decided = Settled(way=Way.keep, author=actor.name, reason=settlement.reason, under=settlement.under)
        after = kept(now.standing, settlement.item_id, decided, now.comparison)
        return self._kept(place, now, after, actor, _because(f"kept “{title}” as it is", settlement.reason))

    def _keep_all(self, place: Workplace, now: Open, settlement: KeepItems, actor: Actor) -> PlanVersion:
        after = now.standing
        for item_id in dict.fromkeys(settlement.item_ids):
            decided = Settled(way=Way.keep, author=actor.name, reason=settlement.reason)
            after = kept(after, item_id, decided, now.comparison)
        titles = "”, “".join(item_with(now.standing.plan, key).title for key in dict.fromkeys(settlement.item_ids))
        return self._kept(place, now, after, actor, _because(f"kept “{titles}” as they are", settlement.reason))

    def _redraft(self, place: Workplace, now: Open, settlement: RedraftItem, actor: Actor) -> PlanVersion:
        """The draft is worded first and laid beside the item once the version is kept."""
        item = item_with(now.standing.plan, settlement.item_id)
        decided = Settled(way=Way.redraft, author=actor.name, reason=settlement.remark)
        after = kept(now.standing, item.id, decided, now.comparison)
        plan = on_new_words(now.standing.plan, now.comparison)
        made = self._rewording(place, now, plan).renew(item.id, settlement.remark)
        reason = _because(f"asked for a draft of “{item.title}” on the new words", settlement.remark)
        version = self._kept(place, now, after, actor, reason)
        remark = settlement.remark or "Worded from the newer version of the document"
        content = Proposed.of(made).model_dump_json()
        plan_id, text_id = now.revision.plan_id, now.revision.new_text_id
        place.proposals.add(plan_id, item.id, REDRAFT, content, remark, actor.name, text_id)
        return version

    def _set_aside(self, place: Workplace, now: Open, settlement: SetAsideItem, actor: Actor) -> PlanVersion:
        plan_id, plan = now.revision.plan_id, now.standing.plan
        title = item_with(plan, settlement.item_id).title
        edit = Reject(item_id=settlement.item_id, reason=settlement.reason)
        after = apply(now.standing, edit, self.desk.tools(place, plan_id, plan, actor))
        return self._kept(place, now, after, actor, _because(f"set “{title}” aside", settlement.reason))

    def _bring_in(self, place: Workplace, now: Open, settlement: BringIn, actor: Actor) -> PlanVersion:
        intent = new_intent(now.comparison, settlement.intent_id)
        plan = _with(on_new_words(now.standing.plan, now.comparison), intent)
        taken = {one.item.practice_id for one in now.standing.marks.newcomers if one.item}
        if settlement.practice_id in taken:
            raise EditRefused("Another new intent has this practice already; choose another one.")
        made = self._rewording(place, now, plan).word(intent.id, settlement.practice_id)
        after = welcomed(now.standing, intent.id, made, "", actor.name)
        return self._kept(place, now, after, actor, f"brought “{made.item.title}” in for “{intent.label}”")

    def _open(self, place: Workplace, plan_id: str, expected: int) -> Open:
        found = self.found(place, plan_id)
        if found is None or found.standing.marks.revision_id != found.revision.id:
            place.plans.version(plan_id, expected)
            raise EditRefused("No newer version of the document is being settled.")
        _check_version(found.version, expected)
        return found

    def _kept(self, place: Workplace, now: Open, after: Standing, actor: Actor, reason: str) -> PlanVersion:
        return self.desk.keep(place, now.revision.plan_id, after, now.version.number, actor, reason)

    def _rewording(self, place: Workplace, now: Open, plan: Plan) -> Rewording:
        document_id = place.documents.text(now.revision.new_text_id).document_id
        ingested: Ingested = place.shelf.ingest(document_id, now.revision.new_text_id)
        return Rewording(plan, ingested, self.desk.workshops.of(place))


def _check_version(version: PlanVersion, expected: int) -> None:
    if version.number != expected:
        raise Conflict(
            f"The plan is at version {version.number} by now, and this was settled on {expected}.", version.number
        )


def _with(plan: Plan, intent: Intent) -> Plan:
    return plan.model_copy(update={"intents": (*plan.intents, intent)})


def _because(did: str, reason: str) -> str:
    return f"{did}: {reason}" if reason else did
