"""A child process that holds one contender and ingests whenever it is told to.

Owns: the conversation over standard input and output: a line in, a JSON line out. Must not know: the
other contender (whose libraries would count into its memory), rounds, reports.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from evals.bench.contender import Contender, read_documents
from retrieval.documents import Document


def main(arguments: list[str]) -> None:
    """`worker.py ours|alternative THREADS FOLDER…`; threads 0 means the library's own choice."""
    name, threads, *folders = arguments
    documents = read_documents([Path(folder) for folder in folders])
    contender = _load(name, int(threads) or None)
    _timed(contender, documents[:1])  # what is slow once only is no part of the measurement
    _say({"ready": True, "documents": len(documents), "words": sum(document.words for document in documents)})
    for _ in sys.stdin:
        _say(_timed(contender, documents))


def _timed(contender: Contender, documents: list[Document]) -> dict[str, float]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        start, start_cpu = time.perf_counter(), time.process_time()
        pieces = contender.ingest(documents, Path(folder))
        spent = {"seconds": time.perf_counter() - start, "cpu_seconds": time.process_time() - start_cpu}
        return spent | {"pieces": pieces}


def _load(name: str, threads: int | None) -> Contender:
    # Only the contender that is measured is imported: the alternative takes seconds and hundreds of MB.
    if name == "ours":
        from evals.bench.ours import Ours

        return Ours(threads)
    from evals.bench.alternative import Alternative

    return Alternative(threads)


def _say(message: dict[str, float]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
