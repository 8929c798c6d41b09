"""Practices of an organisation's own, checked as the library's are, with every fault in plain words.

Owns: reading them from YAML or from fields, what is said of each fault, and the id that pins a revision. Must not
know: forms on pages, storage, plans. The text is untrusted: bounded, without aliases, not deeply nested.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from corpora.load import fitting_faults, slot_faults
from corpora.marked_yaml import FieldPath, LibraryError, MarkedYaml, read_marked
from corpora.plain_faults import plain_fault
from corpora.records import Practice

MOST_CHARACTERS = 200_000
MOST_PRACTICES = 50
MOST_NESTED = 12
#: Longest text of a field: nobody reads more on a card.
MOST_TEXT = 600
#: Numbers of the library's practices end far below.
FIRST_NUMBER = 501
PREFIX = "own-"
_YAML = Path("your practices")
_REVISION = re.compile(r"-(\d+)$")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field (a dotted path), where it stands in a file, and what to do."""

    field: str
    why: str
    line: int | None = None


class OwnPracticeError(ValueError):
    """Practices that cannot be kept; `faults` names every field."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(_told(fault) for fault in faults))


def practice_of(entry: Mapping[str, Any], practice_id: str, number: int) -> Practice:
    """The practice that the fields describe, under an id and a number of ours.

    Raises:
        OwnPracticeError: a field does not fit; all faults are named.
    """
    try:
        practice = Practice.model_validate({**entry, "id": practice_id, "number": number})
    except ValidationError as error:
        faults = [_fault(path, one) for path, one in fitting_faults(error, str(entry.get("kind")))]
        raise OwnPracticeError(list(dict.fromkeys(faults))) from error
    rows = practice.model_dump(mode="json")
    faults = [Fault(_dotted(path), why) for path, why in slot_faults(practice)]
    faults += [Fault(_dotted(path), f"keep it below {MOST_TEXT} characters") for path in _long(rows)]
    if faults:
        raise OwnPracticeError(faults)
    return practice


def entries_in(text: str) -> tuple[tuple[dict[str, Any], dict[str, int]], ...]:
    """Practices in YAML, one or a list, each with the line of every field.

    Raises:
        OwnPracticeError: it is no YAML, holds no practice or too many.
    """
    _refuse_odd_yaml(text)
    try:
        source = read_marked(_YAML, text)
    except LibraryError as error:
        raise OwnPracticeError([Fault("", error.problem, error.line)]) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise OwnPracticeError([Fault("", "is not valid YAML: a value cannot be read")]) from error
    found = source.data if isinstance(source.data, list) else [source.data]
    if not found or not all(isinstance(entry, dict) for entry in found):
        raise OwnPracticeError([Fault("", "holds no practice: begin as the example shows")])
    if len(found) > MOST_PRACTICES:
        raise OwnPracticeError([Fault("", f"holds {len(found)} practices; bring at most {MOST_PRACTICES} at once")])
    return tuple((_text_keys(entry), _lines(source, entry, index)) for index, entry in enumerate(found))


def slug_of(name: str) -> str:
    """A name as part of an id: plain letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "practice"


def revised_id(slug: str, revision: int) -> str:
    """The id of one revision: it never names another text, so a plan's practice id pins the words it was made from."""
    return f"{PREFIX}{slug}-{revision}"


def is_own(practice_id: str) -> bool:
    """Whether an id is one of an organisation's own practices."""
    return practice_id.startswith(PREFIX) and _REVISION.search(practice_id) is not None


def _refuse_odd_yaml(text: str) -> None:
    """Read the events alone: they cost no depth and no copies."""
    if len(text) > MOST_CHARACTERS:
        raise OwnPracticeError([Fault("", f"is longer than {MOST_CHARACTERS:,} characters; bring it in parts")])
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.AliasEvent):
                raise OwnPracticeError([Fault("", "uses YAML aliases (*name); write the words out")])
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MOST_NESTED:
                raise OwnPracticeError([Fault("", "is nested too deeply for a practice")])
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise OwnPracticeError([Fault("", f"is not valid YAML: {error.problem}", line)]) from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise OwnPracticeError([Fault("", "holds characters that YAML does not allow")]) from error


def _text_keys(entry: Mapping[object, Any]) -> dict[str, Any]:
    return {str(key): value for key, value in entry.items()}


def _lines(source: MarkedYaml, entry: Mapping[object, Any], index: int) -> dict[str, int]:
    """The line of the entry (under the empty path) and of each of its fields."""
    place: tuple[str | int, ...] = (index,) if isinstance(source.data, list) else ()
    found = {"": source.line_of(place)}
    for path in _paths(entry):
        found[_dotted(path)] = source.line_of((*place, *path))
    return found


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    below = [found for key, one in pairs for found in _paths(one, (*path, key if isinstance(key, int) else str(key)))]
    return [*([path] if path else []), *below]


def _long(value: object, path: tuple[str | int, ...] = ()) -> list[FieldPath]:
    if isinstance(value, str):
        return [path] if len(value) > MOST_TEXT else []
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, one in pairs for found in _long(one, (*path, key))]


def _fault(path: FieldPath, error: Mapping[str, Any]) -> Fault:
    kind = str(error["type"])
    if kind == "string_pattern_mismatch":
        return Fault(_dotted(path), "must be one of K1 to K12")
    return Fault(_dotted(path), plain_fault(kind, error.get("ctx", {}), str(error["msg"])))


def _dotted(path: FieldPath) -> str:
    return ".".join(str(step) for step in path)


def _told(fault: Fault) -> str:
    line = f"line {fault.line}: " if fault.line else ""
    return f"{line}{fault.field} {fault.why}".strip()
