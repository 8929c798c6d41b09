"""The house: one data folder (or a database and an index elsewhere) and the workplaces in it.

Owns: where things lie in the folder, what a workspace's repositories are built from. Must not know:
jobs, the web.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from retrieval.embed import Embedder
from retrieval.index import VectorIndex
from service.store.accounts import AccountRepository
from service.store.audit import AuditRepository
from service.store.catchball import CatchballRepository
from service.store.counts import CountRepository
from service.store.credentials import CredentialRepository
from service.store.database import Database, open_database, sqlite_url
from service.store.documents import DocumentRepository
from service.store.job_records import JobRepository
from service.store.members import MemberRepository
from service.store.originals import Originals
from service.store.own_practices import OwnPracticeRepository
from service.store.plans import PlanRepository
from service.store.profiles import ProfileRepository
from service.store.proposals import ProposalRepository
from service.store.revisions import RevisionRepository
from service.store.shelf import Shelf
from service.store.workspaces import LOCAL, LOCAL_NAME, WorkspaceRepository


@dataclass(frozen=True, slots=True)
class Workplace:
    """Everything of one workspace; nothing here reaches into another."""

    workspace_id: str
    documents: DocumentRepository
    plans: PlanRepository
    proposals: ProposalRepository
    revisions: RevisionRepository
    catchball: CatchballRepository
    profile: ProfileRepository
    practices: OwnPracticeRepository
    jobs: JobRepository
    members: MemberRepository
    audit: AuditRepository
    shelf: Shelf


class House:
    """The database, the index and the originals, opened once. Threads may share it."""

    def __init__(self, folder: Path, database: Database, index: VectorIndex, embedder: Embedder) -> None:
        """Use `open_house`."""
        self._folder = folder
        self._index = index
        self._embedder = embedder
        self._workplaces: dict[str, Workplace] = {}
        self.database = database
        self.workspaces = WorkspaceRepository(database)
        self.credentials = CredentialRepository(database)
        self.accounts = AccountRepository(database)
        self.counts = CountRepository(database)

    def workplace(self, workspace_id: str = LOCAL) -> Workplace:
        """A workspace's repositories, built at the first call."""
        if workspace_id not in self._workplaces:
            self._workplaces[workspace_id] = self._furnish(workspace_id)
        return self._workplaces[workspace_id]

    def reindex(self) -> int:
        """Rebuild the index of every workspace from SQL; gives the number of passages."""
        return sum(self.workplace(name).shelf.reindex() for name in self.workspaces.ids())

    def sweep(self) -> None:
        """Mend what a crash left behind, in every workspace."""
        for name in self.workspaces.ids():
            self.workplace(name).shelf.sweep()

    def index_is_sound(self) -> bool:
        """Whether vectors find themselves; False means: reindex."""
        return all(self._index.canary(name) for name in self._index.collections())

    def close(self) -> None:
        """Let go of all files."""
        self._index.close()
        self.database.close()

    def _furnish(self, workspace_id: str) -> Workplace:
        originals = Originals(self._folder / "originals", workspace_id)
        return Workplace(
            workspace_id=workspace_id,
            documents=DocumentRepository(self.database, workspace_id),
            plans=PlanRepository(self.database, workspace_id),
            proposals=ProposalRepository(self.database, workspace_id),
            revisions=RevisionRepository(self.database, workspace_id),
            catchball=CatchballRepository(self.database, workspace_id),
            profile=ProfileRepository(self.database, workspace_id),
            practices=OwnPracticeRepository(self.database, workspace_id),
            jobs=JobRepository(self.database, workspace_id),
            members=MemberRepository(self.database, workspace_id),
            audit=AuditRepository(self.database, workspace_id),
            shelf=Shelf(self.database, originals, self._index, self._embedder, workspace_id),
        )


def open_house(folder: Path, embedder: Embedder, database_url: str | None = None, chroma: str | None = None) -> House:
    """Open or create the data folder, migrate, and make the local workspace.

    Args:
        folder: Holds the database (unless `database_url` names another), the index and the originals.
        embedder: Whose vectors the index holds.
        database_url: `postgresql+psycopg://…`, or None for SQLite in the folder.
        chroma: `host:port` of a Chroma server, or None for the folder.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = open_database(database_url or sqlite_url(folder / "throughline.sqlite3"))
    index = _open_index(folder / "index", embedder.name, chroma)
    house = House(folder, database, index, embedder)
    house.workspaces.ensure(LOCAL, LOCAL_NAME)
    return house


def _open_index(folder: Path, embedder: str, chroma: str | None) -> VectorIndex:
    if chroma is None:
        return VectorIndex.open_folder(folder, embedder)
    host, _, port = chroma.rpartition(":")
    return VectorIndex.connect(host, int(port), embedder)
