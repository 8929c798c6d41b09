"""The cases of each suite: one a document, with what is expected of its plan.

Owns: Case, where documents and gold lie, and the `-k` expression. Must not know: plans, measures.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evals.gold import GoldDocument, load_gold
from service.errors import ThroughlineError

ROOT = Path(__file__).resolve().parents[1]
STRATEGIES = ROOT / "corpora" / "strategies"
GOLD = ROOT / "evals" / "datasets" / "gold"
SHARED = ROOT.parent / "shared"
#: Two strategies of unlike form and the newsletter that must yield no plan: quick, and every rule is met.
SMOKE = ("aldersound-ferries-newsletter", "permits-agency-policy", "vantry-bank-memo")
#: Made twice, to compare the bytes; one with a plan and one without are enough, and cost seconds each.
TWICE = frozenset({"aldersound-ferries-newsletter", "vantry-bank-memo"})
READY, NOTHING = "ready", "no_strategic_intent"
#: Originals that are templates without words of their own.
TEMPLATES = frozenset({"empty-roadmap-template"})
_TOKEN = re.compile(r"\(|\)|[^\s()]+")


class UsageError(ThroughlineError):
    """The command cannot be carried out as asked; the message says what to ask instead."""

    status = 400


class Suite(StrEnum):
    """Which documents are run."""

    smoke = "smoke"
    full = "full"
    shared = "shared"


@dataclass(frozen=True, slots=True)
class Case:
    """One document: `status` is the plan's expected status; `repeat` counts runs of the same document from 1."""

    id: str
    path: Path
    status: str
    gold: Path | None = None
    repeat: int = 1

    @property
    def document(self) -> str:
        """The source document, whatever its format: the cluster of every statistic."""
        return self.path.stem

    def load_gold(self) -> GoldDocument | None:
        """What readers marked in it, if anybody did."""
        return load_gold(self.gold) if self.gold else None


def suite_cases(suite: Suite, shared: Path = SHARED) -> tuple[Case, ...]:
    """The suite's cases in a fixed order.

    Raises:
        UsageError: the shared folder is asked for and not there.
    """
    if suite is Suite.shared:
        return tuple(_shared(shared))
    every = tuple(_case(path, GOLD) for path in sorted(STRATEGIES.glob("*.md")))
    return tuple(case for case in every if case.id in SMOKE) if suite is Suite.smoke else every


def repeated(cases: Sequence[Case], times: int) -> tuple[Case, ...]:
    """Each case `times` times; the repeats of a document stay one cluster."""
    if times == 1:
        return tuple(cases)
    return tuple(
        Case(f"{case.id}#{number}", case.path, case.status, case.gold, number)
        for case in cases
        for number in range(1, times + 1)
    )


def selected(cases: Sequence[Case], expression: str | None) -> tuple[Case, ...]:
    """Cases whose id fits an expression of parts of names, `and`, `or`, `not` and brackets.

    Raises:
        UsageError: the expression is broken or fits no case.
    """
    if not expression:
        return tuple(cases)
    fits = _Expression(expression).predicate()
    found = tuple(case for case in cases if fits(case.id.lower()))
    if not found:
        raise UsageError(f"no case fits -k {expression!r}; there are: {', '.join(case.id for case in cases)}")
    return found


def sha_of(path: Path) -> str:
    """Sixteen hex digits of a file's sha256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def datasets_hash(cases: Sequence[Case]) -> str:
    """Sixteen hex digits over names and bytes of every document and gold file of the cases."""
    files = {path for case in cases for path in (case.path, case.gold) if path is not None}
    rows = sorted(f"{path.parent.name}/{path.name}:{sha_of(path)}" for path in files)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def _case(path: Path, gold: Path, expected: str | None = None) -> Case:
    marks = gold / f"{path.stem}.json"
    known = marks if marks.is_file() else None
    nothing = known is not None and not load_gold(known).intents
    return Case(path.stem, path, expected or (NOTHING if nothing else READY), known)


def _shared(folder: Path) -> Iterator[Case]:
    if not (folder / "strategies").is_dir():
        raise UsageError("the shared suite needs a folder `shared/strategies` beside the repository; run --suite full")
    gold = folder / "gold"
    seen = {path.stem for path in (folder / "strategies").glob("*.md")}
    yield from (_case(path, gold) for path in sorted((folder / "strategies").glob("*.md")))
    yield from (_case(path, gold, NOTHING) for path in sorted((folder / "negatives").glob("*.md")))
    for path in sorted((folder / "originals").iterdir()) if (folder / "originals").is_dir() else ():
        expected = NOTHING if path.stem in TEMPLATES else READY
        name = f"{path.stem}-{path.suffix[1:]}" if path.stem in seen else path.stem
        yield Case(name, path, expected, gold / f"{path.stem}.json" if (gold / f"{path.stem}.json").is_file() else None)


class _Expression:
    """Recursive descent over `or`, `and`, `not`, brackets and parts of names."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _TOKEN.findall(text.lower())

    def predicate(self) -> Callable[[str], bool]:
        """The whole expression as a test of a name."""
        found = self._either()
        if self._tokens:
            raise self._broken()
        return found

    def _either(self) -> Callable[[str], bool]:
        left = self._both()
        while self._take("or"):
            left = _joined(any, left, self._both())
        return left

    def _both(self) -> Callable[[str], bool]:
        left = self._one()
        while self._take("and"):
            left = _joined(all, left, self._one())
        return left

    def _one(self) -> Callable[[str], bool]:
        if self._take("not"):
            inner = self._one()
            return lambda name: not inner(name)
        if self._take("("):
            inner = self._either()
            if not self._take(")"):
                raise self._broken()
            return inner
        if not self._tokens or self._tokens[0] in {"and", "or", ")"}:
            raise self._broken()
        part = self._tokens.pop(0)
        return lambda name: part in name

    def _take(self, token: str) -> bool:
        if self._tokens and self._tokens[0] == token:
            self._tokens.pop(0)
            return True
        return False

    def _broken(self) -> UsageError:
        return UsageError(f"-k {self._text!r} cannot be read; use parts of names with and, or, not and brackets")


def _joined(
    how: Callable[[Sequence[bool]], bool], left: Callable[[str], bool], right: Callable[[str], bool]
) -> Callable[[str], bool]:
    return lambda name: how([left(name), right(name)])
