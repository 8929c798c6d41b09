"""The workspace over HTTP.

Owns: the route that erases everything in it. Must not know: how erasing is done.
"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from service.web.access import Place, Shop
from service.web.problems import described

router = APIRouter(prefix="/workspace", tags=["workspace"], responses=described(401))


@router.delete("", status_code=204, responses=described(422))
def erase_everything(
    shop: Shop, place: Place, confirm: Annotated[Literal["erase"], Query(description="the word, as a safeguard")]
) -> None:
    """Erase all documents, plans, replies, practices of your own and the organisation's profile.

    Keys of persons and invitations end; people stay, and so does the local key.
    """
    shop.erase_all(place)
