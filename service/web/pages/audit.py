"""The page of the audit log.

Owns: its route; for ops, in shared mode. Must not know: HTML, how the log is kept.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from service.people import Role
from service.store.house import Workplace
from service.web.access import MOST_NUMBER, Place, in_shared_mode
from service.web.contexts.audit import audit_page
from service.web.duty import asks
from service.web.render import show

router = APIRouter(prefix="/audit", include_in_schema=False, dependencies=[Depends(in_shared_mode)])
_PAGE = 100


@router.get("")
@asks(Role.ops)
def show_audit_log(place: Place, before: Annotated[int | None, Query(ge=1, le=MOST_NUMBER)] = None) -> Response:
    """Who saw, changed and exported what, the latest first."""
    return show(audit_page(place.audit.latest(_PAGE, before), _titles(place), _PAGE))


def _titles(place: Workplace) -> dict[str, str]:
    """What the ids that still exist are called; an erased document's title is gone from here too."""
    found = {plan.id: plan.title for plan in place.plans.all()}
    found |= {document.id: document.title for document in place.documents.all()}
    return found | {member.account_id: member.name for member in place.members.all()}
