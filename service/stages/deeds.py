"""Practices that follow from what an intent's own sentence wants done, with the sentence's words to say them in.

Owns: which deed of a sentence is the intent's, which practices its verb and object call for, and the values they are
worded with. Must not know: how deeds are read, engines, storage. How often such a practice is fitting was graded on
intents of real strategies (`evals/datasets/deeds`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from corpora.records import BehaviourForm, Practice, WantedDeed
from corpora.slots import render
from retrieval.documents import Span
from service.errors import ModelDataMissing
from service.library import Library
from service.plan.grammar import Deed
from service.plan.intents import Intent, IntentKind
from service.plan.proposals import Candidate
from service.plan.reading import Reading, ReadSentence, Term, TermKind
from service.reader.phrases import lower_first
from service.reader.wordings import DEEDS

FITS = Path(__file__).parent.parent / "matching" / "weights" / "deeds.json"
#: So many practices of this kind are offered for an intent, the best first.
MOST = 3
#: Words of a label below which it says too little, and beyond which a sentence that holds it cannot be said aloud.
SHORTEST_LABEL, LONGEST_LABEL = 3, 12
#: A fit by meaning counts as so many grades; strict readers' shares are so much lower than those the fits come from.
TRUST, STRICT = 4.0, 0.1
#: What a rule counts for that nobody has graded.
UNGRADED = 0.5
NO_DEED = Deed("", 0, None, "", None, False, None)
#: What a deed that stands after the words which name the intent loses.
LATER = 0.15
#: Words by which a sentence says what must be, so that a case can go against it.
RULE = re.compile(r"(?i)\b(?:must|shall|should|never|always|no|nobody|only|at most|at least|every|each|all)\b")
BAN = re.compile(
    r"(?i)\b(?:never|nobody|no longer|no one|(?:must|shall|may|will|can) (?:not|only)|(?:is|are) (?:not )?to be)\b|"
    r"^no\b"
)
#: "Con: we need …", "Principle: improve …": a line that is one of a kind, not a rule.
LABELLED = re.compile(r"^[A-Z][\w ()]{1,30}:\s")
BINDS = re.compile(r"\b(?:will|must|shall|should|need to|needs to)\b")
FIGURE = re.compile(r"(?:[%€$£]|\b\d+(?:[.,]\d+)*\b(?<!\b20\d\d))")
SHORTEST_RULE = 4
OWN = re.compile(r"(?i)^(?:our|its|their|your|my|his|her)\s+")
POINTS = re.compile(r"(?i)^(?:this|that|these|those)\s+")
COUNTED = re.compile(
    r"(?i)\b(?:feature|tool|service|platform|plan|roadmap|strategy|guide|programme|program|process|workflow|ecosystem|"
    r"chapter|community|network|team|group|council|forum|system|application|portal|site|website|model|framework|standard|"
    r"policy|approach|mechanism|interface|pipeline|catalogue|number|culture|experience|backlog|register|library)$"
)
DETERMINED = re.compile(
    r"(?i)^(?:the|an?|this|that|these|those|each|every|all|both|any|some|no|one|two|three|four|five|six|more|\d\S*)\b"
)
QUANTIFIED = re.compile(r"(?i)^(?:(?:all|each of|every|each|both|some|many|more|most|any|the|other|our|its|their)\s+)+")
SINGLE = re.compile(r"(?i)^(?:an?|each|every|any|one)\s+")
GROUPS = re.compile(
    r"(?i)\b(?:community|public|industry|sector|government|ministry|business|company|organisation|organization|agency|"
    r"department|council|board|university|school|hospital|library|team|staff|audience|membership|workforce|family|city|"
    r"group|people|unit|leadership|municipality|country|district|institution|party)$"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A deed of a sentence with the words that may fill slots."""

    deed: Deed
    values: Mapping[str, str]
    terms: Mapping[str, Term]
    bare: str | None = None
    """The one common noun of its object, where the intent's name stands for it in `values`."""


def deed_candidates(intent: Intent, reading: Reading, library: Library) -> tuple[Candidate, ...]:
    """Up to three practices, each with its own slot values, and the leader's; of one practice the best deed."""
    best: dict[str, Candidate] = {}
    for offer in _offers(intent, reading, library):
        known = best.get(offer.practice.id)
        if known is None or offer.fit > known.fit:
            best[offer.practice.id] = offer
    ranked = sorted(best.values(), key=lambda one: (-one.fit, one.practice.number))
    return tuple([*ranked[:MOST], *(one for one in ranked[MOST:] if one.practice.led)])


def _offers(intent: Intent, reading: Reading, library: Library) -> Iterator[Candidate]:
    """Every practice that a rule gives for a deed of the intent, or for its kind alone."""
    has = _has(intent, reading)
    found = tuple(_deeds(intent, reading))
    for practice in library.deeds:
        for rule in practice.deeds:
            for one, penalty in found:
                values = _values(one, rule, intent)
                filled = all(need in values or need in has for need in rule.needs)
                says = rule.bare or not _bare(values.get("object", ""))
                short = _words_of(practice, values, intent) <= library.budgets.max_words_behaviour
                if filled and says and short and calls_for(rule, one.deed, intent.kind):
                    fit = round(fit_of(practice, plain=not rule.verbs) - penalty, 6)
                    yield Candidate(practice, fit, values=values, terms=one.terms, plain=not rule.verbs)


def _words_of(practice: Practice, values: Mapping[str, str], intent: Intent) -> int:
    """Words of the behaviour's sentence with these values."""
    form = practice.form
    if not isinstance(form, BehaviourForm):
        return 0
    said = f"{form.trigger}, the {form.actor} {form.action}"
    return len(render(said, {"aim": f"“{intent.label}”", **values}).split())


def _values(found: _Found, rule: WantedDeed, intent: Intent) -> Mapping[str, str]:
    """The deed's words as the rule takes them: one common noun where that is enough, the intent's name as a count."""
    if rule.bare and found.bare:
        return {**found.values, "object": found.bare}
    if "number" in rule.needs and "object" not in found.values:
        return _with_label(dict(found.values), intent)
    return found.values


def calls_for(rule: WantedDeed, deed: Deed, kind: IntentKind) -> bool:
    """Whether the rule takes such a deed, by its verb and the head of what it is done to, in an intent of this kind."""
    if rule.kinds and kind.value not in rule.kinds:
        return False
    if deed.verb in rule.not_verbs or deed.head in rule.not_heads:
        return False
    if rule.verbs and deed.verb not in rule.verbs:
        return False
    return not rule.heads or deed.head in rule.heads


def _bare(said: str) -> bool:
    """Whether a phrase is one common noun."""
    words = [word for word in said.split() if not DETERMINED.match(word)]
    return len(words) == 1 and words[0] == words[0].lower()


def _has(intent: Intent, reading: Reading) -> frozenset[str]:
    """What else the intent holds: a figure, a move from or to something, a rule or a ban in the words that name it."""
    sentence = reading.by_id(intent.quotes[0].sentence_ids[0])
    grammar = reading.grammars[sentence.row]
    says = len(intent.label.split()) >= SHORTEST_RULE and not LABELLED.match(intent.quotes[0].text)
    named = says and not _orders(intent.label)  # nothing that happens goes against "Develop a tool"
    held = {
        "rule": named and (RULE.search(intent.label) is not None or (grammar.form == "statement" and grammar.negated)),
        "ban": named and BAN.search(intent.label) is not None,
        "change": named and (intent.from_state is not None or intent.to_state is not None),
        "number": FIGURE.search(intent.quotes[0].text) is not None,
    }
    return frozenset(name for name, there in held.items() if there)


def tempered(offered: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Candidates matched by meaning, each fit drawn towards what strict readers found of that practice.

    Some practices are near everything that shares their topic; a fit alone does not show it.
    """
    found = graded()["meaning"]
    return tuple(
        replace(one, fit=round(_drawn(one.fit, *found[one.practice.id]), 6)) if one.practice.id in found else one
        for one in offered
    )


def _drawn(fit: float, count: float, share: float) -> float:
    return (count * min(1.0, share + STRICT) + TRUST * fit) / (count + TRUST)


def fit_of(practice: Practice, plain: bool) -> float:
    """How often the practice was fitting on graded intents, on the scale of the fits by meaning."""
    return float(graded()["kind" if plain else "deed"].get(practice.id, UNGRADED))


def _deeds(intent: Intent, reading: Reading) -> Iterator[tuple[_Found, float]]:
    """The deeds of the intent's first sentence, those among the words of its label before those after, then none."""
    sentence = reading.by_id(intent.quotes[0].sentence_ids[0])
    start = sentence.text.find(intent.label)
    end = start + len(intent.label) if start >= 0 else len(sentence.text)
    asks = _asks(intent.label)
    for deed in reading.grammars[sentence.row].deeds:
        if start < 0 or deed.start >= start - 2:
            values, terms = _words(deed, sentence, reading)
            said = values.get("object", "")
            if deed.head and (deed.cut or _bare(said)) and not said.startswith("the "):
                named = _with_label(values, intent, named=asks and deed.start < end)
                yield _Found(deed, named, terms, bare=said or None), (0.0 if deed.start < end else LATER)
                continue
            yield _Found(deed, values, terms), (0.0 if deed.start < end else LATER)
    yield _Found(NO_DEED, _with_label({}, intent, named=asks), {}), 0.0


def _asks(label: str) -> bool:
    """Whether a name asks for something to be done, and does not tell what will be."""
    low = label.lower()
    return low.startswith("to ") or _orders(label) or bool(BINDS.search(low))


def _orders(label: str) -> bool:
    """Whether a name begins with the deed itself."""
    first = label.lower().split()[0]
    return first in DEEDS or first.endswith("ing")


def _with_label(values: dict[str, str], intent: Intent, named: bool = True) -> dict[str, str]:
    """The intent's own name, in quotation marks, where the object says too little; not `named` there, no object."""
    words = intent.label.split()
    if named and SHORTEST_LABEL <= len(words) <= LONGEST_LABEL and words[0].lower() != "we":
        return values | {"object": f"“{intent.label}”"}
    return {name: value for name, value in values.items() if name != "object"}


def _words(deed: Deed, sentence: ReadSentence, reading: Reading) -> tuple[dict[str, str], dict[str, Term]]:
    spans = {"object": deed.object_span, "served": deed.party_span, "doing": deed.doing_span}
    kinds = {"object": TermKind.topic, "served": TermKind.user, "doing": TermKind.topic}
    values: dict[str, str] = {}
    terms: dict[str, Term] = {}
    for name, span in spans.items():
        term = _term(span, kinds[name], sentence, reading) if span is not None else None
        if term is None:
            continue
        said = (
            one_of(term.text, deed.party_plural)
            if name == "served"
            else sayable(term.text, opens=span is not None and span[0] == 0)
        )
        if said is not None:
            values[name], terms[name] = said, term
    return values, terms


def _term(span: tuple[int, int], kind: TermKind, sentence: ReadSentence, reading: Reading) -> Term | None:
    """The words as the canonical text holds them; None where the sentence reads otherwise there."""
    start = sentence.sentence.span.start
    place = Span(start + span[0], start + span[1])
    text = place.of(reading.document.text)
    if text != sentence.text[span[0] : span[1]] or "\n" in text:
        return None
    return Term(kind=kind, text=text, span=place, count=1, sentence_id=sentence.id)


def sayable(phrase: str, opens: bool = False) -> str:
    """A noun phrase as another sentence can hold it: "our platform" → "the platform"."""
    said = POINTS.sub("the ", OWN.sub("the ", phrase))
    said = lower_first(said) if opens and not _titled(said) else said
    head = _head(said)
    if not DETERMINED.match(said) and COUNTED.search(head) and not head[:1].isupper():
        return f"the {said}"
    return re.sub(r"(?i)\b(?:our|their|its|your)\b", "the", said)


def _head(phrase: str) -> str:
    """What stands before the first word that begins a further group."""
    return re.split(r"\s(?:of|for|to|in|on|with|at|from|across|between|and|by|as|within|through)\s", phrase)[0]


def _titled(phrase: str) -> bool:
    words = [word for word in phrase.split() if len(word) > 3]
    return len(words) > 1 and all(word[:1].isupper() for word in words)


def one_of(phrase: str, plural: bool) -> str | None:
    """One of those a phrase names: "teams" → "one of the teams", "the community" → "somebody from the community"."""
    said = lower_first(phrase) if not _titled(phrase) else phrase
    if SINGLE.match(said):
        bare = SINGLE.sub("", said)
        return f"somebody from one {bare}" if GROUPS.search(bare) else f"one {bare}"
    bare = QUANTIFIED.sub("", said)
    if not bare or re.search(r"(?i)\b(?:we|us|our|their|its|them|you|your)\b", bare):
        return None
    if bare.lower() in {"people", "others", "individuals", "everyone"}:
        return None
    if plural or bare.split()[-1].lower() == "people":
        return f"one of the {bare}"
    titled = bare[:1].isupper() and not re.match(r"(?i)the ", said)
    named = bare if titled else f"the {bare}"
    return f"somebody from {named}" if titled or GROUPS.search(_head(bare)) else named


@cache
def graded() -> Mapping[str, Mapping[str, Any]]:
    """What strict readers found, by practice id (`python -m evals deeds --write`).

    "deed" and "kind" hold fits of those called for so, "meaning" how many were graded and the share found fitting.

    Raises:
        ModelDataMissing: the file is not there.
    """
    if not FITS.is_file():
        raise ModelDataMissing(f"no fits at {FITS.name}: run python -m evals deeds --write")
    data: dict[str, dict[str, Any]] = json.loads(FITS.read_text(encoding="utf-8"))
    return data
