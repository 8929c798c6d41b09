"""The practice library over HTTP.

Owns: routes that list, search and show practices. Must not know: documents, plans.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query

from corpora.records import CapabilityId, Kind, Practice
from service.library import search_practices
from service.store.errors import NotFound
from service.web.access import Place, Shop
from service.web.duty import SEARCHES, asks
from service.web.problems import described
from service.web.views import PracticeSummary

router = APIRouter(prefix="/practices", tags=["practices"], responses=described(401))


@router.get("", responses=described(422))
@asks(limit=SEARCHES, quiet=True)
def find_practices(
    shop: Shop,
    place: Place,
    q: Annotated[str | None, Query(max_length=500, examples=["decide closer to the customer"])] = None,
    capability: CapabilityId | None = None,
    kind: Kind | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 200,
) -> list[PracticeSummary]:
    """Practices by what they are for, best first; without `q` all, by number."""
    library = shop.workshop.library
    order: Sequence[Practice] = library.practices
    if q and q.strip():
        order = search_practices(q, library, shop.workshop.embedder, len(library.practices))
    wanted = (one for one in order if capability in (None, one.capability) and kind in (None, one.kind))
    return [PracticeSummary.of(practice) for practice in islice(wanted, limit)]


@router.get("/{practice_id}", responses=described(404))
@asks(quiet=True)
def get_practice(shop: Shop, place: Place, practice_id: str) -> Practice:
    """One practice, whole."""
    practice = shop.workshop.library.by_id().get(practice_id)
    if practice is None:
        raise NotFound(f"There is no practice {practice_id[:100]!r}.")
    return practice
