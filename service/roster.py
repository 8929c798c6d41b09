"""Accounts and workspaces from the command line: the first person cannot be invited by anybody.

Owns: those acts and the lines that tell of them. Must not know: argument parsing, the web. Works beside a
running server: it touches SQL alone, and only what the pages touch too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from service.lockfile import owned
from service.passwords import Passwords
from service.people import Role, address_of, name_of
from service.settings import Settings
from service.store.accounts import Account, AccountRepository
from service.store.database import Database, open_database, sqlite_url
from service.store.errors import AccountExists, FolderInUse, NotFound
from service.store.members import MemberRepository
from service.store.workspaces import LOCAL, LOCAL_NAME, Workspace, WorkspaceRepository


@dataclass(frozen=True, slots=True)
class Roster:
    """Who has an account, and where each belongs."""

    database: Database
    passwords: Passwords

    @property
    def _accounts(self) -> AccountRepository:
        return AccountRepository(self.database)

    @property
    def _workspaces(self) -> WorkspaceRepository:
        return WorkspaceRepository(self.database)

    def add(self, address: str, name: str, role: Role, workspace: str, password: str) -> str:
        """A new account that belongs to a workspace.

        Raises:
            AccountExists: the address has one; `let_in` is for that.
            service.passwords.WeakPassword: the password can be guessed.
            NotFound: no such workspace.
        """
        place = self._workspaces.named(workspace)
        whom, called = address_of(address), name_of(name)
        if self._accounts.with_address(whom):
            raise AccountExists(f"{whom} has an account already; with --existing it joins {place.name}, unchanged.")
        account = self._accounts.add(whom, called, self.passwords.hash(password, whom, called))
        return self._joined(account, role, place)

    def let_in(self, address: str, role: Role, workspace: str) -> str:
        """An account that exists belongs to a further workspace, or has another role there."""
        return self._joined(self._known(address), role, self._workspaces.named(workspace))

    def set_password(self, address: str, password: str) -> str:
        """Another password; every session of the person ends."""
        account = self._known(address)
        self._accounts.set_password(account.id, self.passwords.hash(password, account.address, account.name))
        return f"{account.address} has another password and is signed out everywhere"

    def remove(self, address: str, workspace: str) -> str:
        """The account no longer belongs to a workspace."""
        place = self._workspaces.named(workspace)
        MemberRepository(self.database, place.id).remove(self._known(address).id)
        return f"{address_of(address)} no longer belongs to {place.name}"

    def lines(self) -> Iterator[str]:
        """Every account and where it belongs."""
        for account in self._accounts.all():
            held = self._accounts.memberships(account.id)
            places = "; ".join(f"{one.role.value} in {one.workspace}" for one in held) or "belongs nowhere"
            yield f"{account.address}  {account.name}: {places}"

    def workspace(self, name: str, renames: str | None) -> str:
        """A new workspace, or another name for one that exists."""
        if renames is not None:
            place = self._workspaces.named(renames)
            self._workspaces.rename(place.id, name_of(name))
            return f"{place.name} is called {name_of(name)} now"
        made = self._workspaces.create(name_of(name))
        return f"{made.name} is there; its id is {made.id}"

    def _known(self, address: str) -> Account:
        account = self._accounts.with_address(address_of(address))
        if account is None:
            raise NotFound(f"{address_of(address)} has no account.")
        return account

    def _joined(self, account: Account, role: Role, place: Workspace) -> str:
        MemberRepository(self.database, place.id).add(account.id, role)
        return f"{account.address} belongs to {place.name} as {role.value}"


@contextmanager
def opened_roster(data: Path | None) -> Iterator[Roster]:
    """The roster of a data folder, or of the database that the settings name; a server may be running on it."""
    settings = Settings()
    folder = data or settings.data
    with ExitStack() as stack:
        try:
            stack.enter_context(owned(folder))
            alone = True
        except FolderInUse:  # its server has brought the tables to their newest shape
            alone = False
        url = settings.database_url or sqlite_url(folder / "throughline.sqlite3")
        database = open_database(url, migrate=alone)
        stack.callback(database.close)
        WorkspaceRepository(database).ensure(LOCAL, LOCAL_NAME)
        yield Roster(database, Passwords())
