"""The evaluation pages: a plan's criteria explained, and the project's latest report.

Owns: those routes. Must not know: HTML, how anything is scored.
"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from service.evaluation import latest_evaluation
from service.web.access import Place, Shop
from service.web.contexts.evaluation import criteria_page, evaluation_page
from service.web.render import show

router = APIRouter(include_in_schema=False)


@router.get("/plans/{plan_id}/criteria")
def show_criteria(shop: Shop, place: Place, plan_id: str) -> Response:
    """Each criterion of a plan with its reasons and what its scores mean."""
    _, standing = shop.desk.standing(place, plan_id)
    return show(criteria_page(place.plans.get(plan_id), standing.plan, shop.criteria))


@router.get("/evaluation")
def show_evaluation(shop: Shop, place: Place) -> Response:
    """The latest evaluation of the project."""
    return show(evaluation_page(latest_evaluation(shop.evaluation, shop.criteria)))
