"""Accounts: the people who can sign in, and the workspaces each belongs to.

Owns: their rows. Must not know: how a password is hashed or typed, sessions, the web.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from service.people import Role
from service.store.access_tables import AccountRow, CredentialRow, MembershipRow
from service.store.credentials import Credential
from service.store.database import Database, now
from service.store.errors import AccountExists, NotFound
from service.store.tables import WorkspaceRow


@dataclass(frozen=True, slots=True)
class Account:
    """A person who can sign in."""

    id: str
    address: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Membership:
    """A workspace somebody belongs to, and what they may do there."""

    workspace_id: str
    workspace: str
    role: Role


class AccountRepository:
    """All accounts of the server."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, address: str, name: str, password: str) -> Account:
        """A new account; `password` is its hash.

        Raises:
            AccountExists: the address has one.
        """
        row = AccountRow(
            id=f"acct-{uuid.uuid4().hex[:16]}", address=address, name=name, password=password, created_at=now()
        )
        try:
            with self._database.writing() as session:
                session.add(row)
        except IntegrityError as error:
            raise AccountExists(f"{address} has an account already.") from error
        return _account(row)

    def any(self) -> bool:
        """Whether anybody has an account."""
        with self._database.reading() as session:
            return bool(session.scalar(select(func.count()).select_from(AccountRow)))

    def all(self) -> list[Account]:
        """All accounts by address."""
        with self._database.reading() as session:
            return [_account(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.address))]

    def get(self, account_id: str) -> Account:
        """The account.

        Raises:
            NotFound: there is none.
        """
        with self._database.reading() as session:
            row = session.get(AccountRow, account_id)
        if row is None:
            raise NotFound("There is no such account.")
        return _account(row)

    def with_address(self, address: str) -> Account | None:
        """The account of a mail address in small letters, or None."""
        with self._database.reading() as session:
            row = session.scalar(select(AccountRow).where(AccountRow.address == address))
        return _account(row) if row is not None else None

    def password_of(self, account_id: str) -> str | None:
        """The hash that was kept, or None where there is no such account."""
        with self._database.reading() as session:
            return session.scalar(select(AccountRow.password).where(AccountRow.id == account_id))

    def set_password(self, account_id: str, password: str, *, sign_out: bool = True) -> None:
        """Keep another hash; every session of the person ends, unless only the hash's settings are new."""
        with self._database.writing() as session:
            row = session.get(AccountRow, account_id)
            if row is None:
                raise NotFound("There is no such account.")
            row.password = password
            if sign_out:
                session.execute(
                    delete(CredentialRow).where(
                        CredentialRow.account_id == account_id, CredentialRow.kind == Credential.session.value
                    )
                )

    def memberships(self, account_id: str) -> tuple[Membership, ...]:
        """Where the person belongs, by the workspaces' names."""
        wanted = (
            select(WorkspaceRow.id, WorkspaceRow.name, MembershipRow.role)
            .join(MembershipRow, MembershipRow.workspace_id == WorkspaceRow.id)
            .where(MembershipRow.account_id == account_id)
            .order_by(WorkspaceRow.name, WorkspaceRow.id)
        )
        with self._database.reading() as session:
            return tuple(Membership(id, name, Role(role)) for id, name, role in session.execute(wanted))


def _account(row: AccountRow) -> Account:
    return Account(row.id, row.address, row.name, row.created_at)
