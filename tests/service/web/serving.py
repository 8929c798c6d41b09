"""Runs the real server for tests: `python serving.py FOLDER [shared]`; prints its address once it listens."""

import sys
from pathlib import Path

from retrieval.onnx_export import default_cache_dir
from service.engines.patterns.engine import PatternsEngine
from service.pipeline import build_workshop
from service.web.lean import hide_torch
from service.web.serve import ServerPlan, run_server


def announce(address):
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    hide_torch()
    workshop = build_workshop(default_cache_dir())
    library = workshop.library
    run_server(
        ServerPlan(data=Path(sys.argv[1]), port=0, shared="shared" in sys.argv[2:]),
        workshop,
        {"patterns": lambda: PatternsEngine(library.version, library.budgets)},
        announce,
    )
