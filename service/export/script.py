"""What a facilitator says at each step of an agenda.

Owns: the kinds of step and the words for each. Must not know: formats, plans as a whole, storage.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from service.export.words import lower_start
from service.plan.articles import with_the
from service.plan.items import RitualDraft


@dataclass(frozen=True, slots=True)
class Line:
    """One step: from and to which minute, what happens, what the facilitator says."""

    start: int
    end: int
    step: str
    says: str


#: Kinds of step, tried in order; the first whose pattern is found gives the words.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("log", re.compile(r"^(log\b|write the rules|write owner|write down the)|\bnotes the step", re.I)),
    ("silence", re.compile(r"^silent|\bin silence\b", re.I)),
    (
        "hear",
        re.compile(r"^(hear|objections|live run|pilot lead|second site|show the answers)\b|\bno verdicts\b", re.I),
    ),
    ("alone", re.compile(r"^alone\b|\bwrites?\b|\bmarks?\b|\bnotes\b|show of fingers", re.I)),
    (
        "decide",
        re.compile(
            r"\b(decides?|settles|picks?|places the|assigns|chooses?|pauses|takes one|gives the verdict|adopt, alter"
            r"|keep, swap or stop|accepts|names (the item|one change)|is taken|says(:| (continue|keep)))(\b|\s)",
            re.I,
        ),
    ),
    ("ask", re.compile(r"\?|questions|asks back", re.I)),
    (
        "hear",
        re.compile(r"\b(tells?|told|states?|report|replays|says?|answers|read out|read .* aloud|add what)\b", re.I),
    ),
    ("sort", re.compile(r"^(collect|cluster|group|put up|list|hang|sort|attach|rewrite|both sketch|compare)", re.I)),
)
#: Two ways to say each, taken in turn, so that a script does not repeat itself.
_WORDS: dict[str, tuple[str, str]] = {
    "silence": (
        "No talking until minute {end}, please. Mark whatever makes you stop.",
        "Silence again until minute {end}. Look for what surprises you.",
    ),
    "alone": (
        "Everyone for themselves now, until minute {end}. Write first; we compare afterwards.",
        "Again by yourself, please, and on paper: {minutes} minutes, no conferring.",
    ),
    "hear": (
        "We listen now. Ask for facts if you need them; opinions come later.",
        "One voice at a time, and the one who spoke least goes first. We stop at minute {end}.",
    ),
    "ask": (
        "Only questions until minute {end}. If you hear yourself giving an answer, turn it into a question.",
        "What do we not know yet? Ask it as plainly as you can.",
    ),
    "sort": (
        "Put it where all of us can see it. We sort first and judge afterwards.",
        "Let us get it all on the table before anyone weighs it. {minutes} minutes.",
    ),
    "decide": (
        "Now we decide, and the say is with {decider}. What is it, and which fact or sentence weighed most?",
        "This too has to be settled before minute {end}. What is the choice, and what would make us reopen it?",
    ),
    "log": (
        "I write while you watch: what was decided, who holds it, by which day. Is a word of it wrong?",
        "Before anyone leaves: read the lines back to me. Which role stands beside each?",
    ),
    "other": (
        "The next {minutes} minutes are for this alone. I will say when they are over.",
        "We go on to the next step; it ends at minute {end}, finished or not.",
    ),
}


def script(ritual: RitualDraft) -> Iterator[Line]:
    """The agenda minute by minute; the opening and closing words stand in the first and last line."""
    used: Counter[str] = Counter()
    minute = 0
    last = len(ritual.agenda) - 1
    for at, step in enumerate(ritual.agenda):
        kind = kind_of(step.step, at == last)
        end = minute + step.minutes
        says = _WORDS[kind][used[kind] % 2].format(
            end=end, minutes=step.minutes, decider=with_the(ritual.decision_rights.decider)
        )
        used[kind] += 1
        opening = f"Welcome. We are here to {_aim(ritual)} " if at == 0 else ""
        closing = " Thank you; we stop on time." if at == last else ""
        yield Line(minute, end, step.step, f"{opening}{says}{closing}")
        minute = end


def kind_of(step: str, is_last: bool) -> str:
    """The kind of a step; a last step that fits nothing else is the log."""
    for kind, pattern in _KINDS:
        if pattern.search(step):
            return kind
    return "log" if is_last else "other"


def _aim(ritual: RitualDraft) -> str:
    return lower_start(ritual.purpose).rstrip(".") + "."
