"""Which real meeting makes room for a ritual.

Owns: how well a meeting fits a ritual (purpose words, people, how often) and what is then said and
saved. A meeting may end for a ritual, or give up a part. Must not know: stages, other items. A meeting
makes room once; none that is rarer than the ritual, or over thirteen times as often, and none between
two persons.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from corpora.records import Period, StopDoing
from service.checks.wording import stems
from service.plan.items import RitualDraft
from service.plan.profile import Meeting, Profile
from service.tailoring.no_go import area_in
from service.tailoring.role_words import usable

ENDS_NOTE = "the meeting stands in your profile; that it makes room is proposed"
#: Weights of purpose words, shared people and rhythm; below LEAST a meeting is left alone.
WORDS, PEOPLE, RHYTHM, LEAST = 0.5, 0.3, 0.2, 0.4
#: People of a meeting whose list does not say who comes: neither for nor against.
UNKNOWN_PEOPLE = 0.5
MOST_TIMES = 13.0
#: Once a year one session of a monthly meeting frees nothing that anybody would notice.
MOST_TIMES_YEARLY = 4.0
_PAIR = re.compile(r"\b(?:1[: -]?(?:on[ -])?1s?|one[- ]to[- ]one|one[- ]on[- ]one|catch[- ]?up with|121)\b", re.I)
#: Words by which people name gatherings for the same end.
_KIN = (
    "status update progress report reporting steering red-amber-green slides presentation milestones round-up",
    "board committee portfolio governance projects steering investment",
    "funding budget spend money investment finance forecast",
    "planning plan priorities prioritisation prioritization backlog refinement grooming ranking capacity roadmap",
    "lessons learned retrospective post-mortem review",
    "escalation blockers issues waiting decisions dependencies",
    "risk risks raid register likelihood impact",
    "kick-off kickoff start induction onboarding charter",
    "demo showcase show-and-tell visit tour customers users research",
    "requirements specification refinement detailed sign-off",
)
_GROUPS = tuple(stems(words) for words in _KIN)
_ONE_OF = {
    Period.weekly: "one session a week", Period.fortnightly: "one session a fortnight",
    Period.monthly: "one session a month", Period.six_weekly: "one session every six weeks",
    Period.quarterly: "one session a quarter", Period.yearly: "one session a year",
}  # fmt: skip
_OFTEN = {
    Period.daily: "daily", Period.weekly: "weekly", Period.fortnightly: "fortnightly", Period.monthly: "monthly",
    Period.six_weekly: "six-weekly", Period.quarterly: "quarterly", Period.yearly: "yearly",
}  # fmt: skip


def open_meetings(profile: Profile) -> tuple[Meeting, ...]:
    """The meetings of a profile that a plan may touch."""
    return tuple(meeting for meeting in profile.meetings if not area_in(meeting.name, profile.no_go))


def chosen_meetings(
    rituals: Sequence[RitualDraft], meetings: Sequence[Meeting], taken: Sequence[str] = ()
) -> Mapping[str, Meeting]:
    """Ritual id -> the meeting that makes room, best pairs first; a meeting whose name is in `taken` is left."""
    spoken = " ".join(taken).casefold()
    free = [meeting for meeting in meetings if _may_end(meeting) and meeting.name.casefold() not in spoken]
    pairs = [
        (fit, ritual, meeting) for ritual in rituals for meeting in free if (fit := fitness(ritual, meeting)) >= LEAST
    ]
    chosen: dict[str, Meeting] = {}
    used: set[str] = set()
    for _, ritual, meeting in sorted(pairs, key=lambda pair: (-pair[0], pair[1].id, pair[2].name)):
        if ritual.id not in chosen and meeting.name not in used:
            chosen[ritual.id] = meeting
            used.add(meeting.name)
    return chosen


def fitness(ritual: RitualDraft, meeting: Meeting) -> float:
    """0 to 1; 0 where the meeting is too rare or too frequent, shares nobody, or has another purpose."""
    rhythm = _rhythm(ritual, meeting)
    if not rhythm:
        return 0.0
    if _PAIR.search(f"{ritual.title} {ritual.replaces.text}"):
        return 0.0
    kinship = _kinship(ritual, meeting)
    people = _shared_people(ritual, meeting)
    if not kinship or not people:
        return 0.0
    return round(WORDS * kinship + PEOPLE * people + RHYTHM * rhythm, 6)


def giving_a_part(ritual: RitualDraft, meetings: Sequence[Meeting]) -> Meeting | None:
    """The meeting that can best give up a part for the ritual: of its people and often enough, whatever its end."""
    ranked = [
        (WORDS * _kinship(ritual, meeting) + PEOPLE * people + RHYTHM * rhythm, meeting)
        for meeting in meetings
        if _may_end(meeting) and (rhythm := _rhythm(ritual, meeting)) and (people := _shared_people(ritual, meeting))
    ]
    best = max(ranked, key=lambda pair: round(pair[0], 6), default=None)
    return best[1] if best else None


def replacement(ritual: RitualDraft, meeting: Meeting) -> StopDoing:
    """What ends for the ritual, in words, and the meeting's own minutes a session."""
    often, minutes = meeting.per_week or 0.0, meeting.minutes or 0
    times = round(often / ritual.cadence.per_week)
    period = _OFTEN.get(meeting.period or Period.once, "regular")
    how_often = "" if re.search(rf"\b{period}\b", meeting.name, re.IGNORECASE) else f"{period} "
    session = f"the {how_often}“{meeting.name}” ({minutes} minutes)"
    share = _ONE_OF.get(ritual.cadence.period, f"one session in {times}")
    text = session if times < 2 else f"{share} of {session}"
    return StopDoing(text=text, minutes_saved=minutes)


def _may_end(meeting: Meeting) -> bool:
    whole = bool(meeting.minutes and meeting.per_week)
    return whole and not _PAIR.search(meeting.name) and usable(meeting.name)


def _rhythm(ritual: RitualDraft, meeting: Meeting) -> float:
    """1 for the same rhythm, less the more often the meeting is; 0 where it is too rare or too frequent."""
    often, rate = meeting.per_week, ritual.cadence.per_week
    most = MOST_TIMES_YEARLY if ritual.cadence.period is Period.yearly else MOST_TIMES
    if not often or not rate or not 0.9 <= often / rate <= most + 0.1:
        return 0.0
    return 1 / (1 + abs(math.log2(often / rate)))


def _kinship(ritual: RitualDraft, meeting: Meeting) -> float:
    """How near the purposes are: shared words of matter, or words of one family of gatherings."""
    ends = stems(f"{ritual.title} {ritual.purpose} {ritual.replaces.text}") - stems("meeting session monthly weekly")
    said = stems(f"{meeting.name} {meeting.purpose or ''}") - stems("meeting session monthly weekly quarterly")
    shared = len(ends & said) / max(1, min(len(said), 6))
    kin = sum(bool(group & stems(ritual.replaces.text) and group & said) for group in _GROUPS)
    return min(1.0, shared + 0.4 * min(kin, 2))


def _shared_people(ritual: RitualDraft, meeting: Meeting) -> float:
    wanted = {person.role_class for person in ritual.participants}
    if not meeting.participants:
        return UNKNOWN_PEOPLE
    return len(wanted & set(meeting.participants)) / len(wanted)
