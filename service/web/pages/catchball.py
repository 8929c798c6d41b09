"""Catchball pages: links, replies without an account, the Word file read back, the lead's answers.

Owns: those routes. A link opens one plan's replies and nothing else. Must not know: HTML, what may be said.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from retrieval.documents import BlockKind
from retrieval.parse.child import parse_in_child
from service.people import Actor, Role
from service.plan.plan import Plan
from service.refine.catchball import (
    MOST_NAME,
    Audience,
    Reply,
    ReplyKind,
    fault_of,
    read_reply_table,
)
from service.refine.errors import EditRefused
from service.store.catchball import Invitation, Said, invitation_of
from service.store.errors import NotFound
from service.store.house import Workplace
from service.web.access import Place, Shop, Who
from service.web.contexts.catchball import Asked, CatchballPage, ReplyPage, asked_of, trails_of
from service.web.render import show
from service.web.services import Services

router = APIRouter(include_in_schema=False)
Short = Annotated[str, Form(max_length=600)]
_CLOSED = (
    "This link is no longer open: it was withdrawn, it expired, or it was copied wrongly. "
    "Ask whoever sent it for another."
)
MOST_FIELDS, MOST_TYPED = 300, 1000


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
    address = f"{request.url.scheme}://{request.url.netloc}/reply/{token}"
    return show(replace(_page(shop, place, plan_id), link=address))


@router.post("/plans/{plan_id}/catchball/links/{invitation_id}/revoke")
def revoke_link(place: Place, plan_id: str, invitation_id: str) -> Response:
    """The link opens nothing any more."""
    place.catchball.revoke(plan_id, invitation_id)
    return RedirectResponse(f"/plans/{plan_id}/catchball", status_code=303)


@router.post("/plans/{plan_id}/catchball/answers/{response_id}")
def answer(place: Place, who: Who, plan_id: str, response_id: str, words: Short) -> Response:
    """The lead's answer; it stays with the item."""
    if len(words.strip()) < 2:
        raise EditRefused("Write an answer first.")
    place.catchball.answer(plan_id, response_id, words.strip(), who.name)
    return RedirectResponse(f"/plans/{plan_id}/catchball#{response_id}", status_code=303)


@router.post("/plans/{plan_id}/catchball/word")
def read_word(shop: Shop, place: Place, plan_id: str, file: Annotated[UploadFile, File()]) -> Response:
    """Read the reply table of a returned Word file; nothing of it is applied by itself."""
    _, standing = shop.desk.standing(place, plan_id)
    with shop.parsing:
        document = parse_in_child(file.file.read(), file.filename or "reply.docx", shop.limits)
    rows = (block.span.of(document.text) for block in document.blocks if block.kind is BlockKind.table_row)
    reading = read_reply_table(rows, standing.plan)
    good = [reply for reply in reading.replies if fault_of(reply) is None]
    bad = [f"“{r.subject.heading}”: {fault_of(r)}" for r in reading.replies if fault_of(r) is not None]
    count, refused = _keep(shop, place, plan_id, good, "word", None)
    note = f"{count} repl{'y was' if count == 1 else 'ies were'} read from “{(file.filename or 'the file')[:80]}”."
    page = _page(shop, place, plan_id)
    return show(replace(page, note=note, unplaced=(*reading.unplaced, *bad, *refused)))


@router.get("/reply/{token}")
def show_reply(shop: Shop, token: str) -> Response:
    """The page behind a link."""
    invitation, place, plan = _opened(shop, token)
    return _private(show(_reply_page(invitation, place, plan)))


@router.post("/reply/{token}")
async def keep_replies(request: Request, shop: Shop, token: str) -> Response:
    """Keep what was said; what cannot be kept comes back with the reason beside it."""
    form = await request.form(max_fields=MOST_FIELDS, max_files=0)
    typed = {key: str(value)[:MOST_TYPED] for key, value in form.items()}
    return await run_sync(_kept, shop, token, typed)


def _kept(shop: Services, token: str, typed: dict[str, str]) -> Response:
    invitation, place, plan = _opened(shop, token)
    name = " ".join(typed.get("name", "").split())[:MOST_NAME]
    page = _reply_page(invitation, place, plan)
    said = [_reply(one, typed, name) for one in page.asked]
    replies = [reply for reply in said if reply is not None]
    faults = {reply.subject.id: why for reply in replies if (why := fault_of(reply))}
    if not name or not replies or faults:
        why = (
            "Say who replies."
            if not name
            else "Choose at least one answer."
            if not replies
            else "See the marked answers."
        )
        asked = tuple(_typed(one, typed, faults.get(one.subject.id, "")) for one in page.asked)
        return _private(show(replace(page, asked=asked, name=name, fault=why), 422))
    count, refused = _keep(shop, place, plan.id, replies, "link", invitation)
    again = _reply_page(invitation, place, plan)
    return _private(show(replace(again, name=name, kept=count, fault="; ".join(refused))))


def _keep(
    shop: Services, place: Workplace, plan_id: str, replies: list[Reply], via: str, invitation: Invitation | None
) -> tuple[int, tuple[str, ...]]:
    """Keep replies; a counter-offer also becomes a proposal, where its words can stand in the item."""
    said = [Said(r.subject.kind.value, r.subject.id, r.kind.value, r.words, r.author, via) for r in replies]
    plan_id = invitation.plan_id if invitation else plan_id
    count = place.catchball.add(plan_id, said, invitation.id if invitation else None)
    refused = []
    for reply in replies[:count]:
        if reply.kind is ReplyKind.counter:
            try:
                shop.desk.counter(place, plan_id, reply.subject.id, reply.words, Actor(reply.author, Role.viewer))
            except EditRefused as why:
                refused.append(f"“{reply.subject.heading}” was kept as a remark only: {why}")
    return count, tuple(refused)


def _opened(shop: Services, token: str) -> tuple[Invitation, Workplace, Plan]:
    """What an open link stands for.

    Raises:
        NotFound: it opens nothing; which reason is not told.
    """
    invitation = invitation_of(shop.house.database, token)
    if invitation is None:
        raise NotFound(_CLOSED)
    place = shop.house.workplace(invitation.workspace_id)
    _, standing = shop.desk.standing(place, invitation.plan_id)
    return invitation, place, standing.plan


def _reply_page(invitation: Invitation, place: Workplace, plan: Plan) -> ReplyPage:
    asked = asked_of(plan, place.catchball.responses(invitation.plan_id))
    return ReplyPage(plan.document.title, invitation.label, invitation.audience == Audience.leader.value, asked)


def _reply(one: Asked, typed: dict[str, str], name: str) -> Reply | None:
    kind = typed.get(f"kind-{one.subject.id}", "")
    words = typed.get(f"words-{one.subject.id}", "").strip()
    if not kind and words:
        kind = ReplyKind.comment.value
    known = {value for value, _ in one.choices}
    return Reply(one.subject, ReplyKind(kind), words, name) if kind in known else None


def _typed(one: Asked, typed: dict[str, str], fault: str) -> Asked:
    words, kind = typed.get(f"words-{one.subject.id}", ""), typed.get(f"kind-{one.subject.id}", "")
    return replace(one, typed=words, chosen=kind, fault=fault)


def _private(response: Response) -> Response:
    """The address is the key: no other site learns it, and no cache keeps the page."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _page(shop: Services, place: Workplace, plan_id: str) -> CatchballPage:
    _, standing = shop.desk.standing(place, plan_id)
    trails = trails_of(standing.plan, place.catchball.responses(plan_id))
    return CatchballPage(place.plans.get(plan_id), tuple(place.catchball.invitations(plan_id)), trails)
