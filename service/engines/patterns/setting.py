"""Whether a practice's people and places can exist where the document comes from.

Owns: which words of a form belong to one kind of setting, and how a document shows that it is one. Must not know:
fit, choice, wording. A form that seats citizens drawn by lot makes no sense in a company, however near its topic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpora.records import Practice
from service.plan.proposals import IntentBrief


@dataclass(frozen=True, slots=True)
class Setting:
    """Words in a form that need the setting, words by which a document shows it, and how many it takes."""

    needed_by: re.Pattern[str]
    shown_by: re.Pattern[str]
    least: int


SETTINGS = (
    Setting(
        re.compile(r"(?i)\bcitizens?\b|\bresidents?\b|\bdrawn by lot\b"),
        re.compile(
            r"(?i)\b(?:citizens?|residents?|the public|inhabitants?|neighbou?rhoods?|voters?|taxpayers?|households?|"
            r"islanders?|villages?|council tax|municipal\w*)\b"
        ),
        3,
    ),
    Setting(
        re.compile(r"(?i)\bmaintainers?\b|\bnewcomer offers\b"),
        re.compile(r"(?i)\b(?:contribut(?:ors?|ions?)|maintainers?|volunteers?|open[- ]source|newcomers?)\b"),
        3,
    ),
)


def within_setting(briefs: Sequence[IntentBrief], text: str) -> tuple[IntentBrief, ...]:
    """The briefs without candidates whose form needs a setting that the document's text does not show."""
    missing = [setting for setting in SETTINGS if len(setting.shown_by.findall(text)) < setting.least]
    return tuple(
        replace(brief, candidates=tuple(one for one in brief.candidates if not _needs(one.practice, missing)))
        for brief in briefs
    )


def _needs(practice: Practice, settings: Sequence[Setting]) -> bool:
    words = practice.form.model_dump_json()
    return any(setting.needed_by.search(words) for setting in settings)
