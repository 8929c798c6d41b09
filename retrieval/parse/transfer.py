"""A Document as JSON and back: how it crosses from the child process.

Owns: the one wire form. Must not know: processes, pipes. JSON, never pickle: the sender has read an untrusted file.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from retrieval.documents import Block, BlockKind, Document, Location, Span
from retrieval.parse.errors import ERRORS, UnreadableDocument


def dump_document(document: Document) -> str:
    """The JSON of a document."""
    return json.dumps({"document": asdict(document)})


def dump_error(error: UnreadableDocument) -> str:
    """The JSON of a refusal."""
    return json.dumps({"error": type(error).__name__, "reason": error.reason})


def load_document(text: str) -> Document:
    """The document that `dump_document` wrote.

    Raises:
        UnreadableDocument: the refusal that `dump_error` wrote, as its own class.
        ValueError: the text is neither.
    """
    record = json.loads(text)
    if "error" in record:
        raise ERRORS.get(record["error"], UnreadableDocument)(str(record["reason"]))
    fields: dict[str, Any] = dict(record["document"])
    fields["blocks"] = tuple(_block(block) for block in fields["blocks"])
    return Document(**fields)


def _block(record: dict[str, Any]) -> Block:
    place = record["location"]
    return Block(
        kind=BlockKind(record["kind"]),
        span=Span(**record["span"]),
        location=Location(place["page"], place["slide"], tuple(place["heading_path"])),
        depth=int(record["depth"]),
    )
