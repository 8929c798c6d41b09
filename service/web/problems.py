"""Errors as problem details (RFC 9457).

Owns: their form, and which status a refusal has. Must not know: routes.
"""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

from retrieval.parse.errors import DocumentTooLarge, MislabelledDocument, UnreadableDocument, UnsupportedType

MEDIA_TYPE = "application/problem+json"
_STATUSES: dict[type[UnreadableDocument], int] = {
    DocumentTooLarge: 413,
    UnsupportedType: 415,
    MislabelledDocument: 415,
}


class Fault(BaseModel):
    """One field that does not fit."""

    model_config = ConfigDict(frozen=True)

    where: str
    why: str


class Problem(BaseModel):
    """Why a request was refused, for a program (`type`) and for a person (`detail`)."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:throughline:problem:scanned-document",
                    "title": "Scanned document",
                    "status": 422,
                    "detail": "“plan.pdf” holds pictures of pages and no text; run text recognition on it first.",
                }
            ]
        },
    )

    type: str = Field(description="names the kind of problem; stable")
    title: str
    status: int
    detail: str
    faults: tuple[Fault, ...] = ()


def problem_of(kind: str, status: int, detail: str, faults: tuple[Fault, ...] = ()) -> Problem:
    """A problem whose type and title come from `kind`, a class name or a few words."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[\s_]+", " ", kind).removesuffix(" Error").lower().strip()
    return Problem(
        type=f"urn:throughline:problem:{words.replace(' ', '-')}",
        title=words.capitalize(),
        status=status,
        detail=detail,
        faults=faults,
    )


def unreadable_status(error: UnreadableDocument) -> int:
    """413 for too large, 415 for a wrong type, else 422."""
    return _STATUSES.get(type(error), 422)


def answer(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    """The response."""
    content = _legal(problem.model_dump(exclude_defaults=True))
    return JSONResponse(content, status_code=problem.status, headers=headers, media_type=MEDIA_TYPE)


def _legal(value: Any) -> Any:  # noqa: ANN401  # plain JSON
    """Halves of surrogate pairs, which a request may hold and no answer can, become question marks."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {key: _legal(one) for key, one in value.items()}
    return [_legal(one) for one in value] if isinstance(value, list | tuple) else value


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For OpenAPI: these statuses answer with a problem."""
    return {
        status: {
            "model": Problem,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            "description": "Refused, with the reason",
        }
        for status in statuses
    }
