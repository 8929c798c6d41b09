"""What is wrong with a drafted item, in words that a model can act on.

Owns: the checks an answer must pass before it is bound: form, bans, invention, the document's own
terms. Must not know: models, prompts, records of items. The plan's checks judge the bound items
again later; these spare them what a second question can mend.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from corpora.lexicons import Lexicons
from corpora.records import IndicatorForm, Kind
from service.engines.model.answers import (
    Drafted,
    DraftedAsk,
    DraftedBehaviour,
    DraftedIndicator,
    DraftedRitual,
)
from service.engines.model.brief_text import DraftContext
from service.engines.model.locate import unknown_ids
from service.plan.items import BoundTerm

MAX_WORDS = 45
TERMS, KINDS = 3, 2
MIN_STEPS, MAX_STEPS, MIN_MINUTES, MAX_MINUTES = 3, 8, 10, 240
OPENER = re.compile(r"(?:when|after|before|at|if|every|each)\b", re.IGNORECASE)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]+")
PERSONS = re.compile(
    r"\b(?:rank(?:s|ed|ing)? (?:of )?(?:the )?(?:people|individuals?|persons?|members|employees|staff)|leaderboards?|"
    r"individual performance|performance ratings?|per person|each person's|keystrokes?|screen time)\b",
    re.IGNORECASE,
)
_UNWORDED = {"practice", "ids", "role_class", "period", "kind", "id", "first_case"}
SORTS = {DraftedBehaviour: Kind.behaviour, DraftedRitual: Kind.ritual, DraftedAsk: Kind.policy}


@dataclass(frozen=True)
class ItemRules:
    """The checks for one brief; `hard` faults cost the item its place, `soft` ones only a second question."""

    context: DraftContext
    lexicons: Lexicons

    def hard(self, item: Drafted) -> tuple[str, ...]:
        """What must be mended, else the item falls back."""
        if fault := self._practice(item):
            return (fault,)
        return tuple(dict.fromkeys([*self._ids(item), *self._form(item), *self._words(item)]))

    def soft(self, item: Drafted) -> tuple[str, ...]:
        """What should be mended: a behaviour that could be any organisation's."""
        if not isinstance(item, DraftedBehaviour):
            return ()
        used = terms_in(worded(item), self.context)
        kinds = {term.kind for term in used}
        on_offer = {term.kind for term in self.context.terms}
        if len(self.context.terms) < TERMS or len(on_offer) < KINDS:
            return ()
        if len(used) >= TERMS and len(kinds) >= KINDS:
            return ()
        named = ", ".join(term.text for term in used) or "none"
        return (f"it uses too few of the document's terms ({named}): {TERMS} of {KINDS} kinds are wanted",)

    def indicator(self, indicator: DraftedIndicator) -> tuple[str, ...]:
        """What is wrong with a counting rule; a faulty one gives way to the practice's own."""
        said = f"{indicator.name} {indicator.numerator}".lower()
        vain = [
            f"“{word}” counts activity" for word in self.lexicons.vanity if re.search(rf"\b{re.escape(word)}\b", said)
        ]
        blank = [f"{name} is empty" for name in IndicatorForm.model_fields if len(getattr(indicator, name)) < 3]
        return (*vain, *blank, *self._words(indicator))

    def _practice(self, item: Drafted) -> str | None:
        candidate = self.context.candidates.get(item.practice)
        if candidate is None:
            return f"practice “{item.practice}” is not in the list"
        if candidate.practice.kind is not SORTS[type(item)]:
            return f"practice “{item.practice}” is a {candidate.practice.kind.value}"
        return None

    def _ids(self, item: Drafted) -> Iterator[str]:
        unknown = unknown_ids(item.ids, (sentence.id for sentence in self.context.cited))
        if unknown and len(unknown) == len(item.ids):
            yield f"{', '.join(unknown)} names no sentence of the evidence"

    def _form(self, item: Drafted) -> Iterator[str]:
        if isinstance(item, DraftedBehaviour):
            yield from self._behaviour(item)
        elif isinstance(item, DraftedRitual):
            minutes = [step.minutes for step in item.agenda]
            if not MIN_STEPS <= len(minutes) <= MAX_STEPS or min(minutes) < 1:
                yield f"an agenda has {MIN_STEPS} to {MAX_STEPS} steps of a minute or more"
            elif not MIN_MINUTES <= sum(minutes) <= MAX_MINUTES:
                yield f"the agenda adds up to {sum(minutes)} minutes"
        else:
            if not 2 <= len(item.options) <= 4:
                yield "a policy ask has two to four options"
            if not item.question.endswith("?"):
                yield "a policy ask is a question and ends with a question mark"

    def _behaviour(self, item: DraftedBehaviour) -> Iterator[str]:
        if not OPENER.match(item.trigger):
            yield f"the trigger “{item.trigger[:60]}” does not begin with When, After, Before, At, If, Every or Each"
        if item.actor.lower().removeprefix("the ") in self.lexicons.vague_actors:
            yield f"“{item.actor}” is no role"
        verb = item.action.split(" ", 1)[0].lower().strip(",")
        if _lemmas(verb) & set(self.lexicons.banned_verbs):
            yield f"“{verb}” cannot be observed; begin the action with an act a camera would see"
        length = len(f"{item.trigger} {item.actor} {item.action}".split())
        if length > MAX_WORDS:
            yield f"trigger, actor and action have {length} words; {MAX_WORDS} are allowed"
        said = f"{item.trigger} {item.action}".lower()
        for phrase in self.lexicons.vague_phrases:
            if re.search(rf"\b{re.escape(phrase)}\b", said):
                yield f"“{phrase}” names no moment"

    def _words(self, item: Drafted | DraftedIndicator) -> Iterator[str]:
        said = worded(item)
        for number in NUMBER.findall(said):
            if number not in self._numbers:
                yield f"the number {number} is not in the document; minutes and cadences have their own fields"
        for name in NAME.findall(said):
            if name.lower() not in self._known_words:
                yield f"the name “{name}” is not in the document"
        for found in PERSONS.finditer(said):
            yield f"“{found.group()}” measures or ranks persons"

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(NUMBER.findall(self.context.text))

    @cached_property
    def _known_words(self) -> frozenset[str]:
        shown = " ".join(each.practice.model_dump_json() for each in self.context.candidates.values())
        return frozenset(re.findall(r"[\w’'-]+", f"{self.context.text} {shown}".lower()))


def terms_in(words: str, context: DraftContext) -> tuple[BoundTerm, ...]:
    """The document's terms that stand in `words`, longest first, none inside another."""
    rest = words.lower()
    found: list[BoundTerm] = []
    for term in sorted(context.terms, key=lambda each: (-len(each.text), each.span)):
        pattern = rf"(?<!\w){re.escape(term.text.lower())}(?!\w)"
        if term.text.lower() in rest and re.search(pattern, rest):
            rest = re.sub(pattern, "\x1f", rest)
            found.append(BoundTerm(kind=term.kind.value, text=term.text, start=term.span.start, end=term.span.end))
    return tuple(found)


def worded(item: Drafted | DraftedIndicator) -> str:
    """All free text of a drafted item, one field a line."""
    parts: list[str] = []
    for value in item.model_dump(exclude=_UNWORDED).values():
        if isinstance(value, str):
            parts.append(value)
        elif isinstance(value, list):
            parts += [each["step"] if isinstance(each, dict) else str(each) for each in value]
    return "\n".join(part for part in parts if part)


def _lemmas(verb: str) -> set[str]:
    """The forms a third person may come from: 'supports' -> support, 'values' -> value, 'tries' -> try."""
    return {verb, verb.removesuffix("s"), verb.removesuffix("es"), re.sub(r"ies$", "y", verb)}
