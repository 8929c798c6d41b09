"""The practice library's pages.

Owns: those routes. Must not know: HTML, how practices are searched.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from corpora.records import Kind, Practice
from service.library import Library, search_practices
from service.store.errors import NotFound
from service.web.access import Place, Shop
from service.web.contexts.practices import KIND_WORDS, PracticesPage, practice_page, shown
from service.web.duty import SEARCHES, asks
from service.web.render import show

router = APIRouter(prefix="/practices", include_in_schema=False)
#: Beyond these a search finds only what hardly fits.
_BEST = 20


@router.get("")
@asks(limit=SEARCHES, quiet=True)
def browse(
    shop: Shop,
    place: Place,
    q: Annotated[str, Query(max_length=500)] = "",
    kind: Annotated[str, Query(max_length=20)] = "",
    capability: Annotated[str, Query(max_length=4)] = "",
) -> Response:
    """All practices, or those found; a filter that does not exist filters nothing."""
    library = shop.workshop.library
    order: Sequence[Practice] = library.practices
    if q.strip():
        order = search_practices(q, library, shop.workshop.embedder, len(library.practices))
    names = _capabilities(library)
    wanted_kind = next((one for one in Kind if one.value == kind), None)
    wanted_capability = capability if capability in names else None
    found = [one for one in order if wanted_kind in (None, one.kind) and wanted_capability in (None, one.capability)]
    return show(
        PracticesPage(
            query=q.strip(),
            kind=wanted_kind,
            capability=wanted_capability,
            kinds=tuple(KIND_WORDS.items()),
            capabilities=library.capabilities,
            found=tuple(shown(one, names) for one in (found[:_BEST] if q.strip() else found)),
            total=len(library.practices),
        )
    )


@router.get("/{practice_id}")
@asks(quiet=True)
def show_practice(shop: Shop, place: Place, practice_id: str) -> Response:
    """One practice in plain words."""
    library = shop.workshop.library
    practice = library.by_id().get(practice_id)
    if practice is None:
        raise NotFound(f"There is no practice {practice_id[:100]!r}.")
    return show(practice_page(practice, _capabilities(library)))


def _capabilities(library: Library) -> dict[str, str]:
    return {capability.id: capability.name for capability in library.capabilities}
