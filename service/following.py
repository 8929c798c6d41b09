"""A plan follows its strategy: a newer version of the document held against it, and the step onto the new text.

Owns: the comparison as stored, marks that follow the items while it is settled, the move once all is
settled. Must not know: what a person settles (see `settling`), requests, pages, jobs.
"""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.documents import Document
from retrieval.remember import RememberingEmbedder
from retrieval.sentences import split_sentences
from service.checks import CheckContext
from service.checks.context import Embedder
from service.pipeline import Workshop, read_document
from service.plan.items import Behaviour, PolicyAsk, Ritual
from service.plan.plan import Plan, Question
from service.plan.proposals import Engine
from service.plan.reading import Reading
from service.refine.anchors import Text
from service.refine.apply import Worded
from service.refine.carry import Carrier
from service.refine.changes import Comparison
from service.refine.errors import EditRefused
from service.refine.marks import Marks, Standing
from service.refine.matching import Newer, compare
from service.refine.restate import parts_in
from service.refine.settle import Left, left_in, moved, on_new_words
from service.refine.staleness import Turn, marked
from service.stages.intents import make_intents
from service.stages.questions import ask
from service.store.errors import Conflict, NotFound
from service.store.house import Workplace
from service.store.records import PlanVersion, ProposalRecord, RevisionRecord
from service.workshops import Workshops

#: Somebody may change the plan while it is marked; so often the newest version is tried.
TRIES = 5


@dataclass(frozen=True, slots=True)
class Step:
    """What is kept after a change: the plan, the text it rests on (None: the same), words for the reason."""

    standing: Standing
    text_id: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Following:
    """Holds plans against newer versions of their documents; built once and passed down."""

    workshops: Workshops
    embedder: RememberingEmbedder

    @classmethod
    def of(cls, workshops: Workshops) -> Following:
        """One that remembers the vectors of texts that stayed the same."""
        return cls(workshops, RememberingEmbedder(workshops.plain.embedder))

    def compare(self, place: Workplace, revision: RevisionRecord, engine: Engine) -> None:
        """Read the newer version, keep the comparison and mark the plan; a plan that loses nothing moves at once.

        Raises:
            service.store.errors.NotFound: the document was erased meanwhile.
        """
        document_id = place.documents.text(revision.new_text_id).document_id
        reading = read_document(place.shelf.ingest(document_id, revision.new_text_id), self.workshops.of(place))
        newer = Newer(reading, make_intents(engine.find_intents(reading), reading))
        old = _text(place, revision.old_text_id)
        plan = Plan.model_validate_json(place.plans.version(revision.plan_id).content)
        found = compare(plan, old, newer, self.embedder.embed)
        found = found.model_copy(update={"questions": _raised(plan, found, reading)})
        place.revisions.keep(revision.id, found.model_dump_json())
        if not _opened(place, revision):
            self.open(place, revision.plan_id, revision.id, revision.author)
        place.revisions.compared(revision.id)

    def open(self, place: Workplace, plan_id: str, revision_id: str, author: str) -> PlanVersion:
        """Mark the newest version of the plan for what a person has to settle.

        Raises:
            EditRefused: the plan rests on another text by now.
        """
        revision = place.revisions.get(plan_id, revision_id)
        turn = self.turn(place, revision)
        number = place.documents.text(revision.new_text_id).version
        for last in range(TRIES, 0, -1):
            version = place.plans.version(plan_id)
            if version.text_id != revision.old_text_id:
                raise EditRefused("The plan rests on another version of its document by now; compare again.")
            standing = _standing(version)
            opened = Marks(items=standing.marks.items, set_aside=standing.marks.set_aside)
            step = self._step(place, revision, turn, marked(Standing(standing.plan, opened), turn, revision_id), author)
            left = left_in(step.standing, turn.comparison)
            reason = f"compared with version {number} of the document: {left_words(left)}{step.note}"
            try:
                return _kept(place, plan_id, step, version.number, author, reason)
            except Conflict:
                if last == 1:
                    raise
        raise AssertionError("the loop returns or raises")

    def minded(self, place: Workplace, plan_id: str, standing: Standing, author: str) -> Step:
        """The plan as it is to be kept after any change: marks follow the items, and what is settled moves on."""
        if standing.marks.revision_id is None:
            return Step(standing)
        revision = place.revisions.get(plan_id, standing.marks.revision_id)
        turn = self.turn(place, revision)
        return self._step(place, revision, turn, marked(standing, turn, revision.id), author)

    def turn(self, place: Workplace, revision: RevisionRecord) -> Turn:
        """Both texts with their comparison.

        Raises:
            NotFound: they are not compared yet.
        """
        if revision.content is None:
            raise NotFound("The two versions of the document are not compared yet.")
        comparison = Comparison.model_validate_json(revision.content)
        return Turn(comparison, _text(place, revision.old_text_id), _text(place, revision.new_text_id))

    def context(self, place: Workplace, document: Document) -> CheckContext:
        """What the checks need to judge a plan on this document, with the workspace's own practices."""
        return context_on(document, self.workshops.of(place), self.embedder)

    def on_present_text(
        self, place: Workplace, plan_id: str, standing: Standing, proposal: ProposalRecord, made: Worded, author: str
    ) -> Worded:
        """A proposal's item with its quotes on the text that the plan rests on now.

        Raises:
            EditRefused: it was worded from a newer version that is not settled yet.
        """
        present = place.plans.get(plan_id).text_id
        if present is None or proposal.text_id in (None, present):
            return made
        latest = place.revisions.latest(plan_id)
        if latest is not None and standing.marks.revision_id == latest.id and proposal.text_id == latest.new_text_id:
            raise EditRefused(
                "This draft is worded from the newer version of the document. Settle what else changed first; "
                "it waits here."
            )
        turn = Turn(Comparison(matches=(), pairs=(), holds=""), _text(place, proposal.text_id), _text(place, present))
        return _carried(made, turn, standing.plan, author)

    def _step(self, place: Workplace, revision: RevisionRecord, turn: Turn, standing: Standing, author: str) -> Step:
        if left_in(standing, turn.comparison).count:
            return Step(standing)
        number = place.documents.text(revision.new_text_id).version
        after = moved(standing, turn, self.context(place, turn.new.document), author)
        return Step(after, revision.new_text_id, f"; the plan rests on version {number} of the document now")


def context_on(document: Document, workshop: Workshop, embedder: Embedder) -> CheckContext:
    """What the checks need to judge a plan on this document."""
    return CheckContext(
        document=document,
        practices=workshop.library.by_id(),
        budgets=workshop.library.budgets,
        lexicons=workshop.lexicons,
        embedder=embedder,
    )


def left_words(left: Left) -> str:
    """'1 item and 2 new intents to settle'."""
    parts = [
        f"{count} {word}{'s' if count != 1 else ''}"
        for count, word in ((len(left.item_ids), "item"), (len(left.intent_ids), "new intent"))
        if count
    ]
    return f"{' and '.join(parts)} to settle" if parts else "nothing to settle"


def _opened(place: Workplace, revision: RevisionRecord) -> bool:
    """Whether a job that was killed had marked or moved the plan already."""
    version = place.plans.version(revision.plan_id)
    return version.text_id == revision.new_text_id or _standing(version).marks.revision_id == revision.id


def _kept(place: Workplace, plan_id: str, step: Step, expected: int, author: str, reason: str) -> PlanVersion:
    content, marks = step.standing.plan.model_dump_json(), step.standing.marks.model_dump_json()
    return place.plans.add_version(plan_id, content, author, reason, marks, expected, text_id=step.text_id)


def _standing(version: PlanVersion) -> Standing:
    return Standing(Plan.model_validate_json(version.content), Marks.model_validate_json(version.marks))


def _text(place: Workplace, text_id: str | None) -> Text:
    if text_id is None:
        raise NotFound("The document of this plan was erased.")
    document = place.documents.document(text_id)
    return Text(document, split_sentences(document))


def _raised(plan: Plan, found: Comparison, reading: Reading) -> tuple[Question, ...]:
    """Questions that the new version raises for the plan's intents on their new words."""
    became = {match.intent_id: match.became for match in found.matches if match.became is not None}
    waiting = tuple(
        entry.model_copy(update={"intent": became[entry.intent.id]})
        for entry in plan.deferred_intents
        if entry.intent.id in became
    )
    parts = parts_in(on_new_words(plan, found))
    return ask(parts.model_copy(update={"deferred": waiting, "questions": ()}), reading).questions


def _carried(made: Worded, turn: Turn, plan: Plan, author: str) -> Worded:
    """The worded item on another text, for the intents that the plan has."""
    ledger = {intent.id: intent for intent in plan.intents}
    if not set(made.item.intent_ids) & set(ledger):
        raise EditRefused(f"The strategy no longer says what “{made.item.title}” serves.")
    carrier = Carrier(turn, ledger, author)
    item: Behaviour | Ritual | PolicyAsk = carrier.item(made.item)
    indicators = (carrier.indicator(one, {}) for one in made.indicators)
    return Worded(item, tuple(one for one in indicators if one is not None))
