"""The practice library over HTTP.

Owns: routes that list, search and show practices. Must not know: documents, plans.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Response

from corpora.records import CapabilityId, Kind, Practice
from service.library import search_practices
from service.own_practices import add_practice, change_practice
from service.store.errors import NotFound
from service.web.access import Place, Shop, Who
from service.web.duty import SEARCHES, asks
from service.web.problems import described
from service.web.views import API, PracticeSummary

Entry = Annotated[
    dict[str, Any],
    Body(description="the fields of a practice as `GET /practices/{id}` shows them; id and number are given"),
]
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
    library = shop.library(place)
    order: Sequence[Practice] = library.offered
    if q and q.strip():
        order = search_practices(q, library, shop.workshop.embedder, len(library.offered))
    wanted = (one for one in order if capability in (None, one.capability) and kind in (None, one.kind))
    return [PracticeSummary.of(practice) for practice in islice(wanted, limit)]


@router.post("", status_code=201, responses=described(422))
def add_own_practice(shop: Shop, place: Place, who: Who, entry: Entry, response: Response) -> Practice:
    """Add a practice of the organisation's own; new plans draw on it."""
    practice = add_practice(place, entry, who)
    response.headers["Location"] = f"{API}/practices/{practice.id}"
    return practice


@router.put("/{practice_id}", responses=described(404, 422))
def change_own_practice(shop: Shop, place: Place, who: Who, practice_id: str, entry: Entry) -> Practice:
    """Change a practice of the organisation's own. The answer has a new id: plans keep the text they were made from."""
    return change_practice(place, practice_id, entry, who)


@router.delete("/{practice_id}", status_code=204, responses=described(404))
def remove_own_practice(place: Place, practice_id: str) -> None:
    """Offer a practice of the organisation's own no more; plans that rest on it keep it."""
    place.practices.remove(practice_id)


@router.get("/{practice_id}", responses=described(404))
@asks(quiet=True)
def get_practice(shop: Shop, place: Place, practice_id: str) -> Practice:
    """One practice, whole."""
    practice = shop.library(place).by_id().get(practice_id)
    if practice is None:
        raise NotFound(f"There is no practice {practice_id[:100]!r}.")
    return practice
