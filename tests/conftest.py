"""For all tests: only loopback may be reached, models are cached in the checkout, one workshop serves all."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from service.pipeline import Workshop
    from service.plan.plan import Plan

ROOT = Path(__file__).parent.parent
LOOPBACK = ["127.0.0.1", "::1"]

os.environ.setdefault("THROUGHLINE_CACHE", str(ROOT / ".cache" / "throughline"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test may connect to this machine and to nothing else; those in a browser come last.

    The browser's driver keeps an event loop running until the run ends, which others must not see.
    """
    for item in items:
        item.add_marker(pytest.mark.allow_hosts(LOOPBACK))
    items.sort(key=lambda item: "browser" in item.path.parts)


@pytest.fixture(scope="session")
def workshop() -> Workshop:
    """Models and the practice library; they take seconds to load."""
    from retrieval.onnx_export import default_cache_dir
    from service.pipeline import build_workshop  # 2 s: only for tests that read a document

    return build_workshop(default_cache_dir())


@pytest.fixture(scope="session")
def sample_plan(workshop: Workshop) -> Callable[[str], tuple[str, Plan]]:
    """Canonical text and plan of a sample strategy by its id; each is made once, in seconds."""
    from corpora.load import load_strategies
    from tests.service.harbour import planned

    samples = {strategy.id: strategy.text for strategy in load_strategies()}
    return cache(lambda name: planned(samples[name].encode(), f"{name}.md", workshop))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of other organisations' strategies beside the repository; without it the test is skipped."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared folder is not beside the repository")
    return folder
