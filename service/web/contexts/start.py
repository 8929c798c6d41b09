"""What the start page shows.

Owns: StartPage and how documents meet their plans. Must not know: HTML, requests.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from corpora.records import SampleStrategy
from service.store.records import DocumentRecord, PlanRecord

#: The file dialogue offers these; what a file really is, the parser finds out.
ACCEPTED = ".pdf,.docx,.pptx,.html,.htm,.md,.markdown,.txt"


@dataclass(frozen=True, slots=True)
class Shelfmark:
    """A document on the shelf and its plans, the latest first."""

    document: DocumentRecord
    plans: tuple[PlanRecord, ...]


@dataclass(frozen=True, slots=True)
class StartPage:
    """The first page.

    Attributes:
        shelf: documents with their plans, the latest first; empty on a first visit.
        erased: plans whose document was erased.
        samples: strategies to try in one click.
        engines: names of the engines that are set up, the default first.
        model_provider: who receives the text where the model engine is chosen; None without one.
        accepted: file name endings for the file dialogue.
        max_mib: the largest file, in MiB.
    """

    template: ClassVar[str] = "start.html"
    shelf: tuple[Shelfmark, ...]
    erased: tuple[PlanRecord, ...]
    samples: tuple[SampleStrategy, ...]
    engines: tuple[str, ...]
    model_provider: str | None
    accepted: str
    max_mib: int


def shelf_of(documents: Iterable[DocumentRecord], plans: Sequence[PlanRecord]) -> tuple[Shelfmark, ...]:
    """Each document with the plans made of it."""
    return tuple(
        Shelfmark(document, tuple(plan for plan in plans if plan.document_id == document.id)) for document in documents
    )


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be read, and why."""

    filename: str
    reason: str


@dataclass(frozen=True, slots=True)
class UploadedPage:
    """What became of several files given at once.

    Attributes:
        begun: plans that were started, in the order of the files.
        refused: files that could not be read, each with its reason.
    """

    template: ClassVar[str] = "uploaded.html"
    begun: tuple[PlanRecord, ...]
    refused: tuple[Refused, ...]
