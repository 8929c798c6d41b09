"""What the grounding rules look at, made once a document.

Owns: Site. Must not know: rules, stages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpora.records import Practice
from retrieval.documents import Document
from service.checks.facts import KnownFacts
from service.plan.provenance import Quote


@dataclass(frozen=True, slots=True)
class Site:
    """What the rules look at: the document, its facts, the library and its facts, the quotes of each intent."""

    document: Document
    known: KnownFacts
    practices: Mapping[str, Practice]
    forms: Mapping[str, KnownFacts]
    quotes: Mapping[str, tuple[Quote, ...]]
    speedy: frozenset[str]
    speed_trait: bool
