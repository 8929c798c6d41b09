"""What an engine would begin a waiting intent with: judged as an item of the plan is, then told as its next step.

Owns: that judgement. Must not know: how an engine words it, the library's own steps, storage, pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpora.lexicons import Lexicons
from corpora.records import Artefact, Barrier, Cadence, Period, Reinforcement, RoleClass, Shift, StopDoing, TimeCost
from service.checks.c03_concreteness import persons_name
from service.checks.c11_clarity import MAX_WORDS, one_sentence
from service.checks.c12_coherence import adds_approval
from service.checks.facts import KnownFacts, facts_in
from service.checks.wording import word_count
from service.plan.articles import with_the
from service.plan.ids import content_id
from service.plan.intents import Intent, NextStep
from service.plan.items import Behaviour
from service.plan.lettering import capital
from service.plan.parts import PlanParts
from service.plan.profile import Profile
from service.plan.proposals import Opening
from service.plan.reading import Reading, TraitKind
from service.stages.ground import ground
from service.stages.lint import lint
from service.stages.tailor import tailor

#: What a behaviour must hold and an opening does not say; none of it is ever shown.
UNSAID = "not said yet"


def opened_steps(
    intents: Sequence[Intent],
    openings: Mapping[str, Opening],
    reading: Reading,
    lexicons: Lexicons,
    profile: Profile | None = None,
) -> dict[str, NextStep]:
    """The next step of each intent, by its id, whose opening passes every check; the others are left out."""
    wanted = [intent for intent in intents if intent.id in openings]
    acts = tuple(_behaviour(openings[intent.id], intent) for intent in wanted)
    parts = PlanParts(intents=tuple(wanted), deferred=(), behaviours=acts, rituals=(), policy_asks=(), indicators=())
    parts = lint(ground(parts, reading, {}), reading, lexicons)
    parts = tailor(parts, profile) if profile else parts
    hurried = any(trait.kind is TraitKind.speed for trait in reading.traits)
    kept = (item for item in parts.behaviours if _fits(item, hurried, reading.document.text))
    return {key: told(item) for item in kept for key in item.intent_ids}  # two alike have become one for both


def told(item: Behaviour, practice: str = "") -> NextStep:
    """The behaviour's sentence, under its practice's name where one stands behind it."""
    sentence = f"{item.trigger}, {with_the(item.actor)} {item.action}".rstrip(".") + "."
    return NextStep(practice_id=item.practice_id or "", title=practice, actor=item.actor, text=capital(sentence))


def _fits(item: Behaviour, hurried: bool, text: str) -> bool:
    """Short enough, a role's, without a figure of its own, and no new approval where speed or autonomy is wanted."""
    if word_count(one_sentence(item)) > MAX_WORDS or (hurried and adds_approval(item)):
        return False
    known = KnownFacts.of(text)
    figures = (fact for words in (item.trigger, item.action) for fact in facts_in(words) if fact.text[0].isdigit())
    return not persons_name(item.actor, text) and all(map(known.hold, figures))


def _behaviour(opening: Opening, intent: Intent) -> Behaviour:
    """The opening as the checks read it: its own words where it has any, nothing of its own elsewhere."""
    actor = opening.actor.removeprefix("the ").removeprefix("The ")
    trigger, action = opening.trigger.rstrip(" ,."), opening.action.rstrip(" .")
    return Behaviour(
        id=content_id("b", "opening", intent.id, trigger, action),
        title=UNSAID,
        intent_ids=(intent.id,),
        practice_id=None,
        capability="K1",
        mechanism=UNSAID,
        quotes=intent.quotes[:1],
        confidence=intent.confidence,
        actor=actor,
        role_class=RoleClass.lead,
        trigger=trigger,
        action=action,
        cadence=Cadence(period=Period.monthly),
        evidence=Artefact(artefact=UNSAID, location=UNSAID, minutes_after=0),
        owner=actor,
        shift=Shift(from_state=UNSAID, to_state=UNSAID),
        stop_doing=StopDoing(text=UNSAID, minutes_saved=None),
        time_cost=(TimeCost(role_class=RoleClass.lead, minutes=0),),
        barrier=Barrier.reflective_motivation,
        technique=(UNSAID,),
        first_time=UNSAID,
        reinforcement=Reinforcement(who=actor, when=UNSAID, how=UNSAID),
        review_days=90,
        sunset=UNSAID,
    )
