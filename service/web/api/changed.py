"""A changed strategy over HTTP: a newer version taken in, compared, and settled.

Owns: those routes. Must not know: how texts are compared, what a settlement does. A settlement names the
version it was made on in `If-Match`, as edits do.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Body, File, Response, UploadFile

from service.refine.changes import Match
from service.refine.marks import Stale
from service.refine.settle import Settlement
from service.settling import Open
from service.store.errors import NotFound
from service.store.house import Workplace
from service.store.records import RevisionRecord, RevisionState, TextRecord
from service.web.access import Place, Shop, Who
from service.web.api.edits import IfMatch, VersionView, etag, expected_of
from service.web.duty import DRAFTS, UPLOADS, asks
from service.web.problems import described
from service.web.services import Services
from service.web.views import API, View

router = APIRouter(prefix="/plans/{plan_id}/strategy", tags=["plans"], responses=described(401, 404))
_CHANGES = described(400, 404, 409, 410, 412, 422, 428)


class Progress(StrEnum):
    """Where a newer version stands."""

    comparing = "comparing"
    failed = "failed"
    settling = "settling"
    settled = "settled"
    laid_aside = "laid_aside"


class StaleItem(View):
    """An item that rests on passages that changed or went."""

    item_id: str
    stale: Stale


class ChangedView(View):
    """A newer version of a plan's document. `matches` and what follows are empty until both are compared."""

    id: str
    progress: Progress
    problem: str | None
    old_version: int
    new_version: int
    created_at: datetime
    matches: tuple[Match, ...] = ()
    stale: tuple[StaleItem, ...] = ()
    items_to_settle: tuple[str, ...] = ()
    intents_to_settle: tuple[str, ...] = ()


@router.post("", status_code=202, responses=described(404, 409, 410, 413, 415, 422))
@asks(limit=UPLOADS)
def compare_newer(
    shop: Shop,
    place: Place,
    who: Who,
    plan_id: str,
    response: Response,
    file: Annotated[
        UploadFile | None, File(description="the newer version; without it, the newest one that is here")
    ] = None,
) -> ChangedView:
    """Hold the plan against a newer version of its document; the plan changes only as you settle it.

    Follow `progress` at the address in `Location` until it is no longer `comparing`.
    """
    if file is not None:
        revision = shop.take_newer(place, plan_id, file.filename or "document", file.file.read(), who)
    else:
        revision = shop.hold_against(place, plan_id, newest_text(shop, place, plan_id), who)
    response.headers["Location"] = f"{API}/plans/{plan_id}/strategy"
    return _view(place, revision, None)


@router.get("", responses=described(404, 409, 410))
def get_comparison(shop: Shop, place: Place, plan_id: str, response: Response) -> ChangedView:
    """The newest comparison of a plan: every intent kept, changed, new or gone, and what is left to settle."""
    place.plans.get(plan_id)
    revision = place.revisions.latest(plan_id)
    if revision is None:
        raise NotFound("No newer version of this plan's document was compared.")
    found = shop.settling.found(place, plan_id)
    if found is not None:
        response.headers["ETag"] = etag(found.version.number)
    return _view(place, revision, found)


@router.post("/settlements", responses=_CHANGES)
@asks(limit=DRAFTS)
def settle_change(
    shop: Shop,
    place: Place,
    who: Who,
    plan_id: str,
    settlement: Annotated[Settlement, Body()],
    response: Response,
    if_match: IfMatch = None,
) -> VersionView:
    """Settle one item or one new intent; with the last one the plan moves to the newer version."""
    version = shop.settling.settle(place, plan_id, settlement, expected_of(if_match), who)
    response.headers["ETag"] = etag(version.number)
    return VersionView.of(version)


@router.post("/lay-aside", responses=_CHANGES)
def lay_aside(
    shop: Shop, place: Place, who: Who, plan_id: str, response: Response, if_match: IfMatch = None
) -> VersionView:
    """Stop settling; the plan stays on the version it rests on."""
    version = shop.settling.lay_aside(place, plan_id, expected_of(if_match), who)
    response.headers["ETag"] = etag(version.number)
    return VersionView.of(version)


def newest_text(shop: Services, place: Workplace, plan_id: str) -> TextRecord:
    """The newest version of a plan's document that is here.

    Raises:
        NotFound: the document was erased.
    """
    shop.settling.check(place, plan_id)
    document_id = place.plans.get(plan_id).document_id
    if document_id is None:
        raise NotFound("The document of this plan was erased.")
    return place.documents.text(place.documents.get(document_id).text_id)


def progress_of(revision: RevisionRecord, found: Open | None) -> Progress:
    """Where the revision stands; an undo takes it back, so the plan's current version says it."""
    if revision.state is RevisionState.comparing:
        return Progress.comparing
    if revision.state is RevisionState.failed or found is None:
        return Progress.failed
    if found.standing.marks.revision_id == revision.id:
        return Progress.settling
    return Progress.settled if found.version.text_id == revision.new_text_id else Progress.laid_aside


def _view(place: Workplace, revision: RevisionRecord, found: Open | None) -> ChangedView:
    progress = progress_of(revision, found)
    settling = found is not None and progress is Progress.settling
    return ChangedView(
        id=revision.id,
        progress=progress,
        problem=revision.problem,
        old_version=place.documents.text(revision.old_text_id).version,
        new_version=place.documents.text(revision.new_text_id).version,
        created_at=revision.created_at,
        matches=found.comparison.matches if found else (),
        stale=tuple(
            StaleItem(item_id=key, stale=mark.stale) for key, mark in found.standing.marks.items.items() if mark.stale
        )
        if found
        else (),
        items_to_settle=found.left.item_ids if found and settling else (),
        intents_to_settle=found.left.intent_ids if found and settling else (),
    )
