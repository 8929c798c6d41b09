"""Questions and assumptions: what only a leader can answer, and what the plan rests on unproven.

Owns: choosing at most five questions, and the assumptions of a plan. Must not know: engines, storage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpora.records import BehaviourForm, RoleClass, StateSource
from service.plan.ids import content_id
from service.plan.intents import Intent
from service.plan.items import Behaviour, Flag, Ritual
from service.plan.parts import Note, PlanParts
from service.plan.plan import Assumption, Question, QuestionKind
from service.plan.proposed_roles import proposed_roles
from service.plan.reading import Finding, FindingKind, Reading, TermKind
from service.plan.roles import role_key, role_name

MOST = 5
KINDS = {
    FindingKind.contradiction: QuestionKind.contradiction,
    FindingKind.placeholder: QuestionKind.undefined,
    FindingKind.tension: QuestionKind.tension,
    FindingKind.hedge: QuestionKind.hedge,
    FindingKind.undefined: QuestionKind.undefined,
}
#: How many questions of a kind of finding may be asked, in this order.
QUOTA = (
    (FindingKind.contradiction, 2),
    (FindingKind.tension, 1),
    (FindingKind.undefined, 1),
    (FindingKind.hedge, 1),
    (FindingKind.placeholder, 1),
)
WHO = {TermKind.role, TermKind.leader, TermKind.body, TermKind.team}
#: Kinds worth a question wherever they stand; others only where they touch an intent.
ANYWHERE = {FindingKind.contradiction, FindingKind.placeholder}
#: A measure without a baseline is asked about only where its intent starts now.
ACTIVE_ONLY = {FindingKind.undefined}
#: So many commitments left waiting make their order a leader's question.
MANY_WAITING = 6
#: The stage whose notes say what found no room.
BALANCE = "balance"
#: Commitment from which a sentence in the past tense still binds: "we decided on five".
BINDS = 0.5


def ask(parts: PlanParts, reading: Reading) -> PlanParts:
    """Adds questions (at most five, those that an engine put and that held first) and the plan's assumptions."""
    found = [
        *parts.questions,
        *_leadership(parts),
        *_from_findings(parts, reading),
        *_owner(parts, reading),
        *_order(parts),
        *_few(parts),
    ]
    unique = {question.id: question for question in found}
    return parts.model_copy(
        update={"questions": tuple(unique.values())[:MOST], "assumptions": tuple(_assumptions(parts))}
    )


def _from_findings(parts: PlanParts, reading: Reading) -> Iterable[Question]:
    """Findings that touch the active intents first; of some kinds only those that touch the ledger at all."""
    active = _sentences(parts.intents)
    ledger = active | _sentences([deferred.intent for deferred in parts.deferred])
    for kind, most in QUOTA:
        near = active if kind in ACTIVE_ONLY else ledger
        of_kind = [
            f
            for f in reading.findings
            if f.kind is kind and (kind in ANYWHERE or near & set(f.sentence_ids)) and _of_one_matter(f, reading)
        ]
        touching_first = sorted(of_kind, key=lambda finding: not active & set(finding.sentence_ids))
        yield from (_question(finding, parts.intents, reading) for finding in touching_first[:most])


def _of_one_matter(finding: Finding, reading: Reading) -> bool:
    """Whether the places of a contradiction can both bind today: what the past counted asks nothing of the author."""
    if finding.kind is not FindingKind.contradiction:
        return True
    places = [reading.by_id(sentence_id) for sentence_id in finding.sentence_ids]
    return all(place.tense != "past" or place.commitment >= BINDS for place in places)


def _sentences(intents: Sequence[Intent]) -> set[str]:
    return {sid for intent in intents for quote in intent.quotes for sid in quote.sentence_ids}


def _question(finding: Finding, intents: Sequence[Intent], reading: Reading) -> Question:
    quotes = tuple(reading.by_id(sid).quote() for sid in finding.sentence_ids)
    touched = tuple(i.id for i in intents if {s for q in i.quotes for s in q.sentence_ids} & set(finding.sentence_ids))
    return Question(
        id=content_id("q", finding.kind.value, *finding.sentence_ids),
        kind=KINDS[finding.kind],
        text=finding.note,
        why=_why(finding),
        asked_of="the author of the strategy",
        intent_ids=touched,
        quotes=quotes,
    )


def _why(finding: Finding) -> str:
    return {
        FindingKind.contradiction: "Teams that read only one of the places will plan for different things.",
        FindingKind.tension: "Without an answer each team settles it for itself, and differently.",
        FindingKind.undefined: "Without a baseline nobody can say in a year whether it came true.",
        FindingKind.hedge: "The plan treats it as open: teams gather evidence for it and start no routine on it.",
        FindingKind.placeholder: "The plan leaves this out until it is filled.",
    }[finding.kind]


def _leadership(parts: PlanParts) -> Iterable[Question]:
    early = [b for b in parts.behaviours if b.role_class is RoleClass.leader and b.starts_day <= 30]
    if not early and parts.intents:
        yield Question(
            id=content_id("q", "leadership", parts.intents[0].id),
            kind=QuestionKind.leadership,
            text="Which one thing will a senior leader do in the first 30 days that they do not do today?",
            why="No leader begins anything in this plan by then, and what is done only to teams does not hold.",
            asked_of="the sponsor of the strategy",
            intent_ids=(parts.intents[0].id,),
            quotes=parts.intents[0].quotes[:1],
        )


def _owner(parts: PlanParts, reading: Reading) -> Iterable[Question]:
    """Who answers for the intents whose words, and whose sections, name nobody."""
    naming = {term.text.lower() for term in reading.terms if term.kind in WHO}
    around = {intent.id: _around(intent, reading) for intent in parts.intents}
    unowned = [i for i in parts.intents if not any(name in around[i.id] for name in naming)]
    if unowned:
        first = unowned[0]
        more = f" and {len(unowned) - 1} more of the first intents" if len(unowned) > 1 else ""
        yield Question(
            id=content_id("q", "owner", *(intent.id for intent in unowned)),
            kind=QuestionKind.ownership,
            text=f"Which one leader answers for “{first.label}”{more}?",
            why="The words name nobody, and what everybody owns is dropped in the first busy week.",
            asked_of="the sponsor of the strategy",
            intent_ids=tuple(intent.id for intent in unowned),
            quotes=tuple(intent.quotes[0] for intent in unowned),
        )


def _around(intent: Intent, reading: Reading) -> str:
    """The words of the intent's quotes and of the sections they stand in."""
    paths = {quote.location.heading_path for quote in intent.quotes if quote.location.heading_path}
    sections = [s.text for s in reading.sentences if s.location.heading_path in paths]
    return " ".join([*(quote.text for quote in intent.quotes), *sections]).lower()


def _order(parts: PlanParts) -> Iterable[Question]:
    """Whether leaders stand by what waits: a document that wants everything at once leaves teams to choose."""
    waiting = [d for d in parts.deferred if not d.holds]
    if len(waiting) >= MANY_WAITING and parts.intents:
        heaviest = sorted(waiting, key=lambda d: (-d.intent.importance, d.intent.quotes[0].start))[:2]
        yield Question(
            id=content_id("q", "order", *(d.intent.id for d in heaviest)),
            kind=QuestionKind.order,
            text=(
                f"Of the {len(parts.intents) + len(parts.deferred)} commitments that this plan lists, it starts "
                f"{len(parts.intents)}: do you agree that these two wait until after day 90?"
            ),
            why="If nobody says what may wait, each team decides it alone, and differently.",
            asked_of="the sponsor of the strategy",
            intent_ids=tuple(d.intent.id for d in heaviest),
            quotes=tuple(d.intent.quotes[0] for d in heaviest),
        )


def _few(parts: PlanParts) -> Iterable[Question]:
    if 1 <= len(parts.intents) + len(parts.deferred) <= 2:
        yield Question(
            id=content_id("q", "few", parts.intents[0].id if parts.intents else parts.deferred[0].intent.id),
            kind=QuestionKind.missing,
            text="Is this all the document wants to change, or do other commitments stand elsewhere?",
            why="The text commits to very little; a plan on one or two sentences may miss what matters more.",
            asked_of="the author of the strategy",
        )


def _proposed(items: Sequence[Behaviour | Ritual]) -> Iterable[str]:
    """The roles that these items propose, each once however it is worded."""
    found: dict[str, str] = {}
    for item in items:
        for words in (item.actor,) if isinstance(item, Behaviour) else proposed_roles(item):
            found.setdefault(role_key(words), role_name(words) if isinstance(item, Ritual) else words)
    return found.values()


def _assumptions(parts: PlanParts) -> Iterable[Assumption]:
    items: tuple[Behaviour | Ritual, ...] = (*parts.behaviours, *parts.rituals)
    if items:
        yield Assumption(
            id=content_id("a", "estimates"),
            text=_estimates(parts),
            item_ids=tuple(item.id for item in items),
            check="The pilot teams correct them at the end of their second week.",
        )
    proposed = [item for item in items if Flag.role_proposed in item.flags]
    if proposed:
        roles = ", ".join(_proposed(proposed))
        yield Assumption(
            id=content_id("a", "roles", roles),
            text=f"The document does not name these roles, so they are proposed: {roles}.",
            item_ids=tuple(item.id for item in proposed),
            check="Product Ops names the real person's role for each before day 15.",
        )
    if left_out := [note.reason.split(":")[0] for note in parts.notes if note.stage == BALANCE and _is_item(note)]:
        names = ", ".join(f"“{name}”" for name in dict.fromkeys(left_out))
        yield Assumption(
            id=content_id("a", "left-out", names),
            text=f"People’s hours hold no more for now, so these were left out: {names}.",
            item_ids=(),
            check="Take one up as soon as another item is dropped or turns out to need less time.",
        )
    supposed = [b for b in parts.behaviours if _supposed(b)]
    if supposed:
        yield Assumption(
            id=content_id("a", "today", *(b.id for b in supposed)),
            text="How teams work today, and what ends, is supposed, not read in the document, where a card says so.",
            item_ids=tuple(b.id for b in supposed),
            check="Ask two pilot teams in the first week whether the from-state is theirs, and what really gives way.",
        )


def _estimates(parts: PlanParts) -> str:
    if any(Flag.own_routine in b.flags for b in parts.behaviours):
        return (
            "Minutes, cadences and events a month on the cards are estimates of ours, not the document's, save the "
            "rhythm of the routines that are its own."
        )
    return "Minutes, cadences and events a month on the cards are estimates of ours, not the document's."


def _is_item(note: Note) -> bool:
    """Whether the note tells of an item that found no room, and not of an indicator."""
    return note.action == "dropped" and not note.item_id.startswith("m-")


def _supposed(item: Behaviour | BehaviourForm) -> bool:
    return item.shift.from_source is StateSource.hypothesis
