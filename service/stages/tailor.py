"""Fits the plan to the organisation's own profile: its roles, meetings, gates, pilot teams and no-go areas.

Owns: the order of the rules and what follows from each. Must not know: files, the document, budgets,
engines. Where a rule's words come from belongs to `service.tailoring`. A fact of the profile is
marked `profile`, never `document`; what the document itself names stays as it is. Runs after lint and
before balance; a second run changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from corpora.records import RoleClass
from service.checks.c11_clarity import MAX_WORDS, one_sentence
from service.checks.fields import covers, texts_of, with_texts
from service.checks.ledger import deferring, each_item, items_in, without_items
from service.checks.wording import word_count
from service.plan.intents import DeferredIntent, Intent
from service.plan.items import BehaviourDraft, FirstCase, Flag, Indicator, ItemDraft, PolicyAskDraft, RitualDraft
from service.plan.parts import Note, PlanParts
from service.plan.profile import FundingGate, Meeting, Profile
from service.plan.proposed_roles import proposed_roles
from service.plan.provenance import FieldSource, Provenance
from service.tailoring.gates import concerns_money, day_of, next_gate, sitting
from service.tailoring.meetings import ENDS_NOTE, chosen_meetings, fitness, open_meetings, replacement
from service.tailoring.no_go import CASE, area_in, area_touched
from service.tailoring.role_words import RoleWords, usable

MarkedT = TypeVar("MarkedT", bound=ItemDraft | Indicator)

STAGE = "tailor"
ROLE_KINDS = frozenset({"role", "leader", "team", "user", "partner", "body"})
ROLE_FIELDS = frozenset({"actor", "owner", "facilitator", "decider", "decision_rights.decider", "reinforcement.who"})
#: Names and the document's own words are never reworded.
VERBATIM = frozenset({"title", "name", "baseline", "target", "first_case.text", "first_case.why"})
CASE_WHY = "named in your profile"


@dataclass(frozen=True, slots=True)
class _Facts:
    """What of the profile can be used for these parts, made once."""

    profile: Profile
    words: RoleWords
    meetings: Mapping[str, Meeting]
    gate: FundingGate | None
    cases: Mapping[str, str]


def tailor(parts: PlanParts, profile: Profile) -> PlanParts:
    """Put the organisation's own names, meetings and dates where the plan only proposes.

    Args:
        parts: The linted parts.
        profile: The organisation's facts; an empty one changes nothing.

    Returns:
        The parts with mapped roles, real meetings that make room, money questions at the next
        funding gate, pilot teams as first cases, and nothing that touches a no-go area. Ids stay. An
        intent whose items all touch a no-go area is deferred.
    """
    parts = _left_alone(parts, profile.no_go)
    facts = _facts(parts, profile)
    parts = each_item(parts, lambda item: _tailored(item, facts))
    indicators = tuple(_indicator(indicator, facts.words) for indicator in parts.indicators)
    return parts.model_copy(update={"indicators": indicators, "pilot_teams": profile.pilot_teams})


def _facts(parts: PlanParts, profile: Profile) -> _Facts:
    named = [term.text for item in items_in(parts) for term in item.terms if term.kind in ROLE_KINDS]
    named += [
        item.actor
        for item in parts.behaviours
        if any(source.field == "actor" and source.provenance is Provenance.document for source in item.sources)
    ]
    open_rituals = [item for item in parts.rituals if not _vouched(item, "replaces.text")]
    taken = [item.replaces.text for item in parts.rituals if _from_profile(item, "replaces.text")]
    return _Facts(
        profile=profile,
        words=RoleWords.of(profile.roles, named),
        meetings=chosen_meetings(open_rituals, open_meetings(profile), taken),
        gate=next_gate(profile),
        cases=_cases(parts, profile),
    )


def _cases(parts: PlanParts, profile: Profile) -> Mapping[str, str]:
    """Behaviour id -> a pilot team, in turn; a leader's own act starts with the leader, not in a team."""
    teams = [team for team in profile.pilot_teams if usable(team) and not area_in(team, profile.no_go)]
    daily = [item for item in parts.behaviours if item.role_class in {RoleClass.contributor, RoleClass.lead}]
    return {item.id: teams[place % len(teams)] for place, item in enumerate(daily)} if teams else {}


# No-go areas ---------------------------------------------------------------------------------


def _left_alone(parts: PlanParts, areas: Sequence[str]) -> PlanParts:
    """Without the items that touch a no-go area; an intent left with none is deferred, with the area."""
    touched = {item.id: area for item in items_in(parts) if (area := area_touched(item, areas))}
    notes = [
        _note(item.id, "dropped", f"{item.title}: it touches '{touched[item.id]}', a no-go area of your profile")
        for item in items_in(parts)
        if item.id in touched
    ]
    waiting = [
        _waiting(intent, touched[served[0].id])
        for intent in parts.intents
        if (served := parts.serving(intent.id)) and all(item.id in touched for item in served)
    ]
    kept = without_items(parts, touched).model_copy(update={"notes": (*parts.notes, *notes)})
    kept = deferring(kept, waiting, STAGE)
    return each_item(kept, lambda item: _spared(item, areas)) if areas else kept


def _waiting(intent: Intent, area: str) -> DeferredIntent:
    return DeferredIntent(
        intent=intent.model_copy(update={"wave": max(2, intent.wave), "reason_first": None}),
        reason=f"every item drafted for it touches '{area}', which your profile names as a no-go area",
        waits_for=f"the day on which '{area}' may be changed",
    )


def _spared(item: ItemDraft, areas: Sequence[str]) -> ItemDraft:
    """The item without an alternative or a first case that touches a no-go area."""
    update: dict[str, object] = {}
    other = _alternative(item)
    if other is not None and area_touched(other, areas):
        update["alternative"] = None
    case = item.first_case
    if case is not None and not _from_profile(item, CASE) and area_in(case.text, areas):
        update["first_case"] = None
    return item.model_copy(update=update) if update else item


# One item ------------------------------------------------------------------------------------


def _tailored(item: ItemDraft, facts: _Facts) -> ItemDraft:
    changed = _draft(item, item.id, facts)
    other = _alternative(changed)
    if other is None:
        return changed
    better = _draft(other, item.id, facts)
    return changed if better is other else changed.model_copy(update={"alternative": better})


def _draft(item: ItemDraft, key: str, facts: _Facts) -> ItemDraft:
    """One draft by every rule; `key` is the id of the item that it is, or could take the place of."""
    if isinstance(item, PolicyAskDraft):
        item = _at_the_gate(item, facts)
    if isinstance(item, RitualDraft):
        item = _making_room(item, facts.meetings.get(key))
    if isinstance(item, BehaviourDraft):
        item = _with_case(item, facts.cases.get(key))
    return _role_settled(_in_own_words(item, facts.words))


def _at_the_gate(ask: PolicyAskDraft, facts: _Facts) -> PolicyAskDraft:
    gate, starts = facts.gate, facts.profile.starts
    if gate is None or not concerns_money(ask) or _vouched(ask, "forum"):
        return ask
    update: dict[str, object] = {"forum": sitting(gate)}
    if gate.decider and usable(gate.decider) and not _vouched(ask, "decider"):
        update["decider"] = gate.decider
    if starts is not None:
        update["needed_by_day"] = day_of(gate, starts)
    return _marked(ask.model_copy(update=update), tuple(update), f"the next funding gate: {gate.name}")


def _making_room(ritual: RitualDraft, meeting: Meeting | None) -> RitualDraft:
    if meeting is None or _vouched(ritual, "replaces.text") or not fitness(ritual, meeting):
        return ritual
    return _marked(ritual.model_copy(update={"replaces": replacement(ritual, meeting)}), ("replaces",), ENDS_NOTE)


def _with_case(item: BehaviourDraft, team: str | None) -> BehaviourDraft:
    if team is None or (item.first_case is not None and not item.first_case.clause):
        return item
    name = team.removeprefix("the ")
    words = name if name.split()[-1].lower() in {"team", "branch", "unit", "squad", "crew", "group"} else f"{name} team"
    case = FirstCase(text=f"the next real case in the {words}", why=CASE_WHY)
    return _marked(item.model_copy(update={"first_case": case}), (CASE,), None)


def _in_own_words(item: ItemDraft, words: RoleWords) -> ItemDraft:
    """The item with every proposed role in the organisation's own words."""
    changes = _role_changes(item, words)
    changed = with_texts(item, changes)
    if _too_long(changed) and not _too_long(item):
        changes = {path: text for path, text in changes.items() if path not in {"trigger", "action"}}
        changed = with_texts(item, changes)
    return _marked(changed, tuple(changes), None)


def _too_long(item: ItemDraft) -> bool:
    return isinstance(item, BehaviourDraft) and word_count(one_sentence(item)) > MAX_WORDS


def _role_changes(item: ItemDraft | Indicator, words: RoleWords) -> dict[str, str]:
    """Path -> new text, for each field that nobody vouches for and that holds a generic role, or confirms one."""
    changes = {}
    known = {name.casefold() for name in words.names.values()}
    for field in texts_of(item):
        if field.path in VERBATIM or _vouched(item, field.path):
            continue
        role_field = field.path in ROLE_FIELDS or field.path.endswith(".role")
        said = words.said(field.text, role_field)
        if said != field.text or (role_field and said.casefold() in known):
            changes[field.path] = said
    return changes


def _role_settled(item: ItemDraft) -> ItemDraft:
    """Without the flag 'role proposed' once the profile vouches for who acts or decides, and no seat is ours."""
    path = "actor" if isinstance(item, BehaviourDraft) else "decider"
    if isinstance(item, RitualDraft):
        path = "decision_rights.decider"
    ours = proposed_roles(item) if isinstance(item, RitualDraft) else ()
    if Flag.role_proposed not in item.flags or ours or not _from_profile(item, path):
        return item
    return item.model_copy(update={"flags": tuple(flag for flag in item.flags if flag is not Flag.role_proposed)})


def _indicator(indicator: Indicator, words: RoleWords) -> Indicator:
    changes = _role_changes(indicator, words)
    return _marked(with_texts(indicator, changes), tuple(changes), None)


# Who vouches ---------------------------------------------------------------------------------


def _marked(item: MarkedT, paths: Sequence[str], note: str | None) -> MarkedT:
    """The record with the profile as source of these fields in place of a mere proposal."""
    if not paths:
        return item
    kept = tuple(
        source
        for source in item.sources
        if not (source.provenance is Provenance.proposed and any(_below(source.field, path) for path in paths))
    )
    marks = tuple(FieldSource(field=path, provenance=Provenance.profile, note=note) for path in paths)
    return cast(MarkedT, item.model_copy(update={"sources": (*kept, *marks)}))


def _below(field: str, path: str) -> bool:
    return field == path or field.startswith(f"{path}.")


def _vouched(item: ItemDraft | Indicator, path: str) -> bool:
    """Whether the document, the profile or a person already stands behind the field."""
    firm = {Provenance.document, Provenance.profile, Provenance.person}
    return any(source.provenance in firm and covers(source, path) for source in item.sources)


def _from_profile(item: ItemDraft, path: str) -> bool:
    return any(source.provenance is Provenance.profile and covers(source, path) for source in item.sources)


def _alternative(item: ItemDraft) -> ItemDraft | None:
    other: ItemDraft | None = getattr(item, "alternative", None)
    return other


def _note(item_id: str, action: str, reason: str) -> Note:
    return Note(stage=STAGE, item_id=item_id, action=action, reason=reason)
