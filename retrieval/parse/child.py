"""Parsing in a child process, so that a hostile or broken file cannot take the server with it.

Owns: starting the child, its limits on time and memory, and bringing its answer back. Must not know: formats.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import retrieval
from retrieval.documents import Document
from retrieval.parse.errors import DocumentTooLarge, ParseMemory, ParserCrashed, ParseTimeout
from retrieval.parse.limits import DEFAULT_LIMITS, MIB, ParseLimits
from retrieval.parse.transfer import load_document

_ROOT = Path(str(retrieval.__file__)).resolve().parent.parent


def parse_in_child(data: bytes, filename: str, limits: ParseLimits = DEFAULT_LIMITS) -> Document:
    """As `retrieval.parse.parse_bytes`, in a child process that is killed at its limits.

    Raises:
        ParseTimeout: it took longer than `limits.max_seconds`.
        ParseMemory: it needed more than `limits.max_memory_bytes`.
        ParserCrashed: the reader itself failed.
        UnreadableDocument: every other refusal, as its own class.
    """
    if len(data) > limits.max_bytes:
        raise DocumentTooLarge(
            f"“{filename}” has {len(data) / MIB:.1f} MiB, more than the {limits.max_bytes / MIB:.0f} MiB allowed; "
            "remove pictures or split it."
        )
    try:
        done = subprocess.run(
            _command(filename, limits), input=data, capture_output=True, timeout=limits.max_seconds, env=_environment()
        )
    except subprocess.TimeoutExpired as error:
        raise ParseTimeout(
            f"Reading “{filename}” took longer than {limits.max_seconds:g} seconds; split it or simplify its drawings."
        ) from error
    if done.returncode == 0:
        return load_document(done.stdout.decode("utf-8"))
    raise _failure(done, filename, limits)


def _command(filename: str, limits: ParseLimits) -> list[str]:
    name = filename.replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "") or "document"
    numbers = (
        limits.max_bytes,
        limits.max_words,
        limits.max_unpacked_bytes,
        limits.max_ratio,
        limits.max_memory_bytes,
    )
    return [sys.executable, "-m", "retrieval.parse", name, *(str(number) for number in numbers)]


def _environment() -> dict[str, str]:
    """Only what Python needs: no secret of the server reaches the process that reads untrusted files."""
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "HOME", "VIRTUAL_ENV", "SYSTEMROOT") if key in os.environ}
    return kept | {
        "PYTHONPATH": str(_ROOT),
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


def _failure(
    done: subprocess.CompletedProcess[bytes], filename: str, limits: ParseLimits
) -> ParseMemory | ParserCrashed:
    """Why the child ended without an answer: out of memory shows as MemoryError, or as a signal from a C library."""
    complaint = done.stderr.decode("utf-8", "replace")
    if done.returncode < 0 or "MemoryError" in complaint or "cannot allocate" in complaint.lower():
        return ParseMemory(
            f"Reading “{filename}” needed more than the {limits.max_memory_bytes // MIB} MiB of memory allowed; "
            "split it, or print it to a new PDF and upload that."
        )
    last = complaint.strip().splitlines()[-1][:200] if complaint.strip() else f"exit code {done.returncode}"
    return ParserCrashed(
        f"“{filename}” could not be read ({last}); save it again from the program that made it, or as PDF."
    )
