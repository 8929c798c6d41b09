"""Replies to a plan: behind a link without an account, or by a leader who signed in.

Owns: those routes. A link opens one plan's replies and nothing else. Must not know: HTML, what may be said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.responses import Response

from service.people import Actor, Role
from service.plan.plan import Plan
from service.refine.catchball import MOST_NAME, Audience, Reply, ReplyKind, fault_of
from service.refine.errors import EditRefused
from service.store.catchball import Invitation, Said, invitation_of
from service.store.errors import NotFound
from service.store.house import Workplace
from service.web.access import Place, Shop, Who, count_one
from service.web.contexts.catchball import Asked, ReplyPage, asked_of
from service.web.duty import REPLIES, asks
from service.web.render import show
from service.web.services import Services

router = APIRouter(include_in_schema=False)
_CLOSED = (
    "This link is no longer open: it was withdrawn, it expired, or it was copied wrongly. "
    "Ask whoever sent it for another."
)
MOST_FIELDS, MOST_TYPED = 300, 1000


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who replies to which plan: whoever has the link of an invitation, or somebody who signed in."""

    place: Workplace
    plan_id: str
    plan: Plan
    invitation: Invitation | None
    name: str = ""

    @property
    def page(self) -> ReplyPage:
        """The page as it stands."""
        asked = asked_of(self.plan, self.place.catchball.responses(self.plan_id))
        title = self.plan.document.title
        if self.invitation is None:
            return ReplyPage(title, self.name, True, asked, self.name, fixed=True)
        return ReplyPage(title, self.invitation.label, self.invitation.audience == Audience.leader.value, asked)


@router.get("/reply/{token}")
@asks(quiet=True)
def show_reply(shop: Shop, token: str) -> Response:
    """The page behind a link."""
    return _private(show(_opened(shop, token).page))


@router.post("/reply/{token}")
@asks(quiet=True)
async def keep_replies(request: Request, shop: Shop, token: str) -> Response:
    """Keep what was said; what cannot be kept comes back with the reason beside it."""
    typed = await _typed_in(request)

    def kept() -> Response:
        if shop.shared:
            count_one(shop, REPLIES, token)
        return _kept(shop, _opened(shop, token), typed)

    return await run_sync(kept)


@router.get("/plans/{plan_id}/reply")
@asks(Role.leader)
def show_own_reply(shop: Shop, place: Place, who: Who, plan_id: str) -> Response:
    """The same page for somebody who signed in."""
    return _private(show(_own(shop, place, who, plan_id).page))


@router.post("/plans/{plan_id}/reply")
@asks(Role.leader, limit=REPLIES)
async def keep_own_replies(request: Request, shop: Shop, place: Place, who: Who, plan_id: str) -> Response:
    """Keep what a leader said, under the leader's name."""
    typed = await _typed_in(request)
    return await run_sync(lambda: _kept(shop, _own(shop, place, who, plan_id), typed))


def keep(
    shop: Services, place: Workplace, plan_id: str, replies: list[Reply], via: str, invitation_id: str | None = None
) -> tuple[int, tuple[str, ...]]:
    """Keep replies; a counter-offer also becomes a proposal, where its words can stand in the item."""
    said = [Said(r.subject.kind.value, r.subject.id, r.kind.value, r.words, r.author, via) for r in replies]
    count = place.catchball.add(plan_id, said, invitation_id)
    refused = []
    for reply in replies[:count]:
        if reply.kind is ReplyKind.counter:
            try:
                shop.desk.counter(place, plan_id, reply.subject.id, reply.words, Actor(reply.author, Role.viewer))
            except EditRefused as why:
                refused.append(f"“{reply.subject.heading}” was kept as a remark only: {why}")
    return count, tuple(refused)


async def _typed_in(request: Request) -> dict[str, str]:
    form = await request.form(max_fields=MOST_FIELDS, max_files=0)
    return {key: str(value)[:MOST_TYPED] for key, value in form.items()}


def _kept(shop: Services, desk: _Desk, typed: dict[str, str]) -> Response:
    page = desk.page
    name = desk.name or " ".join(typed.get("name", "").split())[:MOST_NAME]
    replies = [reply for one in page.asked if (reply := _reply(one, typed, name)) is not None]
    faults = {reply.subject.id: why for reply in replies if (why := fault_of(reply))}
    why = _why_not(name, replies, faults)
    if why:
        asked = tuple(_typed(one, typed, faults.get(one.subject.id, "")) for one in page.asked)
        return _private(show(replace(page, asked=asked, name=name, fault=why), 422))
    by, via = (desk.invitation.id, "link") if desk.invitation else (None, "account")
    count, refused = keep(shop, desk.place, desk.plan_id, replies, via, by)
    return _private(show(replace(desk.page, name=name, kept=count, fault="; ".join(refused))))


def _why_not(name: str, replies: list[Reply], faults: dict[str, str]) -> str:
    """Why nothing can be kept, or nothing."""
    if not name:
        return "Say who replies."
    if not replies:
        return "Choose at least one answer."
    return "See the marked answers." if faults else ""


def _own(shop: Services, place: Workplace, who: Actor, plan_id: str) -> _Desk:
    _, standing = shop.desk.standing(place, plan_id)
    return _Desk(place, plan_id, standing.plan, None, who.name)


def _opened(shop: Services, token: str) -> _Desk:
    """What an open link stands for.

    Raises:
        NotFound: it opens nothing; which reason is not told.
    """
    invitation = invitation_of(shop.house.database, token)
    if invitation is None:
        raise NotFound(_CLOSED)
    place = shop.house.workplace(invitation.workspace_id)
    _, standing = shop.desk.standing(place, invitation.plan_id)
    return _Desk(place, invitation.plan_id, standing.plan, invitation)


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
