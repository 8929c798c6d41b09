"""Signing in and out: from a password to a session and back.

Owns: the checks and their limits, the change of session, the addresses one may be sent to. Must not know:
HTML, what a page shows.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from service.people import Actor
from service.store.accounts import Account
from service.store.counts import Limit
from service.store.credentials import Opened
from service.web.access import (
    cookie_of,
    count_one,
    member_visitor,
    services_of,
    start_session,
    visitor_of,
)
from service.web.errors import ForgedForm, SignInNeeded, WrongPassword
from service.web.render import show
from service.web.services import Services
from service.web.tokens import token_of
from service.web.visitor import DRAWN_FOR

_QUARTER, _HOUR = 15 * 60, 3600
#: Guesses at one address from one place, from one place at all, and at one address from anywhere.
GUESSES_HERE = Limit("sign-in here", 10, _QUARTER)
GUESSES_FROM = Limit("sign-in from", 60, _QUARTER)
GUESSES_AT = Limit("sign-in at", 100, _HOUR)
_WRONG = "Address and password do not belong together. Check both, or ask whoever runs this server."


def checked(request: Request, shop: Services, address: str, password: str) -> Account:
    """The account that address and password open.

    Raises:
        WrongPassword: none; whether the address is known is told neither by words nor by time.
        service.web.errors.TooOften: too many guesses.
    """
    address, place = address.strip().casefold(), _place(request)
    for limit, whose in ((GUESSES_FROM, place), (GUESSES_AT, address), (GUESSES_HERE, f"{place} {address}")):
        count_one(shop, limit, whose)
    account = shop.house.accounts.with_address(address)
    kept = shop.house.accounts.password_of(account.id if account else "")
    if not shop.passwords.fits(kept, password) or account is None or kept is None:
        raise WrongPassword(_WRONG)
    shop.house.counts.forget(GUESSES_HERE, f"{place} {address}")
    if shop.passwords.outdated(kept):
        shop.house.accounts.set_password(account.id, shop.passwords.hash(password), sign_out=False)
    return account


def entered(request: Request, shop: Services, account: Account, workspace_id: str, address: str = "/") -> Response:
    """A new session in place of the cookie that came, and the way on; one secret never outlives a sign-in."""
    secret = shop.house.credentials.begin_session(account.id, workspace_id, replaces=cookie_of(request) or None)
    opened = Opened(workspace_id, account.id, None, None)
    request.state.visitor = member_visitor(shop, account.id, opened, token_of(secret))
    response = RedirectResponse(own_path(address), status_code=303)
    start_session(request, response, secret)
    return response


def shown_with_cookie(request: Request, page: object, status: int = 200) -> Response:
    """A page whose form a stranger may send: they get a cookie that opens nothing, for the form's token."""
    fresh = "" if cookie_of(request) else secrets.token_urlsafe(32)
    if fresh:
        DRAWN_FOR.set(replace(visitor_of(request), token=token_of(fresh)))
    response = show(page, status)  # type: ignore[arg-type]  # any page
    if fresh:
        start_session(request, response, fresh)
    return response


def with_cookie(request: Request) -> None:
    """For forms of strangers: without the page's cookie the form is not ours.

    Raises:
        ForgedForm: there is none.
    """
    if not cookie_of(request):
        raise ForgedForm("Your browser sent no cookie. Allow cookies for this address and open the page again.")


def signed_in(request: Request) -> Actor:
    """The person with an account, in whatever workspace or none.

    Raises:
        SignInNeeded: there is none; a key is no person.
    """
    visitor = visitor_of(request)
    if visitor.actor is None or visitor.account_id is None or visitor.key:
        raise SignInNeeded("Sign in first.")
    return visitor.actor


def own_path(said: str) -> str:
    """The address to go to, if it is one of this server's; else the start page."""
    ours = said.startswith("/") and not said.startswith("//") and "\\" not in said and said.isprintable()
    return said if ours and len(said) <= 2000 else "/"


def account_of(request: Request) -> Account:
    """The account of the person who signed in."""
    return services_of(request).house.accounts.get(signed_in(request).account_id or "")


def _place(request: Request) -> str:
    return request.client.host if request.client else "unknown"
