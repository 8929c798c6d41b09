"""Keys of programs: made, shown once, revoked.

Owns: those routes; for ops, in shared mode. Must not know: HTML, how a key is kept.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from service.people import Role
from service.store.house import Workplace
from service.web.access import Place, Shop, Who, in_shared_mode
from service.web.contexts.people import KeysPage
from service.web.duty import asks
from service.web.render import show
from service.web.services import Services
from service.web.signing import signed_in

#: For persons: a key makes no keys.
router = APIRouter(prefix="/keys", include_in_schema=False, dependencies=[Depends(in_shared_mode), Depends(signed_in)])


@router.get("")
@asks(Role.ops)
def show_keys(shop: Shop, place: Place) -> Response:
    """All keys of the workspace."""
    return show(_page(shop, place))


@router.post("")
def make_key(
    request: Request,
    shop: Shop,
    place: Place,
    who: Who,
    label: Annotated[str, Form(max_length=200)],
    role: Annotated[Role, Form()],
) -> Response:
    """A new key."""
    called = " ".join(label.split())[:60]
    if not called:
        return show(replace(_page(shop, place), fault="Say what the key is for."), 422)
    secret = shop.house.credentials.add_key(place.workspace_id, who.account_id or "", called, role)
    request.state.note = f"“{called}” as {role.value}"
    return show(replace(_page(shop, place), secret=secret, label=called))


@router.post("/{key_id}/revoke")
def revoke_key(request: Request, shop: Shop, place: Place, key_id: str) -> Response:
    """The key opens nothing any more."""
    request.state.note = f"“{shop.house.credentials.revoke_key(place.workspace_id, key_id)}”"
    return RedirectResponse("/keys", status_code=303)


def _page(shop: Services, place: Workplace) -> KeysPage:
    return KeysPage(tuple(shop.house.credentials.keys(place.workspace_id)))
