"""Catchball pages of the lead: links, the Word file read back, what was said and the answers.

Owns: those routes. Must not know: HTML, what may be said, how a reply is typed (see `replies`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from retrieval.documents import BlockKind
from retrieval.parse.child import parse_in_child
from service.people import Role
from service.refine.catchball import Audience, fault_of, read_reply_table
from service.refine.errors import EditRefused
from service.store.house import Workplace
from service.web.access import Place, Shop, Who, secure
from service.web.contexts.catchball import CatchballPage, trails_of
from service.web.duty import UPLOADS, asks
from service.web.pages.replies import keep
from service.web.render import show
from service.web.services import Services

router = APIRouter(include_in_schema=False)
Short = Annotated[str, Form(max_length=600)]


@router.get("/plans/{plan_id}/catchball")
def show_catchball(shop: Shop, place: Place, plan_id: str) -> Response:
    """What leaders and teams said, and the links by which they can."""
    return show(_page(shop, place, plan_id))


@router.post("/plans/{plan_id}/catchball/links")
def make_link(
    request: Request,
    shop: Shop,
    place: Place,
    who: Who,
    plan_id: str,
    audience: Annotated[Audience, Form()],
    label: Annotated[str, Form(max_length=80)] = "",
) -> Response:
    """A new link; its address is shown once."""
    shop.desk.standing(place, plan_id)
    token = place.catchball.invite(plan_id, audience.value, label.strip() or f"a {audience.value}", who.name)
    scheme = "https" if secure(request) else "http"
    address = f"{scheme}://{request.url.netloc}/reply/{token}"
    return show(replace(_page(shop, place, plan_id), link=address))


@router.post("/plans/{plan_id}/catchball/links/{invitation_id}/revoke")
def revoke_link(place: Place, plan_id: str, invitation_id: str) -> Response:
    """The link opens nothing any more."""
    place.catchball.revoke(plan_id, invitation_id)
    return RedirectResponse(f"/plans/{plan_id}/catchball", status_code=303)


@router.post("/plans/{plan_id}/catchball/answers/{response_id}")
@asks(Role.leader)
def answer(place: Place, who: Who, plan_id: str, response_id: str, words: Short) -> Response:
    """An answer to what was said; it stays with the item."""
    if len(words.strip()) < 2:
        raise EditRefused("Write an answer first.")
    place.catchball.answer(plan_id, response_id, words.strip(), who.name)
    return RedirectResponse(f"/plans/{plan_id}/catchball#{response_id}", status_code=303)


@router.post("/plans/{plan_id}/catchball/word")
@asks(limit=UPLOADS)
def read_word(shop: Shop, place: Place, plan_id: str, file: Annotated[UploadFile, File()]) -> Response:
    """Read the reply table of a returned Word file; nothing of it is applied by itself."""
    _, standing = shop.desk.standing(place, plan_id)
    with shop.parsing:
        document = parse_in_child(file.file.read(), file.filename or "reply.docx", shop.limits)
    rows = (block.span.of(document.text) for block in document.blocks if block.kind is BlockKind.table_row)
    reading = read_reply_table(rows, standing.plan)
    good = [reply for reply in reading.replies if fault_of(reply) is None]
    bad = [f"“{r.subject.heading}”: {fault_of(r)}" for r in reading.replies if fault_of(r) is not None]
    count, refused = keep(shop, place, plan_id, good, "word")
    note = f"{count} repl{'y was' if count == 1 else 'ies were'} read from “{(file.filename or 'the file')[:80]}”."
    page = _page(shop, place, plan_id)
    return show(replace(page, note=note, unplaced=(*reading.unplaced, *bad, *refused)))


def _page(shop: Services, place: Workplace, plan_id: str) -> CatchballPage:
    _, standing = shop.desk.standing(place, plan_id)
    trails = trails_of(standing.plan, place.catchball.responses(plan_id))
    return CatchballPage(place.plans.get(plan_id), tuple(place.catchball.invitations(plan_id)), trails)
