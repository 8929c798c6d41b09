"""The pages: start, a plan while it is written, a plan.

Owns: routes that answer with HTML, and what each template is given. Must not know: how plans are made.
Text from documents is escaped by the templates, always.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import RedirectResponse, Response

from service.export.words import cadence_words, sentence, with_the
from service.plan.plan import Plan, Status
from service.store.errors import NotFound
from service.store.house import Workplace
from service.web.access import Place, Shop, start_session, workplace_of
from service.web.errors import NotSignedIn, UnknownEngine
from service.web.problems import Problem
from service.web.services import Services

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
#: The file dialogue offers these; what a file really is, the parser finds out.
ACCEPTED = ".pdf,.docx,.pptx,.html,.htm,.md,.markdown,.txt"

_env = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_env.filters |= {"cadence": cadence_words, "with_the": with_the, "sentence": sentence}
_templates = Jinja2Templates(env=_env)
router = APIRouter(include_in_schema=False)


@router.get("/")
def start(request: Request, shop: Shop, token: Annotated[str | None, Query()] = None) -> Response:
    """The start page; a one-time token in the address becomes a session first."""
    if token is not None:
        return _enter(request, shop, token)
    place = workplace_of(request)
    return _page(
        request,
        "start.html",
        {
            "documents": place.documents.all(),
            "plans": place.plans.all(),
            "samples": shop.samples,
            "engines": shop.jobs.engine_names,
            "model_provider": shop.model_provider,
            "accepted": ACCEPTED,
            "max_mib": shop.limits.max_bytes // (1024 * 1024),
        },
    )


@router.post("/upload")
def upload(
    shop: Shop,
    place: Place,
    file: Annotated[UploadFile, File()],
    engine: Annotated[str, Form()] = "patterns",
) -> Response:
    """Take a file in and start its plan."""
    return _begin(shop, place, file.filename or "document", file.file.read(), engine)


@router.post("/samples/{sample_id}")
def try_sample(shop: Shop, place: Place, sample_id: str) -> Response:
    """The same with a sample strategy."""
    for sample in shop.samples:
        if sample.id == sample_id:
            return _begin(shop, place, f"{sample.id}.md", sample.text.encode(), shop.jobs.engine_names[0])
    raise NotFound(f"There is no sample {sample_id[:100]!r}.")


@router.get("/plans/{plan_id}")
def show_plan(request: Request, place: Place, plan_id: str) -> Response:
    """The plan by intent; while it is being written, how far it is."""
    record = place.plans.get(plan_id)
    if record.current is None:
        return _page(request, "progress.html", {"record": record})
    plan = Plan.model_validate_json(place.plans.version(plan_id).content)
    template = "plan.html" if plan.status is Status.ready else "nothing.html"
    return _page(request, template, {"record": record, "plan": plan, "items": _items_by_intent(plan)})


def refusal(request: Request, problem: Problem) -> Response:
    """A page that says what went wrong and what to do."""
    return _page(request, "refusal.html", {"problem": problem}, problem.status)


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


def _begin(shop: Services, place: Workplace, filename: str, data: bytes, engine: str) -> Response:
    if engine not in shop.jobs.engine_names:
        raise UnknownEngine(f"No engine {engine[:50]!r} is set up here.")
    shelved = shop.take_in(place, filename, data)
    job = shop.jobs.plan(place, shelved.record.id, engine)
    return RedirectResponse(f"/plans/{job.plan_id}", status_code=303)


def _items_by_intent(plan: Plan) -> dict[str, dict[str, list[Any]]]:
    """Each intent's behaviours, rituals and asks; an item stands under the first intent it serves."""
    kinds = {"behaviours": plan.behaviours, "rituals": plan.rituals, "asks": plan.policy_asks}
    return {
        intent.id: {kind: [item for item in items if item.intent_ids[0] == intent.id] for kind, items in kinds.items()}
        for intent in plan.intents
    }


def _page(request: Request, template: str, context: dict[str, Any], status: int = 200) -> Response:
    return _templates.TemplateResponse(request, template, context, status_code=status)
