"""The practice library's pages.

Owns: those routes. Must not know: HTML, how practices are searched.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from corpora.own import is_own
from corpora.records import Kind, Practice
from service.library import Library, search_practices
from service.own_practices import as_yaml
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
    library = shop.library(place)
    order: Sequence[Practice] = library.offered
    if q.strip():
        order = search_practices(q, library, shop.workshop.embedder, len(library.offered))
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
            total=len(library.offered),
        )
    )


@router.get("/example.yaml")
def example(shop: Shop, place: Place) -> Response:
    """A practice of the library as YAML, to write one's own after it."""
    headers = {"Content-Disposition": 'attachment; filename="practice.yaml"'}
    return Response(as_yaml(shop.workshop.library.practices[0]), media_type="application/yaml", headers=headers)


@router.get("/{practice_id}")
@asks(quiet=True)
def show_practice(shop: Shop, place: Place, practice_id: str) -> Response:
    """One practice in plain words."""
    library = shop.library(place)
    practice = library.by_id().get(practice_id)
    if practice is None:
        raise NotFound(f"There is no practice {practice_id[:100]!r}.")
    offered = any(one.id == practice_id for one in library.offered)
    return show(practice_page(practice, _capabilities(library), own=is_own(practice_id), offered=offered))


def _capabilities(library: Library) -> dict[str, str]:
    return {capability.id: capability.name for capability in library.capabilities}
