"""Evidence: what else the document says that bears on an intent, and the words to say it with.

Owns: evidence per intent and slot values with the terms behind them. Must not know: practices, how
items are worded, storage.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.documents import BlockKind, Document
from retrieval.embed import Embedder
from retrieval.search import Searcher
from service.plan.intents import Intent
from service.plan.proposals import Evidence
from service.plan.reading import FindingKind, Reading, ReadSentence, Term, TermKind
from service.reader.focusing import best_focus
from service.reader.naming import in_running_text, plural, singular
from service.reader.served import served

NEAR = 0.38
#: Passages that hybrid search brings for an intent, and what being in one adds to a sentence.
HITS = 8
FOUND = 0.08
MOST_EVIDENCE = 12
#: Slot names -> term kinds that may fill them, best first, and whether a plural slot goes with it.
SLOT_KINDS: tuple[tuple[str, str, tuple[TermKind, ...], int], ...] = (
    ("user", "users", (TermKind.user,), 2),
    ("team", "teams", (TermKind.team,), 2),
    ("lead", "", (TermKind.role,), 1),
    ("leader", "", (TermKind.leader,), 1),
    ("partner", "", (TermKind.partner,), 2),
    ("work", "works", (TermKind.work,), 2),
    ("product", "", (TermKind.product,), 2),
)
ACTS = r"will|has|have|must|can|works?|helps?|leads?|provides?|supports?|is (?:working|responsible|leading|helping)"
LEAD_HEADS = re.compile(r"(?i)\b(?:manager|lead|leader|owner|coordinator|maintainer|officer|architect|supervisor)s?$")
SENIOR = re.compile(
    r"(?i)\b(?:chief|director|executive|minister|sponsor|president|governor|secretary|commissioner|head|vp|founder|leader|"
    r"[A-Z]{1,2}O|trustee|dean|provost|principal)s?$"
)
CASE_CUE = re.compile(
    r"(?i)\b(?:pilot|exemplar|first|nearly|already|prototype|alpha|beta|trial|proof of concept|tentative|Q1)\b"
)
PRESENT = re.compile(
    r"(?i)\b(?:currently|today|at present|still|too (?:often|much|many)|historically|conventional|existing)\b"
)


#: Words of a label beyond which a sentence that holds it cannot be said aloud.
LONGEST_LABEL = 9


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence for one intent and the words that fill slots for it."""

    evidence: tuple[Evidence, ...]
    values: Mapping[str, str]
    terms: Mapping[str, Term]


def find_evidence(intent: Intent, reading: Reading, searcher: Searcher, embedder: Embedder) -> Found:
    """Sentences near the intent, and slot values: of its sentences first, then near ones, then the document's."""
    near = _near(intent, reading, searcher)
    own = {sid for quote in intent.quotes for sid in quote.sentence_ids}
    ranked = [*(s for s in reading.sentences if s.id in own), *(s for s, _ in near)]
    values, terms = _slot_values(ranked, own, reading)
    values.update(_phrases(intent, reading, embedder))
    case = _case(ranked, reading)
    if case is not None:
        terms["case"] = case
        values["case"] = _with_article(case.text, reading.document)
    evidence = tuple(
        Evidence(s.id, s.sentence.span, _gives(s, reading), round(score, 4)) for s, score in near if s.id not in own
    )
    return Found(evidence[:MOST_EVIDENCE], values, terms)


def _near(intent: Intent, reading: Reading, searcher: Searcher) -> list[tuple[ReadSentence, float]]:
    own = {sentence_id for quote in intent.quotes for sentence_id in quote.sentence_ids}
    vectors = reading.vectors[[s.row for s in reading.sentences if s.id in own]]
    scores = (reading.vectors @ vectors.T).max(axis=1).astype(np.float64)
    sections = {quote.location.heading_path for quote in intent.quotes}
    scores = scores + np.array([0.12 if s.location.heading_path in sections else 0.0 for s in reading.sentences])
    hits = searcher.search(intent.statement, HITS, reading.document.sha256)
    found = {sentence_id for hit in hits for sentence_id in hit.passage.sentence_ids}
    scores = scores + np.array([FOUND if s.id in found else 0.0 for s in reading.sentences])
    order = np.argsort(-np.round(scores, 6), kind="stable")
    return [(reading.sentences[i], float(scores[i])) for i in order if scores[i] >= NEAR][: MOST_EVIDENCE * 2]


def _gives(sentence: ReadSentence, reading: Reading) -> str:
    kinds = {term.kind for term in reading.terms if term.sentence_id == sentence.id}
    tension = any(f.kind is FindingKind.tension and sentence.id in f.sentence_ids for f in reading.findings)
    if tension:
        return "tension"
    if CASE_CUE.search(sentence.text) and TermKind.initiative in kinds:
        return "case"
    if TermKind.measure in kinds or TermKind.number in kinds:
        return "measure"
    if TermKind.date in kinds:
        return "date"
    if PRESENT.search(sentence.text):
        return "present state"
    if kinds & {TermKind.role, TermKind.leader, TermKind.team}:
        return "role"
    return "list item" if sentence.kind is BlockKind.list_item else "context"


def _slot_values(
    ranked: Sequence[ReadSentence], own: set[str], reading: Reading
) -> tuple[dict[str, str], dict[str, Term]]:
    values: dict[str, str] = {}
    terms: dict[str, Term] = {}
    for slot, slots, kinds, least in SLOT_KINDS:
        term = _pick(slot, kinds, least, ranked, own, reading)
        if term is None:
            continue
        noun = in_running_text(term.text, reading.document)
        values[slot], terms[slot] = singular(noun), term
        if slots:
            values[slots], terms[slots] = plural(noun), term
    organisation = next((t for t in reading.terms if t.kind is TermKind.organisation), None)
    if organisation is not None:
        values["organisation"], terms["organisation"] = (
            _organisation_name(organisation.text, reading.document),
            organisation,
        )
    return values, terms


def _pick(
    slot: str,
    kinds: Sequence[TermKind],
    least: int,
    ranked: Sequence[ReadSentence],
    own: set[str],
    reading: Reading,
) -> Term | None:
    """The document's word for a slot: frequent ones first, with weight for standing in or near the intent."""
    mine = " ".join(s.text.lower() for s in ranked if s.id in own)
    near = " ".join(s.text.lower() for s in ranked if s.id not in own)
    best: tuple[int, int] | None = None
    found: Term | None = None
    for term in reading.terms:
        if term.kind not in kinds or not _fits(slot, term):
            continue
        if slot == "user" and not served(term, reading):
            continue
        here = _stands(term.text.lower(), mine)
        if not here and slot in {"team", "work", "product"} and not _commonest(term, reading):
            continue
        weight = term.count + 6 * here + 2 * _stands(term.text.lower(), near)
        if (here or term.count >= least) and (best is None or (weight, -term.span.start) > best):
            best, found = (weight, -term.span.start), term
    return found


def _stands(words: str, text: str) -> bool:
    """Whether the words stand in the text as whole words."""
    return words in text and bool(re.search(rf"\b{re.escape(words)}\b", text))


#: How often a document must use a name of several words before it stands for all teams or all work.
COMMON_NAME = 4
#: Bodies in which many teams work; what one team does is not theirs to do.
TOO_LARGE = re.compile(r"(?i)\b(?:department|division|directorate|agency|ministry|store|plant|branch)(?:e?s)?$")
#: An adjective that weighs a thing names no kind of work: "best products", "future services".
WEIGHED = re.compile(
    r"(?i)^(?:best|better|good|great(?:er)?|right|real|actual|complex|different|key|major|main|important|successful|"
    r"future|current|existing|entire|whole|single|specific|certain|possible|potential|initial|final|first|last|next|"
    r"previous|overall|complete|ongoing|upcoming|related|particular|additional|individual|high|low|large|small)\b"
)


def _commonest(term: Term, reading: Reading) -> bool:
    """Whether a name of several words is most of what the document says of its kind: else it is one sort of many."""
    words = term.text.lower().split()
    head = singular(words[-1])
    alike = (t.count for t in reading.terms if t.kind is term.kind and singular(t.text.lower().split()[-1]) == head)
    return len(words) == 1 or 2 * term.count > sum(alike)


#: "Government Digital Service": a body or one thing among many, no kind of work.
PROPER_NAME = re.compile(r"(?:[A-Z][\w’'&-]*)(?: (?:of |for |and )?[A-Z][\w’'&-]*)+")
#: Software that is called a manager.
NO_PERSON = re.compile(
    r"(?i)\b(?:package|password|file|task|content|session|window|device|version|event|context) manager"
)
#: One-word heads that name nobody.
VAGUE_LEADERS = {"head", "leader", "executive", "chief", "board", "secretary", "leaders", "heads", "executives"}
#: One-word roles that say enough by themselves.
PLAIN_LEADS = {"maintainer", "coordinator", "foreman", "matron", "editor", "supervisor", "superintendent"}


def _fits(slot: str, term: Term) -> bool:
    words = term.text.split()
    if len(words) > 3 or len(term.text) < 4 or not re.fullmatch(r"[A-Za-z’'&/ -]+", term.text):
        return False
    if slot in {"team", "work", "product"} and len(words) > 1 and term.count < COMMON_NAME:
        return False  # one sort among others, where the whole plan would speak of nothing else
    if slot == "team":
        return not TOO_LARGE.search(term.text)
    if slot in {"work", "product"}:
        return not WEIGHED.match(term.text) and not PROPER_NAME.fullmatch(term.text)
    if slot == "lead" and NO_PERSON.search(term.text):
        return False
    if slot == "lead":
        plain = words[0].lower().rstrip("s") in PLAIN_LEADS
        return bool(LEAD_HEADS.search(term.text)) and (len(words) > 1 or plain)
    if slot == "leader":
        return bool(SENIOR.search(term.text)) and (len(words) > 1 or words[0].lower() not in VAGUE_LEADERS)
    return True


def _organisation_name(name: str, document: Document) -> str:
    alone = rf"\b{re.escape(name)}\b(?!['’]s)(?! [A-Z])"
    all_told, with_article = (len(re.findall(pattern, document.text)) for pattern in (alone, rf"\b[Tt]he {alone[2:]}"))
    needs_article = with_article * 2 > all_told
    return f"the {name}" if needs_article and not name.lower().startswith("the ") else name


def _phrases(intent: Intent, reading: Reading, embedder: Embedder) -> dict[str, str]:
    """The intent's own words as a citation (aim) and as a noun phrase (focus)."""
    found = {"aim": f"“{intent.label}”"}
    if phrase := best_focus(intent, reading, embedder):
        return found | {"focus": phrase}
    short = len(intent.label.split()) <= LONGEST_LABEL
    return found | {"focus": f"the aim “{intent.label}”"} if short else found


def _case(ranked: Sequence[ReadSentence], reading: Reading) -> Term | None:
    """The initiative, named thing or pilot nearest to the intent; cue words first."""
    named = [t for t in reading.terms if t.kind is TermKind.initiative and _can_begin_on(t, reading.document)]
    for cue in (True, False):
        for sentence in ranked:
            if cue and not CASE_CUE.search(sentence.text):
                continue
            here = [t for t in named if t.text in sentence.text]
            if here:
                return max(here, key=lambda t: (len(t.text), t.count))
    return None


def _can_begin_on(term: Term, document: Document) -> bool:
    """Whether a named initiative is work to begin on: no body that acts, and no example in brackets."""
    name = re.escape(term.text)
    acts = re.search(rf"\b{name} (?:{ACTS})\b", document.text)
    aside = re.search(rf"\((?:e\.g\.|for example|such as|like)[^)]*{name}", document.text)
    return len(term.text.split()) <= 6 and not acts and not aside


def _with_article(name: str, document: Document) -> str:
    """'the' before a name only where the document writes it so."""
    written = re.search(rf"\b[Tt]he {re.escape(name)}\b", document.text)
    return f"the {name}" if written and not name.lower().startswith("the ") else name
