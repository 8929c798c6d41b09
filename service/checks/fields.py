"""The free text of an item, field by field, by path.

Owns: which fields of a record are prose, reading them and writing them back. Must not know: what
a rule wants of them. Paths look like ``shift.to_state`` or ``agenda.2.step``; a `FieldSource`
for ``agenda`` covers every path below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from corpora.records import Frozen
from service.plan.provenance import FieldSource, Provenance

RecordT = TypeVar("RecordT", bound=Frozen)

#: Ids, verbatim words of the document, whole records that are looked at on their own, and what a practice serves:
#: statements of imagined documents, whose numbers vouch for nothing.
NOT_PROSE = frozenset(
    {
        "id", "intent_ids", "practice_id", "capability", "quotes", "quote", "terms", "sources", "flags",
        "indicator_ids", "item_ids", "first_lines", "technique", "alternative", "guards", "serves", "not_for",
    }
)  # fmt: skip

#: Who may vouch for words that the document does not hold.
FLAGGED = frozenset(
    {
        Provenance.proposed,
        Provenance.hypothesis,
        Provenance.assumption,
        Provenance.profile,
        Provenance.person,
    }
)


@dataclass(frozen=True, slots=True)
class TextField:
    """One field of prose."""

    path: str
    text: str


def texts_of(record: Frozen) -> tuple[TextField, ...]:
    """Every prose field of `record` in field order, nested records and tuples included."""
    return tuple(_texts(record, ""))


def with_texts(record: RecordT, changes: Mapping[str, str]) -> RecordT:
    """The same record with the texts at the given paths replaced; the caller keeps them valid."""
    return cast(RecordT, _changed(record, "", changes)) if changes else record


def covers(source: FieldSource, path: str) -> bool:
    """Whether `source` speaks for the field at `path`."""
    return path == source.field or path.startswith(f"{source.field}.")


def is_flagged(sources: Iterable[FieldSource], path: str) -> bool:
    """Whether somebody other than the document vouches for the field at `path`."""
    return any(covers(source, path) and source.provenance in FLAGGED for source in sources)


def _texts(value: object, path: str) -> Iterator[TextField]:
    if type(value) is str:
        yield TextField(path, value)
    elif isinstance(value, Frozen):
        for name in type(value).model_fields:
            if name not in NOT_PROSE:
                yield from _texts(getattr(value, name), f"{path}.{name}".lstrip("."))
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _texts(entry, f"{path}.{index}")


def _changed(value: object, path: str, changes: Mapping[str, str]) -> object:
    if type(value) is str:
        return changes.get(path, value)
    if isinstance(value, tuple):
        return tuple(_changed(entry, f"{path}.{index}", changes) for index, entry in enumerate(value))
    if isinstance(value, Frozen):
        names = [name for name in type(value).model_fields if name not in NOT_PROSE]
        below = {name: _changed(getattr(value, name), f"{path}.{name}".lstrip("."), changes) for name in names}
        return value.model_copy(update=below)
    return value
