"""Small documents, read and planned with the real models, for the tests of the spine."""

from __future__ import annotations

from retrieval.parse import parse_bytes
from service.engines.patterns.engine import PatternsEngine
from service.pipeline import Workshop, ingest, make_plan, read_document
from service.plan.plan import Plan
from service.plan.reading import Reading

STRATEGY = """# Harbour Trust strategy

## Where we stand

Today ferry teams wait three weeks for an answer from the works office.
Last year the trust was praised for its new pier.

## Where we go

We are moving from yearly planning to monthly decisions made by the ferry teams together with passengers.
Service managers will speak with passengers before any timetable is changed.
By March 2027 we will cut cancelled sailings by 50%, because islanders depend on them.
We may explore a mobile application in the coming years.

## How we fund

We will move from funding projects to funding three lasting route teams.
The chief executive must publish the reasons for each large decision within a week.
"""


def read(markdown: str, workshop: Workshop) -> Reading:
    """The text as the service reads it."""
    return read_document(ingest(parse_bytes(markdown.encode(), "harbour.md"), workshop.embedder), workshop)


def engine(workshop: Workshop) -> PatternsEngine:
    """The engine without a model."""
    return PatternsEngine(workshop.library.version, workshop.library.budgets)


def planned(data: bytes, name: str, workshop: Workshop) -> tuple[str, Plan]:
    """The canonical text of a file and its plan."""
    document = parse_bytes(data, name)
    return document.text, make_plan(ingest(document, workshop.embedder), workshop, engine(workshop))
