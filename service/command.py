"""What the commands do, once their heavy parts are loaded.

Owns: throwaway planning, library search for the terminal. Must not know: argument parsing, exit codes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from corpora.load import load_practices
from corpora.records import Practice
from retrieval.documents import Document
from retrieval.embed import load_embedder
from retrieval.index import VectorIndex
from retrieval.memory_store import MemoryPassageStore
from retrieval.search import Searcher
from service.library import load_library, search_practices
from service.pipeline import Ingested, Progress, Workshop, build_workshop, ingest, make_plan
from service.plan.plan import Plan
from service.plan.profile import Profile
from service.plan.proposals import Engine
from service.profile_file import read_profile
from service.settings import Settings
from service.workbench import chat_model, engine_named

STAGES = {
    "reading": "Reading the document",
    "intents": "Finding what it commits to",
    "drafting": "Drafting behaviours and rituals",
    "checking": "Checking every quote, number and sum",
}
THROWAWAY = "throwaway"


def make_plan_of(
    document: Document, engine: str | None, show: bool, record: Path | None = None, profile: Path | None = None
) -> Plan:
    """A plan for one document, through a store that is deleted afterwards; `record` keeps a model's answers.

    Raises:
        service.profile_file.ProfileError: The file `profile` cannot be read, or a field is wrong.
        service.workbench.EngineNotSet: The model engine is asked for and no model is configured.
    """
    settings = Settings()
    # Before the embedding model and spaCy: a slip in the profile or the settings shows at once.
    told = read_profile(profile) if profile else None
    if (engine or settings.engine) == "model":
        chat_model(settings)
    console = Console(stderr=True, quiet=not show)
    with console.status("Loading models and the practice library") as status:
        workshop = build_workshop(settings.cache, settings.threads)
        chosen = engine_named(engine or settings.engine, workshop, settings, record)
        status.update("Embedding the passages")
        ingested = ingest(document, workshop.embedder)
        return _planned(ingested, workshop, chosen, lambda stage: status.update(STAGES[stage]), told)


def _planned(
    ingested: Ingested, workshop: Workshop, engine: Engine, progress: Progress, profile: Profile | None
) -> Plan:
    ids = [passage.id for passage in ingested.passages]
    with (
        tempfile.TemporaryDirectory(prefix="throughline-") as folder,
        VectorIndex.open_folder(Path(folder), workshop.embedder.name) as index,
        MemoryPassageStore(ingested.passages) as store,
    ):
        index.upsert(THROWAWAY, ids, ingested.vectors, ingested.document.sha256)
        searcher = Searcher(index, store, workshop.embedder, THROWAWAY)
        return make_plan(ingested, workshop, engine, progress=progress, searcher=searcher, profile=profile)


def find_practices(query: str | None, limit: int) -> Iterator[str]:
    """Lines for the terminal: every practice, or the best for a query."""
    if query is None:
        yield from (_line(practice) for practice in load_practices())
        return
    settings = Settings()
    embedder = load_embedder(settings.cache, settings.threads)
    library = load_library(embedder, settings.cache)
    yield from (_line(practice) for practice in search_practices(query, library, embedder, limit))


def _line(practice: Practice) -> str:
    return (
        f"{practice.number:3d}  {practice.kind.value:9s}  {practice.capability:3s}  {practice.name}: {practice.purpose}"
    )
