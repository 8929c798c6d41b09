"""What the practice library shows: a list to search, and one practice in plain words.

Owns: PracticesPage, PracticePage. Must not know: HTML, how practices are searched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from corpora.own import is_own
from corpora.records import (
    BehaviourForm,
    Capability,
    Frozen,
    IndicatorForm,
    Kind,
    PolicyForm,
    Practice,
    RitualForm,
)
from corpora.slots import render, render_form
from service.web.contexts.plan import source_words

KIND_WORDS = {Kind.behaviour: "Behaviour", Kind.ritual: "Ritual", Kind.policy: "Decision for leaders"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A practice in the list."""

    id: str
    name: str
    kind: str
    capability: str
    purpose: str
    own: bool


@dataclass(frozen=True, slots=True)
class PracticesPage:
    """The library.

    Attributes:
        query: the words searched for; empty for all.
        kind: the kind asked for; None for all.
        capability: the capability asked for; None for all.
        kinds: every kind with its words.
        capabilities: every capability.
        found: the best twenty for the query; without one all, by number.
        total: how many the library holds.
    """

    template: ClassVar[str] = "practices.html"
    query: str
    kind: Kind | None
    capability: str | None
    kinds: tuple[tuple[Kind, str], ...]
    capabilities: tuple[Capability, ...]
    found: tuple[Shown, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PracticePage:
    """One practice, its slots filled with their default words.

    Attributes:
        practice: what it is for, and what it is not for.
        purpose: what it is for.
        mechanism: why it makes an intent more likely.
        kind: its kind in words.
        capability: the capability it builds, by name.
        behaviour: its form, if it is a behaviour.
        ritual: its form, if it is a ritual.
        policy: its form, if it is a decision asked of leaders.
        measures: how to see it work: the question and the counting rule.
        warnings: how it goes wrong.
        source: where it comes from.
        own: whether it is one of the organisation's own.
        offered: whether plans still draw on it.
    """

    template: ClassVar[str] = "practice.html"
    practice: Practice
    purpose: str
    mechanism: str
    kind: str
    capability: str
    behaviour: BehaviourForm | None
    ritual: RitualForm | None
    policy: PolicyForm | None
    measures: tuple[tuple[str, IndicatorForm], ...]
    warnings: tuple[str, ...]
    source: str
    own: bool
    offered: bool


def shown(practice: Practice, capabilities: dict[str, str]) -> Shown:
    """A practice as a line of the list."""
    return Shown(
        id=practice.id,
        name=practice.name,
        kind=KIND_WORDS[practice.kind],
        capability=capabilities.get(practice.capability, practice.capability),
        purpose=render(practice.purpose, {}),
        own=is_own(practice.id),
    )


def practice_page(
    practice: Practice, capabilities: dict[str, str], *, own: bool = False, offered: bool = True
) -> PracticePage:
    """The page for one practice."""
    form: Frozen = render_form(practice.form, {})
    signs = render_form(practice.indicators, {})
    return PracticePage(
        practice=practice,
        purpose=render(practice.purpose, {}),
        mechanism=render(practice.mechanism, {}),
        kind=KIND_WORDS[practice.kind],
        capability=capabilities.get(practice.capability, practice.capability),
        behaviour=form if isinstance(form, BehaviourForm) else None,
        ritual=form if isinstance(form, RitualForm) else None,
        policy=form if isinstance(form, PolicyForm) else None,
        measures=(
            ("Is it done?", signs.adherence),
            ("Does it move?", signs.leading),
            ("Does anything get worse?", signs.counter),
        ),
        warnings=tuple(render(line, {}) for line in practice.anti_patterns),
        source=source_words(practice),
        own=own,
        offered=offered,
    )
