"""The commands that own a data folder: serve, reindex, doctor.

Owns: settings into a running server, and the doctor's list. Must not know: pages, argument parsing.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from corpora.load import LibraryError, load_capabilities, load_practices
from retrieval.embed import load_embedder
from retrieval.onnx_export import ExportError
from retrieval.parse.limits import DEFAULT_LIMITS, MIB
from service.errors import ThroughlineError
from service.lockfile import holder, owned
from service.pipeline import build_workshop
from service.plan.proposals import Engine
from service.reader.commitment import load_commitment_model
from service.reader.grammar import load_grammar_reader
from service.settings import Settings
from service.store.house import open_house
from service.web.lean import hide_torch
from service.web.serve import ServerPlan, run_server
from service.workbench import engine_named

#: One finding of the doctor: what was looked at, whether it is sound, a remark.
Finding = tuple[str, bool, str]


_SIGN_IN = {"local": "one person, by the printed address", "shared": "accounts"}


def run_service(port: int | None, data: Path | None, announce: Callable[[str], None]) -> None:
    """Serve until stopped; `announce` is told the address with its one-time token."""
    hide_torch()
    settings = Settings()
    workshop = build_workshop(settings.cache, settings.threads)
    engines: dict[str, Callable[[], Engine]] = {"patterns": lambda: engine_named("patterns", workshop, settings)}
    if settings.model or settings.recordings:
        engines["model"] = lambda: engine_named("model", workshop, settings)
        if settings.engine == "model":
            engines = {"model": engines["model"], "patterns": engines["patterns"]}
    plan = ServerPlan(
        data=data or settings.data,
        host=settings.host,
        port=settings.port if port is None else port,
        public_host=settings.public_host,
        hosts=tuple(name.strip() for name in settings.hosts.split(",") if name.strip()),
        database_url=settings.database_url,
        chroma=settings.chroma_url,
        limits=replace(DEFAULT_LIMITS, max_bytes=settings.max_upload_mib * MIB),
        evaluation=settings.evaluation,
        shared=settings.mode == "shared",
        https=settings.https,
        model_provider=(settings.model or "recorded answers") if "model" in engines else None,
    )
    run_server(plan, workshop, engines, announce)


def run_reindex(data: Path | None) -> str:
    """Rebuild the vectors from the database and say how many there are.

    Raises:
        service.errors.ThroughlineError: another process holds the folder.
    """
    settings = Settings()
    folder = data or settings.data
    embedder = load_embedder(settings.cache, settings.threads)
    with owned(folder):
        house = open_house(folder, embedder, settings.database_url, settings.chroma_url)
        try:
            return f"{house.reindex()} passages indexed anew in {folder}"
        finally:
            house.close()


def run_doctor(data: Path | None) -> Iterator[Finding]:
    """What is installed, readable and sound; reads only."""
    settings = Settings()
    folder = data or settings.data
    yield _tried("embedding model", lambda: load_embedder(settings.cache, settings.threads).name)
    yield _tried("language model", lambda: type(load_grammar_reader()).__name__)
    yield _tried("commitment model", lambda: f"{len(load_commitment_model().commitment)} weights")
    yield _tried(
        "practice library", lambda: f"{len(load_practices())} practices, {len(load_capabilities())} capabilities"
    )
    model = settings.model or (
        str(settings.recordings) if settings.recordings else "none; the patterns engine needs none"
    )
    yield "chat model", True, model
    pid = holder(folder)
    yield "data folder", True, f"{folder}: " + (f"held by the server with process id {pid}" if pid else "free")
    guarded = settings.mode == "local" or settings.https or settings.host in ("127.0.0.1", "localhost", "::1")
    yield "sign-in", guarded, _SIGN_IN[settings.mode] if guarded else "passwords would travel in the clear: use https"
    yield "parsers", all(map(importlib.util.find_spec, ("pypdfium2", "docx", "pptx", "lxml"))), "pdf, docx, pptx, html"


def _tried(name: str, look: Callable[[], str]) -> Finding:
    try:
        return name, True, look()
    except (ThroughlineError, LibraryError, ExportError, OSError) as error:
        return name, False, str(error)
