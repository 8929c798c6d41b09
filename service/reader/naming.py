"""From a term as it stands in a sentence to a noun that fits a slot: singular, plural, case.

Owns: inflection and case of slot values. Must not know: practices, engines.
"""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.documents import Document
from service.reader.nouns import HEADS

#: One-word terms of everyday language: a document that writes "the Service" does not lend its capital.
COMMON = frozenset(lemma for _, lemmas in HEADS for lemma in lemmas if len(lemma) > 3)
#: "API", "APIs": inflected by its final s alone.
ACRONYM = re.compile(r"[A-Z]{2,}s?")


def singular(noun: str) -> str:
    """The last word in the singular; unknown words stay as they are."""
    return _inflected(noun, "NN")


def plural(noun: str) -> str:
    """The last word in the plural."""
    return _inflected(noun, "NNS")


@lru_cache(maxsize=4096)  # a document's few nouns are asked for again with each intent
def _inflected(noun: str, tag: str) -> str:
    import lemminflect  # 0.3 s to import: only where a document is worded

    head, _, last = noun.rpartition(" ")
    if not last.isalpha():
        return noun
    if ACRONYM.fullmatch(last):
        stem = last.rstrip("s")
        return f"{head} {stem if tag == 'NN' else stem + 's'}".strip()
    capital = last[0].isupper()
    lemmas = lemminflect.getLemma(last.lower(), upos="NOUN")
    lemma = lemmas[0] if lemmas else last.lower()
    forms = lemminflect.getInflection(lemma, tag=tag) or ((lemma,) if tag == "NN" else (lemma + "s",))
    word = forms[0].capitalize() if capital else forms[0]
    return f"{head} {word}".strip()


def in_running_text(noun: str, document: Document) -> str:
    """The noun in the case the document gives it inside sentences: capitals only where they are its own."""
    if noun.isupper() or noun == noun.lower():
        return noun
    if singular(noun).lower() in COMMON:
        return noun.lower()
    if any(word[:1].isupper() for word in noun.split()[1:]):
        return noun  # "Senior Product Manager" is written as a title, and half a title would be left
    lower = noun[:1].lower() + noun[1:]
    inside = re.compile(rf"[a-z,;] {re.escape(noun)}\b")
    return noun if inside.search(document.text) else lower if noun.split()[0][1:].islower() else noun
