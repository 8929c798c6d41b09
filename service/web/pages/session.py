"""Signing in and out, one's own account, going from one workspace to another.

Owns: those routes; shared mode alone has them. Must not know: HTML, how a password is checked (see `signing`).
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from service.passwords import LONGEST, WeakPassword
from service.people import LONGEST_ADDRESS, Role
from service.store.errors import NotFound
from service.web.access import Shop, cookie_of, end_session, in_shared_mode, visitor_of
from service.web.contexts.people import AccountPage, SignInPage
from service.web.duty import asks
from service.web.errors import WrongPassword
from service.web.render import show
from service.web.services import Services
from service.web.signing import account_of, checked, entered, own_path, shown_with_cookie, signed_in, with_cookie

router = APIRouter(include_in_schema=False, dependencies=[Depends(in_shared_mode)])
Password = Annotated[str, Form(max_length=LONGEST)]
_NOWHERE = "You belong to no workspace here any more. Ask whoever invited you for a new invitation."


@router.get("/sign-in")
@asks(quiet=True)
def show_sign_in(request: Request, shop: Shop, wanted: Annotated[str, Query(alias="next")] = "/") -> Response:
    """The form; whoever is inside already goes on."""
    if visitor_of(request).account_id is not None:
        return RedirectResponse(own_path(wanted), status_code=303)
    page = SignInPage(wanted=own_path(wanted), nobody=not shop.house.accounts.any())
    return shown_with_cookie(request, page)


@router.post("/sign-in", dependencies=[Depends(with_cookie)])
@asks(Role.viewer)
def sign_in(
    request: Request,
    shop: Shop,
    address: Annotated[str, Form(max_length=LONGEST_ADDRESS)],
    password: Password,
    wanted: Annotated[str, Form(alias="next", max_length=2000)] = "/",
) -> Response:
    """Address and password for a session."""
    try:
        account = checked(request, shop, address, password)
    except WrongPassword as wrong:
        return show(SignInPage(address, own_path(wanted), str(wrong)), wrong.status)
    memberships = shop.house.accounts.memberships(account.id)
    if not memberships:
        return show(SignInPage(address, own_path(wanted), _NOWHERE), 403)
    return entered(request, shop, account, memberships[0].workspace_id, wanted)


@router.post("/sign-out")
@asks(Role.viewer)
def sign_out(request: Request, shop: Shop) -> Response:
    """The session ends, here and in the database."""
    return _out(request, shop)


@router.post("/sign-out/everywhere")
@asks(Role.viewer)
def sign_out_everywhere(request: Request, shop: Shop) -> Response:
    """Every session of the person ends."""
    shop.house.credentials.end_sessions(account_of(request).id)
    return _out(request, shop)


@router.post("/workspace")
@asks(Role.viewer)
def switch(request: Request, shop: Shop, workspace_id: Annotated[str, Form(max_length=80)]) -> Response:
    """Go to another workspace that one belongs to."""
    actor, visitor = signed_in(request), visitor_of(request)
    if workspace_id not in {one.id for one in visitor.choices}:
        raise NotFound("You belong to no such workspace.")
    account = shop.house.accounts.get(actor.account_id or "")
    return entered(request, shop, account, workspace_id)


@router.get("/account")
@asks(quiet=True)
def show_account(request: Request, shop: Shop, kept: bool = False) -> Response:
    """One's own account."""
    return show(account_page(request, shop, kept=kept))


@router.post("/account/password")
@asks(Role.viewer)
def change_password(
    request: Request, shop: Shop, current: Password, new: Annotated[str, Form(max_length=2000)]
) -> Response:
    """Another password; all other sessions end, and this one gets a new secret."""
    account = account_of(request)
    try:
        checked(request, shop, account.address, current)
        hashed = shop.passwords.hash(new, account.address, account.name)
    except WrongPassword:
        return show(account_page(request, shop, "That is not your current password."), 422)
    except WeakPassword as weak:
        return show(account_page(request, shop, str(weak)), weak.status)
    shop.house.accounts.set_password(account.id, hashed)
    here = visitor_of(request).workspace
    if here is None:
        return _out(request, shop)
    return entered(request, shop, account, here.id, "/account?kept=true")


def account_page(
    request: Request, shop: Services, fault: str = "", *, kept: bool = False, name: str = "", name_fault: str = ""
) -> AccountPage:
    """What the page of one's own account shows, with what went wrong on it."""
    account, here = account_of(request), visitor_of(request).workspace
    memberships = shop.house.accounts.memberships(account.id)
    return AccountPage(account.address, memberships, here.id if here else "", fault, kept, name, name_fault)


def _out(request: Request, shop: Services) -> Response:
    shop.house.credentials.end_session(cookie_of(request))
    response = RedirectResponse("/sign-in", status_code=303)
    end_session(request, response)
    return response
