"""Documents over HTTP.

Owns: routes that take documents in, show, search and erase them, and order plans. Must not know: pages.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Response, UploadFile
from starlette.responses import PlainTextResponse

from service.store.audit import Act
from service.web.access import Place, Shop
from service.web.duty import EXPORTS, PLANS, SEARCHES, UPLOADS, asks
from service.web.errors import UnknownEngine
from service.web.problems import described
from service.web.views import API, DocumentView, HitView, JobView, PassageView, PlanOrder

router = APIRouter(prefix="/documents", tags=["documents"], responses=described(401))


@router.post("", status_code=201, responses={**described(404, 413, 415, 422), 200: {"model": DocumentView}})
@asks(limit=UPLOADS)
def upload_document(
    shop: Shop,
    place: Place,
    response: Response,
    file: Annotated[UploadFile, File(description="pdf, docx, pptx, html, markdown or plain text")],
    replaces: Annotated[str | None, Form(description="id of the document that this is the next version of")] = None,
) -> DocumentView:
    """Take a document in. Bytes that are known answer 200 with the document that has them.

    It becomes searchable in the background. A file that cannot be read is refused with the reason, and
    nothing of it is kept.
    """
    shelved = shop.take_in(place, file.filename or "document", file.file.read(), replaces)
    response.headers["Location"] = f"{API}/documents/{shelved.record.id}"
    if shelved.new:
        shop.jobs.ingest(place, shelved.record.id)
    else:
        response.status_code = 200
    return DocumentView.of(shelved.record)


@router.get("")
def list_documents(place: Place) -> list[DocumentView]:
    """All documents, the latest first."""
    return [DocumentView.of(record) for record in place.documents.all()]


@router.get("/{document_id}", responses=described(404))
def get_document(place: Place, document_id: str) -> DocumentView:
    """One document."""
    return DocumentView.of(place.documents.get(document_id))


@router.delete("/{document_id}", status_code=204, responses=described(404))
def delete_document(shop: Shop, place: Place, document_id: str) -> None:
    """Erase a document: original, text, vectors, replies, and every word of its plans, which stay as tombstones."""
    shop.erase(place, document_id)


@router.get("/{document_id}/text", response_class=PlainTextResponse, responses=described(404))
@asks(act=Act.exported, limit=EXPORTS)
def get_text(place: Place, document_id: str) -> PlainTextResponse:
    """The canonical text; every offset in a plan counts its code points."""
    return PlainTextResponse(place.documents.document(place.documents.get(document_id).text_id).text)


@router.get("/{document_id}/passages", responses=described(404))
def list_passages(place: Place, document_id: str) -> list[PassageView]:
    """Passages in text order; empty until the document is searchable."""
    return [PassageView.of(passage) for passage in place.documents.passages(place.documents.get(document_id).id)]


@router.get("/{document_id}/search", responses=described(404, 422))
@asks(limit=SEARCHES)
def search_document(
    place: Place,
    document_id: str,
    q: Annotated[str, Query(min_length=1, max_length=500, examples=["waiting times for patients"])],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> list[HitView]:
    """Passages by meaning and by words, best first."""
    found = place.shelf.search(q, limit, place.documents.get(document_id).id)
    return [HitView.of(hit) for hit in found]


@router.post("/{document_id}/plans", status_code=202, tags=["plans"], responses=described(404, 422))
@asks(limit=PLANS)
def order_plan(shop: Shop, place: Place, document_id: str, order: PlanOrder, response: Response) -> JobView:
    """Start a plan; `Location` names the job, the answer also the plan and its events."""
    if order.engine not in shop.jobs.engine_names:
        names = ", ".join(shop.jobs.engine_names)
        raise UnknownEngine(f"No engine {order.engine[:50]!r} is set up here; there is: {names}.")
    job = shop.jobs.plan(place, document_id, order.engine)
    response.headers["Location"] = f"{API}/jobs/{job.id}"
    return JobView.of(job)
