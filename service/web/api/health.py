"""Whether the server lives and is ready.

Owns: both routes; neither says anything about documents. Must not know: pages.
"""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlalchemy.exc import SQLAlchemyError

from service.store.house import House
from service.web.access import Shop
from service.web.duty import asks
from service.web.views import Health

router = APIRouter(tags=["health"])


@router.get("/healthz")
@asks(quiet=True)
def healthz() -> Health:
    """The process answers."""
    return Health(status="ok")


@router.get("/readyz", responses={503: {"model": Health}})
@asks(quiet=True)
def readyz(shop: Shop, response: Response) -> Health:
    """The database answers and the index finds its own vectors."""
    checks = {"database": _answers(shop.house), "index": shop.house.index_is_sound()}
    ready = all(checks.values())
    response.status_code = 200 if ready else 503
    return Health(status="ok" if ready else "unavailable", checks=checks)


def _answers(house: House) -> bool:
    try:
        return house.database.answers()
    except SQLAlchemyError:
        return False
