"""For all tests: only loopback may be reached, models are cached in the checkout, costly things are made once."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

if TYPE_CHECKING:
    from service.pipeline import Workshop
    from service.plan.plan import Plan

ROOT = Path(__file__).parent.parent
LOOPBACK = ["127.0.0.1", "::1"]
#: Each process holds the models: 1 to 2 GB.
MOST_PROCESSES = 4

os.environ.setdefault("THROUGHLINE_CACHE", str(ROOT / ".cache" / "throughline"))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """A process for each processor where all tests are run; none beside this one for tests that are named."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    everything = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return min(cores, MOST_PROCESSES) if everything and cores > 1 else 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test may connect to this machine and to nothing else."""
    for item in items:
        item.add_marker(pytest.mark.allow_hosts(LOOPBACK))


@pytest.fixture(scope="session")
def workshop() -> Workshop:
    """Models and the practice library; they take seconds to load."""
    from retrieval.onnx_export import default_cache_dir
    from service.pipeline import build_workshop  # 2 s: only for tests that read a document

    return build_workshop(default_cache_dir())


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def sample_plan(workshop: Workshop, run_folder: Path) -> Callable[[str], tuple[str, Plan]]:
    """Canonical text and plan of a sample strategy by its id; each is made once a run, in seconds."""
    from corpora.load import load_strategies
    from service.plan.plan import Plan
    from tests.service.harbour import planned

    samples = {strategy.id: strategy.text for strategy in load_strategies()}

    @cache
    def made(name: str) -> tuple[str, Plan]:
        kept = run_folder / f"sample-{name}.json"
        with FileLock(f"{kept}.lock"):
            if not kept.exists():
                text, plan = planned(samples[name].encode(), f"{name}.md", workshop)
                kept.write_text(json.dumps([text, plan.model_dump_json()]), encoding="utf-8")
        text, dumped = json.loads(kept.read_text(encoding="utf-8"))
        return text, Plan.model_validate_json(dumped)

    return made


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of other organisations' strategies beside the repository; without it the test is skipped."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared folder is not beside the repository")
    return folder
