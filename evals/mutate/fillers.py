"""The words that operators put in: written by one reader, kept apart from code and from the rubric's lists.

Owns: the fields of `fillers.yaml`. Must not know: operators, checks, lexicons.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from corpora.records import Frozen

FILLERS = Path(__file__).parent / "fillers.yaml"


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


def load_fillers(path: Path = FILLERS) -> Fillers:
    """The fillers.

    Raises:
        pydantic.ValidationError: A list is missing, unknown or of the wrong type.
    """
    with path.open(encoding="utf-8") as source:
        return Fillers.model_validate(yaml.safe_load(source))
