"""Match: practice candidates for each intent, by fit and with diversity.

Owns: fit of a practice to an intent, and the diversified short list. Must not know: wording, engines,
storage. A fit is the estimated probability that whoever leads the work would call the practice fitting
(`service/matching/model.py`); the best of an intent's quotes counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpora.records import Kind, Need
from service.library import Library
from service.matching.likeness import Seen
from service.matching.model import probability
from service.plan.intents import Intent
from service.plan.proposals import Candidate
from service.plan.reading import Reading, TraitKind

WANTED: Mapping[Kind, int] = {Kind.behaviour: 8, Kind.ritual: 4, Kind.policy: 2}
LEAST_FIT = 0.10
DIVERSITY = 0.35
#: Taken from the log odds of a practice that needs what the document does not show.
UNMET = 1.5
#: Taken from the log odds for each cosine by which a practice's near misses are nearer than what it serves.
NEARER_NOT_FOR = 8.0


@dataclass(frozen=True, slots=True)
class Fits:
    """Fit of every practice to every intent, shape (intents, practices), and capability fits (intents, 12)."""

    intent_ids: tuple[str, ...]
    practices: NDArray[np.float64]
    capabilities: NDArray[np.float64]

    def of(self, intents: Sequence[Intent]) -> Fits:
        """The rows of these intents, in their order."""
        rows = [self.intent_ids.index(intent.id) for intent in intents]
        return Fits(tuple(intent.id for intent in intents), self.practices[rows], self.capabilities[rows])


def intent_vectors(intent: Intent, reading: Reading) -> NDArray[np.float32]:
    """Unit rows, one a sentence that the intent's quotes touch."""
    ids = {sentence_id for quote in intent.quotes for sentence_id in quote.sentence_ids}
    return reading.vectors[[sentence.row for sentence in reading.sentences if sentence.id in ids]]


def fits(intents: Sequence[Intent], reading: Reading, library: Library) -> Fits:
    """How well each practice and capability serves each intent."""
    rows, capabilities = [], []
    met = met_needs(reading)
    blocked = np.array([not set(practice.needs) <= met for practice in library.practices])
    for intent in intents:
        vectors = intent_vectors(intent, reading)
        logits = library.fit_model.logits(features_of(vectors, _words_of(intent), library))
        logits = logits - NEARER_NOT_FOR * _nearer_not_for(vectors, library)
        rows.append(probability(np.where(blocked, logits - UNMET, logits)))
        capabilities.append(_demand(vectors, library))
    return Fits(
        tuple(intent.id for intent in intents),
        np.array(rows, dtype=np.float64),
        np.array(capabilities, dtype=np.float64).round(6).astype(np.float64),
    )


def features_of(vectors: NDArray[np.float32], text: str, library: Library) -> NDArray[np.float64]:
    """What the fit is made of, one row a practice; `vectors` are the intent's sentences, `text` its words."""
    demand = {c.id: value for c, value in zip(library.capabilities, _demand(vectors, library), strict=True)}
    seen = Seen(
        purpose=(library.purposes @ vectors.T).max(axis=1).astype(np.float64),
        capability=np.array([demand[practice.capability] for practice in library.practices]),
    )
    return library.likeness.features(vectors, text, seen)


def _nearer_not_for(vectors: NDArray[np.float32], library: Library) -> NDArray[np.float64]:
    count = len(library.practices)
    serve = _best(library.serves, library.serves_of, vectors, count)
    against = _best(library.not_for, library.not_for_of, vectors, count)
    return np.maximum(0.0, against - serve)


def _demand(vectors: NDArray[np.float32], library: Library) -> NDArray[np.float64]:
    return _best(library.demands, library.demands_of, vectors, len(library.capabilities))


def _words_of(intent: Intent) -> str:
    return " ".join(dict.fromkeys(quote.text for quote in intent.quotes))


def _best(
    statements: NDArray[np.float32], owners: NDArray[np.intp], vectors: NDArray[np.float32], count: int
) -> NDArray[np.float64]:
    """Best cosine of any vector to any statement of each owner, shape (count,)."""
    best = np.zeros(count)
    if len(statements):
        np.maximum.at(best, owners, (statements @ vectors.T).max(axis=1).astype(np.float64))
    return best


def met_needs(reading: Reading) -> set[Need]:
    """What the document shows to exist; needs that any organisation meets are always met."""
    met = {Need.users_reachable, Need.funding_cycle, Need.senior_leader, Need.several_teams}
    words = reading.document.text.lower()
    if any(trait.kind is TraitKind.suppliers for trait in reading.traits):
        met.add(Need.suppliers)
    if re.search(r"\b(?:release|deploy|software|digital|online|app|platform|api|product|website|code)\w*\b", words):
        met.add(Need.releases)
    if re.search(r"\b(?:incident|outage|failure|safety|harm|complaint|defect|near miss|bug)\w*\b", words):
        met.add(Need.incidents)
    if re.search(r"\b(?:customers?|sales|market|buyers?|shoppers?|revenue)\b", words):
        met.add(Need.customers_who_buy)
    return met


def candidates(row: NDArray[np.float64], library: Library) -> tuple[Candidate, ...]:
    """Short list for one intent: per kind the best, each unlike those before it; best fit first."""
    chosen: list[Candidate] = []
    for kind, wanted in WANTED.items():
        pool = [i for i, p in enumerate(library.practices) if p.kind is kind and row[i] >= LEAST_FIT]
        chosen += [Candidate(library.practices[i], float(row[i])) for i in _diverse(pool, row, library, wanted)]
    return tuple(sorted(chosen, key=lambda c: (-c.fit, c.practice.number)))


def _diverse(pool: Sequence[int], row: NDArray[np.float64], library: Library, wanted: int) -> list[int]:
    """Maximal marginal relevance over the practices' purposes."""
    left, chosen = sorted(pool, key=lambda i: (-row[i], i)), list[int]()
    while left and len(chosen) < wanted:
        near = [max((float(library.purposes[i] @ library.purposes[j]) for j in chosen), default=0.0) for i in left]
        best = max(
            range(len(left)), key=lambda k: (round(row[left[k]] - DIVERSITY * max(0.0, near[k] - 0.5), 6), -left[k])
        )
        chosen.append(left.pop(best))
    return chosen
