"""The start page, and the ways a document comes in from it.

Owns: those routes. Must not know: how plans are made, HTML.
"""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from retrieval.parse.errors import UnreadableDocument
from service.store.errors import NotFound
from service.store.house import Workplace
from service.store.records import PlanState
from service.web.access import Place, Shop, start_session, workplace_of
from service.web.contexts.start import ACCEPTED, Refused, StartPage, UploadedPage, shelf_of
from service.web.duty import PLANS, UPLOADS, asks
from service.web.errors import NotSignedIn, UnknownEngine
from service.web.render import show
from service.web.services import Services

router = APIRouter(include_in_schema=False)


@router.get("/")
def start(request: Request, shop: Shop, token: Annotated[str | None, Query()] = None) -> Response:
    """The start page; a one-time token in the address becomes a session first."""
    if token is not None and not shop.shared:
        return _enter(request, shop, token)
    place = workplace_of(request)
    plans = place.plans.all()
    return show(
        StartPage(
            shelf=shelf_of(place.documents.all(), plans),
            erased=tuple(plan for plan in plans if plan.state is PlanState.erased),
            samples=shop.samples,
            engines=shop.jobs.engine_names,
            model_provider=shop.model_provider,
            accepted=ACCEPTED,
            max_mib=shop.limits.max_bytes // (1024 * 1024),
        )
    )


@router.post("/upload")
@asks(limit=UPLOADS)
def upload(
    shop: Shop,
    place: Place,
    file: Annotated[list[UploadFile], File()],
    engine: Annotated[str, Form()] = "patterns",
) -> Response:
    """Take files in and start their plans; a single one leads to its plan, or to why it was refused."""
    _check_engine(shop, engine)
    if len(file) == 1:
        shelved = shop.take_in(place, file[0].filename or "document", file[0].file.read())
        return _begin(shop, place, shelved.record.id, engine)
    begun, refused = [], []
    for one in file:
        name = one.filename or "document"
        try:
            shelved = shop.take_in(place, name, one.file.read())
        except UnreadableDocument as error:
            refused.append(Refused(name, error.reason))
        else:
            begun.append(place.plans.get(_ordered(shop, place, shelved.record.id, engine)))
    return show(UploadedPage(tuple(begun), tuple(refused)))


@router.post("/samples/{sample_id}")
@asks(limit=PLANS)
def try_sample(shop: Shop, place: Place, sample_id: str) -> Response:
    """The same with a sample strategy."""
    for sample in shop.samples:
        if sample.id == sample_id:
            shelved = shop.take_in(place, f"{sample.id}.md", sample.text.encode())
            return _begin(shop, place, shelved.record.id, shop.jobs.engine_names[0])
    raise NotFound(f"There is no sample {sample_id[:100]!r}.")


@router.post("/documents/{document_id}/plans")
@asks(limit=PLANS)
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
        start_session(request, response, secret)
    return response


def _check_engine(shop: Services, engine: str) -> None:
    if engine not in shop.jobs.engine_names:
        raise UnknownEngine(f"No engine {engine[:50]!r} is set up here.")


def _begin(shop: Services, place: Workplace, document_id: str, engine: str) -> Response:
    return RedirectResponse(f"/plans/{_ordered(shop, place, document_id, engine)}", status_code=303)


def _ordered(shop: Services, place: Workplace, document_id: str, engine: str) -> str:
    """Order a plan; gives its id."""
    return cast(str, shop.jobs.plan(place, document_id, engine).plan_id)
