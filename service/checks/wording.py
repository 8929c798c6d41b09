"""Words compared with words, without a model.

Owns: word lists of a text, crude stems, sentence cuts and the likeness of two texts. Must not
know: plans, documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[A-Za-z0-9]+(?:['’][a-z]+)?")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“(])")
#: Grammar words that carry no matter of their own.
_GRAMMAR = """
    a an the and or of to in on at by for from with as is are be been was were it its this that these those
    their our your his her they them we you who which what when after before if every each than then so not
    no into out up over under per has have had do does will would can may must one any all own about
"""
STOP_WORDS = frozenset(_GRAMMAR.split())
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "es", "ed", "s", "e")


def words(text: str) -> list[str]:
    """Words in lower case, in order."""
    return [match.group().lower() for match in _WORD.finditer(text)]


def word_count(text: str) -> int:
    """White-space separated words."""
    return len(text.split())


def stem(word: str) -> str:
    """A crude stem: one English ending off, at least three letters left."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            bare = word[: -len(ending)]
            return bare + "y" if ending in {"ies", "ied"} else _undoubled(bare)
    return word


@lru_cache(maxsize=4096)  # items are compared pair by pair
def stems(text: str) -> frozenset[str]:
    """Stems of the words that carry matter."""
    return frozenset(stem(word) for word in words(text) if word not in STOP_WORDS)


def likeness(one: str, other: str) -> float:
    """Shared stems over all stems of both texts (Jaccard), 0 to 1."""
    left, right = stems(one), stems(other)
    return len(left & right) / len(left | right) if left and right else 0.0


def share_within(part: str, whole: str) -> float:
    """Share of the stems of `part` that occur in `whole`, 0 to 1."""
    wanted = stems(part)
    return len(wanted & stems(whole)) / len(wanted) if wanted else 0.0


def sentences(text: str) -> list[str]:
    """Sentences by end mark and capital; good enough for texts of one to three sentences."""
    return [part for part in _SENTENCE.split(text) if part.strip()]


def folded(text: str) -> str:
    """White space folded to single spaces."""
    return " ".join(text.split())


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the phrases as whole words, longest first, in any case."""
    return _phrase_pattern(tuple(phrases))


@lru_cache(maxsize=64)  # the same few lists are looked for in every field
def _phrase_pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    body = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)
    return re.compile(rf"(?<![\w-])(?:{body})(?![\w-])", re.IGNORECASE)


def found(phrases: Iterable[str], text: str) -> str | None:
    """The first of the phrases in `text`, as it stands there."""
    match = phrase_pattern(phrases).search(text)
    return match.group() if match else None


def _undoubled(bare: str) -> str:
    return bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "sl" else bare
