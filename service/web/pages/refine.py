"""The pages on which a plan is changed.

Owns: their routes: a form an item, the small acts of a card, practices to choose from, versions. Must not
know: what an edit does, HTML. Every form carries the version it was made on.
"""

from __future__ import annotations

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Form, Path, Query, Request
from pydantic import TypeAdapter, ValidationError
from starlette.responses import RedirectResponse, Response

from corpora.plain_faults import plain_fault
from corpora.records import Kind, Practice
from service.library import search_practices
from service.people import Actor, Role
from service.plan.items import Item
from service.plan.plan import Plan
from service.refine.compare import plan_changes
from service.refine.edits import AddItem, Edit, EditFields, UsePractice
from service.refine.errors import EditRefused, WordsRefused
from service.refine.lists import item_with, items_of, kind_of
from service.store.errors import Conflict
from service.store.house import Workplace
from service.web.access import MOST_NUMBER, Place, Shop, Who
from service.web.contexts.labels import label_of
from service.web.contexts.refine import (
    ConflictPage,
    PickPage,
    VersionsPage,
    compare_page,
    edit_page,
)
from service.web.duty import DRAFTS, SEARCHES, asks
from service.web.render import show
from service.web.services import Services
from service.web.tokens import FIELD

router = APIRouter(prefix="/plans/{plan_id}", include_in_schema=False)
Version = Annotated[int, Form(ge=1, le=MOST_NUMBER)]
Short = Annotated[str, Form(max_length=600)]
_EDIT: TypeAdapter[Edit] = TypeAdapter(Edit)
_NUMBERS = ("starts_day", "review_days", "events_per_month")
_SHOWN = 24
MOST_FIELDS, MOST_TYPED = 200, 2000


@router.get("/items/{item_id}/edit")
@asks(Role.ops)
def show_form(shop: Shop, place: Place, plan_id: str, item_id: str) -> Response:
    """The item in a form."""
    version, standing = shop.desk.standing(place, plan_id)
    return show(edit_page(place.plans.get(plan_id), version.number, item_with(standing.plan, item_id)))


@router.post("/items/{item_id}/edit")
async def keep_form(request: Request, shop: Shop, place: Place, who: Who, plan_id: str, item_id: str) -> Response:
    """Keep what was typed; refused words come back in the form with the reason beside them."""
    form = await request.form(max_fields=MOST_FIELDS)
    typed = {key: str(value)[:MOST_TYPED] for key, value in form.items() if key != FIELD}
    return await run_sync(_kept, shop, place, who, plan_id, item_id, typed)


def _kept(shop: Services, place: Workplace, who: Actor, plan_id: str, item_id: str, typed: dict[str, str]) -> Response:
    version = _version_in(typed)
    _, standing = shop.desk.standing(place, plan_id, version)
    item = item_with(standing.plan, item_id)
    try:
        shop.desk.edit(place, plan_id, _edit_of(item_id, typed), version, who)
    except WordsRefused as refused:
        return show(edit_page(place.plans.get(plan_id), version, item, typed, refused.faults), refused.status)
    except Conflict as conflict:
        return _conflict(shop, place, plan_id, item, typed, version, conflict)
    return _back(plan_id, item_id)


@router.post("/items/{item_id}/do/{op}")
def act(
    shop: Shop,
    place: Place,
    who: Who,
    plan_id: str,
    item_id: str,
    op: str,
    version: Version,
    reason: Short = "",
    other_id: Short = "",
    to: Short = "",
    practice_id: Short = "",
) -> Response:
    """A small act of a card: lock, unlock, accept, reject, bring_back, swap, merge, move, use_practice."""
    given = {"reason": reason, "other_id": other_id, "to": to, "practice_id": practice_id}
    edit = _small_edit(op, item_id, {key: value for key, value in given.items() if value})
    try:
        shop.desk.edit(place, plan_id, edit, version, who)
    except Conflict as conflict:
        _, standing = shop.desk.standing(place, plan_id, version)
        title = next((one.title for one in items_of(standing.plan) if one.id == item_id), "an item")
        address = f"/plans/{plan_id}#{item_id}"
        return show(ConflictPage(place.plans.get(plan_id), version, conflict.current, title, (), address), 412)
    return _back(plan_id, "aside" if op == "reject" else item_id)


@router.post("/items/{item_id}/redraft")
@asks(limit=DRAFTS)
def redraft(shop: Shop, place: Place, who: Who, plan_id: str, item_id: str, remark: Short) -> Response:
    """Ask for another draft of an item; it lies beside the item."""
    if len(remark.strip()) < 3:
        raise EditRefused("Say in a few words what the other draft should do differently.")
    shop.desk.redraft(place, plan_id, item_id, remark.strip(), who)
    return _back(plan_id, item_id)


@router.post("/proposals/{proposal_id}/{answer}")
def settle(
    shop: Shop, place: Place, who: Who, plan_id: str, proposal_id: str, answer: str, version: Version, why: Short = ""
) -> Response:
    """Take a proposal or decline it."""
    item_id = place.proposals.get(plan_id, proposal_id).item_id or ""
    if answer == "take":
        try:
            shop.desk.take(place, plan_id, proposal_id, version, who)
        except Conflict as conflict:
            address = f"/plans/{plan_id}#{item_id}"
            record = place.plans.get(plan_id)
            return show(ConflictPage(record, version, conflict.current, "a proposal", (), address), 412)
    elif answer == "decline":
        shop.desk.decline(place, plan_id, proposal_id, why)
    else:
        raise EditRefused(f"A proposal is taken or declined, not {answer[:20]!r}.")
    return _back(plan_id, item_id)


@router.get("/items/{item_id}/practice")
@asks(Role.ops, limit=SEARCHES)
def choose_practice(
    shop: Shop, place: Place, plan_id: str, item_id: str, q: Annotated[str, Query(max_length=300)] = ""
) -> Response:
    """Practices that could stand behind the item instead."""
    version, standing = shop.desk.standing(place, plan_id)
    item = item_with(standing.plan, item_id)
    found = _practices(shop, place, standing.plan, kind_of(item), q or _words_of(item, standing.plan))
    return show(PickPage(place.plans.get(plan_id), version.number, item, (), kind_of(item), q, found))


@router.post("/items/{item_id}/practice")
def use_practice(
    shop: Shop, place: Place, who: Who, plan_id: str, item_id: str, version: Version, practice_id: Short
) -> Response:
    """Word the item from the chosen practice; a refusal leads back to the choice."""
    try:
        edit = UsePractice(item_id=item_id, practice_id=practice_id)
        shop.desk.edit(place, plan_id, edit, version, who)
    except (EditRefused, ValidationError) as refused:
        return _pick_again(shop, place, plan_id, item_id, refused)
    return _back(plan_id, item_id)


@router.get("/add")
@asks(Role.ops, limit=SEARCHES)
def choose_addition(
    shop: Shop,
    place: Place,
    plan_id: str,
    q: Annotated[str, Query(max_length=300)] = "",
    kind: Kind | None = None,
) -> Response:
    """Practices that could join the plan."""
    return _addition(shop, place, plan_id, q, kind)


@router.post("/add")
def add_item(
    shop: Shop, place: Place, who: Who, plan_id: str, version: Version, intent_id: Short, practice_id: Short
) -> Response:
    """Word a practice for an intent and put it into the plan."""
    try:
        edit = AddItem(intent_id=intent_id, practice_id=practice_id)
        shop.desk.edit(place, plan_id, edit, version, who)
    except (EditRefused, ValidationError) as refused:
        why = str(refused) if isinstance(refused, EditRefused) else "Choose an intent and a practice."
        return _addition(shop, place, plan_id, "", None, why)
    return _back(plan_id, intent_id)


@router.get("/versions")
def show_versions(place: Place, plan_id: str) -> Response:
    """Every version, the latest first."""
    return show(VersionsPage(place.plans.get(plan_id), tuple(place.plans.versions(plan_id))))


@router.post("/versions/{number}/restore")
def restore(
    shop: Shop,
    place: Place,
    who: Who,
    plan_id: str,
    number: Annotated[int, Path(ge=1, le=MOST_NUMBER)],
    version: Version,
) -> Response:
    """Go back to a version; it becomes the newest one."""
    try:
        shop.desk.restore(place, plan_id, number, version, who)
    except Conflict as conflict:
        address = f"/plans/{plan_id}/versions"
        record = place.plans.get(plan_id)
        return show(ConflictPage(record, version, conflict.current, f"version {number}", (), address), 412)
    return RedirectResponse(f"/plans/{plan_id}", status_code=303)


@router.post("/undo")
def undo(shop: Shop, place: Place, who: Who, plan_id: str, version: Version) -> Response:
    """Take the last change back."""
    try:
        shop.desk.undo(place, plan_id, version, who)
    except Conflict as conflict:
        record = place.plans.get(plan_id)
        page = ConflictPage(record, version, conflict.current, "the last change", (), f"/plans/{plan_id}")
        return show(page, 412)
    return RedirectResponse(f"/plans/{plan_id}", status_code=303)


@router.get("/compare")
def compare(
    shop: Shop,
    place: Place,
    plan_id: str,
    older: Annotated[int, Query(ge=1, le=MOST_NUMBER)],
    newer: Annotated[int, Query(ge=1, le=MOST_NUMBER)],
) -> Response:
    """Two versions, word by word."""
    one, other = sorted((older, newer))
    _, before = shop.desk.standing(place, plan_id, one)
    _, after = shop.desk.standing(place, plan_id, other)
    numbers = tuple(note.number for note in place.plans.versions(plan_id))
    changes = plan_changes(before.plan, after.plan)
    return show(compare_page(place.plans.get(plan_id), one, other, numbers, changes))


def _version_in(typed: dict[str, str]) -> int:
    """The version a form was made on, taken out of what was typed."""
    said = typed.pop("version", "")
    if not said.isascii() or not said.isdigit() or not 0 < int(said) < 10**9:
        raise EditRefused("The form names no version; open the item again and type it there.")
    return int(said)


def _edit_of(item_id: str, typed: dict[str, str]) -> EditFields:
    """What was typed, as an edit.

    Raises:
        WordsRefused: a number is none, or a bound is broken; the field is named.
    """
    words = {key: value for key, value in typed.items() if key not in {"title", "period", *_NUMBERS}}
    given: dict[str, object] = {"item_id": item_id, "words": words}
    given |= {key: typed[key] for key in ("title", "period") if typed.get(key)}
    given |= {key: typed[key] for key in _NUMBERS if typed.get(key)}
    try:
        return EditFields.model_validate(given)
    except ValidationError as error:
        faults = {
            _field(one["loc"]): plain_fault(one["type"], one.get("ctx", {}), one["msg"]) for one in error.errors()
        }
        raise WordsRefused(faults) from error


def _field(loc: tuple[int | str, ...]) -> str:
    return str(loc[1] if loc and loc[0] == "words" and len(loc) > 1 else loc[0] if loc else "item")


def _small_edit(op: str, item_id: str, given: dict[str, str]) -> Edit:
    try:
        return _EDIT.validate_python({"op": op, "item_id": item_id, **given})
    except ValidationError as error:
        faults = [
            (_field(one["loc"][1:]), plain_fault(one["type"], one.get("ctx", {}), one["msg"])) for one in error.errors()
        ]
        why = "; ".join(f"{label_of(field)}: {said}" for field, said in faults[:2])
        raise EditRefused(f"This cannot be done: {why}.") from error


def _conflict(
    shop: Services, place: Workplace, plan_id: str, item: Item, typed: dict[str, str], seen: int, conflict: Conflict
) -> Response:
    """Both texts, field by field: what was typed and what stands now."""
    _, now = shop.desk.standing(place, plan_id)
    current = next((one for one in items_of(now.plan) if one.id == item.id), None)
    record = place.plans.get(plan_id)
    stands = {box.path: box.text for box in edit_page(record, seen, current).boxes} if current else {}
    was = {box.path: box.text for box in edit_page(record, seen, item).boxes}
    texts = tuple(
        (label_of(path), text, stands.get(path, "(the item was set aside)"))
        for path, text in typed.items()
        if path in was and (text != was[path] or stands.get(path) != was[path])
    )
    address = f"/plans/{plan_id}/items/{item.id}/edit" if current else f"/plans/{plan_id}#aside"
    return show(ConflictPage(record, seen, conflict.current, item.title, texts, address), conflict.status)


def _practices(shop: Services, place: Workplace, plan: Plan, kind: Kind | None, query: str) -> tuple[Practice, ...]:
    library = shop.library(place)
    used = {item.practice_id for item in items_of(plan)}
    ranked = search_practices(query, library, shop.workshop.embedder, len(library.offered))
    fitting = [one for one in ranked if one.id not in used and (kind is None or one.kind is kind)]
    return tuple(fitting[:_SHOWN])


def _words_of(item: Item, plan: Plan) -> str:
    """What the item is for, as search words: its intent's statement."""
    return next((intent.statement for intent in plan.intents if intent.id in item.intent_ids), item.title)


def _addition(
    shop: Services, place: Workplace, plan_id: str, query: str, kind: Kind | None, fault: str = ""
) -> Response:
    version, standing = shop.desk.standing(place, plan_id)
    words = query or " ".join(intent.statement for intent in standing.plan.intents)
    found = _practices(shop, place, standing.plan, kind, words[:600] or "team")
    page = PickPage(place.plans.get(plan_id), version.number, None, standing.plan.intents, kind, query, found, fault)
    return show(page, 422 if fault else 200)


def _pick_again(
    shop: Services, place: Workplace, plan_id: str, item_id: str, refused: EditRefused | ValidationError
) -> Response:
    version, standing = shop.desk.standing(place, plan_id)
    item = item_with(standing.plan, item_id)
    found = _practices(shop, place, standing.plan, kind_of(item), _words_of(item, standing.plan))
    why = str(refused) if isinstance(refused, EditRefused) else "Choose one of the practices."
    page = PickPage(place.plans.get(plan_id), version.number, item, (), kind_of(item), "", found, why)
    return show(page, 422)


def _back(plan_id: str, anchor: str) -> Response:
    return RedirectResponse(f"/plans/{plan_id}#{anchor}", status_code=303)
