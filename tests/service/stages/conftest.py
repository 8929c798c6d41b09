"""The harbour's strategy as read, and its intents, for the tests of the stages."""

from __future__ import annotations

import pytest

from service.pipeline import Workshop
from service.plan.intents import Intent
from service.plan.reading import Reading
from service.stages.intents import make_intents
from tests.service.harbour import STRATEGY, engine, read


@pytest.fixture(scope="session")
def harbour(workshop: Workshop) -> Reading:
    return read(STRATEGY, workshop)


@pytest.fixture(scope="session")
def intents(harbour: Reading, workshop: Workshop) -> tuple[Intent, ...]:
    return make_intents(engine(workshop).find_intents(harbour), harbour)
