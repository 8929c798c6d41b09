"""The practice library with its vectors, ready to be matched.

Owns: Library and how its vectors are made and kept. Must not know: documents, plans, engines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from corpora.budgets import Budgets
from corpora.gathering import Gathering
from corpora.load import (
    library_version,
    load_act_classes,
    load_budgets,
    load_capabilities,
    load_gathering,
    load_practices,
)
from corpora.records import Capability, Frozen, Practice
from corpora.routines import ActClass
from corpora.slots import render
from retrieval.embed import Embedder
from service.matching.likeness import Likeness, Texts, make_likeness
from service.matching.model import FitModel, load_fit_model

#: Unit vectors of texts, float32 (n, 384).
Embed = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Library:
    """Practices and capabilities with the vectors of the intents they serve.

    `serves` and `not_for` hold one row a statement, `serves_of`/`not_for_of` the practice index of
    each row; `demands` one row a capability statement, `demands_of` its capability index;
    `purposes` one row a practice. All float32 unit rows of 384. `likeness` and `fit_model` say how
    well an intent and a practice suit each other. `deeds` are practices that follow from a sentence's verb and object,
    not from its meaning, and `deed_purposes` their rows. `acts` and `gathering` give words to the document's own
    routines and to a meeting over them; the `version` covers them all. `retired` are older revisions of an
    organisation's own practices: never offered, but plans name them.
    """

    practices: tuple[Practice, ...]
    capabilities: tuple[Capability, ...]
    budgets: Budgets
    acts: tuple[ActClass, ...]
    gathering: Gathering
    version: str
    serves: NDArray[np.float32]
    serves_of: NDArray[np.intp]
    not_for: NDArray[np.float32]
    not_for_of: NDArray[np.intp]
    purposes: NDArray[np.float32]
    demands: NDArray[np.float32]
    demands_of: NDArray[np.intp]
    likeness: Likeness
    fit_model: FitModel
    deeds: tuple[Practice, ...] = ()
    deed_purposes: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 384), dtype=np.float32))
    retired: tuple[Practice, ...] = ()

    @property
    def offered(self) -> tuple[Practice, ...]:
        """All practices that plans may be made of, by number: matched by meaning or called for by deeds."""
        return tuple(sorted((*self.practices, *self.deeds), key=lambda practice: practice.number))

    def purpose_of(self, practice_id: str) -> NDArray[np.float32]:
        """The vector of a practice's purpose; KeyError if it is not offered."""
        for practices, rows in ((self.practices, self.purposes), (self.deeds, self.deed_purposes)):
            for row, practice in enumerate(practices):
                if practice.id == practice_id:
                    return np.asarray(rows[row], dtype=np.float32)
        raise KeyError(practice_id)

    def beside(self) -> tuple[Frozen, ...]:
        """What beside the practices gives a plan its words and limits."""
        return (*self.capabilities, self.budgets, *self.acts, self.gathering)

    def by_id(self) -> dict[str, Practice]:
        """Practices by id, with those that plans still rest on though they are offered no more."""
        return {practice.id: practice for practice in (*self.retired, *self.deeds, *self.practices)}


def load_library(embedder: Embedder, cache: Path | None = None, practices: Sequence[Practice] | None = None) -> Library:
    """The library; vectors are kept in `cache` under a name made of texts and embedder.

    Raises:
        corpora.load.LibraryError: a file of the library is wrong.
    """
    everything = tuple(practices) if practices is not None else load_practices()
    entries = tuple(practice for practice in everything if not practice.deeds)
    deeds = tuple(practice for practice in everything if practice.deeds)
    capabilities, budgets, acts, gathering = load_capabilities(), load_budgets(), load_act_classes(), load_gathering()
    groups = {
        "serves": [text for practice in entries for text in practice.serves],
        "not_for": [text for practice in entries for text in practice.not_for],
        "purposes": [render(f"{p.purpose} {p.mechanism}", {}) for p in entries],
        "deeds": [render(f"{p.purpose} {p.mechanism}", {}) for p in deeds],
        "demands": [text for capability in capabilities for text in capability.demanded_by],
    }
    vectors = _vectors(groups, embedder, cache)
    serves_of = _owners([len(p.serves) for p in entries])
    return Library(
        practices=entries,
        capabilities=capabilities,
        budgets=budgets,
        acts=acts,
        gathering=gathering,
        version=library_version(everything, (*capabilities, budgets, *acts, gathering)),
        serves=vectors["serves"],
        serves_of=serves_of,
        not_for=vectors["not_for"],
        not_for_of=_owners([len(p.not_for) for p in entries]),
        purposes=vectors["purposes"],
        demands=vectors["demands"],
        demands_of=_owners([len(c.demanded_by) for c in capabilities]),
        likeness=make_likeness(vectors["serves"], serves_of, [_texts(practice) for practice in entries]),
        fit_model=load_fit_model(),
        deeds=deeds,
        deed_purposes=vectors["deeds"],
    )


def _texts(practice: Practice) -> Texts:
    own = " ".join([render(practice.purpose, {}), practice.name, *practice.themes])
    return Texts(practice.serves, own, practice.themes)


def with_own(library: Library, own: Sequence[Practice], retired: Sequence[Practice], embed: Embed) -> Library:
    """The library and an organisation's own practices beside it; their vectors are kept nowhere."""
    if not own:
        return replace(library, retired=tuple(retired))
    serves = [text for practice in own for text in practice.serves]
    not_for = [text for practice in own for text in practice.not_for]
    purposes = [render(f"{p.purpose} {p.mechanism}", {}) for p in own]
    first = len(library.practices)
    practices = (*library.practices, *own)
    rows = np.vstack([library.serves, embed(serves)])
    owners = np.concatenate([library.serves_of, first + _owners([len(p.serves) for p in own])])
    return replace(
        library,
        practices=practices,
        version=library_version((*practices, *library.deeds), library.beside()),
        serves=rows,
        serves_of=owners,
        likeness=make_likeness(rows, owners, [_texts(practice) for practice in practices]),
        not_for=np.vstack([library.not_for, embed(not_for)]),
        not_for_of=np.concatenate([library.not_for_of, first + _owners([len(p.not_for) for p in own])]),
        purposes=np.vstack([library.purposes, embed(purposes)]),
        retired=tuple(retired),
    )


def _owners(counts: Sequence[int]) -> NDArray[np.intp]:
    return np.repeat(np.arange(len(counts)), counts)


def _vectors(groups: dict[str, list[str]], embedder: Embedder, cache: Path | None) -> dict[str, NDArray[np.float32]]:
    """Vectors by group, kept in the cache; of many processes that ask at once, one computes them."""
    if cache is None:
        return _embedded(groups, embedder)
    key = hashlib.sha256("\x1f".join([embedder.name, *(t for g in groups.values() for t in g)]).encode()).hexdigest()
    kept = cache / f"library-{key[:16]}.npz"
    if not kept.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{kept}.lock"):
            if not kept.is_file():
                _keep(_embedded(groups, embedder), kept)
    with np.load(kept) as data:
        return {name: data[name] for name in groups}


def _embedded(groups: dict[str, list[str]], embedder: Embedder) -> dict[str, NDArray[np.float32]]:
    return {name: embedder.embed(texts) for name, texts in groups.items()}


def _keep(vectors: dict[str, NDArray[np.float32]], kept: Path) -> None:
    part = kept.with_suffix(".part.npz")
    np.savez(part, **vectors)  # type: ignore[arg-type]  # numpy's stub wants ArrayLike by keyword
    part.replace(kept)


def search_practices(query: str, library: Library, embedder: Embedder, limit: int) -> list[Practice]:
    """Practices for a few words, best first: meaning of what they serve and do, plus words in name and themes."""
    vector = embedder.embed([query])
    meaning = (library.purposes @ vector.T).max(axis=1).astype(np.float64)
    serves = np.zeros(len(library.practices))
    np.maximum.at(serves, library.serves_of, (library.serves @ vector.T).max(axis=1).astype(np.float64))
    words = set(query.lower().split())
    deeds = (library.deed_purposes @ vector.T).max(axis=1).astype(np.float64)
    found = (*library.practices, *library.deeds)
    lexical = np.array([len(words & _words(practice)) for practice in found], dtype=np.float64)
    score = np.concatenate([np.maximum(meaning, serves), deeds]) + 0.15 * np.minimum(lexical, 3)
    order = sorted(range(len(found)), key=lambda i: (-round(float(score[i]), 6), i))
    return [found[i] for i in order[:limit]]


def _words(practice: Practice) -> set[str]:
    return set(" ".join([practice.name, practice.id.replace("-", " "), *practice.themes]).lower().split())
