"""The good plans that are spoilt, each with what the checks may look at.

Owns: Seed, loading the committed plans, and vectors kept between mutants. Must not know: operators.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpora.lexicons import load_lexicons
from evals.cases import ROOT, STRATEGIES
from evals.workbench import reference_intents
from retrieval.documents import Document
from retrieval.embed import Embedder, load_embedder
from retrieval.parse import parse_bytes
from service.checks import CheckContext, score
from service.library import load_library
from service.plan.plan import CriterionScore, Plan

PLANS = ROOT / "evals" / "datasets" / "plans"


class RememberingEmbedder:
    """An embedder that computes each text once: mutants share nearly all of theirs."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self._rows: dict[str, NDArray[np.float32]] = {}

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row a text, shape (len(texts), width)."""
        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        if new:
            self._rows.update(zip(new, self._inner.embed(new), strict=True))
        return np.stack([self._rows[text] for text in texts])


@dataclass(frozen=True, slots=True)
class Seed:
    """A good plan, its context and its scores before any change."""

    name: str
    plan: Plan
    context: CheckContext
    scores: tuple[CriterionScore, ...]

    @property
    def document(self) -> Document:
        """The document the plan was made from."""
        return self.context.document


def load_seeds(embedder: Embedder | None = None, names: Sequence[str] | None = None) -> tuple[Seed, ...]:
    """The committed plans in the order of their names, scored.

    Args:
        embedder: Computes vectors; None loads the packaged one.
        names: Only these; None for all.

    Raises:
        pydantic.ValidationError: A committed plan does not fit the schema.
    """
    inner = embedder or load_embedder(None, None)
    library, memory = load_library(inner, practices=()), RememberingEmbedder(inner)
    references, lexicons = reference_intents(), load_lexicons()
    seeds = []
    for path in sorted(PLANS.glob("*.json")):
        if names is not None and path.stem not in names:
            continue
        others = tuple(text for name, texts in references.items() if name != path.stem for text in texts)
        context = CheckContext(
            document=document_of(path.stem),
            practices=library.by_id(),
            budgets=library.budgets,
            lexicons=lexicons,
            embedder=memory,
            reference_intents=others,
        )
        plan = Plan.model_validate_json(path.read_text(encoding="utf-8"))
        seeds.append(Seed(path.stem, plan, context, score(plan, context)))
    return tuple(seeds)


def document_of(name: str, folder: Path = STRATEGIES) -> Document:
    """The sample strategy of this name, parsed."""
    path = folder / f"{name}.md"
    return parse_bytes(path.read_bytes(), path.name)
