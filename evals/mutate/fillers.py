"""The words that operators put in: written by readers, kept apart from code and from the rubric's lists.

Owns: the fields of `fillers.yaml` and of the second reader's set, and which three in ten are held back. Must not
know: operators, checks, lexicons. The split goes by hash, so nobody chose it; what is held back is left out while
rules are mended (`mutate --tuning`) and is told apart in the matrix.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from corpora.records import Frozen

FILLERS = Path(__file__).parent / "fillers.yaml"
SECOND = Path(__file__).parent / "fillers_second.yaml"
HELD_BACK = 0.3
#: Both attacks need one entry of each; the rest is split.
WHOLE = frozenset({"commands", "hollow"})


class Part(StrEnum):
    """Who wrote a mutant's words, and whether they were held back while rules were mended."""

    first = "first"
    first_held = "first, held back"
    second = "second"
    second_held = "second, held back"

    @property
    def held(self) -> bool:
        """Whether rules were mended without it."""
        return self in {Part.first_held, Part.second_held}

    def as_held(self) -> Part:
        """The same writer's words, held back."""
        return Part.first_held if self in {Part.first, Part.first_held} else Part.second_held


class Platitude(Frozen):
    """An act that any organisation could do."""

    trigger: str
    action: str
    mechanism: str


class ToolWork(Frozen):
    """Setting up a tool; `{topic}` stands for the item's own subject."""

    action: str
    to_state: str


class Count(Frozen):
    """A count that flatters."""

    name: str
    numerator: str


class Ranking(Frozen):
    """A measure of persons; `{name}` stands for the indicator's own name."""

    name: str
    scope: str


class Paraphrase(Frozen):
    """A ritual of the seeds in other words."""

    title: str
    purpose: str
    agenda: tuple[str, ...]


class Fillers(Frozen):
    """All slot fillers by operator, control or attack."""

    no_trigger: tuple[str, ...]
    vague_time: tuple[str, ...]
    platitudes: tuple[Platitude, ...]
    attitudes: tuple[str, ...]
    tool_work: tuple[ToolWork, ...]
    paraphrased_rituals: dict[str, Paraphrase]
    baselines: tuple[str, ...]
    sister_bodies: dict[str, dict[str, str]]
    vanity: tuple[Count, ...]
    rankings: tuple[Ranking, ...]
    persisting: tuple[str, ...]
    jargon: tuple[str, ...]
    nobody: tuple[str, ...]
    synonyms: dict[str, str]
    american: dict[str, str]
    rationale: tuple[str, ...]
    role_titles: dict[str, str]
    commands: tuple[str, str]
    hollow: dict[str, tuple[str, ...]]

    def part(self, *, held: bool) -> Fillers:
        """Three in ten entries of each list, by hash, or the other seven."""
        split = {name: _split(getattr(self, name), held) for name in type(self).model_fields if name not in WHOLE}
        return self.model_copy(update=split)


def load_fillers(path: Path = FILLERS) -> Fillers:
    """The fillers.

    Raises:
        pydantic.ValidationError: A list is missing, unknown or of the wrong type.
    """
    with path.open(encoding="utf-8") as source:
        return Fillers.model_validate(yaml.safe_load(source))


def load_parts() -> dict[Part, Fillers]:
    """Both readers' fillers, each in what is open and what is held back."""
    first, second = load_fillers(), load_fillers(SECOND)
    return {
        Part.first: first.part(held=False),
        Part.first_held: first.part(held=True),
        Part.second: second.part(held=False),
        Part.second_held: second.part(held=True),
    }


def held_back(names: Iterable[str]) -> frozenset[str]:
    """Three in ten of the names, rounded, at least one of three: those whose hashes are smallest."""
    ordered = sorted(names, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return frozenset(ordered[: round(HELD_BACK * len(ordered))])


def _split(entries: Any, held: bool) -> Any:  # noqa: ANN401 - lists of words, records or dictionaries of either
    if isinstance(entries, dict):
        if entries and all(isinstance(value, dict) for value in entries.values()):
            return {name: _split(below, held) for name, below in entries.items()}
        chosen = held_back(entries)
        return {name: value for name, value in entries.items() if (name in chosen) is held}
    return _split_list(entries, held)


def _split_list(entries: Sequence[object], held: bool) -> tuple[object, ...]:
    chosen = held_back(str(entry) for entry in entries)
    return tuple(entry for entry in entries if (str(entry) in chosen) is held)
