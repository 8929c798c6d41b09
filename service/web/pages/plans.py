"""A plan's pages: while it is written, the plan, the X-ray of its document, and files to take away.

Owns: those routes. Must not know: how plans are made, HTML, how a format is written.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from service.export.formats import ExportFormat, file_name, format_named, write_plan
from service.export.ics import to_ics
from service.plan.plan import Plan, Status
from service.plan.tombstone import Tombstone
from service.store.audit import Act
from service.store.errors import NotFound
from service.store.records import PlanState
from service.web.access import Place, Shop
from service.web.contexts.erase import tombstone_page
from service.web.contexts.nothing import nothing_of
from service.web.contexts.plan import plan_page
from service.web.contexts.progress import ProgressPage
from service.web.contexts.refine import refining_of
from service.web.contexts.xray import xray_page
from service.web.duty import EXPORTS, asks
from service.web.errors import NoStartDate
from service.web.render import show

router = APIRouter(prefix="/plans", include_in_schema=False)


@router.get("/{plan_id}")
def show_plan(shop: Shop, place: Place, plan_id: str) -> Response:
    """The plan by intent; while it is being written, how far it is."""
    record = place.plans.get(plan_id)
    if record.current is None:
        return show(ProgressPage(record))
    if record.state is PlanState.erased:
        stone = Tombstone.model_validate_json(place.plans.tombstone(plan_id).content)
        return show(tombstone_page(record, stone, place.plans.versions(plan_id), shop.library(place).by_id()))
    version, standing = shop.desk.standing(place, plan_id)
    plan = standing.plan
    if plan.status is not Status.ready:
        return show(nothing_of(record, plan))
    open_ones = place.proposals.of_plan(plan_id, only_open=True)
    refining = refining_of(version, plan, standing.marks, open_ones, place.catchball.responses(plan_id))
    told = place.plans.told(plan_id, "profile") or {}
    refining = replace(refining, profile_effect=tuple(told.get("lines", ())))
    return show(plan_page(record, plan, shop.library(place).by_id(), shop.criteria, refining))


@router.get("/{plan_id}/xray")
def show_xray(place: Place, plan_id: str) -> Response:
    """The document with every intent's exact words marked in place."""
    record = place.plans.get(plan_id)
    plan = _content(place, plan_id)
    if record.text_id is None:
        raise NotFound("The document of this plan was erased; its words cannot be shown in place.")
    return show(xray_page(record, plan, place.documents.document(record.text_id)))


@router.get("/{plan_id}/export/{name}")
@asks(act=Act.exported, limit=EXPORTS)
def export(
    place: Place,
    plan_id: str,
    name: str,
    start: Annotated[date | None, Query()] = None,
    zone: Annotated[str, Query(max_length=64)] = "UTC",
) -> Response:
    """The plan as a file; a calendar needs the day on which the 90 days begin."""
    form = format_named(name)
    plan = _content(place, plan_id)
    revision = place.plans.get(plan_id).current or 1
    content = _written(plan, form, start, zone, revision)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(plan, form.name)}"'}
    return Response(content, media_type=form.media_type, headers=headers)


def _content(place: Place, plan_id: str) -> Plan:
    return Plan.model_validate_json(place.plans.version(plan_id).content)


def _written(plan: Plan, form: ExportFormat, start: date | None, zone: str, revision: int) -> bytes | str:
    if not form.needs_calendar:
        return write_plan(plan, form.name)
    if start is None:
        raise NoStartDate("A calendar needs the day on which the 90 days begin: choose it beside the download.")
    return to_ics(plan, start, zone, revision)
