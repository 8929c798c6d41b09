"""Plans and jobs over HTTP.

Owns: routes that show them, as JSON, Markdown or a stream of events. Must not know: how plans are made.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from enum import StrEnum
from typing import Annotated, Any

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, Header, Query, Request
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import JSONResponse, Response

from service.export.markdown import to_markdown
from service.plan.plan import Plan
from service.refine.marks import Marks
from service.store.audit import Act
from service.store.errors import NotFound
from service.store.plans import PlanRepository
from service.store.records import PlanState
from service.telling import LAST_EVENTS
from service.web.access import MOST_NUMBER, Place
from service.web.duty import asks
from service.web.problems import described
from service.web.views import API, JobView, PlanSummary, PlanView

router = APIRouter(tags=["plans"], responses=described(401))
#: The schema is public: it says nothing about anybody's documents.
public = APIRouter(tags=["plans"])
_POLL_SECONDS = 0.25
_HEARTBEAT_SECONDS = 15
_MARKDOWN = "text/markdown"
_ALL_SEEN: dict[str, Any] = {"description": "All events were seen and no more will come"}
_STREAM: dict[str, Any] = {
    "content": {"text/event-stream": {"example": 'id: 2\nevent: stage\ndata: {"stage": "reading"}\n\n'}},
    "description": "Events until `done` or `failed`",
}


class PlanFormat(StrEnum):
    """How a plan is written down."""

    json = "json"
    md = "md"


@router.get("/jobs/{job_id}", tags=["jobs"], responses=described(404))
def get_job(place: Place, job_id: str) -> JobView:
    """How far a job is."""
    return JobView.of(place.jobs.get(job_id))


@router.get("/plans")
def list_plans(place: Place, document_id: str | None = None) -> list[PlanSummary]:
    """Plans without their content, the latest first."""
    return [PlanSummary.of(record) for record in place.plans.all(document_id)]


@router.get(
    "/plans/{plan_id}",
    response_model=PlanView,
    responses={**described(404, 409, 410), 200: {"content": {_MARKDOWN: {"schema": {"type": "string"}}}}},
)
@asks(act=Act.exported)
def get_plan(
    request: Request,
    response: Response,
    place: Place,
    plan_id: str,
    chosen: Annotated[PlanFormat | None, Query(alias="format", description="overrides the Accept header")] = None,
) -> PlanView | Response:
    """A plan: as JSON, or as Markdown where `Accept` or `format` ask for it."""
    record = place.plans.get(plan_id)
    if (chosen or _accepted(request)) is PlanFormat.md:
        plan = Plan.model_validate_json(place.plans.version(plan_id).content)
        return Response(to_markdown(plan), media_type=f"{_MARKDOWN}; charset=utf-8", headers={"Vary": "Accept"})
    if record.current is not None:
        response.headers["ETag"] = f'"v{record.current}"'
    summary = PlanSummary.of(record).model_dump()
    if record.current is None or record.state is PlanState.erased:
        return PlanView(**summary)
    version = place.plans.version(plan_id)
    return PlanView(
        **summary,
        plan=Plan.model_validate_json(version.content),
        marks=Marks.model_validate_json(version.marks),
    )


@router.get(
    "/plans/{plan_id}/events",
    response_class=EventSourceResponse,
    responses={**described(404), 200: _STREAM, 204: _ALL_SEEN},
)
def follow_plan(
    place: Place,
    plan_id: str,
    last_event_id: Annotated[int, Header(ge=0, le=MOST_NUMBER, description="resume after this event")] = 0,
) -> Response:
    """The plan's events, from the first or after `Last-Event-ID`; ends with `done` or `failed`."""
    plan = place.plans.get(plan_id)
    if plan.state.ended and not place.plans.events(plan_id, last_event_id):
        return Response(status_code=204)
    return EventSourceResponse(_events(place.plans, plan_id, last_event_id), ping=_HEARTBEAT_SECONDS)


@public.get("/schema/plan.json")
def get_plan_schema() -> JSONResponse:
    """JSON Schema of a plan's content."""
    schema = {"$id": f"{API}/schema/plan.json", **Plan.model_json_schema(mode="serialization")}
    return JSONResponse(schema, media_type="application/schema+json")


async def _events(plans: PlanRepository, plan_id: str, after: int) -> AsyncIterator[ServerSentEvent]:
    """Read from the database, so that a stream survives the server and needs no memory of it."""
    while True:
        for event in await run_sync(plans.events, plan_id, after):
            after = event.number
            yield ServerSentEvent(id=str(after), event=event.kind, data=json.dumps(event.data, ensure_ascii=False))
            if event.kind in LAST_EVENTS:
                return
        try:
            record = await run_sync(plans.get, plan_id)
        except NotFound:  # deleted while it was written
            return
        if record.state is PlanState.erased:
            return
        await anyio.sleep(_POLL_SECONDS)


def _accepted(request: Request) -> PlanFormat:
    """JSON unless the client prefers Markdown by naming it and not JSON."""
    accept = request.headers.get("accept", "")
    return PlanFormat.md if _MARKDOWN in accept and "json" not in accept else PlanFormat.json
