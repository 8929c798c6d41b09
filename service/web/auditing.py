"""The audit log as the web writes it: every answer of a route to a person with an account.

Owns: when something is noted and what. Must not know: what a route does, how the log is kept. It is noted
before the first byte of the answer leaves: what cannot be noted is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.store.audit import Act, Deed
from service.web.access import services_of
from service.web.duty import duty_of
from service.web.visitor import DRAWN_FOR, STRANGER, Visitor

#: Identifiers in an address and what they are of, the one that counts first.
_SUBJECTS = {
    "plan_id": "plan",
    "document_id": "document",
    "job_id": "job",
    "account_id": "person",
    "key_id": "key",
    "joining_id": "invitation",
}
_MADE = re.compile(r"/(plan|doc|job)-[0-9a-f]{16}\b")
_MADE_KINDS = {"plan": "plan", "doc": "document", "job": "job"}


class Auditing:
    """ASGI middleware between the guard and the routes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; note what is answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        DRAWN_FOR.set(STRANGER)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                await _note(scope, message)
            await send(message)

        await self._app(scope, receive, sending)


async def _note(scope: Scope, message: Message) -> None:
    state = cast(Mapping[str, Any], scope.get("state", {}))
    visitor = state.get("visitor")
    if not isinstance(visitor, Visitor) or not visitor.shared or visitor.actor is None or visitor.workspace is None:
        return
    deed = _deed(scope, visitor, message, str(state.get("note", "")))
    if deed is not None:
        place = services_of(HTTPConnection(scope)).house.workplace(visitor.workspace.id)
        await run_sync(place.audit.note, deed)


def _deed(scope: Scope, visitor: Visitor, message: Message, note: str) -> Deed | None:
    """What was done, or None where it is not for the log: it failed, or says nothing about the workspace."""
    duty = duty_of(scope.get("endpoint"), scope["method"])
    status = message["status"]
    if visitor.actor is None or "endpoint" not in scope or duty.quiet or (status >= 400 and status != 403):
        return None
    kind, name = _subject(scope, Headers(raw=list(message.get("headers", ()))))
    return Deed(
        account_id=visitor.account_id,
        name=visitor.actor.name,
        via="key" if visitor.key else "session",
        act=Act.refused if status == 403 else duty.act,
        what=getattr(scope["endpoint"], "__name__", ""),
        subject_kind=kind,
        subject_id=name,
        note=note,
    )


def _subject(scope: Scope, headers: Headers) -> tuple[str, str]:
    """What the address names, or what was made and is named by where the answer leads."""
    given = scope.get("path_params", {})
    for parameter, kind in _SUBJECTS.items():
        if parameter in given:
            return kind, str(given[parameter])
    made = _MADE.search(headers.get("location", ""))
    return (_MADE_KINDS[made[1]], made[0].lstrip("/")) if made else ("", "")
