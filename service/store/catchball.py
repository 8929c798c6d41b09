"""Invitations to reply to a plan, and the responses that came.

Owns: their rows; of a link's token only the digest. Must not know: what may be said, the web.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from service.store.database import Database, now
from service.store.errors import NotFound
from service.store.plans import standing_plan
from service.store.tables import InvitationRow, ResponseRow

LIFE = timedelta(days=30)
#: Replies that one link may bring: more is not a conversation.
MOST_REPLIES = 400


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link as the lead sees it; its token is shown once, when it is made."""

    id: str
    workspace_id: str
    plan_id: str
    audience: str
    label: str
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether it still takes replies."""
        return self.revoked_at is None and self.expires_at > now()


@dataclass(frozen=True, slots=True)
class ResponseRecord:
    """What somebody said, and the answer; `author` is a name they gave themselves."""

    id: str
    plan_id: str
    subject_kind: str
    subject_id: str
    kind: str
    words: str
    author: str
    via: str
    answer: str | None
    answered_by: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """A response to be kept."""

    subject_kind: str
    subject_id: str
    kind: str
    words: str
    author: str
    via: str


class CatchballRepository:
    """Invitations and responses of one workspace."""

    def __init__(self, database: Database, workspace_id: str) -> None:
        self._database = database
        self._workspace = workspace_id

    def invite(self, plan_id: str, audience: str, label: str, created_by: str) -> str:
        """A new link's token, to be shown once.

        Raises:
            NotFound: this workspace has no such plan.
            PlanErased: its document was erased.
        """
        token, at = secrets.token_urlsafe(32), now()
        row = InvitationRow(
            id=f"inv-{uuid.uuid4().hex[:16]}",
            workspace_id=self._workspace,
            plan_id=plan_id,
            digest=_digest(token),
            audience=audience,
            label=label,
            created_by=created_by,
            created_at=at,
            expires_at=at + LIFE,
            revoked_at=None,
        )
        with self._database.writing() as session:
            standing_plan(session, self._workspace, plan_id)
            session.add(row)
        return token

    def invitations(self, plan_id: str) -> list[Invitation]:
        """Links of a plan, the latest first."""
        wanted = select(InvitationRow).where(
            InvitationRow.workspace_id == self._workspace, InvitationRow.plan_id == plan_id
        )
        with self._database.reading() as session:
            rows = session.scalars(wanted.order_by(InvitationRow.created_at.desc(), InvitationRow.id))
            return [_invitation(row) for row in rows]

    def revoke(self, plan_id: str, invitation_id: str) -> None:
        """The link opens nothing any more.

        Raises:
            NotFound: the plan has no such link.
        """
        with self._database.writing() as session:
            row = session.scalar(
                select(InvitationRow).where(
                    InvitationRow.workspace_id == self._workspace,
                    InvitationRow.plan_id == plan_id,
                    InvitationRow.id == invitation_id,
                )
            )
            if row is None:
                raise NotFound(f"The plan {plan_id} has no link {invitation_id}.")
            row.revoked_at = row.revoked_at or now()

    def add(self, plan_id: str, said: list[Said], invitation_id: str | None = None) -> int:
        """Keep responses; gives how many. Beyond `MOST_REPLIES` of a link nothing is kept.

        Raises:
            NotFound: this workspace has no such plan.
            PlanErased: its document was erased.
        """
        with self._database.writing() as session:
            standing_plan(session, self._workspace, plan_id)
            held = select(func.count()).where(ResponseRow.invitation_id == invitation_id)
            room = MOST_REPLIES - (session.scalar(held) or 0) if invitation_id else MOST_REPLIES
            kept = said[: max(room, 0)]
            session.add_all(self._row(plan_id, one, invitation_id) for one in kept)
        return len(kept)

    def responses(self, plan_id: str) -> list[ResponseRecord]:
        """What was said to a plan, the oldest first."""
        wanted = select(ResponseRow).where(ResponseRow.workspace_id == self._workspace, ResponseRow.plan_id == plan_id)
        with self._database.reading() as session:
            return [_response(row) for row in session.scalars(wanted.order_by(ResponseRow.created_at, ResponseRow.id))]

    def answer(self, plan_id: str, response_id: str, words: str, answered_by: str) -> None:
        """The lead's answer to a response.

        Raises:
            NotFound: the plan has no such response.
        """
        with self._database.writing() as session:
            row = session.scalar(
                select(ResponseRow).where(
                    ResponseRow.workspace_id == self._workspace,
                    ResponseRow.plan_id == plan_id,
                    ResponseRow.id == response_id,
                )
            )
            if row is None:
                raise NotFound(f"The plan {plan_id} has no response {response_id}.")
            row.answer, row.answered_by, row.answered_at = words, answered_by, now()

    def _row(self, plan_id: str, one: Said, invitation_id: str | None) -> ResponseRow:
        return ResponseRow(
            id=f"resp-{uuid.uuid4().hex[:16]}",
            workspace_id=self._workspace,
            plan_id=plan_id,
            invitation_id=invitation_id,
            subject_kind=one.subject_kind,
            subject_id=one.subject_id,
            kind=one.kind,
            words=one.words,
            author=one.author,
            via=one.via,
            answer=None,
            answered_by=None,
            created_at=now(),
            answered_at=None,
        )


def invitation_of(database: Database, token: str) -> Invitation | None:
    """The open invitation that a link's token stands for, in whatever workspace; None if it opens nothing."""
    with database.reading() as session:
        row = session.scalar(select(InvitationRow).where(InvitationRow.digest == _digest(token)))
    found = _invitation(row) if row is not None else None
    return found if found is not None and found.open else None


def _digest(token: str) -> str:
    """The tokens are 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def _invitation(row: InvitationRow) -> Invitation:
    return Invitation(
        row.id,
        row.workspace_id,
        row.plan_id,
        row.audience,
        row.label,
        row.created_by,
        row.created_at,
        row.expires_at,
        row.revoked_at,
    )


def _response(row: ResponseRow) -> ResponseRecord:
    return ResponseRecord(
        row.id,
        row.plan_id,
        row.subject_kind,
        row.subject_id,
        row.kind,
        row.words,
        row.author,
        row.via,
        row.answer,
        row.answered_by,
        row.created_at,
    )
