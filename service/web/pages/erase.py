"""Pages that erase a document or everything, each after a question.

Owns: those routes. Must not know: how erasing is done, HTML.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from service.people import Role
from service.web.access import Place, Shop
from service.web.contexts.erase import WORD, EraseAllPage, ErasedPage, ErasePage
from service.web.duty import asks
from service.web.render import show

router = APIRouter(include_in_schema=False)


@router.get("/documents/{document_id}/erase")
@asks(Role.ops)
def ask_to_erase(place: Place, document_id: str) -> Response:
    """What would go, and what would stay."""
    document = place.documents.get(document_id)
    plans = tuple(place.plans.all(document_id))
    replies = sum(len(place.catchball.responses(plan.id)) for plan in plans)
    return show(ErasePage(document, plans, replies))


@router.post("/documents/{document_id}/erase")
def erase(shop: Shop, place: Place, document_id: str) -> Response:
    """Erase the document."""
    shop.erase(place, document_id)
    return show(ErasedPage(everything=False))


@router.get("/erase")
@asks(Role.ops)
def ask_to_erase_all(place: Place) -> Response:
    """What would go with everything."""
    return show(EraseAllPage(len(place.documents.all()), len(place.plans.all())))


@router.post("/erase")
def erase_all(shop: Shop, place: Place, word: Annotated[str, Form(max_length=40)] = "") -> Response:
    """Erase everything of the workspace, once the word was typed."""
    if word.strip().casefold() != WORD:
        page = EraseAllPage(
            len(place.documents.all()), len(place.plans.all()), fault=f"Nothing was erased: type the word “{WORD}”."
        )
        return show(page, 422)
    shop.erase_all(place)
    return show(ErasedPage(everything=True))
