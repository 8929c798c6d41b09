"""The frozen records of everything the project knows before a document arrives.

Owns: the fields of a behaviour, ritual and policy form (domain brief 1.2 and 2.1), defined once;
the plan's items are these forms plus what binds them to a document. Must not know: documents,
plans, engines, storage.

Text fields of a *practice* may hold slots, ``{name|default words}``. The default reads well on
its own, so a practice without a document is still plain prose; `SLOTS` names what each slot
stands for. Text fields of a *plan item* never hold slots.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Text = Annotated[str, Field(min_length=3)]
CapabilityId = Annotated[str, Field(pattern=r"^K([1-9]|1[0-2])$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]

SLOTS: dict[str, str] = {
    "work": "singular bare noun for the unit of work (initiative, project, service, release)",
    "works": "its plural",
    "user": "singular bare noun for the person served (user, patient, customer, citizen)",
    "users": "its plural",
    "team": "singular bare noun for the unit that does the work (team, squad, department)",
    "teams": "its plural",
    "lead": "bare role noun: who leads the daily work (team lead, service manager)",
    "leader": "bare role noun: the senior person who holds money or priority (sponsor, digital leader)",
    "partner": "bare noun for those outside the team the work needs (partner, supplier, line of business)",
    "organisation": "the organisation's name, or 'the organisation'",
    "product": "bare noun or name of what is being built or run (product, service, platform)",
    "focus": "noun phrase, with its article if it needs one, for what the intent is about",
    "aim": "the intent's own short words, in double quotes",
    "measure": "noun phrase with its article for the measure the document names",
    "case": "noun phrase with its article for the first real case to try this on",
    "object": "noun phrase, with its article if it needs one, for what the intent's own verb is done to",
    "served": "noun phrase for one of those with or for whom it is done (one of the departments, a patient)",
    "doing": "bare verb phrase for what those who are helped would do (adopt open standards)",
}


class Frozen(BaseModel):
    """Immutable, closed record."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class RoleClass(StrEnum):
    """Whose week an item costs; the load budgets of domain brief 2.3 are by these classes."""

    contributor = "contributor"
    lead = "lead"
    leader = "leader"
    partner = "partner"
    ops = "ops"


class Period(StrEnum):
    """How often. `event` is per occurrence and needs `events_per_month`."""

    daily = "daily"
    weekly = "weekly"
    fortnightly = "fortnightly"
    monthly = "monthly"
    six_weekly = "six_weekly"
    quarterly = "quarterly"
    yearly = "yearly"
    event = "event"
    once = "once"


#: Occurrences a week by period (domain brief 2.3); `event` uses events_per_month x 12/52.
WEEKLY_RATE: dict[Period, float] = {
    Period.daily: 5.0,
    Period.weekly: 1.0,
    Period.fortnightly: 0.5,
    Period.monthly: 12 / 52,
    Period.six_weekly: 1 / 6,
    Period.quarterly: 4 / 52,
    Period.yearly: 1 / 52,
    Period.once: 0.0,
}


class Cadence(Frozen):
    """A period, and for events how many a month are expected (an estimate)."""

    period: Period
    events_per_month: float | None = Field(default=None, gt=0, le=60)

    @model_validator(mode="after")
    def _events_are_counted(self) -> Self:
        if (self.period is Period.event) != (self.events_per_month is not None):
            raise ValueError("events_per_month is required for period 'event' and only there")
        return self

    @property
    def per_week(self) -> float:
        """Expected occurrences a week."""
        if self.events_per_month is not None:
            return self.events_per_month * 12 / 52
        return WEEKLY_RATE[self.period]


class Barrier(StrEnum):
    """Main COM-B barrier (Michie, van Stralen & West 2011)."""

    physical_capability = "physical capability"
    psychological_capability = "psychological capability"
    physical_opportunity = "physical opportunity"
    social_opportunity = "social opportunity"
    reflective_motivation = "reflective motivation"
    automatic_motivation = "automatic motivation"


class Artefact(Frozen):
    """What the act leaves behind as a by-product, where it lies, and how soon (minutes after)."""

    artefact: Text
    location: Text
    minutes_after: int = Field(ge=0, le=1440)


class StateSource(StrEnum):
    """Whether a from-state is quoted from the document or a hypothesis to check."""

    document = "document"
    hypothesis = "hypothesis"


class Shift(Frozen):
    """From how people think, decide or deliver today to how they will; `to` is never just 'not from'."""

    from_state: Text
    from_source: StateSource = StateSource.hypothesis
    to_state: Text


class StopDoing(Frozen):
    """The competing routine that ends, and the minutes an occurrence it frees.

    The minutes are an estimate; ``None`` where nobody has estimated them.
    """

    text: Text
    minutes_saved: int | None = Field(ge=0, le=480)


class TimeCost(Frozen):
    """Minutes an occurrence for one person of a role class, preparation included apart."""

    role_class: RoleClass
    minutes: int = Field(ge=0, le=480)
    prep_minutes: int = Field(default=0, ge=0, le=240)


class Reinforcement(Frozen):
    """Who notices whether it happens, when, and what they do to remove an obstacle."""

    who: Text
    when: Text
    how: Text


class BehaviourForm(Frozen):
    """What a role does when something happens (domain brief 1.2).

    ``action`` starts with an observable verb in the third person ("writes …") and reads after
    the actor: "When <trigger>, the <actor> <action>". ``trigger`` starts with When, After,
    Before, At, If, Every or Each.
    """

    actor: Text
    role_class: RoleClass
    trigger: Text
    action: Text
    cadence: Cadence
    evidence: Artefact
    owner: Text
    shift: Shift
    stop_doing: StopDoing
    time_cost: Annotated[tuple[TimeCost, ...], Field(min_length=1)]
    barrier: Barrier
    technique: Annotated[tuple[str, ...], Field(min_length=1, max_length=2)]
    first_time: Text
    reinforcement: Reinforcement
    review_days: int = Field(ge=14, le=120)
    sunset: Text


class Participant(Frozen):
    """Who comes and why; `count` is how many people of that role."""

    role: Text
    role_class: RoleClass
    count: int = Field(ge=1, le=30)
    reason: Text
    prep_minutes: int = Field(default=0, ge=0, le=240)


class AgendaStep(Frozen):
    """One step of a ritual and its minutes."""

    step: Text
    minutes: int = Field(ge=1, le=240)


class DecisionRights(Frozen):
    """The one decider, what lies within their right, and where the rest goes."""

    decider: Text
    scope: Text
    beyond: Text


class RitualForm(Frozen):
    """A recurring, facilitated gathering or written exchange (domain brief 2.1)."""

    purpose: Text
    cadence: Cadence
    duration_min: int = Field(ge=10, le=240)
    participants: Annotated[tuple[Participant, ...], Field(min_length=2)]
    facilitator: Text
    rotation: Text
    owner: Text
    inputs: Annotated[tuple[Text, ...], Field(min_length=1)]
    agenda: Annotated[tuple[AgendaStep, ...], Field(min_length=3)]
    outputs: Annotated[tuple[Text, ...], Field(min_length=1)]
    decision_rights: DecisionRights
    replaces: StopDoing
    health_check: Annotated[tuple[Text, ...], Field(min_length=3, max_length=4)]
    failure_signal: Text
    reinforcement: Reinforcement
    review_days: int = Field(ge=14, le=120)
    sunset: Text
    async_variant: Text

    @model_validator(mode="after")
    def _agenda_adds_up(self) -> Self:
        total = sum(step.minutes for step in self.agenda)
        if total != self.duration_min:
            raise ValueError(f"agenda adds up to {total} minutes, duration_min says {self.duration_min}")
        return self


class PolicyForm(Frozen):
    """A standing rule or resource decision only a leader can make, put as a question."""

    question: Text
    decision: Text
    decider: Text
    decider_class: RoleClass = RoleClass.leader
    forum: Text
    needed_by_day: int = Field(ge=1, le=180)
    options: Annotated[tuple[Text, ...], Field(min_length=2, max_length=4)]
    cost_of_not_deciding: Text
    interim: Text


class Kind(StrEnum):
    """Behaviour, ritual or policy: three types, never mixed."""

    behaviour = "behaviour"
    ritual = "ritual"
    policy = "policy"


class IndicatorForm(Frozen):
    """A counting rule: numerator over denominator, from which source, what counts and what does not."""

    name: Text
    numerator: Text
    denominator: Text
    source: Text
    counts: Text
    does_not_count: Text


class PracticeIndicators(Frozen):
    """Was it done (adherence), does it move what matters (leading), what might get worse (counter)."""

    adherence: IndicatorForm
    leading: IndicatorForm
    counter: IndicatorForm


class Source(Frozen):
    """Where the form comes from; `checked` says whether the source was read for this entry."""

    author: Text
    title: Text
    year: int | None = Field(default=None, ge=1850, le=2026)
    checked: bool = False
    note: str | None = None


class Need(StrEnum):
    """What must exist in the organisation for the practice to make sense."""

    users_reachable = "users_reachable"
    releases = "releases"
    funding_cycle = "funding_cycle"
    several_teams = "several_teams"
    suppliers = "suppliers"
    incidents = "incidents"
    customers_who_buy = "customers_who_buy"
    senior_leader = "senior_leader"


class WantedDeed(Frozen):
    """Sentences from which a practice follows: by verb, by head noun of what it is done to, or by kind of intent.

    Lemmas in lower case; what is left empty does not matter. `needs` are the slots that the sentence itself must
    fill; "number": it holds a figure, "rule": it says what must be, "ban": what must not, so that a case
    can go against it, "change": it says what it moves from or to. With `bare` one common noun is object enough.
    """

    verbs: tuple[str, ...] = ()
    not_verbs: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    not_heads: tuple[str, ...] = ()
    kinds: tuple[Literal["shift", "priority", "principle", "target", "constraint"], ...] = ()
    bare: bool = False
    needs: tuple[Literal["object", "served", "number", "rule", "ban", "change"], ...] = ()

    @model_validator(mode="after")
    def _says_which(self) -> Self:
        if not self.verbs and not self.kinds:
            raise ValueError("name the verbs or the kinds of intent that call for the practice")
        return self


class Practice(Frozen):
    """One entry of the library: a form, what it is for, what it is not for, and how to see it work."""

    id: Slug
    number: int = Field(ge=1, le=999)
    name: Text
    kind: Kind
    capability: CapabilityId
    also: tuple[CapabilityId, ...] = ()
    purpose: Text
    mechanism: Text = Field(description="'Doing this makes the intent more likely because …', the part after because")
    form: BehaviourForm | RitualForm | PolicyForm
    serves: Annotated[tuple[Text, ...], Field(min_length=4, max_length=30)]
    not_for: Annotated[tuple[Text, ...], Field(min_length=2, max_length=8)]
    themes: Annotated[tuple[str, ...], Field(min_length=2, max_length=8)]
    needs: tuple[Need, ...] = ()
    deeds: tuple[WantedDeed, ...] = ()
    adds_gate: bool = False
    technical: bool = False
    indicators: PracticeIndicators
    anti_patterns: Annotated[tuple[Text, ...], Field(min_length=1, max_length=4)]
    source: Source

    @property
    def plain(self) -> bool:
        """Whether an intent's kind alone calls for it, so that it could stand in any plan."""
        return bool(self.deeds) and not any(rule.verbs for rule in self.deeds)

    @property
    def led(self) -> bool:
        """Whether it is a leader's own behaviour."""
        return isinstance(self.form, BehaviourForm) and self.form.role_class is RoleClass.leader

    @model_validator(mode="after")
    def _kind_fits_form(self) -> Self:
        wanted = {Kind.behaviour: BehaviourForm, Kind.ritual: RitualForm, Kind.policy: PolicyForm}[self.kind]
        if not isinstance(self.form, wanted):
            raise ValueError(f"kind {self.kind} needs a {wanted.__name__}, got {type(self.form).__name__}")
        return self

    @model_validator(mode="after")
    def _stop_is_estimated(self) -> Self:
        """A plan may leave open what a reworded stop frees; a practice is proposed with its estimate."""
        form = self.form
        stop = form.stop_doing if isinstance(form, BehaviourForm) else None
        stop = form.replaces if isinstance(form, RitualForm) else stop
        if stop is not None and stop.minutes_saved is None:
            raise ValueError("say how many minutes what ends frees each time; 0 where it frees none")
        return self


class Capability(Frozen):
    """One of K1 to K12: what it is, how project mode and product mode look, how it goes wrong."""

    id: CapabilityId
    name: Text
    definition: Text
    project_signs: Annotated[tuple[Text, ...], Field(min_length=2)]
    product_signs: Annotated[tuple[Text, ...], Field(min_length=2)]
    demanded_by: Annotated[tuple[Text, ...], Field(min_length=4)] = Field(
        description="statements of intent that demand this capability"
    )
    leading_indicator: Text
    anti_pattern: Text


class Gate(StrEnum):
    """Whether a rubric criterion is weighted or a gate."""

    weighted = "weighted"
    gate = "gate"


class Criterion(Frozen):
    """One criterion of the rubric (domain brief 5) with its anchors for 1, 3 and 5."""

    id: Annotated[str, Field(pattern=r"^(C([1-9]|1[0-3])|G[12])$")]
    name: Text
    role: Gate
    weight: int = Field(ge=0, le=100)
    anchors: dict[Literal[1, 3, 5], Text]
    rule: Text
    judge_question: Text
    defects: tuple[Text, ...]
    good: Text
    bad: Text


class SampleStrategy(Frozen):
    """A strategy of a fictional organisation that ships with the project."""

    id: Slug
    title: Text
    organisation: Text
    sector: Text
    form: Text
    text: Text
