"""Documents, their versions and canonical texts.

Owns: their rows. Must not know: vectors, originals on disk, plans, the web.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import numpy as np
from sqlalchemy import ColumnElement, Row, Select, delete, func, select, update
from sqlalchemy.orm import Session, aliased, defer

from retrieval.documents import Document, Passage
from retrieval.vectors import Vector, Vectors
from service.store.database import Database, now
from service.store.encoding import pack_blocks, pack_location, unpack_document, unpack_passage
from service.store.erasing import erase_document
from service.store.errors import NotFound
from service.store.records import DocumentRecord, TextRecord
from service.store.tables import CanonicalTextRow, DocumentRow, DocumentVersionRow, PassageRow

_Found = Row[DocumentVersionRow, CanonicalTextRow]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came and what the parser read in it."""

    filename: str
    size: int
    document: Document


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """Passages with one vector each (float32, shape (passages, dimensions)) and the name of their embedder."""

    passages: tuple[Passage, ...]
    vectors: Vectors
    embedder: str


class DocumentRepository:
    """Documents of one workspace."""

    def __init__(self, database: Database, workspace_id: str) -> None:
        self._database = database
        self._workspace = workspace_id

    def all(self) -> list[DocumentRecord]:
        """Newest versions of all documents, the latest first."""
        with self._database.reading() as session:
            rows = session.execute(self._newest()).all()
        return sorted((_record(row) for row in rows), key=lambda found: (found.created_at, found.id), reverse=True)

    def get(self, document_id: str) -> DocumentRecord:
        """The newest version.

        Raises:
            NotFound: this workspace has no such document.
        """
        with self._database.reading() as session:
            row = session.execute(self._newest().where(DocumentVersionRow.document_id == document_id)).first()
        if row is None:
            raise NotFound(f"There is no document {document_id}.")
        return _record(row)

    def with_bytes(self, sha256: str) -> DocumentRecord | None:
        """The document that has a version of these bytes, or None."""
        with self._database.reading() as session:
            document_id = session.scalar(
                select(DocumentVersionRow.document_id).where(
                    DocumentVersionRow.workspace_id == self._workspace, DocumentVersionRow.sha256 == sha256
                )
            )
        return self.get(document_id) if document_id else None

    def add(self, upload: Upload, replaces: str | None = None) -> DocumentRecord:
        """Keep a new document, or the next version of the document `replaces`.

        Raises:
            NotFound: `replaces` is no document of this workspace.
            sqlalchemy.exc.IntegrityError: the same bytes came in meanwhile.
        """
        document_id = self.get(replaces).id if replaces else f"doc-{uuid.uuid4().hex[:16]}"
        with self._database.writing() as session:
            if not replaces:
                session.add(DocumentRow(id=document_id, workspace_id=self._workspace, created_at=now()))
                session.flush()
            version_id = self._add_version(session, document_id, upload)
            self._add_text(session, version_id, upload.document)
        return self.get(document_id)

    def digests(self) -> list[str]:
        """SHA-256 of the bytes of every version here."""
        with self._database.reading() as session:
            return list(
                session.scalars(
                    select(DocumentVersionRow.sha256).where(DocumentVersionRow.workspace_id == self._workspace)
                )
            )

    def document(self, text_id: str) -> Document:
        """The parsed document of a canonical text.

        Raises:
            NotFound: this workspace has no such text.
        """
        with self._database.reading() as session:
            row = session.execute(
                select(CanonicalTextRow, DocumentVersionRow.sha256)
                .join(DocumentVersionRow, DocumentVersionRow.id == CanonicalTextRow.version_id)
                .where(CanonicalTextRow.workspace_id == self._workspace, CanonicalTextRow.id == text_id)
            ).first()
            if row is None:
                raise NotFound(f"There is no text {text_id}.")
            return unpack_document(row[0], row[1])

    def text(self, text_id: str) -> TextRecord:
        """Which version of which document a canonical text was read in.

        Raises:
            NotFound: this workspace has no such text.
        """
        found = self._texts(CanonicalTextRow.id == text_id)
        if not found:
            raise NotFound(f"There is no text {text_id}.")
        return found[0]

    def text_with_bytes(self, sha256: str) -> TextRecord | None:
        """The newest text of the version that has these bytes, or None."""
        found = self._texts(DocumentVersionRow.sha256 == sha256)
        return found[0] if found else None

    def passages(self, document_id: str) -> list[Passage]:
        """Passages of the newest text, in text order."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(PassageRow)
                .where(PassageRow.workspace_id == self._workspace, PassageRow.document_id == document_id)
                .order_by(PassageRow.position)
            )
            return [unpack_passage(row) for row in rows]

    def vectors(self, document_id: str, embedder: str) -> dict[str, Vector]:
        """Vectors of the document's passages by passage id, so far as `embedder` made them."""
        with self._database.reading() as session:
            rows = session.execute(
                select(PassageRow.passage_id, PassageRow.vector).where(
                    PassageRow.workspace_id == self._workspace,
                    PassageRow.document_id == document_id,
                    PassageRow.embedder == embedder,
                )
            ).all()
        return {name: np.frombuffer(vector, dtype=np.float32) for name, vector in rows}

    def keep_passages(self, document_id: str, text_id: str, embedded: Embedded) -> None:
        """Make these the passages of the document; does nothing if they are already.

        Raises:
            NotFound: the document was erased meanwhile.
        """
        passages = embedded.passages
        with self._database.writing() as session:
            mine = select(DocumentRow.id).where(
                DocumentRow.workspace_id == self._workspace, DocumentRow.id == document_id
            )
            if session.scalar(mine.with_for_update()) is None:
                raise NotFound(f"There is no document {document_id}.")
            held = session.execute(
                select(PassageRow.text_id, PassageRow.passage_id, PassageRow.embedder)
                .where(PassageRow.workspace_id == self._workspace, PassageRow.document_id == document_id)
                .order_by(PassageRow.position)
            ).all()
            if [tuple(row) for row in held] == [(text_id, passage.id, embedded.embedder) for passage in passages]:
                return
            session.execute(
                delete(PassageRow).where(
                    PassageRow.workspace_id == self._workspace, PassageRow.document_id == document_id
                )
            )
            session.add_all(self._passage_row(document_id, text_id, place, embedded) for place in range(len(passages)))

    def mark_indexed(self, text_id: str, embedder: str) -> None:
        """Note that the index holds all vectors of a text, made by `embedder`."""
        with self._database.writing() as session:
            session.execute(
                update(CanonicalTextRow)
                .where(CanonicalTextRow.workspace_id == self._workspace, CanonicalTextRow.id == text_id)
                .values(indexed_with=embedder)
            )

    def remove(self, document_id: str) -> list[str]:
        """Erase a document, what was said about it and its plans' words; gives the SHA-256 of its originals."""
        with self._database.writing() as session:
            return erase_document(session, self._workspace, document_id)

    def _texts(self, *where: ColumnElement[bool]) -> list[TextRecord]:
        """Texts of versions that meet the conditions, the newest reading first."""
        version, text = DocumentVersionRow, CanonicalTextRow
        with self._database.reading() as session:
            rows = session.execute(
                select(text.id, version.document_id, version.number, text.title, version.filename, version.created_at)
                .join(version, version.id == text.version_id)
                .where(text.workspace_id == self._workspace, *where)
                .order_by(text.created_at.desc(), text.id)
            ).all()
        return [TextRecord(*row) for row in rows]

    def _newest(self) -> Select[DocumentVersionRow, CanonicalTextRow]:
        version, text = DocumentVersionRow, CanonicalTextRow
        other_version, other_text = aliased(version), aliased(text)
        last_version = (
            select(func.max(other_version.number)).where(other_version.document_id == version.document_id)
        ).scalar_subquery()
        last_text = (
            select(other_text.id)
            .where(other_text.version_id == version.id)
            .order_by(other_text.created_at.desc(), other_text.id)
            .limit(1)
        ).scalar_subquery()
        return (
            select(version, text)
            .join(text, text.id == last_text)
            .where(version.workspace_id == self._workspace, version.number == last_version)
            .options(defer(text.text), defer(text.blocks))
        )

    def _add_version(self, session: Session, document_id: str, upload: Upload) -> str:
        last = session.scalar(
            select(func.max(DocumentVersionRow.number)).where(DocumentVersionRow.document_id == document_id)
        )
        row = DocumentVersionRow(
            id=f"ver-{uuid.uuid4().hex[:16]}",
            workspace_id=self._workspace,
            document_id=document_id,
            number=(last or 0) + 1,
            sha256=upload.document.sha256,
            filename=upload.filename,
            size=upload.size,
            created_at=now(),
        )
        session.add(row)
        session.flush()
        return row.id

    def _add_text(self, session: Session, version_id: str, document: Document) -> None:
        session.add(
            CanonicalTextRow(
                id=f"txt-{uuid.uuid4().hex[:16]}",
                workspace_id=self._workspace,
                version_id=version_id,
                parser_version=document.parser_version,
                title=document.title,
                media_type=document.media_type,
                language=document.language,
                words=document.words,
                text=document.text,
                blocks=pack_blocks(document),
                about=document.metadata,
                indexed_with=None,
                created_at=now(),
            )
        )

    def _passage_row(self, document_id: str, text_id: str, position: int, embedded: Embedded) -> PassageRow:
        passage = embedded.passages[position]
        return PassageRow(
            workspace_id=self._workspace,
            document_id=document_id,
            text_id=text_id,
            passage_id=passage.id,
            position=position,
            start=passage.span.start,
            end=passage.span.end,
            location=pack_location(passage.location),
            sentence_ids=list(passage.sentence_ids),
            headings=" ".join(passage.location.heading_path),
            words=passage.text,
            vector=embedded.vectors[position].tobytes(),
            embedder=embedded.embedder,
        )


def _record(row: _Found) -> DocumentRecord:
    version, text = row[0], row[1]
    return DocumentRecord(
        id=version.document_id,
        version_id=version.id,
        version=version.number,
        text_id=text.id,
        title=text.title,
        filename=version.filename,
        sha256=version.sha256,
        size=version.size,
        media_type=text.media_type,
        language=text.language,
        words=text.words,
        parser_version=text.parser_version,
        indexed_with=text.indexed_with,
        created_at=version.created_at,
    )
