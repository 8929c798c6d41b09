"""The practice library over HTTP.

Owns: routes that list, search and show practices. Must not know: documents, plans.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query

from corpora.records import CapabilityId, Kind, Practice
from retrieval.embed import Embedder
from service.library import Library
from service.store.errors import NotFound
from service.web.access import Place, Shop
from service.web.problems import described
from service.web.views import PracticeSummary

router = APIRouter(prefix="/practices", tags=["practices"], responses=described(401))


@router.get("", responses=described(422))
def search_practices(
    shop: Shop,
    place: Place,
    q: Annotated[str | None, Query(max_length=500, examples=["decide closer to the customer"])] = None,
    capability: CapabilityId | None = None,
    kind: Kind | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 200,
) -> list[PracticeSummary]:
    """Practices by what they are for, best first; without `q` all, by number."""
    library = shop.workshop.library
    scores = _scores(q, library, shop.workshop.embedder) if q and q.strip() else None
    order = range(len(library.practices)) if scores is None else np.argsort(-scores, kind="stable")
    found = [
        PracticeSummary.of(library.practices[row], None if scores is None else round(float(scores[row]), 4))
        for row in order
        if capability in (None, library.practices[row].capability) and kind in (None, library.practices[row].kind)
    ]
    return found[:limit]


@router.get("/{practice_id}", responses=described(404))
def get_practice(shop: Shop, place: Place, practice_id: str) -> Practice:
    """One practice, whole."""
    practice = shop.workshop.library.by_id().get(practice_id)
    if practice is None:
        raise NotFound(f"There is no practice {practice_id[:100]!r}.")
    return practice


def _scores(query: str, library: Library, embedder: Embedder) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Each practice's best cosine to the query, over its purpose and the intents it serves."""
    vector = embedder.embed([query])[0]
    scores = library.purposes @ vector
    np.maximum.at(scores, library.serves_of, library.serves @ vector)
    return np.asarray(scores, dtype=np.float32)
