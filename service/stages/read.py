"""Read: a parsed document becomes sentences with grammar, commitment, terms, traits and findings.

Owns: the order of reading. Must not know: intents, practices, engines.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpora.routines import ActClass
from retrieval.chunk import embedding_text
from retrieval.documents import Document, Passage, Sentence, Span
from retrieval.embed import Embedder
from service.plan.grammar import Grammar
from service.plan.reading import Reading, ReadSentence
from service.reader.against import reasons_against
from service.reader.binding import binding
from service.reader.commitment import NO_HEADING, CommitmentModel, Seen, probabilities
from service.reader.features import feature_row
from service.reader.findings import find_findings
from service.reader.grammar import GrammarReader
from service.reader.leadin import lead_ins
from service.reader.routines import find_routines
from service.reader.terms import find_terms
from service.reader.traits import find_traits


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading needs, built once; `acts` are the classes of acts by which it knows a stated routine."""

    grammar: GrammarReader
    embedder: Embedder
    commitment: CommitmentModel
    acts: tuple[ActClass, ...] = ()


def read(
    document: Document,
    sentences: Sequence[Sentence],
    passages: Sequence[Passage],
    reader: Reader,
    passage_vectors: NDArray[np.float32] | None = None,
) -> Reading:
    """The document read; vectors of passages already embedded (rows in order) may be handed in."""
    texts = [sentence.text for sentence in sentences]
    with ThreadPoolExecutor(max_workers=1) as beside:  # the embedder computes outside Python's lock
        embedding = beside.submit(reader.embedder.embed, texts)
        grammars = tuple(reader.grammar.read(texts))
        vectors = embedding.result()
    read_sentences = _read_sentences(document, sentences, grammars, vectors, reader)
    if passage_vectors is None:
        passage_vectors = reader.embedder.embed([embedding_text(passage) for passage in passages])
    return Reading(
        document=document,
        sentences=read_sentences,
        vectors=vectors,
        passages=tuple(passages),
        passage_vectors=passage_vectors,
        terms=find_terms(document, sentences, grammars),
        traits=find_traits(sentences),
        findings=find_findings(read_sentences, vectors),
        grammars=grammars,
        routines=find_routines(document, read_sentences, reader.grammar, reader.acts),
    )


def _read_sentences(
    document: Document,
    sentences: Sequence[Sentence],
    grammars: Sequence[Grammar],
    vectors: NDArray[np.float32],
    reader: Reader,
) -> tuple[ReadSentence, ...]:
    if not sentences:
        return ()
    paths = [document.blocks[s.block].location.heading_path for s in sentences]
    headings = [" > ".join(path[-2:]) for path in paths]
    kinds = [document.blocks[s.block].kind for s in sentences]
    features = np.array(
        [feature_row(s.text, " > ".join(p), k, g) for s, p, k, g in zip(sentences, paths, kinds, grammars, strict=True)]
    )
    seen = Seen(vectors, features, heading_vectors(headings, reader.embedder))
    rules = np.array([binding(s.text, k, p, g) for s, k, p, g in zip(sentences, kinds, paths, grammars, strict=True)])
    commitment = probabilities(reader.commitment.odds(seen), rules, paths)
    intent_kinds = reader.commitment.kinds_of(seen)
    found = tuple(
        ReadSentence(
            sentence=sentence,
            row=row,
            kind=kinds[row],
            location=document.blocks[sentence.block].location,
            heading=headings[row],
            depth=document.blocks[sentence.block].depth,
            core=Span(sentence.span.start, sentence.span.end),
            commitment=float(commitment[row]),
            intent_kind=intent_kinds[row],
            reasons_against=reasons_against(sentence.text, headings[row], kinds[row], grammars[row]),
            subject=grammars[row].subject,
            verb=grammars[row].verb,
            modal=grammars[row].modal,
            tense=grammars[row].tense,
        )
        for row, sentence in enumerate(sentences)
    )
    lent = lead_ins(found)
    return tuple(replace(s, commitment=lent.get(s.row, s.commitment)) for s in found)


def heading_vectors(headings: Sequence[str], embedder: Embedder) -> NDArray[np.float32]:
    """One row a sentence: the vector of its heading path; each heading is embedded once."""
    unique = sorted(set(headings))
    vectors = embedder.embed([heading or NO_HEADING for heading in unique])
    row = {heading: n for n, heading in enumerate(unique)}
    return vectors[[row[heading] for heading in headings]]
