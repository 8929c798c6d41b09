"""The people of a workspace: who belongs here, with which role, and who is invited.

Owns: those routes; for ops, in shared mode. Must not know: HTML, how people sign in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from service.people import LONGEST_ADDRESS, Role, UnusableAddress, address_of
from service.store.errors import LastOps
from service.store.house import Workplace
from service.web.access import Place, Who, in_shared_mode, secure
from service.web.contexts.people import PeoplePage
from service.web.duty import asks
from service.web.render import show
from service.web.signing import signed_in

#: For persons: a key that got lost lets nobody in.
router = APIRouter(
    prefix="/people", include_in_schema=False, dependencies=[Depends(in_shared_mode), Depends(signed_in)]
)


@router.get("")
@asks(Role.ops)
def show_people(place: Place) -> Response:
    """Members and open invitations."""
    return show(_page(place))


@router.post("/invitations")
def invite(
    request: Request,
    place: Place,
    who: Who,
    address: Annotated[str, Form(max_length=LONGEST_ADDRESS)],
    role: Annotated[Role, Form()],
) -> Response:
    """A link for somebody; its address is shown once."""
    try:
        whom = address_of(address)
    except UnusableAddress as wrong:
        return show(replace(_page(place), address=address, fault=str(wrong)), wrong.status)
    if any(one.address == whom for one in place.members.all()):
        return show(replace(_page(place), address=whom, fault="This person belongs here already."), 409)
    token = place.members.invite(whom, role, who.name)
    request.state.note = f"{whom} as {role.value}"
    link = f"{'https' if secure(request) else 'http'}://{request.url.netloc}/join/{token}"
    return show(replace(_page(place), link=link, invited=whom))


@router.post("/invitations/{joining_id}/withdraw")
def withdraw_invitation(request: Request, place: Place, joining_id: str) -> Response:
    """The link opens nothing any more."""
    request.state.note = place.members.withdraw(joining_id)
    return RedirectResponse("/people", status_code=303)


@router.post("/members/{account_id}/role")
def change_role(request: Request, place: Place, account_id: str, role: Annotated[Role, Form()]) -> Response:
    """Another role."""
    try:
        before = place.members.change(account_id, role)
    except LastOps as last:
        return show(replace(_page(place), fault=str(last)), last.status)
    request.state.note = f"{before.address}: {before.role.value} → {role.value}"
    return RedirectResponse("/people", status_code=303)


@router.post("/members/{account_id}/remove")
def remove_person(request: Request, place: Place, account_id: str) -> Response:
    """Somebody leaves; their sessions and keys open this workspace no more."""
    try:
        before = place.members.remove(account_id)
    except LastOps as last:
        return show(replace(_page(place), fault=str(last)), last.status)
    request.state.note = before.address
    return RedirectResponse("/people", status_code=303)


def _page(place: Workplace) -> PeoplePage:
    return PeoplePage(tuple(place.members.all()), tuple(place.members.invitations()))
