"""Who acts in a stated routine: a role, a team or a body of the house, with its article as it is read aloud.

Owns: which subjects can act, and their wording. Must not know: rhythms, acts, plans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.documents import Document
from service.plan.reading import TermKind
from service.plan.routine import ActorKind
from service.reader.naming import singular
from service.reader.nouns import HEADS

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 8
#: Who is meant by "we" in a strategy, as far as anybody can know.
AUTHORS = "authors of this strategy"
_KINDS = {TermKind.leader: ActorKind.leader, TermKind.role: ActorKind.contributor, TermKind.team: ActorKind.team}
_HEADS = {lemma: _KINDS[kind] for kind, lemmas in HEADS if kind in _KINDS for lemma in lemmas}
_HEADS |= dict.fromkeys(
    [
        "coach",
        "trainer",
        "curator",
        "librarian",
        "ranger",
        "inspector",
        "producer",
        "captain",
        "instructor",
        "lecturer",
        "professor",
        "registrar",
        "warden",
        "therapist",
        "midwife",
        "paramedic",
        "chef",
    ],
    ActorKind.contributor,
)
_BODIES = frozenset(
    [
        "office",
        "agency",
        "ministry",
        "directorate",
        "panel",
        "forum",
        "group",
        "council",
        "board",
        "committee",
        "cabinet",
        "secretariat",
        "bureau",
        "authority",
        "assembly",
        "taskforce",
        "cell",
        "lab",
        "laboratory",
        "faculty",
    ]
)
_ONE_CHAIRS = frozenset({"board", "council", "committee", "cabinet"})
_LEADS = frozenset(["manager", "lead", "owner", "coordinator", "officer", "supervisor", "matron", "foreman", "head"])
#: Whole classes of people: only "each" or "every" makes one of them an actor.
_ANYBODY = frozenset({"staff", "employee", "colleague", "member", "volunteer", "contributor"})
#: Nouns made of what one does ("buyer", "auditor", "pharmacist"): people, where "each" or "every" stands before them.
_DOERS = re.compile(r"(?:[a-z]{2,}(?:er|or|ist|ian|eer)|nurse|chef|cook|pilot|clerk|guard|judge|head)$")
_THINGS = frozenset(
    [
        "quarter",
        "order",
        "centre",
        "center",
        "server",
        "computer",
        "letter",
        "paper",
        "number",
        "chapter",
        "charter",
        "register",
        "router",
        "container",
        "sensor",
        "sector",
        "factor",
        "error",
        "corridor",
        "floor",
        "door",
        "monitor",
        "indicator",
        "vector",
        "tractor",
        "motor",
        "anchor",
        "counter",
        "printer",
        "folder",
        "header",
        "layer",
        "tower",
        "river",
        "water",
        "master",
        "matter",
        "cluster",
        "offer",
        "answer",
        "trailer",
        "filter",
        "cover",
        "harbor",
        "harbour",
        "supplier",
        "customer",
        "user",
        "partner",
        "minister",
        "voter",
        "owner",
        "newsletter",
        "poster",
        "banner",
        "border",
        "summer",
        "winter",
        "october",
        "november",
        "december",
        "september",
        "semester",
        "trimester",
        "corner",
        "shelter",
        "player",
        "reader",
    ]
)
#: Heads that name a condition or a group outside the house.
_NOBODY = frozenset({"leadership", "governance", "partnership", "service", "agent", "advisor", "adviser"})
_OUTSIDE = re.compile(
    r"(?i)\b(?:public|customers?|users?|patients?|citizens?|residents?|suppliers?|vendors?|partners?|contractors?|"
    r"students?|pupils?|parents?|competitors?|parliament|ministers?|anyone|everyone|nobody|somebody|someone|who|which|that)\b"
)
_ARTICLE = re.compile(r"(?i)^(?:the|our|its|their)\s+")
_EACH = re.compile(r"(?i)^(?:each|every|all)\s+(?:of\s+)?(?:(?:the|our|its|their)\s+)?")
_UNFIT = re.compile(
    r"(?i)^(?:an?|any|some|most|many|few|several|both|no|these|those|this|that|such|other|another|his|her|my|your|more)\b"
)


@dataclass(frozen=True, slots=True)
class Actor:
    """The actor's words (with 'each' or 'every' where the document distributes the act) and place in the sentence."""

    words: str
    kind: ActorKind
    plural: bool
    start: int
    end: int
    named: bool = True


def actor_of(subject: Token, verb: Token, document: Document) -> Actor | None:
    """The subject as an actor; None where it is no role, team or body of the house."""
    if subject.lower_ == "we":
        return Actor(AUTHORS, ActorKind.authors, True, subject.idx, subject.idx + 2, named=False)
    tokens = [t for t in subject.subtree if t.i < verb.i]
    if not tokens or any(t.dep_ in {"relcl", "acl"} for t in tokens):
        return None
    start = tokens[0].idx
    said = subject.doc.text[start : tokens[-1].idx + len(tokens[-1].text)]
    said = re.split(r"\s*[,(–—]", said)[0].strip()
    kind = _kind(subject, said)
    if kind is None or _UNFIT.match(said) or _OUTSIDE.search(said) or len(said.split()) > LONGEST:
        return None
    plural = subject.tag_ in {"NNS", "NNPS"} or any(t.dep_ == "conj" for t in subject.children)
    words, plural = _worded(said, plural, verb, document)
    return Actor(words, kind, plural, start, start + len(said)) if words else None


def _kind(subject: Token, said: str) -> ActorKind | None:
    head = subject.lemma_.lower()
    each = bool(_EACH.match(said))
    if head in _NOBODY or (head in _ANYBODY and not each and " of the " not in said):
        return None
    if re.search(r"(?i)\b(?:executive|board|council|senior|chief|leadership)\b", said) and head in {"member", "team"}:
        return ActorKind.leader
    if head in _ONE_CHAIRS or head in _BODIES:
        return ActorKind.body
    if head in _LEADS:
        return ActorKind.lead
    if head not in _HEADS and each and _DOERS.match(head) and head not in _THINGS:
        return ActorKind.contributor
    return _HEADS.get(head)


def _worded(said: str, plural: bool, verb: Token, document: Document) -> tuple[str, bool]:
    """The words after an article, small where only the sentence's beginning made them large."""
    shared = any(t.lower_ == "each" and t.i < verb.i and t.dep_ != "det" for t in verb.children)
    each = _EACH.match(said)
    if each is not None:
        rest = _small(said[each.end() :], document)
        if plural and each.group().lower().startswith("all"):
            return f"all {rest}", True
        return (f"every {singular(rest)}", False) if not _has_of(rest) else (f"every {rest}", False)
    rest = _small(_ARTICLE.sub("", said), document)
    if shared and plural and not _has_of(rest) and " and " not in rest:
        return f"every {singular(rest)}", False
    return rest, plural


def _has_of(words: str) -> bool:
    return " of " in words or " for " in words


def _small(words: str, document: Document) -> str:
    """First letter small unless the document writes the words large inside its sentences too, or they are a name."""
    first, *rest = words.split()
    if not first[:1].isupper() or first[1:] != first[1:].lower() or len(first) == 1:
        return words
    named = any(word[:1].isupper() for word in rest)
    inside = re.search(rf"[a-z,;] {re.escape(words)}\b", document.text)
    return words if named or inside else words[:1].lower() + words[1:]
