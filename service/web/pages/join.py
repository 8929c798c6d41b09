"""The page behind an invitation: a new account, or another workspace for one that exists.

Owns: its two routes; a link works once and only for the address it was made for. Must not know: HTML.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from service.errors import ThroughlineError
from service.people import name_of
from service.store.accounts import Account
from service.store.errors import NotFound
from service.store.members import Joining, accept, joining_of
from service.web.access import Shop, count_one, in_shared_mode, visitor_of
from service.web.contexts.people import JoinPage
from service.web.duty import REPLIES, asks
from service.web.services import Services
from service.web.signing import account_of, entered, shown_with_cookie, with_cookie

router = APIRouter(include_in_schema=False, dependencies=[Depends(in_shared_mode)])
_CLOSED = (
    "This invitation is no longer open: it was used, withdrawn, it expired, or it was copied wrongly. "
    "Ask whoever sent it for another."
)


@router.get("/join/{token}")
@asks(quiet=True)
def show_invitation(request: Request, shop: Shop, token: str) -> Response:
    """What the invitation is for, and how to accept it."""
    joining = _opened(shop, token)
    return _private(shown_with_cookie(request, JoinPage(joining, token, _state(request, shop, joining))))


@router.post("/join/{token}", dependencies=[Depends(with_cookie)])
@asks()
def accept_invitation(
    request: Request,
    shop: Shop,
    token: str,
    name: Annotated[str, Form(max_length=400)] = "",
    password: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Accept it: with a name and a password, or signed in as the one invited."""
    count_one(shop, REPLIES, f"join {token}")
    joining = _opened(shop, token)
    state = _state(request, shop, joining)
    try:
        account = account_of(request) if state == "own" else _made(shop, joining, state, name, password)
    except ThroughlineError as refused:
        page = JoinPage(joining, token, state, name[:80], str(refused))
        return _private(shown_with_cookie(request, page, 422))
    accept(shop.house.database, token, account.id)
    return entered(request, shop, account, joining.workspace_id)


def _made(shop: Services, joining: Joining, state: str, name: str, password: str) -> Account:
    if state != "new":
        raise NotFound("Sign in as the person who was invited first.")
    called = name_of(name)
    hashed = shop.passwords.hash(password, joining.address, called)
    return shop.house.accounts.add(joining.address, called, hashed)


def _opened(shop: Services, token: str) -> Joining:
    joining = joining_of(shop.house.database, token)
    if joining is None:
        raise NotFound(_CLOSED)
    return joining


def _state(request: Request, shop: Services, joining: Joining) -> str:
    if visitor_of(request).account_id is not None:
        return "own" if account_of(request).address == joining.address else "other"
    return "known" if shop.house.accounts.with_address(joining.address) else "new"


def _private(response: Response) -> Response:
    """The address is the key: no other site learns it, and no cache keeps the page."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
