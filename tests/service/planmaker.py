"""Builds small, sound plans in the making over one small document, for the tests of stages and checks."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from corpora.lexicons import Lexicons, load_lexicons
from corpora.load import load_budgets
from corpora.records import (
    AgendaStep,
    Artefact,
    Barrier,
    Cadence,
    DecisionRights,
    Participant,
    Period,
    Reinforcement,
    RoleClass,
    Shift,
    StateSource,
    StopDoing,
    TimeCost,
)
from retrieval.documents import Block, BlockKind, Document, Location, Span
from service.plan.intents import Intent, IntentKind
from service.plan.items import (
    Behaviour,
    BehaviourDraft,
    Indicator,
    IndicatorKind,
    PolicyAsk,
    Ritual,
    RitualDraft,
)
from service.plan.parts import PlanParts
from service.plan.plan import EngineInfo, Plan, Question, QuestionKind, SourceDocument, Status
from service.plan.provenance import FieldSource, Place, Provenance, Quote
from service.plan.reading import Reading, Trait, TraitKind

LINES = (
    (BlockKind.heading, "Harbour Council digital strategy for the years ahead"),
    (BlockKind.paragraph, "We are moving away from business requirements and towards shared problem statements."),
    (BlockKind.paragraph, "Service managers will speak with residents before any of the 25 services is changed."),
    (BlockKind.paragraph, "By March 2027 we will decide faster and reduce approvals for small changes to services."),
    (BlockKind.paragraph, "Teams will share bad news early and leaders will answer with help instead of blame."),
    (BlockKind.paragraph, "Funding of £1.2 million moves from projects to lasting teams during the coming year."),
)
SHARED, LISTEN, FASTER, NEWS, FUNDING = (text for _, text in LINES[1:])


def document() -> Document:
    """The council's strategy: a heading and five paragraphs."""
    blocks, text = [], ""
    for kind, line in LINES:
        blocks.append(Block(kind, Span(len(text), len(text) + len(line)), Location(page=1)))
        text += line + "\n\n"
    return Document("Strategy", "a" * 64, "text/plain", "en", "test-1", text, tuple(blocks))


DOCUMENT = document()
LEXICONS: Lexicons = load_lexicons()
BUDGETS = load_budgets()
ROOT = Path(__file__).parents[2]


def reading(*, speed: str | None = None) -> Reading:
    """The document as read; `speed` are words that show the trait."""
    start = DOCUMENT.text.index(speed) if speed else 0
    traits = (Trait(TraitKind.speed, Span(start, start + len(speed)), "s1"),) if speed else ()
    empty = np.zeros((0, 384), dtype=np.float32)
    return Reading(DOCUMENT, (), empty, (), empty, (), traits, ())


def quote(words: str) -> Quote:
    """An exact quote of the document."""
    start = DOCUMENT.text.index(words)
    return Quote(text=words, start=start, end=start + len(words), sentence_ids=("s1",), location=Place(page=1))


def intent(number: int, words: str = SHARED, **change: object) -> Intent:
    """Intent `number` on the given words; importance falls with the number."""
    fields: dict[str, object] = {
        "id": f"int-{number}",
        "label": " ".join(words.split()[:6]),
        "statement": words,
        "kind": IntentKind.shift,
        "quotes": (quote(words),),
        "confidence": 0.8,
        "importance": round(0.95 - number / 10, 2),
        "wave": 1,
        **change,
    }
    return Intent.model_validate(fields)


#: Seven acts that share few words, so that none is taken for another.
ACTS = (
    ("When a requirement arrives", "writes the problem behind it and who has it", "estimating from requirement lists"),
    ("Before a service is changed", "calls one consenting resident about it", "guessing what residents meant"),
    ("After a release has run two weeks", "reads the chosen measure aloud in planning", "opening with backlog order"),
    ("When work waits on another unit", "phones the other side and names a date", "chasing by e-mail chains"),
    ("At the opening of each budget talk", "asks what the last sum taught", "slides of spend against milestones"),
    ("If a small repair is reversible", "publishes it the same day with a note", "batching repairs into large drops"),
    ("Every Thursday at noon", "lists three abandoned ideas on the wall", "keeping silent queues of ideas"),
)


def behaviour(number: int, intents: tuple[str, ...] = ("int-1",), **change: object) -> Behaviour:
    """Sound behaviour `number` (from 0)."""
    trigger, action, stop = ACTS[number % len(ACTS)]
    fields: dict[str, object] = {
        "id": f"beh-{number}",
        "title": f"{action.split()[0].capitalize()} {' '.join(action.split()[1:4])}",
        "intent_ids": intents,
        "practice_id": None,
        "capability": "K5",
        "mechanism": "people who name the problem first choose smaller work",
        "quotes": (),
        "confidence": 0.7,
        "actor": "service manager",
        "role_class": RoleClass.lead,
        "trigger": trigger,
        "action": action,
        "cadence": Cadence(period=Period.event, events_per_month=2),
        "evidence": Artefact(artefact="a short written note", location="in the open record", minutes_after=60),
        "owner": "head of service",
        "shift": Shift(from_state="answers come first", to_state="the team decides from what residents tell it"),
        "stop_doing": StopDoing(text=stop, minutes_saved=20),
        "time_cost": (TimeCost(role_class=RoleClass.lead, minutes=20),),
        "barrier": Barrier.reflective_motivation,
        "technique": ("1.4 action planning",),
        "first_time": "Take the newest case and do it once with a colleague.",
        "reinforcement": Reinforcement(who="the head of service", when="on Monday", how="asks for the note"),
        "review_days": 90,
        "sunset": "drop it when the note changes no choice in a quarter",
        **change,
    }
    return Behaviour.model_validate(fields)


GATHERINGS = (
    ("Decide which cases go on, change or end, from what residents said", "silent reading of resident notes"),
    ("Clear the oldest blockers between units and promise help", "walk through waiting work"),
    ("Compare forecasts with results and note what surprised us", "forecast cards turned over"),
    ("Choose where next quarter's money moves", "evidence pages passed round"),
    ("Trade experts between crews for the coming month", "offers and wishes pinned up"),
)


def ritual(number: int, intents: tuple[str, ...] = ("int-1",), **change: object) -> Ritual:
    """Sound ritual `number` (from 0)."""
    purpose, opening = GATHERINGS[number % len(GATHERINGS)]
    fields: dict[str, object] = {
        "id": f"rit-{number}",
        "title": " ".join(purpose.split()[:3]),
        "intent_ids": intents,
        "practice_id": None,
        "capability": "K6",
        "mechanism": "people who see evidence together change course sooner",
        "quotes": (),
        "confidence": 0.6,
        "purpose": purpose,
        "cadence": Cadence(period=Period.monthly),
        "duration_min": 30,
        "participants": (
            Participant(role="sponsor", role_class=RoleClass.leader, count=1, reason="decides"),
            Participant(role="service manager", role_class=RoleClass.lead, count=3, reason="brings the cases"),
        ),
        "facilitator": "Product Ops for the first sessions",
        "rotation": "service managers take turns from the fourth session",
        "owner": "sponsor",
        "inputs": ("notes sent a day ahead",),
        "agenda": (
            AgendaStep(step=opening, minutes=10),
            AgendaStep(step="questions of fact", minutes=10),
            AgendaStep(step="verdicts and log", minutes=10),
        ),
        "outputs": ("a written verdict for each case",),
        "decision_rights": DecisionRights(decider="the sponsor", scope="the cases shown", beyond="the budget owner"),
        "replaces": StopDoing(text="the monthly status call", minutes_saved=30),
        "health_check": ("something was changed", "notes arrive on time", "people would come again"),
        "failure_signal": "nothing changes for a quarter",
        "reinforcement": Reinforcement(who="the sponsor", when="the day before", how="asks for missing notes"),
        "review_days": 90,
        "sunset": "end it when two sessions pass without a verdict",
        "async_variant": "Verdicts are written under the notes within a day.",
        **change,
    }
    return Ritual.model_validate(fields)


def ask(number: int, intents: tuple[str, ...] = ("int-1",), **change: object) -> PolicyAsk:
    """Sound policy ask `number`."""
    fields: dict[str, object] = {
        "id": f"ask-{number}",
        "title": "Who may stop a service change",
        "intent_ids": intents,
        "practice_id": None,
        "capability": "K6",
        "mechanism": "a known decider lets teams act on what they learn",
        "quotes": (),
        "confidence": 0.6,
        "question": "Who may stop or shrink a service change?",
        "decision": "name the role that may stop a change",
        "decider": "the sponsor",
        "forum": "the monthly board",
        "needed_by_day": 20,
        "options": ("the sponsor alone", "the service manager within the year's sum"),
        "cost_of_not_deciding": "changes go on although residents do not want them",
        "interim": "service managers may pause a change for a week",
        **change,
    }
    return PolicyAsk.model_validate(fields)


def indicator(kind: IndicatorKind, item: str, intents: tuple[str, ...] = ("int-1",), **change: object) -> Indicator:
    """Sound indicator of a kind for an item."""
    fields: dict[str, object] = {
        "id": f"ind-{kind.value}-{item}",
        "kind": kind,
        "name": f"{kind.value.capitalize()} of the act",
        "numerator": "requirements answered with a problem statement",
        "denominator": "all requirements that arrived",
        "source": "the open record",
        "counts": "statements agreed before an estimate",
        "does_not_count": "statements written afterwards",
        "intent_ids": intents,
        "item_ids": (item,),
        "scope": "pilot teams",
        "baseline": "unknown, collect by day 15",
        **change,
    }
    return Indicator.model_validate(fields)


def question(text: str = "Who may stop a change to a service?", **change: object) -> Question:
    """A question to the sponsor."""
    fields: dict[str, object] = {
        "id": "que-1",
        "kind": QuestionKind.leadership,
        "text": text,
        "why": "the document names no decider",
        "asked_of": "the sponsor",
        **change,
    }
    return Question.model_validate(fields)


def parts(*items: Behaviour | Ritual | PolicyAsk, intents: tuple[Intent, ...] = (), **change: object) -> PlanParts:
    """A plan in the making with these items; one intent unless others are given."""
    fields: dict[str, object] = {
        "intents": intents or (intent(1),),
        "deferred": (),
        "behaviours": tuple(item for item in items if isinstance(item, Behaviour)),
        "rituals": tuple(item for item in items if isinstance(item, Ritual)),
        "policy_asks": tuple(item for item in items if isinstance(item, PolicyAsk)),
        "indicators": (),
        **change,
    }
    return PlanParts.model_validate(fields)


def alternative(item: Behaviour | Ritual, **change: object) -> BehaviourDraft | RitualDraft:
    """The item's fields as a draft, to stand as an alternative."""
    draft = BehaviourDraft if isinstance(item, Behaviour) else RitualDraft
    fields = {name: getattr(item, name) for name in draft.model_fields}
    return draft.model_validate({**fields, "id": f"{item.id}-alt", **change})


def plan(made: PlanParts) -> Plan:
    """A finished plan of the parts."""
    return Plan(
        id="plan-1",
        status=Status.ready,
        document=SourceDocument(
            title=DOCUMENT.title, sha256=DOCUMENT.sha256, media_type="text/plain", words=80, language="en",
            parser_version="test-1",
        ),
        engine=EngineInfo(name="patterns", library_version="0"),
        holds="five commitments",
        intents=made.intents,
        deferred_intents=made.deferred,
        behaviours=made.behaviours,
        rituals=made.rituals,
        policy_asks=made.policy_asks,
        indicators=made.indicators,
        rollout=made.rollout,
        questions_for_leadership=made.questions,
        assumptions=made.assumptions,
        load=made.load,
        load_by_role=made.load_by_role,
    )  # fmt: skip


def proposed(*fields: str) -> tuple[FieldSource, ...]:
    """Sources that flag fields as proposed."""
    return tuple(FieldSource(field=name, provenance=Provenance.proposed) for name in fields)


HYPOTHESIS, QUOTED = StateSource.hypothesis, StateSource.document
