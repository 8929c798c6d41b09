"""The start page, and the ways a document comes in from it.

Owns: those routes. Must not know: how plans are made, HTML.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from service.store.errors import NotFound
from service.store.house import Workplace
from service.web.access import Place, Shop, start_session, workplace_of
from service.web.contexts.start import ACCEPTED, StartPage, shelf_of
from service.web.errors import NotSignedIn, UnknownEngine
from service.web.render import show
from service.web.services import Services

router = APIRouter(include_in_schema=False)


@router.get("/")
def start(request: Request, shop: Shop, token: Annotated[str | None, Query()] = None) -> Response:
    """The start page; a one-time token in the address becomes a session first."""
    if token is not None:
        return _enter(request, shop, token)
    place = workplace_of(request)
    return show(
        StartPage(
            shelf=shelf_of(place.documents.all(), place.plans.all()),
            samples=shop.samples,
            engines=shop.jobs.engine_names,
            model_provider=shop.model_provider,
            accepted=ACCEPTED,
            max_mib=shop.limits.max_bytes // (1024 * 1024),
        )
    )


@router.post("/upload")
def upload(
    shop: Shop,
    place: Place,
    file: Annotated[UploadFile, File()],
    engine: Annotated[str, Form()] = "patterns",
) -> Response:
    """Take a file in and start its plan."""
    _check_engine(shop, engine)
    shelved = shop.take_in(place, file.filename or "document", file.file.read())
    return _begin(shop, place, shelved.record.id, engine)


@router.post("/samples/{sample_id}")
def try_sample(shop: Shop, place: Place, sample_id: str) -> Response:
    """The same with a sample strategy."""
    for sample in shop.samples:
        if sample.id == sample_id:
            shelved = shop.take_in(place, f"{sample.id}.md", sample.text.encode())
            return _begin(shop, place, shelved.record.id, shop.jobs.engine_names[0])
    raise NotFound(f"There is no sample {sample_id[:100]!r}.")


@router.post("/documents/{document_id}/plans")
def plan_again(shop: Shop, place: Place, document_id: str, engine: Annotated[str | None, Form()] = None) -> Response:
    """Another plan of a document that is here."""
    chosen = engine or shop.jobs.engine_names[0]
    _check_engine(shop, chosen)
    return _begin(shop, place, place.documents.get(document_id).id, chosen)


def _enter(request: Request, shop: Services, token: str) -> Response:
    """Spend the token; who is already inside may come again."""
    secret = shop.house.credentials.exchange(token)
    if secret is None:
        try:
            workplace_of(request)
        except NotSignedIn as error:
            raise NotSignedIn(
                "This address was already used, or it is not the newest. Start the server again for a new one."
            ) from error
    response = RedirectResponse("/", status_code=303)
    if secret is not None:
        start_session(response, secret)
    return response


def _check_engine(shop: Services, engine: str) -> None:
    if engine not in shop.jobs.engine_names:
        raise UnknownEngine(f"No engine {engine[:50]!r} is set up here.")


def _begin(shop: Services, place: Workplace, document_id: str, engine: str) -> Response:
    job = shop.jobs.plan(place, document_id, engine)
    return RedirectResponse(f"/plans/{job.plan_id}", status_code=303)
