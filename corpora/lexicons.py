"""The rubric's word lists as one frozen record.

Owns: the fields of `lexicons.yaml` and its loading. Must not know: plans, documents, checks.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from corpora.records import Frozen

LEXICONS = Path(__file__).parent / "lexicons.yaml"

Words = tuple[str, ...]


class Lexicons(Frozen):
    """Word lists in lower case; `participles` and `synonyms` map a word to what may stand for it."""

    banned_verbs: Words
    participles: dict[str, str]
    synonyms: dict[str, str]
    vague_actors: Words
    vague_phrases: Words
    placeholders: Words
    tools: Words
    transforming: Words
    vanity: Words
    jargon: Words
    directive: Words
    ops_owners: Words
    empty_leadership: Words


def load_lexicons(path: Path | None = None) -> Lexicons:
    """The word lists.

    Raises:
        pydantic.ValidationError: A list is missing, unknown or of the wrong type.
    """
    with (path or LEXICONS).open(encoding="utf-8") as source:
        return Lexicons.model_validate(yaml.safe_load(source))
