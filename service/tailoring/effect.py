"""What a profile changed, in sentences for people.

Owns: the comparison of a plan made without and with a profile, and the calendar beside the load. Must
not know: pages, how a profile is applied. Items are paired by id, which a profile never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpora.records import RoleClass
from service.checks.fields import covers
from service.checks.scoring import items_of
from service.plan.items import BehaviourDraft, Flag, Item, PolicyAskDraft, RitualDraft
from service.plan.plan import Plan, RoleLoad
from service.plan.profile import Profile
from service.plan.provenance import Provenance

SHOWN = 4
_PEOPLE = {
    RoleClass.contributor: "A team member",
    RoleClass.lead: "A team lead",
    RoleClass.leader: "A leader",
    RoleClass.partner: "A partner",
    RoleClass.ops: "Product Ops",
}


def profile_effect(before: Plan, after: Plan) -> tuple[str, ...]:
    """What differs because of the profile: roles, flags, meetings, gates, first cases, items and intents.

    Args:
        before: The plan of the document without a profile.
        after: The plan of the same document, library and engine with it.

    Returns:
        Sentences in that order; empty where the profile changed nothing.
    """
    old = {item.id: item for item in items_of(before)}
    pairs = [(old[item.id], item) for item in items_of(after) if item.id in old]
    return tuple(
        [
            *_roles(pairs),
            *_flags(pairs),
            *_meetings(items_of(after)),
            *_gates(items_of(after)),
            *_cases(items_of(after)),
            *_gone(before, after),
        ]
    )


def calendar_beside_load(plan: Plan, profile: Profile) -> tuple[str, ...]:
    """For each role class of the load, the hours its people already meet, what the plan adds and frees."""
    lines = []
    for load in plan.load:
        met = profile.hours_in_meetings.get(load.role_class, _listed_hours(profile, load.role_class))
        if met:
            lines.append(
                f"{_PEOPLE[load.role_class]} already sits in meetings for about {met:g} hours a week (profile); "
                f"the plan asks for {load.hours_low:g} to {load.hours_high:g} and frees {_freed(load)}."
            )
    return tuple(lines)


def _freed(load: RoleLoad) -> str:
    if load.stops and not load.stops_estimated:
        return "time that is not estimated yet"
    unknown = load.stops - load.stops_estimated
    of = f", from {load.stops_estimated} of {load.stops} stops" if unknown else ""
    return f"about {load.saved_hours:g}{of}"


def _listed_hours(profile: Profile, role_class: RoleClass) -> float:
    hours = [
        (meeting.minutes or 0) / 60 * (meeting.per_week or 0.0)
        for meeting in profile.meetings
        if role_class in meeting.participants
    ]
    return round(sum(hours) * 2) / 2


def _roles(pairs: Sequence[tuple[Item, Item]]) -> Iterable[str]:
    """One sentence a role: 'product manager' is now 'Lending Product Lead' in 4 items."""
    met: dict[tuple[str, str], int] = {}
    for old, new in pairs:
        now = _role_fields(new)
        changed = {(said, now[path]) for path, said in _role_fields(old).items() if now.get(path, said) != said}
        for change in sorted(changed):
            met[change] = met.get(change, 0) + 1
    for (said, named), count in met.items():
        yield f"“{said}” is now “{named}” in {_count(count, 'item')}."


def _role_fields(item: Item) -> Mapping[str, str]:
    if isinstance(item, BehaviourDraft):
        return {"actor": item.actor, "owner": item.owner}
    if isinstance(item, RitualDraft):
        people = {f"participants.{place}": person.role for place, person in enumerate(item.participants)}
        return {
            "owner": item.owner, "facilitator": item.facilitator, "decider": item.decision_rights.decider, **people
        }  # fmt: skip
    return {} if _told(item, "forum") else {"decider": item.decider}  # a gate's decider is told with the gate


def _flags(pairs: Sequence[tuple[Item, Item]]) -> Iterable[str]:
    flag = Flag.role_proposed
    freed = [new.title for old, new in pairs if flag in old.flags and flag not in new.flags]
    if freed:
        verb = "carries" if len(freed) == 1 else "carry"
        yield f"{_count(len(freed), 'item')} no longer {verb} the flag “{flag.value}”: {_titles(freed)}."


def _meetings(items: Sequence[Item]) -> Iterable[str]:
    for item in items:
        if isinstance(item, RitualDraft) and _told(item, "replaces.text"):
            yield f"“{item.title}” takes the place of {item.replaces.text}; the meeting stands in your profile."


def _gates(items: Sequence[Item]) -> Iterable[str]:
    for item in items:
        if isinstance(item, PolicyAskDraft) and _told(item, "forum"):
            yield f"“{item.title}” goes to {item.forum}, by day {item.needed_by_day}; it is decided by {item.decider}."


def _cases(items: Sequence[Item]) -> Iterable[str]:
    for item in items:
        if item.first_case is not None and _told(item, "first_case"):
            yield f"“{item.title}” is first tried on {item.first_case.words()}."


def _gone(before: Plan, after: Plan) -> Iterable[str]:
    now, then = items_of(after), items_of(before)
    kept = {item.id for item in now}
    lost = [item.title for item in then if item.id not in kept]
    if lost:
        yield f"{_count(len(lost), 'item')} left the plan: {_titles(lost)}."
    known = {item.id for item in then}
    come = [item.title for item in now if item.id not in known]
    if come:
        yield f"{_count(len(come), 'item')} came in: {_titles(come)}."
    active = {intent.id for intent in before.intents}
    for entry in after.deferred_intents:
        if entry.intent.id in active:
            yield f"“{entry.intent.label}” waits: {entry.reason}."


def _told(item: Item, path: str) -> bool:
    return any(source.provenance is Provenance.profile and covers(source, path) for source in item.sources)


def _titles(titles: Sequence[str]) -> str:
    more = f" and {len(titles) - SHOWN} more" if len(titles) > SHOWN else ""
    return ", ".join(titles[:SHOWN]) + more


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
