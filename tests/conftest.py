"""For all tests: only loopback may be reached, models are cached in the checkout, one workshop serves all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from service.pipeline import Workshop

ROOT = Path(__file__).parent.parent
LOOPBACK = ["127.0.0.1", "::1"]

os.environ.setdefault("THROUGHLINE_CACHE", str(ROOT / ".cache" / "throughline"))


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
def shared() -> Path:
    """The folder of other organisations' strategies beside the repository; without it the test is skipped."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared folder is not beside the repository")
    return folder
