"""`python -m evals.bench.planned FILE ROUNDS`: seconds of a patterns plan after ingest, in a warm process.

Owns: that one measurement; prints the median. Must not know: bars, reports.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from retrieval.onnx_export import default_cache_dir
from retrieval.parse import parse_bytes
from service.engines.patterns.engine import PatternsEngine
from service.pipeline import build_workshop, ingest, make_plan


def main(file: Path, rounds: int) -> None:
    """Parse, ingest, plan once to warm up, then time the plan."""
    workshop = build_workshop(default_cache_dir())
    engine = PatternsEngine(workshop.library.version, workshop.library.budgets)
    ingested = ingest(parse_bytes(file.read_bytes(), file.name), workshop.embedder)
    make_plan(ingested, workshop, engine)
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        make_plan(ingested, workshop, engine)
        seconds.append(time.perf_counter() - start)
    sys.stdout.write(f"{statistics.median(seconds):.3f}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
