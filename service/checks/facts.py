"""Facts stated in a text, and whether a document holds them.

Owns: what counts as a fact that can be looked up (numbers, percentages, money, dates, addresses,
names, acronyms) and how two spellings of it are the same ("five" and 5, 1,000 and 1000). Must not
know: items, stages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from service.checks.wording import folded

_UNITS_TEXT = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
"""
_UNITS = _UNITS_TEXT.split()
_UNITS += ["seventeen", "eighteen", "nineteen"]
_TENS_TEXT = """
    twenty thirty forty fifty sixty seventy eighty ninety
"""
_TENS = _TENS_TEXT.split()
NUMBER_WORDS = {word: float(value) for value, word in enumerate(_UNITS)} | {
    word: float(10 * index) for index, word in enumerate(_TENS, start=2)
}
NUMBER_WORDS |= {
    f"{ten}-{unit}": 10.0 * index + value
    for index, ten in enumerate(_TENS, start=2)
    for value, unit in enumerate(_UNITS[1:10], start=1)
}
_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9, "hundred": 1e2, "": 1.0}
_MONTHS_TEXT = """
    january february march april may june july august september october november december
"""
_MONTHS = _MONTHS_TEXT.split()
_MONTH = "|".join(f"{name.title()}|{name[:3].title()}" for name in _MONTHS)
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_WORDED = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))

_ADDRESS = re.compile(r"https?://[^\s)\"”>]+|www\.[^\s)\"”>]+|[\w.+-]+@[\w-]+\.[\w.-]*\w")
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{_MONTH})\.?"
    r"(?:\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?(?!\d))?(?:,?\s+(?P<year>(?:19|20)\d\d))?\b"
)
_ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d))?\b")
_MONEY = re.compile(rf"(?P<sign>[£$€])\s?(?P<value>{_NUMBER})\s?(?P<scale>k|m|bn|thousand|million|billion)?\b", re.I)
_PERCENT = re.compile(rf"\b(?P<value>{_NUMBER}|{_WORDED})\s?(?:%|per\s?cent\b)", re.I)
_DIGITS = re.compile(rf"(?<![\w.])(?P<value>{_NUMBER})(?:[\s-](?P<scale>hundred|thousand|million|billion)\b)?", re.I)
_WORDS = re.compile(rf"\b(?P<value>{_WORDED})\b(?:[\s-](?P<scale>hundred|thousand|million|billion)\b)?", re.I)
_QUARTER = re.compile(r"\bQ[1-4]\b(?:\s+(?:19|20)\d\d)?")
_NAME = re.compile(
    r"(?<![A-Za-z])[A-Z][\w’']*(?:[-&.][A-Za-z]\w*)*(?:(?:\s+(?:of|for|and|the|&)){0,2}\s+[A-Z][\w’']*(?:-[A-Za-z]\w*)*)*"
)
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*s?")
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?:;…]\)?[\"”’']?\s+|[\"“(•›/–—]\s*|\n\s*|-\s)$")
#: "Ask of the …" at the start of a sentence: the verb and its small words are no part of the name.
_FIRST_WORD = re.compile(r"^\S+\s+(?:(?:of|for|and|the|&)\s+)*")
_POSSESSIVE = re.compile(r"['’]s?\b")
_CODE = re.compile(r"[A-Z]\d{1,2}")
_JOINT = re.compile(r"\s+(?:and|&)\s+")

_TAIL = 40
_CAPITAL_BEFORE = re.compile(r"(?<![\w.])[A-Z][a-z]+\s$")

#: Words with a capital that state no fact: the calendar, the product's own office, plain English.
_PLAIN = """monday tuesday wednesday thursday friday saturday sunday mondays fridays i product ops operations english"""
PLAIN_NAMES = frozenset([*_PLAIN.split(), *_MONTHS])
PLAIN_ACRONYMS = frozenset({"IT", "OK", "FAQ", "ID", "URL", "PDF", "PR", "WIP", "OKR", "OKRs", "HR", "AM", "PM"})


class FactKind(StrEnum):
    """What sort of fact."""

    address = "address"
    date = "date"
    money = "money"
    percent = "percentage"
    number = "number"
    name = "name"
    acronym = "acronym"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as written (`text`) and as compared (`key`); `start` is its place in the text."""

    kind: FactKind
    text: str
    key: str
    start: int
    opens: bool = False


@lru_cache(maxsize=4096)  # stages and checks read the same fields again and again
def facts_in(text: str) -> tuple[Fact, ...]:
    """All facts of a text in order of kind; what one kind has taken is not read again by the next."""
    found: list[Fact] = []
    rest = text
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(rest):
            key = _key(kind, match)
            if key is not None:
                found.append(Fact(kind, match.group().strip(), key, match.start()))
        rest = pattern.sub(lambda match: "\x00" * len(match.group()) if _key_taken(match) else match.group(), rest)
    found.extend(_names(rest))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """What a text vouches for, made once a text."""

    keys: frozenset[tuple[FactKind, str]]
    dates: frozenset[str]
    words: str
    exact: frozenset[str]
    tails: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str) -> KnownFacts:
        """Read every fact of `text`."""
        return _known_facts(text)

    def hold(self, fact: Fact) -> bool:
        """Whether the text states this fact."""
        if fact.kind is FactKind.date:
            return any(_within(fact.key, date) for date in self.dates)
        if fact.kind is FactKind.name:
            return self._holds_name(fact)
        if fact.kind is FactKind.acronym:
            return not self.exact.isdisjoint({fact.key, fact.key.rstrip("s"), f"{fact.key}s"})
        return (fact.kind, fact.key) in self.keys

    def _holds_name(self, fact: Fact) -> bool:
        versions = [fact.text]
        if fact.opens and " " in fact.text:
            rest = _FIRST_WORD.sub("", fact.text)
            if rest.lower() in PLAIN_NAMES:  # "Every Thursday", whatever the text's own Thursday ends
                return True
            # "Maple Seven" is not vouched for by a seven elsewhere, nor "Treasury Board" by another board's last word
            if rest.lower() not in NUMBER_WORDS and rest.lower() not in self.tails:
                versions.append(rest)
        return any(self._has(version) or all(map(self._has, _JOINT.split(version))) for version in versions)

    def _has(self, name: str) -> bool:
        plain = _plain(name).strip()
        plain = plain.removeprefix("the ")
        if not plain or all(word in PLAIN_NAMES for word in plain.split()):
            return True
        return f" {plain} " in self.words or f" {plain}s " in self.words or f" {plain.rstrip('s')} " in self.words


@lru_cache(maxsize=32)  # each check of a plan asks for the facts of the same document
def _known_facts(text: str) -> KnownFacts:
    facts = facts_in(text)
    years = {(FactKind.number, part) for f in facts if f.kind is FactKind.date for part in f.key.split("|")[:1]}
    return KnownFacts(
        keys=frozenset({(fact.kind, fact.key) for fact in facts} | years),
        dates=frozenset(fact.key for fact in facts if fact.kind is FactKind.date),
        words=_plain(text),
        exact=frozenset(re.findall(r"[\w&]+", text)),
        tails=_tails(facts),
    )


def _tails(facts: tuple[Fact, ...]) -> frozenset[str]:
    """Words that only ever end a longer name: the "Board" of "Change Advisory Board"; acronyms stand alone."""
    names = [fact.text.split() for fact in facts if fact.kind is FactKind.name]
    ends = {name[-1].lower() for name in names if len(name) > 1 and not _ACRONYM.fullmatch(name[-1])}
    return frozenset(ends - {name[0].lower() for name in names if len(name) == 1})


def _names(text: str) -> list[Fact]:
    found = []
    for match in _NAME.finditer(text):
        name, opens = match.group().strip(" '’"), _opens(text, match.start())
        if _CODE.fullmatch(name):
            continue
        if _ACRONYM.fullmatch(name):
            if name not in PLAIN_ACRONYMS:
                found.append(Fact(FactKind.acronym, name, name, match.start(), opens))
        elif (" " in name or not opens) and not _plain_english(name):
            found.append(Fact(FactKind.name, name, _plain(name).strip(), match.start(), opens))
    return found


def _opens(text: str, start: int) -> bool:
    """Whether a sentence begins at `start`; only the few characters before it decide."""
    tail = text[max(0, start - _TAIL) : start]
    return bool(_OPENS_SENTENCE.search(tail)) if start <= _TAIL else bool(_OPENS_SENTENCE.search("x" + tail))


def _plain_english(name: str) -> bool:
    return all(word in PLAIN_NAMES for word in _plain(name).split())


def _key(kind: FactKind, match: re.Match[str]) -> str | None:
    if kind is FactKind.address:
        return match.group().rstrip(".,;").lower()
    if kind is FactKind.date:
        return _date_key(match)
    value = match.group("value").lower()
    if _ends_name(match):
        return None
    if kind is FactKind.number and value == "one" and not match.group("scale"):
        return None
    number = NUMBER_WORDS[value] if value in NUMBER_WORDS else float(value.replace(",", "").rstrip(".") or 0)
    scale = (match.groupdict().get("scale") or "").lower()
    sign = match.group("sign") if kind is FactKind.money else ""
    return f"{sign}{number * _SCALE[scale]:g}" if number < 1e6 and not scale else f"{sign}{number * _SCALE[scale]:.0f}"


def _key_taken(match: re.Match[str]) -> bool:
    return not _ends_name(match) and (match.re is not _DATE or _date_key(match) is not None)


def _ends_name(match: re.Match[str]) -> bool:
    """Whether a number word is the end of a name: the "Seven" of "Maple Seven" counts nothing."""
    return (
        match.re is _WORDS
        and match.group()[0].isupper()
        and bool(_CAPITAL_BEFORE.search(match.string, 0, match.start()))
    )


def _date_key(match: re.Match[str]) -> str | None:
    """`year|month|day` with blanks where the text is silent; None for a bare month."""
    if match.re is _QUARTER:
        quarter, _, year = match.group().partition(" ")
        return f"{year.strip()}|{quarter}|"
    groups = match.groupdict()
    month = groups["month"]
    number = int(month) if month.isdigit() else 1 + [name[:3] for name in _MONTHS].index(month[:3].lower())
    day, year = groups.get("day") or groups.get("day2") or "", groups["year"] or ""
    return f"{year}|{number}|{int(day) if day else ''}" if day or year else None


def _within(date: str, other: str) -> bool:
    return all(not part or part == there for part, there in zip(date.split("|"), other.split("|"), strict=True))


def _plain(text: str) -> str:
    """Lower-case words between single spaces, possessive endings off."""
    bare = _POSSESSIVE.sub("", folded(text).lower())
    return f" {' '.join(re.findall(r'[a-z0-9&]+', bare))} "


_PATTERNS = (
    (FactKind.address, _ADDRESS),
    (FactKind.date, _ISO),
    (FactKind.date, _QUARTER),
    (FactKind.date, _DATE),
    (FactKind.money, _MONEY),
    (FactKind.percent, _PERCENT),
    (FactKind.number, _DIGITS),
    (FactKind.number, _WORDS),
)
