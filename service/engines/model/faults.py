"""What is wrong with a drafted item, in words that a model can act on.

Owns: the checks an answer must pass before its item is taken, and their words. Must not know:
models, prompts. Where the rubric's own checks can judge an item, they do, so that a second question
mends what a later stage would throw away. Words marked as proposed get no credit for that here: a
model's number or name must stand in the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from corpora.lexicons import Lexicons
from corpora.records import IndicatorForm
from service.checks.c03_concreteness import banned_verb, persons_name, vague_actor
from service.checks.c04_repeatability import is_a_moment, vague_time
from service.checks.c11_clarity import MAX_WORDS, one_sentence
from service.checks.c12_coherence import adds_approval
from service.checks.facts import KnownFacts, facts_in
from service.checks.fields import texts_of
from service.checks.g1_no_invention import is_plan_day, is_proposal, practice_facts, unvouched
from service.checks.g2_safety import instructs_reader, measures_person, unsafe
from service.checks.wording import found, word_count
from service.engines.model.answers import Drafted, DraftedAsk, DraftedBehaviour, DraftedIndicator, DraftedRitual
from service.engines.model.bind import bind
from service.engines.model.brief_text import DraftContext
from service.engines.model.locate import unknown_ids
from service.engines.model.own_form import SORTS, frame_of, unworded
from service.engines.model.terms import terms_in, worded
from service.plan.items import Behaviour, Item, Ritual
from service.plan.reading import TraitKind

TERMS, KINDS = 3, 2
MIN_STEPS, MAX_STEPS, MIN_MINUTES, MAX_MINUTES = 3, 8, 10, 240


@dataclass(frozen=True)
class ItemRules:
    """The checks for one brief; `hard` faults cost the item its place, `soft` ones only a second question.

    `known` holds the document's facts, read once a document.
    """

    context: DraftContext
    lexicons: Lexicons
    known: KnownFacts

    def hard(self, item: Drafted) -> tuple[str, ...]:
        """What must be mended, else the item falls back."""
        if fault := self._practice(item):
            return (fault,)
        open_fields = () if item.practice else unworded(item)
        if faults := (*self._ids(item), *_form(item), *open_fields):
            return faults
        try:
            bound = bind(item, self.context)
        except ValidationError as error:
            return tuple(f"{'.'.join(map(str, line['loc']))}: {line['msg']}" for line in error.errors())
        return tuple(dict.fromkeys([*self._behaviour(bound), *self._truth(bound), *self._safety(bound)]))

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

    def indicator(self, rule: DraftedIndicator) -> tuple[str, ...]:
        """What is wrong with a counting rule; a faulty one gives way to the practice's own."""
        said = worded(rule)
        faults = [f"{name} is empty" for name in IndicatorForm.model_fields if len(getattr(rule, name)) < 3]
        if vain := found(self.lexicons.vanity, f"{rule.name} {rule.numerator}"):
            faults.append(f"“{vain}” counts activity")
        facts = [fact for line in said.splitlines() for fact in facts_in(line)]  # a name never spans two fields
        faults += [f"“{fact.text}” is not in the document" for fact in facts if not self.known.hold(fact)]
        if words := measures_person(said):
            faults.append(f"“{words}” measures persons")
        return tuple(faults)

    def lends(self, item: Drafted) -> bool:
        """Whether the practice that the item names is known and of its kind."""
        candidate = frame_of(item, self.context)
        return candidate is not None and candidate.practice.kind is SORTS[type(item)]

    def _practice(self, item: Drafted) -> str | None:
        return None if self.lends(item) else f"practice “{item.practice}” is not in the list"

    def _ids(self, item: Drafted) -> Iterator[str]:
        unknown = unknown_ids(item.ids, (sentence.id for sentence in self.context.citable))
        if unknown and len(unknown) == len(item.ids):
            yield f"{', '.join(unknown)} names no sentence of the evidence"

    def _behaviour(self, item: Item) -> Iterator[str]:
        role = _role(item)
        if vague_actor(role, self.lexicons):
            yield f"“{role}” is no role"
        if persons_name(role, self.context.text):
            yield f"“{role}” is a person's name; name the role"
        if not isinstance(item, Behaviour):
            return
        if vague := vague_time(f"{item.trigger} {item.action}", self.lexicons):
            yield f"“{vague}” names no moment"
        elif not is_a_moment(item.trigger, self.lexicons):
            yield f"the trigger “{item.trigger[:60]}” does not begin with When, After, Before, At, If, Every or Each"
        if verb := banned_verb(item.action, self.lexicons):
            yield f"“{verb}” cannot be observed; begin the action with an act a camera would see"
        if (length := word_count(one_sentence(item))) > MAX_WORDS:
            yield f"trigger, actor and action have {length} words; {MAX_WORDS} are allowed"

    def _truth(self, item: Item) -> Iterator[str]:
        """Facts that neither document nor form states; "two days" and "by day 60" may be proposed, "42" not."""
        own = self._lent(item.practice_id)
        for lone in unvouched(item, (), self.known):
            proposed = is_plan_day(lone) or (is_proposal(lone) and not lone.fact.text[0].isdigit())
            if not proposed and not own.hold(lone.fact):
                yield f"{lone.field.path}: the {lone.fact.kind.value} “{lone.fact.text}” is not in the document"

    def _lent(self, practice_id: str | None) -> KnownFacts:
        """The facts of the practice whose form the item takes; an item without one brings its own words only."""
        known = {**self.context.candidates, **self.context.offered}
        candidate = known.get(practice_id) if practice_id else None
        return practice_facts(candidate.practice if candidate else None)

    def _safety(self, item: Item) -> Iterator[str]:
        fields = texts_of(item)
        if words := unsafe(fields):
            yield f"“{words}” measures, ranks or names persons"
        if words := next((said for field in fields if (said := instructs_reader(field.text))), None):
            yield f"“{words}” instructs the reader"
        speed = any(trait.kind is TraitKind.speed for trait in self.context.brief.traits)
        if speed and (words := adds_approval(item)):
            yield f"it adds an approval (“{words}”) where the document wants speed or autonomy"


def _role(item: Item) -> str:
    """Who acts or decides."""
    if isinstance(item, Behaviour):
        return item.actor
    return item.decision_rights.decider if isinstance(item, Ritual) else item.decider


def _form(item: Drafted) -> tuple[str, ...]:
    if isinstance(item, DraftedRitual):
        minutes = [step.minutes for step in item.agenda]
        if not MIN_STEPS <= len(minutes) <= MAX_STEPS or min(minutes) < 1:
            return (f"an agenda has {MIN_STEPS} to {MAX_STEPS} steps of a minute or more",)
        if not MIN_MINUTES <= sum(minutes) <= MAX_MINUTES:
            return (f"the agenda adds up to {sum(minutes)} minutes",)
    if isinstance(item, DraftedAsk) and not item.question.endswith("?"):
        return ("a policy ask is a question and ends with a question mark",)
    return ()
