"""Where each word of a plan comes from.

Owns: Provenance, FieldSource, Place, Quote. Must not know: engines, storage.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from corpora.records import Frozen


class Provenance(StrEnum):
    """Who vouches for a field."""

    document = "document"
    profile = "profile"
    proposed = "proposed"
    hypothesis = "hypothesis"
    assumption = "assumption"
    person = "person"


class Place(Frozen):
    """Where a reader finds the words: page or slide where the format has them, and headings."""

    page: int | None = None
    slide: int | None = None
    heading_path: tuple[str, ...] = ()

    def words(self) -> str:
        """For people: 'page 3, Objectives'."""
        spot = f"page {self.page}" if self.page else f"slide {self.slide}" if self.slide else ""
        path = " › ".join(_short(heading) for heading in self.heading_path[-2:])
        return ", ".join(part for part in (spot, path) if part) or "the document"


def _short(heading: str, longest: int = 70) -> str:
    return heading if len(heading) <= longest else heading[:longest].rsplit(" ", 1)[0] + " …"


class Quote(Frozen):
    """Exact words of the document: ``canonical_text[start:end] == text``, always."""

    text: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    sentence_ids: tuple[str, ...]
    location: Place


class FieldSource(Frozen):
    """Provenance of one field of an item; `start`/`end` where it is the document's, in code points."""

    field: str
    provenance: Provenance
    start: int | None = None
    end: int | None = None
    note: str | None = None
