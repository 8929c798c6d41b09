"""A further workspace, made from one's account page.

Owns: that route; for ops of a workspace, in shared mode. Must not know: HTML, what is in a workspace.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from service.people import Role, UnusableAddress, name_of
from service.store.audit import Act, Deed
from service.web.access import Place, Shop, Who, in_shared_mode
from service.web.duty import WORKSPACES, asks
from service.web.pages.session import account_page
from service.web.render import show
from service.web.signing import account_of, entered, signed_in

#: For persons: a key makes no workspaces.
router = APIRouter(include_in_schema=False, dependencies=[Depends(in_shared_mode), Depends(signed_in)])
_TAKEN = "You belong to a workspace of this name already."


@router.post("/workspaces")
@asks(limit=WORKSPACES)
def make_workspace(
    request: Request, shop: Shop, place: Place, who: Who, name: Annotated[str, Form(max_length=400)]
) -> Response:
    """A new, empty workspace; whoever makes it is its first ops, and goes there. Both logs tell of it."""
    account = account_of(request)
    try:
        called = name_of(name)
    except UnusableAddress as wrong:
        return show(account_page(request, shop, name=name, name_fault=str(wrong)), wrong.status)
    if called.casefold() in {one.workspace.casefold() for one in shop.house.accounts.memberships(account.id)}:
        return show(account_page(request, shop, name=called, name_fault=_TAKEN), 409)
    made = shop.house.workspaces.create(called)
    shop.house.workplace(made.id).members.add(account.id, Role.ops)
    request.state.note = f"“{called}”"
    place.audit.note(Deed(account.id, who.name, "session", Act.changed, "make_workspace", note=request.state.note))
    return entered(request, shop, account, made.id)
