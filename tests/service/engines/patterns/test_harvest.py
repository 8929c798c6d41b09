"""A list fills an item only where the intent's own sentence announces it."""

from __future__ import annotations

import pytest

from retrieval.memory_store import MemoryPassageStore
from retrieval.parse import parse_bytes
from retrieval.search import Searcher
from service.engines.patterns.wording import harvest
from service.pipeline import IN_MEMORY, briefs_of, in_memory, ingest, read_document
from service.stages.intents import make_intents
from service.stages.match import fits
from tests.service.harbour import engine

LIST = "\n\n- boat tickets at the quay\n- fares for school classes\n- lost luggage\n"


def listed(opening: str, workshop):
    markdown = f"# Harbour strategy\n\n## What we do\n\n{opening}{LIST}"
    ingested = ingest(parse_bytes(markdown.encode(), "harbour.md"), workshop.embedder)
    reading = read_document(ingested, workshop)
    intents = [i for i in make_intents(engine(workshop).find_intents(reading), reading) if "crews" in i.quotes[0].text]
    with MemoryPassageStore(ingested.passages) as store:
        searcher = Searcher(in_memory(ingested), store, workshop.embedder, IN_MEMORY)
        (brief,) = briefs_of(intents[:1], fits(intents[:1], reading, workshop.library), reading, workshop, searcher)
    return [text for text, _, _ in harvest(brief, reading)]


@pytest.mark.parametrize(
    ("opening", "count"),
    [
        ("Our first priority is to let the crews decide together with passengers about services on board:", 3),
        ("We will let the crews decide about timetables themselves, without asking the office.", 0),
    ],
)
def test_only_an_announced_list_belongs_to_an_intent(opening, count, workshop):
    assert len(listed(opening, workshop)) == count
