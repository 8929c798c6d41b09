"""The page on which a changed strategy is taken in and settled.

Owns: its routes. Must not know: how versions are compared, what a settlement does, HTML. Every form
carries the version of the plan it was made on.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, UploadFile
from pydantic import TypeAdapter, ValidationError
from starlette.responses import RedirectResponse, Response

from corpora.records import Practice
from service.library import search_practices
from service.people import Actor
from service.refine.changes import Fate
from service.refine.errors import EditRefused
from service.refine.lists import items_of
from service.refine.settle import Settlement
from service.settling import Open
from service.store.errors import Conflict
from service.store.house import Workplace
from service.store.records import PlanRecord, RevisionRecord, TextRecord
from service.web.access import MOST_NUMBER, Place, Shop, Who
from service.web.api.changed import Progress, newest_text, progress_of
from service.web.contexts.changed import ChangedPage, homes_of, rows_of, stale_items
from service.web.contexts.refine import ConflictPage
from service.web.duty import DRAFTS, UPLOADS, asks
from service.web.render import show
from service.web.services import Services

router = APIRouter(prefix="/plans/{plan_id}/strategy", include_in_schema=False)
Version = Annotated[int, Form(ge=1, le=MOST_NUMBER)]
Short = Annotated[str, Form(max_length=600)]
_SETTLEMENT: TypeAdapter[Settlement] = TypeAdapter(Settlement)
#: Practices offered for a new intent.
_OFFERED = 8


@router.get("")
def show_changed(shop: Shop, place: Place, plan_id: str) -> Response:
    """The newest comparison, or a form to upload a newer version."""
    return _page(shop, place, plan_id)


@router.post("")
@asks(limit=UPLOADS)
def upload_newer(
    shop: Shop, place: Place, who: Who, plan_id: str, file: Annotated[UploadFile | None, File()] = None
) -> Response:
    """Take the newer version in, or the newest one that is here, and start the comparison."""
    try:
        if file is not None:
            shop.take_newer(place, plan_id, file.filename or "document", file.file.read(), who)
        else:
            shop.hold_against(place, plan_id, newest_text(shop, place, plan_id), who)
    except EditRefused as refused:
        return _page(shop, place, plan_id, str(refused))
    return _back(plan_id)


@router.post("/settle")
@asks(limit=DRAFTS)
def settle_change(
    shop: Shop,
    place: Place,
    who: Who,
    plan_id: str,
    version: Version,
    op: Short,
    item_id: Short = "",
    item_ids: Annotated[list[str] | None, Form(max_length=60)] = None,
    intent_id: Short = "",
    reason: Short = "",
    remark: Short = "",
    under: Short = "",
    practice_id: Short = "",
) -> Response:
    """Settle one item or one new intent."""
    typed = {
        "item_id": item_id,
        "intent_id": intent_id,
        "reason": reason,
        "remark": remark,
        "under": under,
        "practice_id": practice_id,
    }
    try:
        settlement = _settlement(op, {**typed, "item_ids": tuple(item_ids or ())})
        shop.settling.settle(place, plan_id, settlement, version, who)
    except EditRefused as refused:
        return _page(shop, place, plan_id, str(refused))
    except Conflict as conflict:
        return _conflict(place, plan_id, version, conflict)
    return _back(plan_id)


@router.post("/{act}")
def stop_or_go_on_settling(shop: Shop, place: Place, who: Who, plan_id: str, act: str, version: Version) -> Response:
    """Lay the newer version aside, or take it up again."""
    try:
        _act(shop, place, who, plan_id, act, version)
    except EditRefused as refused:
        return _page(shop, place, plan_id, str(refused))
    except Conflict as conflict:
        return _conflict(place, plan_id, version, conflict)
    return _back(plan_id)


def _act(shop: Services, place: Workplace, who: Actor, plan_id: str, act: str, version: int) -> None:
    if act == "lay-aside":
        shop.settling.lay_aside(place, plan_id, version, who)
    elif act == "take-up":
        shop.settling.take_up(place, plan_id, version, who)
    else:
        raise EditRefused(f"A newer version is settled, laid aside or taken up, not {act[:20]!r}.")


def _settlement(op: str, typed: dict[str, Any]) -> Settlement:
    """What was chosen, with only the fields that this settlement has."""
    given = {key: value for key, value in typed.items() if value and key in _FIELDS.get(op, ())}
    try:
        return _SETTLEMENT.validate_python({"op": op, **given})
    except ValidationError as error:
        missing = {str(one["loc"][-1]) for one in error.errors() if one["loc"]}
        if "reason" in missing:
            raise EditRefused("Say in a few words why it is set aside.") from error
        if "practice_id" in missing:
            raise EditRefused("Choose the practice that the new intent starts with.") from error
        raise EditRefused(f"This cannot be settled: {error.errors()[0]['msg']}.") from error


_FIELDS = {
    "keep_item": ("item_id", "reason", "under"),
    "keep_items": ("item_ids", "reason"),
    "redraft_item": ("item_id", "remark"),
    "set_aside_item": ("item_id", "reason"),
    "let_wait": ("intent_id", "reason"),
    "bring_in": ("intent_id", "practice_id"),
}


def _page(shop: Services, place: Workplace, plan_id: str, fault: str = "") -> Response:
    record = place.plans.get(plan_id)
    revision = place.revisions.latest(plan_id)
    status = 422 if fault else 200
    if revision is None:
        version = shop.desk.standing(place, plan_id)[0].number
        waiting = _waiting(place, record, None)
        return show(ChangedPage(record, version, "none", None, None, None, waiting, fault=fault), status)
    return show(_compared(shop, place, record, revision, fault), status)


def _compared(
    shop: Services, place: Workplace, record: PlanRecord, revision: RevisionRecord, fault: str
) -> ChangedPage:
    found = shop.settling.found(place, record.id)
    progress = progress_of(revision, found)
    open_now = found is not None and progress is Progress.settling
    rows = rows_of(found, _offered(shop, place, found) if open_now else {}) if found else ()
    shown = {one.item.id for row in rows for one in row.items}
    return ChangedPage(
        record=record,
        version=found.version.number if found else record.current or 0,
        progress=progress.value,
        revision=revision,
        older=place.documents.text(revision.old_text_id),
        newer=place.documents.text(revision.new_text_id),
        waiting=_waiting(place, record, revision),
        rows=tuple(row for row in rows if row.match.fate is not Fate.kept or row.items),
        kept=tuple(row for row in rows if row.match.fate is Fate.kept and not row.items),
        elsewhere=tuple(one for one in stale_items(found) if one.item.id not in shown) if found else (),
        homes=homes_of(found) if found else (),
        left=found.left.count if found and open_now else 0,
        fault=fault,
    )


def _offered(shop: Services, place: Workplace, found: Open) -> dict[str, list[Practice]]:
    """Practices that fit a new intent best and that the plan does not use."""
    library = shop.library(place)
    used = {item.practice_id for item in items_of(found.standing.plan)}
    used |= {one.item.practice_id for one in found.standing.marks.newcomers if one.item}
    offered = {}
    for match in found.comparison.of_fate(Fate.new):
        words = match.became.statement if match.became else ""
        ranked = search_practices(words, library, shop.workshop.embedder, len(library.offered))
        offered[match.intent_id] = [one for one in ranked if one.id not in used][:_OFFERED]
    return offered


def _waiting(place: Workplace, record: PlanRecord, revision: RevisionRecord | None) -> TextRecord | None:
    """A version of the document that is newer than the plan's and was not compared yet."""
    if record.document_id is None:
        return None
    newest = place.documents.get(record.document_id).text_id
    known = {record.text_id, revision.new_text_id if revision else None, revision.old_text_id if revision else None}
    return place.documents.text(newest) if newest not in known else None


def _conflict(place: Workplace, plan_id: str, version: int, conflict: Conflict) -> Response:
    address = f"/plans/{plan_id}/strategy"
    page = ConflictPage(place.plans.get(plan_id), version, conflict.current, "what is to be settled", (), address)
    return show(page, conflict.status)


def _back(plan_id: str) -> Response:
    return RedirectResponse(f"/plans/{plan_id}/strategy", status_code=303)
