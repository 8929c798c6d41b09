"""The door: which requests come in at all, and what every answer says to a browser.

Owns: the Host and Origin checks (against DNS rebinding and forged forms), the bound on a body while it
is read, security headers. Must not know: sessions, routes.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.web.problems import Problem, answer, problem_of

#: Beside a file, a multipart body holds its own marks and small fields.
_ROOM = 64 * 1024
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: Where people reach the server over https, their browsers use nothing else from then on.
_ONLY_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], max_bytes: int, https: bool = False) -> None:
        self._app = app
        self._headers = _HEADERS | (_ONLY_HTTPS if https else {})
        self._hosts = hosts
        self._max_bytes = max_bytes + _ROOM

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with the body bounded."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope["method"], headers)
        if refusal is not None:
            await answer(refusal)(scope, receive, send)
            return
        await self._app(scope, _Bounded(receive, self._max_bytes), _with_headers(send, self._headers))

    def _refusal(self, method: str, headers: Headers) -> Problem | None:
        host = headers.get("host", "")
        if _without_port(host) not in self._hosts:
            return problem_of("unknown host", 421, f"This server does not answer to the host {host[:100]!r}.")
        if method not in _SAFE and _foreign(headers, host):
            return problem_of("foreign origin", 403, "The request comes from a page of another site.")
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > self._max_bytes:
            return _too_large(self._max_bytes)
        return None


class _Bounded:
    """Receives until the bound, then refuses; a body without a length is counted as it comes."""

    def __init__(self, receive: Receive, max_bytes: int) -> None:
        self._receive = receive
        self._max_bytes = max_bytes
        self._seen = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > self._max_bytes:
            raise HTTPException(413, _too_large(self._max_bytes).detail)
        return message


def _too_large(max_bytes: int) -> Problem:
    limit = (max_bytes - _ROOM) // (1024 * 1024)
    return problem_of("document too large", 413, f"The file has more than the {limit} MiB allowed; split it.")


def _foreign(headers: Headers, host: str) -> bool:
    """Whether a browser says that another site's page sends this; programs say nothing."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    if origin == "null" and site == "same-origin":  # a page that tells no address: the browser vouches for the site
        return False
    return origin is not None and urlsplit(origin).netloc != host


def _without_port(host: str) -> str:
    name, separator, port = host.rpartition(":")
    return name if separator and port.isdigit() else host


def _with_headers(send: Send, said: dict[str, str]) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in said.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
