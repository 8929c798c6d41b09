"""Practices that follow from what an intent's own sentence wants done, with the sentence's words to say them in.

Owns: which deed of a sentence is the intent's, which practices its verb and object call for, and the values they are
worded with. Must not know: how deeds are read, engines, storage. How often such a practice is fitting was graded on
intents of real strategies (`evals/datasets/deeds`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpora.records import Practice, WantedDeed
from retrieval.documents import Span
from service.library import Library
from service.plan.grammar import Deed
from service.plan.intents import Intent, IntentKind
from service.plan.proposals import Candidate
from service.plan.reading import Reading, ReadSentence, Term, TermKind
from service.reader.phrases import lower_first

FITS = Path(__file__).parent.parent / "matching" / "weights" / "deeds.json"
#: So many practices of this kind are offered for an intent, the best first.
MOST = 3
#: Words of a label beyond which a sentence that holds it cannot be said aloud.
LONGEST_LABEL = 12
#: What a rule counts for that nobody has graded.
UNGRADED = 0.5
NO_DEED = Deed("", 0, None, "", None, False, None)
#: What a deed that stands after the words which name the intent loses.
LATER = 0.15
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
    r"group|people|unit|leadership|business|municipality|country|district|institution|party)$"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A deed of a sentence with the words that may fill slots."""

    deed: Deed
    values: Mapping[str, str]
    terms: Mapping[str, Term]


def deed_candidates(intent: Intent, reading: Reading, library: Library) -> tuple[Candidate, ...]:
    """Up to three practices, each with its own slot values; of one practice the best deed."""
    best: dict[str, Candidate] = {}
    for practice, fit, found in _calls(intent, reading, library):
        if practice.id not in best or fit > best[practice.id].fit:
            best[practice.id] = Candidate(practice, fit, values=found.values, terms=found.terms)
    ranked = sorted(best.values(), key=lambda one: (-one.fit, one.practice.number))
    return tuple(ranked[:MOST])


def _calls(intent: Intent, reading: Reading, library: Library) -> Iterator[tuple[Practice, float, _Found]]:
    """Every practice that a rule gives for a deed of the intent or for its kind, and how often such a call was right."""
    found = [*_deeds(intent, reading), (_Found(NO_DEED, {}, {}), 0.0)]
    for practice in library.deeds:
        for place, rule in enumerate(practice.deeds):
            for one, penalty in found:
                if calls_for(rule, one.deed, intent.kind) and all(need in one.values for need in rule.needs):
                    yield practice, round(fit_of(practice, place) - penalty, 6), one


def calls_for(rule: WantedDeed, deed: Deed, kind: IntentKind) -> bool:
    """Whether the rule takes such a deed, by its verb and the head of what it is done to, in an intent of this kind."""
    if rule.kinds and kind.value not in rule.kinds:
        return False
    if rule.verbs and deed.verb not in rule.verbs:
        return False
    return not rule.heads or deed.head in rule.heads


def fit_of(practice: Practice, place: int) -> float:
    """The share of graded intents for which the practice's rule at this place gave a fitting routine."""
    return _fits().get(f"{practice.id}/{place}", UNGRADED)


def _deeds(intent: Intent, reading: Reading) -> Iterator[tuple[_Found, float]]:
    """The deeds of the intent's first sentence, those among the words of its label before those after."""
    sentence = reading.by_id(intent.quotes[0].sentence_ids[0])
    start = sentence.text.find(intent.label)
    end = start + len(intent.label) if start >= 0 else len(sentence.text)
    for deed in reading.grammars[sentence.row].deeds:
        if start < 0 or deed.start >= start - 2:
            values, terms = _words(deed, sentence, reading)
            if deed.cut and "object" in values:
                values = _with_label(values, intent)
            yield _Found(deed, values, terms), (0.0 if deed.start < end else LATER)


def _with_label(values: dict[str, str], intent: Intent) -> dict[str, str]:
    """The intent's own name in quotation marks in the place of an object that says too little; without one, no object."""
    if len(intent.label.split()) <= LONGEST_LABEL:
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
        said = one_of(term.text, deed.party_plural) if name == "served" else sayable(term.text)
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


def sayable(phrase: str) -> str:
    """A noun phrase as another sentence can hold it: "our platform" → "the platform"."""
    said = POINTS.sub("the ", OWN.sub("the ", phrase))
    said = lower_first(said) if not _titled(said) else said
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
    if plural:
        return f"one of the {bare}"
    if bare.split()[-1].lower() == "people":
        return f"one of the {bare}"
    titled = bare[:1].isupper() and not re.match(r"(?i)the ", said)
    named = bare if titled else f"the {bare}"
    return f"somebody from {named}" if titled or GROUPS.search(_head(bare)) else named


def _fits() -> Mapping[str, float]:
    if not FITS.is_file():
        return {}
    data: dict[str, float] = json.loads(FITS.read_text(encoding="utf-8"))["fits"]
    return data
