"""Pages on which an organisation adds, changes and removes practices of its own.

Owns: those routes. Must not know: HTML, how a practice is checked or kept.
"""

from __future__ import annotations

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from corpora.own import MOST_CHARACTERS
from corpora.records import Kind
from service.own_practices import (
    OwnPracticeRefused,
    add_from_yaml,
    add_practice,
    as_yaml,
    change_practice,
)
from service.people import Actor, Role
from service.practice_form import Part, entry_of, parts_of, typed_of
from service.store.audit import Act
from service.store.house import Workplace
from service.web.access import Place, Shop, Who
from service.web.contexts.own_practices import own_practice_page, own_practices_page
from service.web.duty import EXPORTS, asks
from service.web.render import show
from service.web.services import Services

router = APIRouter(prefix="/practices/own", include_in_schema=False)
_MOST_FIELDS = 150
_MOST_TYPED = 6000
_ADD = "Add a practice of your own"
_CHANGE = "Change your practice"
Typed = dict[str, list[str]]


@router.get("")
def show_own(place: Place, note: str = "") -> Response:
    """The organisation's practices and the ways to add one."""
    notes = {"added": "The practice was added.", "changed": "The practice was changed.", "removed": "It was removed."}
    return show(own_practices_page(place.practices.offered(), note=notes.get(note, "")))


@router.get("/new")
@asks(Role.ops)
def new_own(shop: Shop, place: Place, kind: Kind = Kind.behaviour) -> Response:
    """An empty form."""
    return show(own_practice_page(_ADD, f"/practices/own/new?kind={kind.value}", _parts(shop, kind), {}))


@router.post("/new")
async def add_own(request: Request, shop: Shop, place: Place, who: Who, kind: Kind = Kind.behaviour) -> Response:
    """Keep a new practice; what cannot be kept comes back with the reasons beside the boxes."""
    async with request.form(max_fields=_MOST_FIELDS, max_files=0) as form:
        typed = _typed(form)
    return await run_sync(_added, shop, place, who, kind, typed)


@router.post("/yaml")
async def bring_own(request: Request, place: Place, who: Who) -> Response:
    """Keep the practices of a pasted text or a file; all or none."""
    async with request.form(max_fields=5, max_files=1, max_part_size=4 * MOST_CHARACTERS) as form:
        file, pasted = form.get("file"), form.get("text")
        data = await file.read(4 * MOST_CHARACTERS) if isinstance(file, UploadFile) and file.filename else b""
    text = data.decode("utf-8", "replace") if data else str(pasted or "")
    return await run_sync(_brought, place, who, text)


@router.get("/{practice_id}/edit")
@asks(Role.ops)
def edit_own(shop: Shop, place: Place, practice_id: str) -> Response:
    """The form of a practice."""
    practice = place.practices.get(practice_id).practice
    parts = _parts(shop, practice.kind)
    action = f"/practices/own/{practice.id}/edit"
    return show(own_practice_page(_CHANGE, action, parts, typed_of(practice, parts)))


@router.post("/{practice_id}/edit")
async def change_own(request: Request, shop: Shop, place: Place, who: Who, practice_id: str) -> Response:
    """Keep a new revision."""
    async with request.form(max_fields=_MOST_FIELDS, max_files=0) as form:
        typed = _typed(form)
    return await run_sync(_changed, shop, place, who, practice_id, typed)


@router.post("/{practice_id}/remove")
def remove_own(place: Place, practice_id: str) -> Response:
    """Offer it no more."""
    place.practices.remove(practice_id)
    return RedirectResponse("/practices/own?note=removed", status_code=303)


@router.get("/{practice_id}/yaml")
@asks(act=Act.exported, limit=EXPORTS)
def take_own_along(place: Place, practice_id: str) -> Response:
    """The practice as YAML."""
    record = place.practices.get(practice_id)
    headers = {"Content-Disposition": f'attachment; filename="{record.slug}.yaml"'}
    return Response(as_yaml(record.practice), media_type="application/yaml", headers=headers)


def _added(shop: Services, place: Workplace, who: Actor, kind: Kind, typed: Typed) -> Response:
    parts = _parts(shop, kind)
    try:
        add_practice(place, entry_of(kind, typed, parts), who)
    except OwnPracticeRefused as refused:
        action = f"/practices/own/new?kind={kind.value}"
        return show(own_practice_page(_ADD, action, parts, typed, refused.faults), refused.status)
    return RedirectResponse("/practices/own?note=added", status_code=303)


def _changed(shop: Services, place: Workplace, who: Actor, practice_id: str, typed: Typed) -> Response:
    kind = place.practices.get(practice_id).practice.kind
    parts = _parts(shop, kind)
    try:
        change_practice(place, practice_id, entry_of(kind, typed, parts), who)
    except OwnPracticeRefused as refused:
        action = f"/practices/own/{practice_id}/edit"
        return show(own_practice_page(_CHANGE, action, parts, typed, refused.faults), refused.status)
    return RedirectResponse("/practices/own?note=changed", status_code=303)


def _brought(place: Workplace, who: Actor, text: str) -> Response:
    try:
        kept = add_from_yaml(place, text, who)
    except OwnPracticeRefused as refused:
        return show(own_practices_page(place.practices.offered(), text, refused.faults), refused.status)
    note = f"{len(kept)} practice{'s were' if len(kept) != 1 else ' was'} added."
    return show(own_practices_page(place.practices.offered(), note=note))


def _parts(shop: Services, kind: Kind) -> tuple[Part, ...]:
    return parts_of(kind, {one.id: one.name for one in shop.workshop.library.capabilities})


def _typed(form: FormData) -> Typed:
    found: Typed = {}
    for key, value in form.multi_items():
        if isinstance(value, str):
            found.setdefault(key, []).append(value[:_MOST_TYPED])
    return found
