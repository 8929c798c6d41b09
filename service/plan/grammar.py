"""The grammar of one sentence, as records.

Owns: Chunk, Name, Word, Deed, Grammar. Must not know: spaCy, documents, engines.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chunk:
    """A noun chunk: offsets within the sentence, its head's lemma and dependency."""

    start: int
    end: int
    head: str
    dep: str
    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A named entity spaCy saw: offsets within the sentence and its label."""

    start: int
    end: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a sentence wants done: the verb's lemma and where it begins; spans are sentence offsets.

    `object_span` is what it is done to (`head` its head noun's lemma), `party_span` for or with whom, `doing_span`
    what those who are helped would do. `cut` says that the object is too little of what the sentence says of it.
    """

    verb: str
    start: int
    object_span: tuple[int, int] | None
    head: str
    party_span: tuple[int, int] | None
    party_plural: bool
    doing_span: tuple[int, int] | None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """One token of the parse: offsets within the sentence, its head's place among the tokens, relation, tag, lemma."""

    start: int
    end: int
    head: int
    dep: str
    tag: str
    lemma: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """Subject, modal, root verb, object, tense and marks of one sentence.

    `form` is one of: statement, imperative, gerund, infinitive, fragment, question. `object_span`
    runs over the root's object or complement with its modifiers, in sentence offsets; `object_dep` is
    its dependency. `tree` holds every token in order.
    """

    subject: str
    subject_start: int | None
    subject_lemma: str
    modal: str
    verb: str
    tense: str
    form: str
    negated: bool
    passive: bool
    object_span: tuple[int, int] | None
    object_dep: str
    root_span: tuple[int, int]
    chunks: tuple[Chunk, ...]
    names: tuple[Name, ...]
    words: int
    tree: tuple[Word, ...] = ()
    deeds: tuple[Deed, ...] = ()
