"""The application, and the only place where errors become answers.

Owns: which routes there are, and what a browser or a program is told when something fails. Must not
know: how anything is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from corpora.plain_faults import plain_fault
from retrieval.parse.errors import UnreadableDocument
from service.errors import ThroughlineError
from service.own_practices import OwnPracticeRefused
from service.web.access import admit, services_of, visitor_of
from service.web.api import audit, changed, documents, edits, health, plans, practices, workspace
from service.web.auditing import Auditing
from service.web.contexts.progress import refusal_of
from service.web.errors import NotSignedIn, TooOften
from service.web.guard import Guard
from service.web.pages import audit as audit_pages
from service.web.pages import catchball as catchball_pages
from service.web.pages import changed as changed_pages
from service.web.pages import erase as erase_pages
from service.web.pages import evaluation as evaluation_pages
from service.web.pages import join as join_pages
from service.web.pages import keys as key_pages
from service.web.pages import own_practices as own_pages
from service.web.pages import people as people_pages
from service.web.pages import plans as plan_pages
from service.web.pages import practices as practice_pages
from service.web.pages import profile as profile_pages
from service.web.pages import refine as refine_pages
from service.web.pages import replies as reply_pages
from service.web.pages import session as session_pages
from service.web.pages import start as start_pages
from service.web.pages import workspaces as workspace_pages
from service.web.problems import Fault, Problem, answer, problem_of, unreadable_status
from service.web.render import STATIC, show
from service.web.services import Services
from service.web.views import API
from service.web.visitor import DRAWN_FOR

_TAGS: list[dict[str, Any]] = [
    {"name": "documents", "description": "Strategy documents: taken in, read, searched, erased"},
    {"name": "plans", "description": "Plans of behaviours and rituals, each item on the document's exact words"},
    {"name": "jobs", "description": "Long work; it survives a killed server"},
    {"name": "practices", "description": "The library that plans draw on"},
    {"name": "workspace", "description": "All that lies here"},
    {"name": "audit", "description": "Who saw, changed and exported what; shared mode keeps it"},
    {"name": "health", "description": "For whoever runs the server"},
]
_ROUTERS = (
    documents.router,
    plans.router,
    edits.router,
    changed.router,
    plans.public,
    practices.router,
    workspace.router,
    audit.router,
)
_PAGES = (
    start_pages,
    plan_pages,
    refine_pages,
    changed_pages,
    catchball_pages,
    evaluation_pages,
    own_pages,
    practice_pages,
    profile_pages,
    erase_pages,
    reply_pages,
    session_pages,
    workspace_pages,
    join_pages,
    people_pages,
    key_pages,
    audit_pages,
)
_ABOUT = (
    "Turns a leadership strategy document into cited, repeatable team behaviours and rituals. Upload a document, "
    "order a plan, follow its events, fetch it as JSON or Markdown. Errors are problem details (RFC 9457)."
)


def create_app(services: Services) -> FastAPI:
    """The web application over `services`; whoever built them also closes them."""
    app = FastAPI(
        title="Throughline",
        version="0.4.0",
        description=_ABOUT,
        openapi_tags=_TAGS,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,  # these pages fetch scripts from another host
        redoc_url=None,
        dependencies=[Depends(admit)],
    )
    app.state.services = services
    for router in _ROUTERS:
        app.include_router(router, prefix=API)
    app.include_router(health.router)
    for pages in _PAGES:
        app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(UnreadableDocument, _refused)
    app.add_exception_handler(RequestValidationError, _refused)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(ThroughlineError, _refused)
    app.add_exception_handler(Exception, _refused)
    app.add_middleware(Auditing)
    app.add_middleware(Guard, hosts=services.hosts, max_bytes=services.limits.max_bytes, https=services.https)
    return app


def _refused(request: Request, error: Exception) -> Response:
    """A problem for a program; for a browser a page, or the way in."""
    problem = _problem(error)
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else {}
    if isinstance(error, TooOften):
        headers["Retry-After"] = str(error.seconds)
    if request.url.path.startswith(API) or "text/html" not in request.headers.get("accept", ""):
        return answer(problem, headers)
    if isinstance(error, NotSignedIn) and request.method == "GET" and services_of(request).shared:
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?{urlencode({'next': wanted})}", status_code=303)
    if problem.status == 404:  # also an address without a route, whose visitor nobody has looked up
        DRAWN_FOR.set(visitor_of(request))
    shown = show(refusal_of(problem), problem.status)
    shown.headers.update(headers)
    return shown


def _problem(error: Exception) -> Problem:
    kind = type(error).__name__
    if isinstance(error, UnreadableDocument):
        return problem_of(kind, unreadable_status(error), error.reason)
    if isinstance(error, OwnPracticeRefused):
        faults = tuple(Fault(where=one.field, why=one.why) for one in error.faults)
        return problem_of(kind, error.status, str(error), faults)
    if isinstance(error, ThroughlineError):
        return problem_of(kind, error.status, str(error))
    if isinstance(error, RequestValidationError):
        faults = tuple(Fault(where=_where(one["loc"]), why=_why(one)) for one in error.errors())
        return problem_of("invalid request", 422, "; ".join(f"{one.where}: {one.why}" for one in faults), faults)
    if isinstance(error, HTTPException):
        return problem_of(_HTTP.get(error.status_code, "refused"), error.status_code, str(error.detail))
    return problem_of("internal fault", 500, "Something went wrong in the service itself; its log has the details.")


_HTTP = {404: "not found", 405: "method not allowed", 413: "document too large", 400: "malformed request"}


def _why(error: Mapping[str, Any]) -> str:
    return plain_fault(str(error["type"]), error.get("ctx", {}), str(error["msg"]))


def _where(place: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in place[1:]) or str(place[0])
