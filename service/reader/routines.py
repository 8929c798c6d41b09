"""Routines that a document states itself: an actor of the house, an act one can see, a rhythm or an occasion.

Owns: which sentences state one, and its parts as they are read aloud. Strict: what is doubtful is no routine, since a
wrong one is worse than none. Must not know: intents, practices, items, engines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpora.routines import ActClass
from retrieval.documents import BlockKind, Document, Span
from service.plan.reading import NotCommitment, ReadSentence
from service.plan.routine import Rhythm, Routine
from service.reader.grammar import GrammarReader
from service.reader.phrases import lead_end
from service.reader.rhythms import OPENING, Found, occasion, rhythms_in
from service.reader.routine_act import act_of
from service.reader.routine_actor import actor_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST = 55
MOST_WORDS = 42
READ = frozenset({BlockKind.paragraph, BlockKind.list_item, BlockKind.heading})
BINDING = frozenset({"will", "shall", "must", "'ll", "’ll"})
#: "Departments will:", "Each quarter the board must:": who acts, of the items under it.
LEAD_IN = re.compile(r"^(?P<lead>[^:;]{3,80}\b(?:will|shall|must)(?: (?:also|each|therefore|now))?)\s*:?\s*$")
LOOSE = re.compile(
    r"(?i)\b(?:regularly|as (?:needed|necessary|required|appropriate)|(?:where|when|if|wherever|whenever) (?:\w+ )?"
    r"(?:possible|appropriate|necessary|needed|relevant|required|useful)|from time to time|perhaps|possibly|for example|"
    r"if necessary|ideally|hopefully|aims? to|hopes? to|used to|so far|until now)\b"
)
AFTER_MODAL = re.compile(r"(?i)\b(?:will|shall|must),?\s+$")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
STARTING = re.compile(r"(?i)^(?:from|starting|beginning|as of)\b[^,]{3,40},\s+")
TRAILING = re.compile(
    r"(?i)\b(?:before|after|when|whenever|each time|every time|prior to|at the (?:start|beginning|end|close) of)\b"
    r".*\b(?:an?|each|every|any)\b"
)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A sentence ready to be parsed; `at` holds the canonical offset of each of its characters."""

    sentence: ReadSentence
    text: str
    at: tuple[int, ...]
    opening: Rhythm | None = None
    opening_span: Span | None = None

    def cut(self, start: int) -> _Statement:
        """Without the first `start` characters."""
        return _Statement(self.sentence, self.text[start:], self.at[start:], self.opening, self.opening_span)

    def opened(self, rhythm: Rhythm, start: int, end: int, rest: int) -> _Statement:
        """Without its opening, which gives the moment."""
        where = Span(self.at[start], self.at[end - 1] + 1)
        return _Statement(self.sentence, self.text[rest:], self.at[rest:], rhythm, where)

    def without(self, found: Found) -> _Statement:
        """Without a rhythm between modal and verb, commas and all: "will, each quarter, review"."""
        start = len(self.text[: found.start].rstrip(" ,")) + 1
        end = found.end + len(self.text[found.end :]) - len(self.text[found.end :].lstrip(" ,"))
        where = Span(self.at[found.start], self.at[found.end - 1] + 1)
        text = f"{self.text[: start - 1]} {self.text[end:]}"
        return _Statement(self.sentence, text, (*self.at[:start], *self.at[end:]), found.rhythm, where)

    def span(self, start: int, end: int) -> Span:
        """Canonical span of a stretch of the text."""
        return Span(self.at[start], self.at[end - 1] + 1)


def find_routines(
    document: Document, sentences: Sequence[ReadSentence], grammar: GrammarReader, acts: Sequence[ActClass]
) -> tuple[Routine, ...]:
    """Every routine that the sentences state, in order; at most one a sentence."""
    statements = [one for one in _statements(sentences) if _may_state(one)] if acts else []
    docs = grammar.parse(statement.text for statement in statements)
    found = (_routine(statement, doc, document, acts) for statement, doc in zip(statements, docs, strict=True))
    return tuple(one for one in found if one is not None)


def _statements(sentences: Sequence[ReadSentence]) -> Iterator[_Statement]:
    lead: ReadSentence | None = None
    for sentence in sentences:
        listed = sentence.kind is BlockKind.list_item
        if not listed:
            lead = sentence if LEAD_IN.match(" ".join(sentence.text.split())) else None
        if sentence.kind not in READ or _doubtful(sentence):
            continue
        statement = _stated(sentence)
        if listed and lead is not None and not re.match(r"(?i)(?:we|the|each|every|our)\b", statement.text):
            statement = _under(lead, statement)
        yield _opened(statement)


def _doubtful(sentence: ReadSentence) -> bool:
    against = set(sentence.reasons_against) - {NotCommitment.negation}
    return bool(against) or len(sentence.text.split()) > LONGEST or "?" in sentence.text


def _stated(sentence: ReadSentence) -> _Statement:
    start = sentence.sentence.span.start
    text = re.sub(r"\s", " ", sentence.text)
    whole = _Statement(sentence, text, tuple(range(start, start + len(text))))
    whole = whole.cut(lead_end(text))
    dated = STARTING.match(whole.text)
    return whole.cut(dated.end()) if dated and not rhythms_in(dated.group()) else whole


def _under(lead: ReadSentence, item: _Statement) -> _Statement:
    """The item as the end of the sentence that its lead-in begins."""
    said = LEAD_IN.match(re.sub(r"\s", " ", lead.text))
    if said is None or not item.text:
        return item
    words = said["lead"]
    start = lead.sentence.span.start
    text = f"{words} {item.text[0].lower()}{item.text[1:]}"
    return _Statement(item.sentence, text, (*range(start, start + len(words)), item.at[0], *item.at))


def _opened(statement: _Statement) -> _Statement:
    """The moment at the head of the sentence taken off: the parse of the rest is surer without it."""
    rhythm = next((r for r in rhythms_in(statement.text) if r.start == 0 and not r.adjective), None)
    if rhythm is not None:
        gap = re.match(r"\s*,?\s*", statement.text[rhythm.end :])
        return statement.opened(rhythm.rhythm, 0, rhythm.end, rhythm.end + (gap.end() if gap else 0))
    inner = next((r for r in rhythms_in(statement.text) if AFTER_MODAL.search(statement.text[: r.start])), None)
    if inner is not None and not inner.adjective:
        return statement.without(inner)
    opening = OPENING.match(statement.text)
    moment = occasion(opening["moment"]) if opening else None
    if opening is None or moment is None:
        return statement
    return statement.opened(moment, 0, opening.end("moment"), opening.end())


def _may_state(statement: _Statement) -> bool:
    text = statement.text
    timed = statement.opening or rhythms_in(text) or TRAILING.search(text)
    return bool(timed) and len(text.split()) >= 4 and not LOOSE.search(text)


def _routine(statement: _Statement, doc: Doc, document: Document, acts: Sequence[ActClass]) -> Routine | None:
    for verb in _verbs(doc):
        subject = _subject(verb)
        if subject is None or not _binds(verb, subject) or _conditional(verb, subject):
            continue
        timed = _timed(statement, verb)
        actor = actor_of(subject, verb, document)
        if timed is None or actor is None:
            continue
        act = act_of(verb, timed.spans, acts, actor, pronouns=timed.rhythm.unit == "occasion")
        if act is None or YEAR.search(act.action):
            continue
        span = statement.span(actor.start, actor.end)
        routine = Routine(
            sentence_id=statement.sentence.id,
            act=act.act,
            actor=actor.words,
            actor_kind=actor.kind,
            actor_said=span.of(document.text),
            actor_span=span if actor.named else None,
            plural=actor.plural,
            rhythm=timed.rhythm,
            rhythm_span=timed.where,
            action=act.action,
            title=act.title,
            act_span=statement.span(act.start, act.end),
            minutes=act.minutes,
            thing=act.thing,
        )
        return routine if _short(routine) else None
    return None


def _short(routine: Routine) -> bool:
    return len(f"{routine.rhythm.moment} the {routine.actor} {routine.action}".split()) <= MOST_WORDS


def _verbs(doc: Doc) -> list[Token]:
    """The main verbs: the root and those joined to it."""
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if root is None:
        return []
    joined = [t for t in root.children if t.dep_ == "conj" and t.pos_ == "VERB"]
    return [root, *joined]


def _subject(verb: Token) -> Token | None:
    own = next((t for t in verb.children if t.dep_ in {"nsubj", "nsubjpass"}), None)
    if own is None and verb.dep_ == "conj":
        own = next((t for t in verb.head.children if t.dep_ in {"nsubj", "nsubjpass"}), None)
    if own is None and verb.tag_ == "VBZ":  # "the audit committee reviews …" is taken for one long name
        return next((t for t in verb.children if t.dep_ == "compound" and t.i == verb.i - 1), None)
    return own if own is not None and own.dep_ == "nsubj" else None


def _conditional(verb: Token, subject: Token) -> bool:
    """Whether something before the subject says where or until when it holds: the routine would promise more."""
    before = verb.doc.text[: subject.idx]
    return bool(YEAR.search(before)) or any(t.dep_ == "advcl" and t.i < subject.i for t in verb.children)


def _binds(verb: Token, subject: Token) -> bool:
    """Whether the verb says what will be done or what is done each time; no past, no wish, no passive."""
    helpers = [t for t in verb.children if t.dep_ in {"aux", "auxpass"}]
    if not helpers and verb.dep_ == "conj":
        helpers = [t for t in verb.head.children if t.dep_ in {"aux", "auxpass"}]
    if any(t.dep_ == "neg" for t in verb.children) or any(t.lower_ not in BINDING for t in helpers):
        return False
    if helpers:
        return verb.tag_ in {"VB", "VBP", "VBZ", "VBN", "NN"}
    return verb.tag_ in {"VBZ", "VBP"} and subject.i < verb.i


@dataclass(frozen=True, slots=True)
class _Timed:
    """The moment, where its words stand, and the stretches of the text to leave out of the action."""

    rhythm: Rhythm
    where: Span
    spans: tuple[tuple[int, int], ...]


def _timed(statement: _Statement, verb: Token) -> _Timed | None:
    own = [found for found in rhythms_in(statement.text) if _belongs(found, verb)]
    spans = tuple(_widened(found, statement.text) for found in own)
    if statement.opening is not None and statement.opening_span is not None:
        return None if own else _Timed(statement.opening, statement.opening_span, ())
    if len(own) > 1:
        return None
    if own:
        return _Timed(own[0].rhythm, statement.span(own[0].start, own[0].end), spans)
    return _trailing(statement, verb)


def _widened(found: Found, text: str) -> tuple[int, int]:
    """With the comma before it where another mark or nothing follows."""
    before = re.search(r",\s*$", text[: found.start])
    closed = re.match(r"\s*(?:[,.;:]|$)", text[found.end :])
    return (before.start() if before and closed else found.start, found.end)


#: Ways from the words of rhythm up to the verb that do not tie them to it.
_BARRIERS = frozenset(
    {"nsubj", "nsubjpass", "csubj", "relcl", "acl", "advcl", "ccomp", "xcomp", "parataxis", "conj", "pcomp"}
)


def _belongs(found: Found, verb: Token) -> bool:
    """Whether the rhythm is that of the verb, not of a noun that happens to be counted by the year."""
    span = verb.doc.char_span(found.start, found.end, alignment_mode="expand")
    if span is None:
        return False
    token = span.root
    if token.dep_ == "amod":
        return token.head.dep_ in {"dobj", "obj"} and token.head.head == verb
    if _counted_elsewhere(token):
        return False
    while token != verb:
        if token.dep_ in _BARRIERS or token.head == token:
            return False
        token = token.head
    return True


def _counted_elsewhere(token: Token) -> bool:
    """Whether the rhythm hangs on a number of things that is not the act's own: 'services with 9,000 calls a year'."""
    noun = token.head
    if noun.pos_ not in {"NOUN", "PROPN"} or noun.dep_ in {"dobj", "npadvmod"}:
        return False
    numbered = any(t.dep_ == "nummod" for t in noun.children)
    length = noun.lemma_.lower() in {"day", "hour", "morning", "afternoon", "minute", "shift", "week"}
    return numbered and not length


def _trailing(statement: _Statement, verb: Token) -> _Timed | None:
    """The occasion that a clause or phrase after the verb names."""
    for child in verb.children:
        if child.i < verb.i or child.dep_ not in {"advcl", "prep"}:
            continue
        tokens = list(child.subtree)
        start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1].text)
        words = statement.text[start:end].rstrip(" .,;:")
        if not re.match(rf"(?i){TRAILING.pattern}", words):
            continue
        moment = occasion(words)
        if moment is not None:
            end = start + len(words)
            return _Timed(moment, statement.span(start, end), ((start, end),))
    return None
