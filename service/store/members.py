"""The people of a workspace and the invitations into it.

Owns: their rows; of an invitation's link only the digest. Must not know: passwords, sessions, the web.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.people import Role
from service.store.access_tables import AccountRow, CredentialRow, JoiningRow, MembershipRow
from service.store.database import Database, now
from service.store.errors import LastOps, NotFound
from service.store.tables import WorkspaceRow

#: How long the link of an invitation opens.
LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs to the workspace."""

    account_id: str
    address: str
    name: str
    role: Role
    since: datetime


@dataclass(frozen=True, slots=True)
class Joining:
    """An invitation into a workspace; its link is shown once, when it is made."""

    id: str
    workspace_id: str
    workspace: str
    address: str
    role: Role
    created_by: str
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether it can still be accepted."""
        return self.accepted_at is None and self.expires_at > now()


class MemberRepository:
    """Members of one workspace."""

    def __init__(self, database: Database, workspace_id: str) -> None:
        self._database = database
        self._workspace = workspace_id

    def all(self) -> list[Member]:
        """All members by name."""
        wanted = (
            select(AccountRow, MembershipRow)
            .join(MembershipRow, MembershipRow.account_id == AccountRow.id)
            .where(MembershipRow.workspace_id == self._workspace)
            .order_by(AccountRow.name, AccountRow.address)
        )
        with self._database.reading() as session:
            rows = session.execute(wanted).all()
        return [Member(who.id, who.address, who.name, Role(at.role), at.created_at) for who, at in rows]

    def add(self, account_id: str, role: Role) -> None:
        """The account belongs here from now on; if it did before, only its role is new.

        Raises:
            LastOps: nobody with the role ops would be left.
        """
        with self._database.writing() as session:
            _put(session, self._workspace, account_id, role)

    def change(self, account_id: str, role: Role) -> Member:
        """Another role for a member; gives the member as it was.

        Raises:
            NotFound: nobody here has this id.
            LastOps: nobody with the role ops would be left.
        """
        before = self.get(account_id)
        self.add(account_id, role)
        return before

    def remove(self, account_id: str) -> Member:
        """The account no longer belongs here, and its sessions and keys open this workspace no more.

        Raises:
            NotFound: nobody here has this id.
            LastOps: nobody with the role ops would be left.
        """
        before = self.get(account_id)
        mine = (MembershipRow.workspace_id == self._workspace, MembershipRow.account_id == account_id)
        with self._database.writing() as session:
            _keep_an_ops(session, self._workspace, account_id)
            session.execute(delete(MembershipRow).where(*mine))
            session.execute(
                delete(CredentialRow).where(
                    CredentialRow.workspace_id == self._workspace, CredentialRow.account_id == account_id
                )
            )
        return before

    def invite(self, address: str, role: Role, created_by: str) -> str:
        """The token of a new invitation's link; an older one for the same address is withdrawn."""
        token, at = secrets.token_urlsafe(32), now()
        row = JoiningRow(
            id=f"join-{uuid.uuid4().hex[:16]}",
            workspace_id=self._workspace,
            digest=_digest(token),
            address=address,
            role=role.value,
            created_by=created_by,
            created_at=at,
            expires_at=at + LIFE,
            accepted_at=None,
        )
        older = (JoiningRow.workspace_id == self._workspace, JoiningRow.address == address)
        with self._database.writing() as session:
            session.execute(delete(JoiningRow).where(*older, JoiningRow.accepted_at.is_(None)))
            session.add(row)
        return token

    def invitations(self) -> list[Joining]:
        """Invitations that can still be accepted, the latest first."""
        wanted = (
            select(JoiningRow, WorkspaceRow.name)
            .join(WorkspaceRow, WorkspaceRow.id == JoiningRow.workspace_id)
            .where(JoiningRow.workspace_id == self._workspace)
            .order_by(JoiningRow.created_at.desc(), JoiningRow.id)
        )
        with self._database.reading() as session:
            found = [_joining(row, name) for row, name in session.execute(wanted)]
        return [one for one in found if one.open]

    def withdraw(self, joining_id: str) -> str:
        """The invitation opens nothing any more; gives whom it was for.

        Raises:
            NotFound: this workspace has no such invitation.
        """
        with self._database.writing() as session:
            row = session.scalar(
                select(JoiningRow).where(JoiningRow.workspace_id == self._workspace, JoiningRow.id == joining_id)
            )
            if row is None:
                raise NotFound("There is no such invitation.")
            session.delete(row)
            return row.address

    def get(self, account_id: str) -> Member:
        """The member.

        Raises:
            NotFound: nobody here has this id.
        """
        found = next((one for one in self.all() if one.account_id == account_id), None)
        if found is None:
            raise NotFound("Nobody here has this account.")
        return found


def joining_of(database: Database, token: str) -> Joining | None:
    """The open invitation that a link's token stands for; None if it opens nothing."""
    with database.reading() as session:
        found = _found(session, token)
    return found if found is not None and found.open else None


def accept(database: Database, token: str, account_id: str) -> Joining:
    """Spend the invitation: the account belongs to its workspace. Of two who try at once, one does.

    Raises:
        NotFound: it opens nothing, or is for another address.
    """
    with database.writing() as session:
        row = session.scalar(select(JoiningRow).where(JoiningRow.digest == _digest(token)).with_for_update())
        account = session.get(AccountRow, account_id)
        found = _found(session, token)
        if row is None or found is None or not found.open or account is None or account.address != found.address:
            raise NotFound("This invitation is no longer open, or it is for somebody else.")
        row.accepted_at = now()
        held = session.get(MembershipRow, (found.workspace_id, account_id))
        if held is None or found.role.reaches(Role(held.role)):  # an invitation never takes anything away
            _put(session, found.workspace_id, account_id, found.role)
    return found


def _put(session: Session, workspace_id: str, account_id: str, role: Role) -> None:
    if role is not Role.ops:
        _keep_an_ops(session, workspace_id, account_id)
    held = session.get(MembershipRow, (workspace_id, account_id))
    if held is None:
        session.add(MembershipRow(workspace_id=workspace_id, account_id=account_id, role=role.value, created_at=now()))
    else:
        held.role = role.value


def _keep_an_ops(session: Session, workspace_id: str, leaving: str) -> None:
    wanted = select(MembershipRow.account_id).where(
        MembershipRow.workspace_id == workspace_id, MembershipRow.role == Role.ops.value
    )
    ops = set(session.scalars(wanted.with_for_update()))
    if ops == {leaving}:
        raise LastOps("Somebody must stay who looks after this workspace: give another person the role ops first.")


def _found(session: Session, token: str) -> Joining | None:
    row = session.execute(
        select(JoiningRow, WorkspaceRow.name)
        .join(WorkspaceRow, WorkspaceRow.id == JoiningRow.workspace_id)
        .where(JoiningRow.digest == _digest(token))
    ).first()
    return _joining(row[0], row[1]) if row is not None else None


def _digest(token: str) -> str:
    """The tokens are 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def _joining(row: JoiningRow, workspace: str) -> Joining:
    return Joining(
        row.id,
        row.workspace_id,
        workspace,
        row.address,
        Role(row.role),
        row.created_by,
        row.created_at,
        row.expires_at,
        row.accepted_at,
    )
