"""One reading of the harbour's strategy for all tests of the engine."""

from __future__ import annotations

import pytest

from service.pipeline import Workshop
from service.plan.reading import Reading
from tests.service.harbour import STRATEGY, read


@pytest.fixture(scope="session")
def reading(workshop: Workshop) -> Reading:
    return read(STRATEGY, workshop)
