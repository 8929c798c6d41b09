"""Child processes, timed and weighed.

Owns: starting them, ending them, and the peak of resident memory of a child and its children, sampled
from /proc. Must not know: what they do.
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

_SAMPLE_SECONDS = 0.02
_STOP_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Run:
    """A finished child: wall-clock seconds, peak memory in MB, exit status, the end of what it wrote."""

    seconds: float
    peak_mb: float
    status: int
    output: str


class PeakMemory:
    """Samples the resident memory of a process and its children while it is open."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self.megabytes = 0.0

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._stop.is_set():
            self.megabytes = max(self.megabytes, resident_megabytes(self._pid))
            self._stop.wait(_SAMPLE_SECONDS)


def resident_megabytes(pid: int) -> float:
    """Resident memory of a process and all below it (shared pages count in each); 0 if it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    own = next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS:")), 0.0)
    return own + sum(resident_megabytes(int(child)) for child in children)


def run(command: Sequence[str], timeout: float = 600) -> Run:
    """Run a command to its end.

    Raises:
        subprocess.TimeoutExpired: It took longer than `timeout` seconds; it is killed.
    """
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as child:
        with PeakMemory(child.pid) as peak:
            try:
                output, _ = child.communicate(timeout=timeout)
            except subprocess.TimeoutExpired:
                child.kill()
                raise
        return Run(time.perf_counter() - start, peak.megabytes, child.returncode, output[-2000:])


def stop(child: subprocess.Popen[str]) -> None:
    """End a child politely, then firmly, and close its pipes."""
    child.terminate()
    try:
        child.communicate(timeout=_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
