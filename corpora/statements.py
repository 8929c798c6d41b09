"""More statements of the intents that a practice serves, in the many ways leaders word them.

Owns: the files of `corpora/statements`, one mapping of practice ids each, and joining them to the practices.
Must not know: how statements are compared, documents, plans. People read a practice's own `serves`; these are for
the match.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from corpora.marked_yaml import LibraryError, MarkedYaml, read_marked
from corpora.records import Frozen, Practice, Text

STATEMENTS = Path(__file__).parent / "statements"


class Statements(Frozen):
    """What one practice serves besides its own statements, and what it does not."""

    serves: Annotated[tuple[Text, ...], Field(min_length=1, max_length=60)]
    not_for: Annotated[tuple[Text, ...], Field(max_length=20)] = ()


def with_statements(practices: Iterable[Practice], folder: Path = STATEMENTS) -> tuple[Practice, ...]:
    """The practices with the statements of the folder's ``*.yaml`` files.

    Raises:
        LibraryError: a file is broken, names a practice that is not there or twice, or repeats a statement.
    """
    known = {practice.id: practice for practice in practices}
    found: dict[str, Statements] = {}
    for path in sorted(folder.glob("*.yaml")):
        source = read_marked(path)
        if not isinstance(source.data, dict):
            raise LibraryError(path, 1, "must be a mapping of practice ids")
        for key, entry in source.data.items():
            if key not in known or key in found:
                problem = "is named twice" if key in found else "is no practice of the library"
                raise LibraryError(path, source.line_of((key,)), f"{key!r} {problem}")
            found[key] = _read(source, key, entry, known[key])
    return tuple(_joined(practice, found.get(practice.id)) for practice in known.values())


def _read(source: MarkedYaml, key: str, entry: object, practice: Practice) -> Statements:
    try:
        statements = Statements.model_validate(entry)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        field = ".".join(str(step) for step in fault["loc"])
        raise LibraryError(source.path, source.line_of((key, *fault["loc"])), fault["msg"], key, field) from error
    lines = [*practice.serves, *practice.not_for, *statements.serves, *statements.not_for]
    twice = next((line for place, line in enumerate(lines) if line in lines[:place]), None)
    if twice is not None:
        raise LibraryError(source.path, source.line_of((key,)), f"says twice: {twice}", key)
    return statements


def _joined(practice: Practice, statements: Statements | None) -> Practice:
    if statements is None:
        return practice
    return practice.model_copy(update={"also_serves": statements.serves, "also_not_for": statements.not_for})
