"""What a user waits for at the command line: help, the plan of the longest document, the server.

Owns: the commands, and their bars. Must not know: how they are carried out. A case whose program is
not there is skipped with the reason.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.bench.measure import PeakMemory, Run, run, stop
from evals.bench.visitor import upload_and_plan

_PROGRAM = (sys.executable, "-m", "service")
_HELP_SECONDS = 1.0
_PLAN_SECONDS = 8.0
_SERVER_MB = 900.0
_SERVER_WAIT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Case:
    """A case's figures, and whether it keeps its bar; `passed` is None where there is none or it was skipped."""

    name: str
    seconds: float | None = None
    peak_mb: float | None = None
    passed: bool | None = None
    note: str = ""


def program_is_there() -> bool:
    """Whether `python -m service` exists."""
    return importlib.util.find_spec("service.__main__") is not None


def help_case(rounds: int = 5) -> Case:
    """The median start-up of `--help`: under a second, and without importing torch."""
    name = "help start-up"
    if not program_is_there():
        return Case(name, note="skipped: no service.__main__")
    runs = sorted((run([*_PROGRAM, "--help"]) for _ in range(rounds)), key=lambda done: done.seconds)
    middle = runs[len(runs) // 2]
    heavy = _imports_torch()
    passed = middle.status == 0 and middle.seconds < _HELP_SECONDS and not heavy
    return Case(name, middle.seconds, middle.peak_mb, passed, "imports torch" if heavy else f"exit {middle.status}")


def _imports_torch() -> bool:
    command = [sys.executable, "-X", "importtime", "-m", "service", "--help"]
    traced = subprocess.run(command, capture_output=True, text=True, check=False)
    return any(line.rpartition("|")[2].strip() == "torch" for line in traced.stderr.splitlines())


def plan_case(documents: Sequence[Path], extra: Sequence[str] = ()) -> Case:
    """A plan of the longest document by the patterns engine, from a cold start."""
    name = "plan of the longest document"
    if not program_is_there() or not documents:
        return Case(name, note="skipped: no service.__main__" if documents else "skipped: no documents")
    longest = max(documents, key=lambda path: path.stat().st_size)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "plan.json"
        done = run([*_PROGRAM, "plan", str(longest), "--format", "json", "--out", str(out), *extra])
        made = out.exists()
    return Case(name, done.seconds, done.peak_mb, done.status == 0 and made, _note(longest.name, done))


def plan_after_ingest_case(documents: Sequence[Path], rounds: int = 3) -> Case:
    """The patterns plan of the longest document once it is ingested, in a warm process: under 8 s."""
    name = "plan after ingest"
    if not documents:
        return Case(name, note="skipped: no documents")
    longest = max(documents, key=lambda path: path.stat().st_size)
    done = run([sys.executable, "-m", "evals.bench.planned", str(longest), str(rounds)])
    if done.status:
        return Case(name, passed=False, note=_note(longest.name, done))
    seconds = float(done.output.strip().splitlines()[-1])
    return Case(name, seconds, done.peak_mb, seconds < _PLAN_SECONDS, f"{longest.name}, median of {rounds}")


def server_case(documents: Sequence[Path]) -> Case:
    """The peak memory of `serve` from its start until the plan of the longest document is there: under 900 MB."""
    name = "server peak memory"
    if not program_is_there() or not documents:
        return Case(name, note="skipped: no service.__main__" if documents else "skipped: no documents")
    longest = max(documents, key=lambda path: path.stat().st_size)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        start = time.perf_counter()
        child = subprocess.Popen(
            [*_PROGRAM, "serve", "--port", "0", "--data", folder], stdout=subprocess.PIPE, text=True
        )
        try:
            with PeakMemory(child.pid) as peak:
                line = first_address(child)
                waited = time.perf_counter() - start
                if line:
                    upload_and_plan(data, longest)
        finally:
            stop(child)
    passed = bool(line) and peak.megabytes < _SERVER_MB
    return Case(name, waited, peak.megabytes, passed, f"seconds until its address; {longest.name} planned")


def first_address(child: subprocess.Popen[str]) -> str:
    """The first line with an address; empty if the server ends or says nothing for a minute."""
    deadline = time.monotonic() + _SERVER_WAIT_SECONDS
    while child.stdout and time.monotonic() < deadline:
        line = child.stdout.readline()
        if not line or "://" in line:
            return line.strip()
    return ""


def _note(subject: str, done: Run) -> str:
    last = done.output.strip().splitlines()[-1:] if done.status else []
    return f"{subject}: exit {done.status}: {last[0]}" if last else subject
