"""Reads and validates the library; the only owner of the data paths.

Owns: where the data files lie, how they become frozen records, and what is refused (unknown
slots, ids or numbers used twice). Must not know: documents, plans, engines, storage.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from corpora.budgets import Budgets
from corpora.gathering import GATHERING_SLOTS, Gathering
from corpora.marked_yaml import FieldPath, LibraryError, MarkedYaml, read_marked
from corpora.records import SLOTS, Capability, Frozen, Practice, SampleStrategy
from corpora.routines import ROUTINE_SLOTS, ActClass
from corpora.slots import slot_problem

__all__ = [
    "LibraryError",
    "library_version",
    "load_act_classes",
    "load_budgets",
    "load_capabilities",
    "load_gathering",
    "load_practices",
    "load_strategies",
]

ROOT = Path(__file__).parent
PRACTICES = ROOT / "practices"
STRATEGIES = ROOT / "strategies"
CAPABILITIES = ROOT / "capabilities.yaml"
BUDGETS = ROOT / "budgets.yaml"
GATHERING = ROOT / "gathering.yaml"
ROUTINES = ROOT / "routines.yaml"

RecordT = TypeVar("RecordT", bound=Frozen)
_FORM_NAMES = {"behaviour": "BehaviourForm", "ritual": "RitualForm", "policy": "PolicyForm"}


def load_practices(folder: Path | None = None) -> tuple[Practice, ...]:
    """All practices of the ``*.yaml`` files in `folder`, sorted by number.

    Raises:
        LibraryError: A file is missing or broken, a record is invalid, a slot is unknown, or an
            id or number is used twice.
    """
    home = folder or PRACTICES
    found: list[Practice] = []
    seen: dict[str | int, str] = {}
    for path in sorted(home.glob("*.yaml")):
        source = read_marked(path)
        for index, practice in enumerate(_records(source, Practice)):
            _refuse_bad_slots(source, (index,), practice, SLOTS)
            _refuse_used(source, index, practice, ("id", "number"), seen)
            found.append(practice)
    if not found:
        raise LibraryError(home, 1, "holds no practices")
    return tuple(sorted(found, key=lambda practice: practice.number))


def load_capabilities(path: Path | None = None) -> tuple[Capability, ...]:
    """The twelve capabilities in order, K1 to K12."""
    source = read_marked(path or CAPABILITIES)
    found = _records(source, Capability)
    wanted = [f"K{number}" for number in range(1, 13)]
    if [capability.id for capability in found] != wanted:
        raise LibraryError(source.path, 1, f"must hold {wanted[0]} to {wanted[-1]} once each, in order")
    return found


def load_budgets(path: Path | None = None) -> Budgets:
    """The load budget."""
    source = read_marked(path or BUDGETS)
    return _validated(source, (), source.data, Budgets)


def load_gathering(path: Path | None = None) -> Gathering:
    """The meeting over a plan's own behaviours."""
    source = read_marked(path or GATHERING)
    gathering = _validated(source, (), source.data, Gathering)
    _refuse_bad_slots(source, (), gathering, GATHERING_SLOTS)
    return gathering


def load_act_classes(path: Path | None = None) -> tuple[ActClass, ...]:
    """The classes of acts in order; the first that fits an act wins."""
    source = read_marked(path or ROUTINES)
    found = _records(source, ActClass)
    seen: dict[str | int, str] = {}
    for index, act in enumerate(found):
        _refuse_bad_slots(source, (index,), act, ROUTINE_SLOTS)
        _refuse_used(source, index, act, ("id",), seen)
    if not found:
        raise LibraryError(source.path, 1, "holds no classes of acts")
    return found


def load_strategies(folder: Path | None = None) -> tuple[SampleStrategy, ...]:
    """The sample strategies, sorted by id: Markdown below YAML front matter between ``---`` lines."""
    found = tuple(_strategy(path) for path in sorted((folder or STRATEGIES).glob("*.md")))
    by_id = {strategy.id: strategy for strategy in found}
    if len(by_id) != len(found):
        raise LibraryError(folder or STRATEGIES, 1, "two strategies have the same id")
    return tuple(by_id[key] for key in sorted(by_id))


def library_version(practices: Iterable[Practice], beside: Iterable[Frozen] = ()) -> str:
    """Twelve hex digits of the SHA-256 over the canonical JSON of all that gives a plan its words and limits.

    The order of the practices does not count; that of what stands `beside` them does, as with classes of acts.
    """
    rows = sorted((practice.model_dump(mode="json") for practice in practices), key=lambda row: str(row["id"]))
    others = [record.model_dump(mode="json") for record in beside]
    canonical = json.dumps([rows, others], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def _records(source: MarkedYaml, record: type[RecordT]) -> tuple[RecordT, ...]:
    if not isinstance(source.data, list):
        raise LibraryError(source.path, source.first_line, f"must be a list of {record.__name__} entries")
    return tuple(_validated(source, (index,), entry, record) for index, entry in enumerate(source.data))


def _validated(source: MarkedYaml, place: tuple[int, ...], entry: object, record: type[RecordT]) -> RecordT:
    """Build one record; the first fault that fits the entry's kind is reported with its line."""
    try:
        return record.model_validate(entry)
    except ValidationError as error:
        kind = entry.get("kind") if isinstance(entry, Mapping) else None
        path, message = _first_fault(error, _FORM_NAMES.get(str(kind)))
        field = ".".join(str(step) for step in path)
        raise LibraryError(source.path, source.line_of((*place, *path)), message, _name_of(entry), field) from error


def _first_fault(error: ValidationError, form_name: str | None) -> tuple[FieldPath, str]:
    path, fault = _fitting(error, form_name)[0]
    return path, str(fault["msg"])


def fitting_faults(error: ValidationError, kind: str) -> list[tuple[FieldPath, Mapping[str, Any]]]:
    """Path and pydantic's record of every fault, leaving out those of the other kinds of form."""
    return _fitting(error, _FORM_NAMES.get(kind))


def _fitting(error: ValidationError, form_name: str | None) -> list[tuple[FieldPath, Mapping[str, Any]]]:
    faults: Sequence[Any] = error.errors(include_url=False)
    fitting = [fault for fault in faults if _form_tag(fault["loc"]) in (None, form_name)]
    return [(_without_tag(fault["loc"]), fault) for fault in (fitting or faults)]


def _without_tag(loc: FieldPath) -> FieldPath:
    return (*loc[:1], *loc[2:]) if _form_tag(loc) else loc


def _form_tag(loc: FieldPath) -> str | None:
    """Name of the form a fault under ``form`` was found against; pydantic puts it second in the path."""
    if len(loc) < 2 or loc[0] != "form":
        return None
    return next((name for name in _FORM_NAMES.values() if name in str(loc[1])), None)


def _name_of(entry: object) -> str | None:
    """What the entry calls itself, by its id or its name."""
    if not isinstance(entry, Mapping):
        return None
    return next((str(entry[key]) for key in ("id", "name") if key in entry), None)


def _refuse_bad_slots(source: MarkedYaml, place: tuple[int, ...], record: Frozen, known: Collection[str]) -> None:
    for path, problem in slot_faults(record, known):
        field = ".".join(str(step) for step in path)
        raise LibraryError(source.path, source.line_of((*place, *path)), problem, getattr(record, "id", None), field)


def _refuse_used(
    source: MarkedYaml, index: int, record: Frozen, fields: Sequence[str], seen: dict[str | int, str]
) -> None:
    """Refuses a record whose key another one has; notes in `seen` where its own keys stand."""
    for field in fields:
        key, line = getattr(record, field), source.line_of((index, field))
        if key in seen:
            problem = f"{key!r} is already used at {seen[key]}"
            raise LibraryError(source.path, line, problem, getattr(record, "id", None), field)
        seen[key] = f"{source.path.name}:{line}"


def slot_faults(record: Frozen, known: Collection[str] = tuple(SLOTS)) -> Iterator[tuple[FieldPath, str]]:
    """Path and fault of every text whose slots are wrong."""
    for path, text in _texts(record.model_dump(mode="json")):
        problem = slot_problem(text, known)
        if problem:
            yield path, problem


def _texts(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, (*path, str(key)))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _texts(item, (*path, position))


def _strategy(path: Path) -> SampleStrategy:
    text = path.read_text(encoding="utf-8")
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0]:
        raise LibraryError(path, 1, "must begin with YAML front matter between two '---' lines")
    front = read_marked(path, parts[1], first_line=2)
    if not isinstance(front.data, dict):
        raise LibraryError(path, 2, "front matter must be a mapping")
    return _validated(front, (), {**front.data, "text": parts[2].strip()}, SampleStrategy)
