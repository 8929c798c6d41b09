"""Tokens of forms: proof that a form came from a page of ours, drawn for the same session.

Owns: how a token follows from a session's secret, and where it is looked for. Must not know: what a form does.
"""

from __future__ import annotations

import hmac

from starlette.datastructures import Headers
from starlette.requests import Request

#: The hidden field of every form, and the header of a script.
FIELD = "form_token"
HEADER = "X-Form-Token"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
#: Bounds of a form that its route reads by itself: the longest one is a reply to a plan.
_MOST_FIELDS, _MOST_FILES = 310, 1


def token_of(secret: str) -> str:
    """The token that belongs to a session's secret; from the token the secret cannot be found."""
    return hmac.digest(secret.encode(), b"throughline form", "sha256").hex()[:32]


def genuine(token: str, secret: str) -> bool:
    """Whether the token belongs to the secret; takes the same time either way."""
    return hmac.compare_digest(token.encode(), token_of(secret).encode())


async def token_in(request: Request) -> str:
    """The token that came with a request, or nothing."""
    header = request.headers.get(HEADER)
    if header is not None or not _is_form(request.headers):
        return header or ""
    form = await request.form(max_fields=_MOST_FIELDS, max_files=_MOST_FILES)  # read once; the route sees the same
    sent = form.get(FIELD)
    return sent if isinstance(sent, str) else ""


def _is_form(headers: Headers) -> bool:
    return headers.get("content-type", "").partition(";")[0].strip().lower() in _FORMS
