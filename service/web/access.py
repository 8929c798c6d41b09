"""Who asks, and which workspace they may see.

Owns: the session cookie, the bearer key, the dependency every route of a workspace has. Must not know:
what the routes do.
"""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from starlette.responses import Response

from service.people import LOCAL_ACTOR, Actor
from service.store.credentials import LIVES, Credential
from service.store.house import Workplace
from service.web.errors import NotSignedIn
from service.web.services import Services

COOKIE = "throughline"
#: The largest number that every database holds; larger ones name nothing here.
MOST_NUMBER = 2_147_483_647
#: For OpenAPI; the check itself is `workplace_of`.
BEARER = HTTPBearer(auto_error=False, description="The local key: see the file `server.json` in the data folder.")


def services_of(request: Request) -> Services:
    """The services the application was created with."""
    return cast(Services, request.app.state.services)


def workplace_of(request: Request) -> Workplace:
    """The workspace that the request's key or session opens.

    Raises:
        NotSignedIn: it opens none.
    """
    credentials = services_of(request).house.credentials
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    cookie = request.cookies.get(COOKIE)
    workspace = credentials.opens(key.strip(), Credential.key) if scheme.lower() == "bearer" else None
    if workspace is None and cookie:
        workspace = credentials.opens(cookie, Credential.session)
    if workspace is None:
        raise NotSignedIn("Open the address that `serve` printed, or send the local key as a bearer token.")
    return services_of(request).house.workplace(workspace)


def actor_of(place: Annotated[Workplace, Depends(workplace_of)]) -> Actor:
    """Who asks, for the author of a change; local mode knows one person."""
    return LOCAL_ACTOR


def start_session(response: Response, secret: str) -> None:
    """Hand the session to the browser: never to scripts, never to other sites' requests."""
    life = LIVES[Credential.session]
    response.set_cookie(
        COOKIE, secret, max_age=int(life.total_seconds()) if life else None, httponly=True, samesite="lax", path="/"
    )


Shop = Annotated[Services, Depends(services_of)]
Place = Annotated[Workplace, Depends(workplace_of)]
Who = Annotated[Actor, Depends(actor_of)]
