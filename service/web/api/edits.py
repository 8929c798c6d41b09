"""Changing plans over HTTP: edits on a version, versions, proposals.

Owns: those routes and their preconditions. Must not know: what an edit does, pages.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Body, Header, Path, Response
from pydantic import Field

from service.desk import Proposed
from service.plan.plan import Plan
from service.refine.edits import Edit, Remark
from service.refine.marks import Marks
from service.store.records import PlanVersion, ProposalRecord, ProposalState, VersionNote
from service.web.access import MOST_NUMBER, Place, Shop, Who
from service.web.duty import DRAFTS, asks
from service.web.errors import BadVersion, VersionNeeded
from service.web.problems import described
from service.web.views import View

router = APIRouter(prefix="/plans/{plan_id}", tags=["plans"], responses=described(401, 404))
IfMatch = Annotated[str | None, Header(alias="If-Match", description='the version the change was made on: `"v3"`')]
VersionNumber = Annotated[int, Path(ge=1, le=MOST_NUMBER)]
_CHANGES = described(400, 404, 409, 412, 422, 428)


class VersionView(View):
    """Who made a version, when and why."""

    number: int
    parent: int | None
    author: str
    reason: str
    created_at: datetime

    @classmethod
    def of(cls, note: VersionNote | PlanVersion) -> Self:
        """The view of a version."""
        return cls(
            number=note.number,
            parent=note.parent,
            author=note.author,
            reason=note.reason,
            created_at=note.created_at,
        )


class VersionContentView(VersionView):
    """A whole version: the plan and what people noted on its items."""

    plan: Plan
    marks: Marks


class ProposalView(View):
    """A whole item lying beside the plan's own."""

    id: str
    item_id: str | None
    source: str
    remark: str
    author: str
    state: ProposalState
    answer: str | None
    proposed: Proposed
    created_at: datetime

    @classmethod
    def of(cls, record: ProposalRecord) -> Self:
        """The view of a record."""
        return cls(
            id=record.id,
            item_id=record.item_id,
            source=record.source,
            remark=record.remark,
            author=record.author,
            state=record.state,
            answer=record.answer,
            proposed=Proposed.model_validate_json(record.content),
            created_at=record.created_at,
        )


class DraftOrder(View):
    """What another draft should do differently."""

    remark: Remark = Field(examples=["fewer meetings, more contact with users"])


class Answer(View):
    """Why a proposal is declined."""

    answer: Annotated[str, Field(max_length=600)] = ""


def etag(number: int) -> str:
    """The entity tag of a version."""
    return f'"v{number}"'


def expected_of(if_match: str | None) -> int:
    """The version that a change was made on.

    Raises:
        VersionNeeded: none was named.
        BadVersion: it is no version.
    """
    if if_match is None:
        raise VersionNeeded('Send If-Match with the version the change was made on, such as "v3".')
    found = re.fullmatch(r'\s*"v([1-9]\d{0,8})"\s*', if_match)
    if found is None:
        raise BadVersion(f'If-Match {if_match[:40]!r} names no version; it looks like "v3".')
    return int(found.group(1))


@router.post("/edits", responses=_CHANGES)
def edit_plan(
    shop: Shop,
    place: Place,
    who: Who,
    plan_id: str,
    edit: Annotated[Edit, Body()],
    response: Response,
    if_match: IfMatch = None,
) -> VersionView:
    """Make one edit; the answer is the new version, and `ETag` its tag. 412: somebody changed the plan meanwhile."""
    version = shop.desk.edit(place, plan_id, edit, expected_of(if_match), who)
    return _answered(version, response)


@router.get("/versions")
def list_versions(place: Place, plan_id: str) -> list[VersionView]:
    """Every version, the latest first; none is ever deleted alone."""
    return [VersionView.of(note) for note in place.plans.versions(plan_id)]


@router.get("/versions/{number}", responses=described(409))
def get_version(
    shop: Shop, place: Place, plan_id: str, number: VersionNumber, response: Response
) -> VersionContentView:
    """One version, whole."""
    version, standing = shop.desk.standing(place, plan_id, number)
    response.headers["ETag"] = etag(version.number)
    return VersionContentView(**VersionView.of(version).model_dump(), plan=standing.plan, marks=standing.marks)


@router.post("/versions/{number}/restore", responses=_CHANGES)
def restore_version(
    shop: Shop,
    place: Place,
    who: Who,
    plan_id: str,
    number: VersionNumber,
    response: Response,
    if_match: IfMatch = None,
) -> VersionView:
    """An older version's content becomes the newest version."""
    return _answered(shop.desk.restore(place, plan_id, number, expected_of(if_match), who), response)


@router.post("/undo", responses=_CHANGES)
def undo(shop: Shop, place: Place, who: Who, plan_id: str, response: Response, if_match: IfMatch = None) -> VersionView:
    """Take the last change back; a second undo goes one further, and every version stays."""
    return _answered(shop.desk.undo(place, plan_id, expected_of(if_match), who), response)


@router.post("/items/{item_id}/drafts", status_code=201, responses=described(409, 422))
@asks(limit=DRAFTS)
def draft_again(shop: Shop, place: Place, who: Who, plan_id: str, item_id: str, order: DraftOrder) -> ProposalView:
    """Another draft of an item, as a proposal beside it; the plan stays as it is."""
    return ProposalView.of(shop.desk.redraft(place, plan_id, item_id, order.remark, who))


@router.get("/proposals")
def list_proposals(place: Place, plan_id: str) -> list[ProposalView]:
    """All proposals of a plan, the oldest first."""
    place.plans.get(plan_id)
    return [ProposalView.of(record) for record in place.proposals.of_plan(plan_id)]


@router.post("/proposals/{proposal_id}/take", responses=_CHANGES)
def take_proposal(
    shop: Shop, place: Place, who: Who, plan_id: str, proposal_id: str, response: Response, if_match: IfMatch = None
) -> VersionView:
    """The proposed item stands in the plan."""
    return _answered(shop.desk.take(place, plan_id, proposal_id, expected_of(if_match), who), response)


@router.post("/proposals/{proposal_id}/decline", status_code=204, responses=described(422))
def decline_proposal(shop: Shop, place: Place, plan_id: str, proposal_id: str, answer: Answer) -> None:
    """The proposal is settled; the plan stays as it is."""
    shop.desk.decline(place, plan_id, proposal_id, answer.answer)


def _answered(version: PlanVersion, response: Response) -> VersionView:
    response.headers["ETag"] = etag(version.number)
    return VersionView.of(version)
