"""The page on which an organisation tells about itself.

Owns: its two routes. Must not know: HTML, what a profile changes in a plan.
"""

from __future__ import annotations

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from service.people import Actor
from service.profile_file import MAX_CHARACTERS, ProfileError
from service.store.house import Workplace
from service.web.access import Place, Who
from service.web.contexts.profile import profile_in, profile_page, refused_page
from service.web.render import show

router = APIRouter(prefix="/profile", include_in_schema=False)
_MOST_TYPED = 20_000


@router.get("")
def show_profile(place: Place, kept: bool = False) -> Response:
    """The form with what was told."""
    return show(profile_page(place.profile.get(), kept))


@router.post("")
async def keep_profile(request: Request, place: Place, who: Who) -> Response:
    """Keep what was typed; what cannot be kept comes back with the reason beside its box."""
    async with request.form(max_fields=30, max_files=1) as form:
        typed = {key: str(value)[:_MOST_TYPED] for key, value in form.items() if not isinstance(value, UploadFile)}
        file = form.get("calendar")
        data = await file.read(MAX_CHARACTERS) if isinstance(file, UploadFile) and file.filename else b""
    return await run_sync(_kept, place, who, typed, data.decode("utf-8", "replace"))


def _kept(place: Workplace, who: Actor, typed: dict[str, str], calendar: str) -> Response:
    try:
        profile = profile_in(typed, calendar, place.profile.get())
    except ProfileError as error:
        return show(refused_page(typed, error), error.status)
    place.profile.put(profile, who.name)
    return RedirectResponse("/profile?kept=true", status_code=303)
