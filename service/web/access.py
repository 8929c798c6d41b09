"""Who asks, and which workspace they may see.

Owns: the session cookie, the bearer key, the dependencies that let a request in. Must not know: what the
routes do. Order: who it is, whether a form is ours, what the role reaches, how often, whose things they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.requests import HTTPConnection
from starlette.responses import Response

from service.people import Actor, Role
from service.store.counts import Limit
from service.store.credentials import LIVES, PERSONAL_SESSION, Credential, Opened
from service.store.errors import NotFound
from service.store.house import Workplace
from service.store.workspaces import Workspace
from service.web.duty import SAFE, Duty, duty_of
from service.web.errors import ForgedForm, NotAllowed, NotSignedIn, SignInNeeded, TooOften
from service.web.services import Services
from service.web.tokens import genuine, token_in, token_of
from service.web.visitor import DRAWN_FOR, Visitor, local_visitor

COOKIE = "throughline"
#: The largest number that every database holds; larger ones name nothing here.
MOST_NUMBER = 2_147_483_647
#: Over https the browser takes a cookie of this name from this host alone, and only over https.
SECURE_COOKIE = "__Host-throughline"

#: Identifiers in an address, and what raises NotFound where the workspace has no such thing.
OWNED: dict[str, Callable[[Workplace, str], object]] = {
    "plan_id": lambda place, name: place.plans.get(name),
    "document_id": lambda place, name: place.documents.get(name),
    "job_id": lambda place, name: place.jobs.get(name),
    "account_id": lambda place, name: place.members.get(name),
}


def services_of(request: HTTPConnection) -> Services:
    """The services the application was created with."""
    return cast(Services, request.app.state.services)


def visitor_of(request: Request) -> Visitor:
    """Whoever sent the request; looked up once."""
    known = getattr(request.state, "visitor", None)
    if known is None:
        known = request.state.visitor = _visitor(request)
    return cast(Visitor, known)


async def admit(request: Request, visitor: Annotated[Visitor, Depends(visitor_of)]) -> None:
    """Every route's first step: remember for whom pages are drawn, and refuse forms that are not ours.

    Raises:
        ForgedForm: a cookie came with an unsafe request, and no token that belongs to it.
    """
    DRAWN_FOR.set(visitor)
    cookie = cookie_of(request)
    if request.method in SAFE or visitor.key or not cookie:
        return
    if not genuine(await token_in(request), cookie):
        raise ForgedForm("The form is older than your session, or another site sent it. Open the page again.")


def workplace_of(request: Request) -> Workplace:
    """The workspace that the request's key or session opens.

    Raises:
        NotSignedIn: it opens none.
        NotAllowed: the role does not reach the route.
        TooOften: it costs much and was asked often.
        service.store.errors.NotFound: the address names something that is not of this workspace.
    """
    visitor, shop = visitor_of(request), services_of(request)
    if visitor.actor is None:
        if shop.shared:
            raise SignInNeeded("Sign in, or send an API key as a bearer token.")
        raise NotSignedIn("Open the address that `serve` printed, or send the local key as a bearer token.")
    if visitor.workspace is None:
        raise NotAllowed("You belong to no workspace here any more. Ask whoever invited you for a new invitation.")
    duty = duty_of(request.scope.get("endpoint"), request.method)
    if not visitor.may(duty.role):
        raise NotAllowed(_refusal(duty, visitor.actor.role))
    if duty.limit is not None and visitor.account_id is not None:
        count_one(shop, duty.limit, visitor.account_id)
    place = shop.house.workplace(visitor.workspace.id)
    for name, value in request.path_params.items():
        if name in OWNED:
            OWNED[name](place, value)
    return place


def actor_of(request: Request, place: Annotated[Workplace, Depends(workplace_of)]) -> Actor:
    """Who asks, for the author of a change."""
    return cast(Actor, visitor_of(request).actor)


def count_one(shop: Services, limit: Limit, whose: str) -> None:
    """Count a call.

    Raises:
        TooOften: there were too many lately.
    """
    seconds = shop.house.counts.take(limit, whose)
    if seconds:
        minutes = -(-seconds // 60)
        raise TooOften(f"That was too often. Try again in {minutes} minute{'s' if minutes > 1 else ''}.", seconds)


def in_shared_mode(request: Request) -> None:
    """For routes that only shared mode has."""
    if not services_of(request).shared:
        raise NotFound("There is no such page: this server is for one person, who needs no account.")


def secure(request: HTTPConnection) -> bool:
    """Whether people reach the server over https."""
    return services_of(request).https or request.url.scheme == "https"


def cookie_of(request: HTTPConnection) -> str:
    """The secret in the session's cookie, or nothing."""
    return request.cookies.get(SECURE_COOKIE if secure(request) else COOKIE, "")


def start_session(request: Request, response: Response, secret: str) -> None:
    """Hand the session to the browser: never to scripts, never to other sites' requests."""
    life = PERSONAL_SESSION if services_of(request).shared else LIVES[Credential.session]
    guarded = secure(request)
    response.set_cookie(
        SECURE_COOKIE if guarded else COOKIE,
        secret,
        max_age=int(life.total_seconds()) if life else None,
        httponly=True,
        samesite="lax",
        secure=guarded,
        path="/",
    )


def end_session(request: Request, response: Response) -> None:
    """The browser forgets the session."""
    guarded = secure(request)
    response.delete_cookie(
        SECURE_COOKIE if guarded else COOKIE, httponly=True, samesite="lax", secure=guarded, path="/"
    )


def _visitor(request: Request) -> Visitor:
    shop = services_of(request)
    cookie = cookie_of(request)
    token = token_of(cookie) if cookie else ""
    scheme, _, sent = request.headers.get("authorization", "").partition(" ")
    key = shop.house.credentials.opened(sent.strip(), Credential.key) if scheme.lower() == "bearer" else None
    opened = key or (shop.house.credentials.opened(cookie, Credential.session) if cookie else None)
    if opened is None or shop.shared != (opened.account_id is not None):  # secrets of the other mode open nothing
        return Visitor(shared=shop.shared, token=token)
    if opened.account_id is None:
        return local_visitor(Workspace(opened.workspace_id, ""), token, key=key is not None)
    return member_visitor(shop, opened.account_id, opened, token)


def member_visitor(shop: Services, account_id: str, opened: Opened, token: str) -> Visitor:
    """A person with an account, in the workspace of the session or key; a session may fall back to another."""
    account, memberships = shop.house.accounts.get(account_id), shop.house.accounts.memberships(account_id)
    here = next((one for one in memberships if one.workspace_id == opened.workspace_id), None)
    is_key = opened.role is not None
    if here is None and is_key:
        return Visitor(shared=True, token=token)
    here = here or next(iter(memberships), None)
    choices = tuple(Workspace(one.workspace_id, one.workspace) for one in memberships)
    role = here.role if here else Role.viewer
    if opened.role is not None and role.reaches(opened.role):  # a key reaches no further than its owner does today
        role = opened.role
    name = f"{account.name} (key “{opened.label}”)" if is_key else account.name
    place = Workspace(here.workspace_id, here.workspace) if here else None
    return Visitor(True, Actor(name, role, account.id), place, choices, is_key, token)


def _refusal(duty: Duty, role: Role) -> str:
    return f"Your role here is {role.value}; this is for {'ops' if duty.role is Role.ops else 'leaders and ops'}."


Shop = Annotated[Services, Depends(services_of)]
Place = Annotated[Workplace, Depends(workplace_of)]
Who = Annotated[Actor, Depends(actor_of)]
