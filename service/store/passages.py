"""The PassageStore over SQL: text by id, and lexical search.

Owns: both queries. Must not know: vectors, how full text differs between databases (see `dialects`).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from retrieval.documents import Passage
from service.store.database import Database
from service.store.dialects import lexical_statement, lexical_words
from service.store.encoding import unpack_passage
from service.store.tables import PassageRow


class SqlPassages:
    """`retrieval.documents.PassageStore` of a workspace, or of one document in it."""

    def __init__(self, database: Database, workspace_id: str, document_id: str | None = None) -> None:
        self._database = database
        self._workspace = workspace_id
        self._document = document_id

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """Passages by id, in the order asked; unknown ids are left out."""
        wanted = select(PassageRow).where(PassageRow.workspace_id == self._workspace, PassageRow.passage_id.in_(ids))
        if self._document is not None:
            wanted = wanted.where(PassageRow.document_id == self._document)
        with self._database.reading() as session:
            found = {row.passage_id: unpack_passage(row) for row in session.scalars(wanted)}
        return [found[name] for name in ids if name in found]

    def lexical(self, query: str, limit: int) -> list[str]:
        """Passage ids best first by full-text rank."""
        words = lexical_words(self._database.dialect, query)
        if not words:
            return []
        values = {"words": words, "workspace": self._workspace, "document": self._document, "limit": limit}
        with self._database.reading() as session:
            return list(session.execute(lexical_statement(self._database.dialect), values).scalars())
