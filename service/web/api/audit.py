"""The audit log over HTTP.

Owns: its route; for ops, in shared mode. Must not know: pages, how the log is kept.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from service.people import Role
from service.store.audit import Act, Entry
from service.web.access import MOST_NUMBER, Place, in_shared_mode
from service.web.duty import asks
from service.web.problems import described
from service.web.views import View

router = APIRouter(
    prefix="/audit", tags=["audit"], responses=described(401, 403, 404), dependencies=[Depends(in_shared_mode)]
)
Number = Annotated[int | None, Query(ge=1, le=MOST_NUMBER, description="only entries numbered below this one")]


class EntryView(View):
    """Somebody saw, changed or exported something, or was refused."""

    number: int = Field(description="rises with time")
    at: datetime
    account_id: str | None
    name: str
    via: str = Field(examples=["session", "key"])
    act: Act
    what: str = Field(description="name of the route", examples=["edit_plan"])
    subject_kind: str = Field(examples=["plan"])
    subject_id: str
    note: str

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """The view of an entry."""
        deed = entry.deed
        return cls(
            number=entry.number,
            at=entry.at,
            account_id=deed.account_id,
            name=deed.name,
            via=deed.via,
            act=deed.act,
            what=deed.what,
            subject_kind=deed.subject_kind,
            subject_id=deed.subject_id,
            note=deed.note,
        )


@router.get("", responses=described(422))
@asks(Role.ops)
def list_audit_entries(
    place: Place, before: Number = None, limit: Annotated[int, Query(ge=1, le=500)] = 100, account_id: str | None = None
) -> list[EntryView]:
    """Entries, the latest first; of one person with `account_id`. What is seen again within 15 minutes is one entry."""
    return [EntryView.of(entry) for entry in place.audit.latest(limit, before, account_id)]
