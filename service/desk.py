"""The desk: where a person's change to a plan is made and kept as a version.

Owns: reading what stands, applying an edit, keeping the result, proposals. Must not know: requests, pages.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict

from corpora.records import Kind
from retrieval.remember import RememberingEmbedder
from service.following import Following
from service.people import Actor
from service.plan.items import Behaviour, Indicator, PolicyAsk, Ritual
from service.plan.plan import Plan, Status
from service.refine.apply import Tools, Worded, apply, join, put, titles
from service.refine.edits import Edit, EditFields
from service.refine.errors import EditRefused
from service.refine.lists import item_with, kind_of
from service.refine.marks import Standing
from service.refine.words import edited
from service.rewording import Rewording
from service.standings import Standings
from service.store.house import Workplace
from service.store.records import PlanState, PlanVersion, ProposalRecord, ProposalState
from service.workshops import Workshops

REDRAFT, COUNTER = "redraft", "counter"
#: The field that a counter-offer's words would stand in.
OFFERED = {Kind.behaviour: "action", Kind.ritual: "purpose", Kind.policy: "question"}


class Proposed(BaseModel):
    """What a proposal holds: one whole item and what measures it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    behaviour: Behaviour | None = None
    ritual: Ritual | None = None
    policy: PolicyAsk | None = None
    indicators: tuple[Indicator, ...] = ()

    @classmethod
    def of(cls, made: Worded) -> Proposed:
        """The record of a worded item."""
        item = made.item
        return cls(
            behaviour=item if isinstance(item, Behaviour) else None,
            ritual=item if isinstance(item, Ritual) else None,
            policy=item if isinstance(item, PolicyAsk) else None,
            indicators=made.indicators,
        )

    def worded(self) -> Worded:
        """The item and its measures."""
        item = self.behaviour or self.ritual or self.policy
        if item is None:
            raise EditRefused("The proposal holds no item.")
        return Worded(item, self.indicators)


@dataclass(frozen=True, slots=True)
class Desk:
    """Changes plans of any workspace; built once and passed down."""

    workshops: Workshops
    embedder: RememberingEmbedder
    following: Following
    standings: Standings = field(default_factory=Standings)

    @classmethod
    def of(cls, following: Following) -> Desk:
        """A desk whose checks remember the vectors of texts that stayed the same."""
        return cls(following.workshops, following.embedder, following)

    def standing(self, place: Workplace, plan_id: str, number: int | None = None) -> tuple[PlanVersion, Standing]:
        """A version as it stands, the current one by default.

        Raises:
            service.store.errors.NotFound: no such plan or version.
            service.store.errors.PlanNotReady: it is not written yet.
        """
        record = place.plans.get(plan_id)
        wanted = number or record.current
        if wanted is None or record.state is PlanState.erased:
            place.plans.version(plan_id, number)  # says why there is nothing to read
        return self.standings.of(plan_id, wanted or 1, lambda: place.plans.version(plan_id, wanted))

    def forget(self) -> None:
        """Drop every text that is held in memory; for an erasure."""
        self.embedder.forget()
        self.standings.forget()

    def edit(self, place: Workplace, plan_id: str, edit: Edit, expected: int, actor: Actor) -> PlanVersion:
        """Make the edit on the version that the person saw, and keep the result.

        Raises:
            service.store.errors.Conflict: somebody changed the plan meanwhile; nothing is lost or kept.
            EditRefused: the edit cannot be made.
        """
        _, standing = self.standing(place, plan_id, expected)
        after = apply(standing, edit, self.tools(place, plan_id, standing.plan, actor))
        return self.keep(place, plan_id, after, expected, actor, reason_of(edit, standing.plan))

    def redraft(self, place: Workplace, plan_id: str, item_id: str, remark: str, actor: Actor) -> ProposalRecord:
        """Another draft of an item, as a proposal beside it; the plan stays as it is."""
        _, standing = self.standing(place, plan_id)
        made = self._rewording(place, plan_id, standing.plan).redraft(item_id, remark)
        content = Proposed.of(made).model_dump_json()
        return place.proposals.add(plan_id, item_id, REDRAFT, content, remark, actor.name)

    def counter(self, place: Workplace, plan_id: str, item_id: str, words: str, actor: Actor) -> ProposalRecord:
        """A counter-offer's words in the item's main field, as a proposal beside it.

        Raises:
            service.refine.errors.WordsRefused: the words cannot stand there.
        """
        _, standing = self.standing(place, plan_id)
        item = item_with(standing.plan, item_id)
        edit = EditFields(item_id=item_id, words={OFFERED[kind_of(item)]: words})
        new, changed = edited(item, edit, actor.name, self.workshops.plain.lexicons)
        if not changed:
            raise EditRefused("the words are those of the plan")
        content = Proposed.of(Worded(new, ())).model_dump_json()
        return place.proposals.add(plan_id, item_id, COUNTER, content, words, actor.name)

    def take(self, place: Workplace, plan_id: str, proposal_id: str, expected: int, actor: Actor) -> PlanVersion:
        """The proposal's item stands in the plan; what stood there is in the version before."""
        proposal = place.proposals.get(plan_id, proposal_id)
        if proposal.state is not ProposalState.open:
            raise EditRefused("This proposal was settled before.")
        _, standing = self.standing(place, plan_id, expected)
        made = Proposed.model_validate_json(proposal.content).worded()
        made = self.following.on_present_text(place, plan_id, standing, proposal, made, actor.name)
        tools = self.tools(place, plan_id, standing.plan, actor)
        if proposal.item_id is None:
            after = join(standing, made, tools)
        else:
            after = put(standing, proposal.item_id, made, tools)
        version = self.keep(place, plan_id, after, expected, actor, f"took the proposal “{made.item.title}”")
        place.proposals.settle(plan_id, proposal_id, ProposalState.taken)
        return version

    def decline(self, place: Workplace, plan_id: str, proposal_id: str, answer: str) -> None:
        """The proposal is settled; the plan stays as it is."""
        if place.proposals.get(plan_id, proposal_id).state is not ProposalState.open:
            raise EditRefused("This proposal was settled before.")
        place.proposals.settle(plan_id, proposal_id, ProposalState.declined, answer or None)

    def undo(self, place: Workplace, plan_id: str, expected: int, actor: Actor) -> PlanVersion:
        """Take the last change back; a second undo goes one further. The version taken back stays.

        Raises:
            EditRefused: there is nothing to take back.
        """
        now = place.plans.version(plan_id, expected)
        if now.parent is None:
            raise EditRefused("This is the first version; there is nothing to undo.")
        old = place.plans.version(plan_id, now.parent)
        reason = f"undid version {expected}"
        return place.plans.add_version(
            plan_id, old.content, actor.name, reason, old.marks, expected, old.parent or 0, old.text_id
        )

    def restore(self, place: Workplace, plan_id: str, number: int, expected: int, actor: Actor) -> PlanVersion:
        """An older version's content becomes the newest version; none is deleted."""
        old = place.plans.version(plan_id, number)
        reason = f"went back to version {number}"
        return place.plans.add_version(
            plan_id, old.content, actor.name, reason, old.marks, expected, text_id=old.text_id
        )

    def keep(
        self, place: Workplace, plan_id: str, after: Standing, expected: int, actor: Actor, reason: str
    ) -> PlanVersion:
        """Keep what a person made of a plan; where a newer document is being settled, its marks follow the items.

        Raises:
            service.store.errors.Conflict: somebody changed the plan meanwhile; nothing is kept.
        """
        step = self.following.minded(place, plan_id, after, actor.name)
        content, marks = step.standing.plan.model_dump_json(), step.standing.marks.model_dump_json()
        said = f"{reason.rstrip('. ')}{step.note}" if step.note else reason
        return place.plans.add_version(plan_id, content, actor.name, said, marks, expected, text_id=step.text_id)

    def tools(self, place: Workplace, plan_id: str, plan: Plan, actor: Actor) -> Tools:
        """What edits of the plan need, on the text it rests on.

        Raises:
            EditRefused: the plan has no items, or its document was erased.
        """
        if plan.status is not Status.ready:
            raise EditRefused("This document holds no strategic intent, so there is no plan to change.")
        text_id = place.plans.get(plan_id).text_id
        if text_id is None:
            raise EditRefused("The document of this plan was erased, so its items can no longer be checked.")
        context = self.following.context(place, place.documents.document(text_id))
        return Tools(
            context, lambda intent, practice: self._rewording(place, plan_id, plan).word(intent, practice), actor.name
        )

    def _rewording(self, place: Workplace, plan_id: str, plan: Plan) -> Rewording:
        record = place.plans.get(plan_id)
        if record.document_id is None:
            raise EditRefused("The document of this plan was erased, so nothing new can be worded from it.")
        ingested = place.shelf.ingest(record.document_id, record.text_id)
        return Rewording(plan, ingested, self.workshops.of(place))


def reason_of(edit: Edit, plan: Plan) -> str:
    """The version's reason in plain words."""
    named = titles(plan)
    title = f"“{named.get(getattr(edit, 'item_id', ''), 'an item')}”"
    words = {
        "edit_fields": f"changed words of {title}",
        "lock": f"locked {title}",
        "unlock": f"unlocked {title}",
        "accept": f"accepted {title}",
        "reject": f"set {title} aside: {getattr(edit, 'reason', '')}",
        "bring_back": "brought an item back",
        "swap": f"took the alternative to {title}",
        "merge": f"united “{named.get(getattr(edit, 'other_id', ''), 'an item')}” with {title}",
        "move": f"moved {title}",
        "use_practice": f"chose another practice for {title}",
        "add_item": "added an item",
    }
    return words[edit.op]
