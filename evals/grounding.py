"""Grounding, a second time: quotes, invented facts and links read from the plan's JSON alone.

Owns: an implementation that shares no code with the service's checks, so a fault there cannot hide
itself. Must not know: `service.checks`, plan classes; it sees a plan as any outsider does, as JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]
ITEM_LISTS = ("behaviours", "rituals", "policy_asks")
#: Fields that hold ids, the document's own words, or are read on their own.
_NO_PROSE = frozenset(
    {"id", "intent_ids", "practice_id", "capability", "quotes", "quote", "terms", "sources", "flags", "kind"}
    | {"indicator_ids", "item_ids", "first_lines", "technique", "alternative", "guards", "role_class", "barrier"}
    | {"decider_class", "period", "from_source"}
)
_VOUCHED = frozenset({"proposed", "hypothesis", "assumption", "profile", "person"})
#: A baseline says how things stand: nobody may suppose one.
_TOLD = frozenset({"profile", "person"})
_CLAIM = re.compile(
    r"[£$€]\s?\d[\d,.]*\s?(?:k|m|bn|million|billion)?\b|\d[\d,.]*\s?(?:%|per ?cent\b)|\b(?:19|20)\d\d\b"
    r"|\b\d{1,3}(?:,\d{3})+\b|\b\d{3,}\b|\b\d+\.\d+\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+(?: (?:of |for |and |the )?[A-Z][a-z]+)+")
_MARKUP = re.compile(r"\]\([^)]*\)|\[\^\w+\]|<[^>]+>|&\w+;|https?://\S+")
_CELL = re.compile(r"[;:] ")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong and in which item."""

    item_id: str
    words: str


def bent_quotes(plan: Json, text: str) -> list[Flaw]:
    """Quotes anywhere in the plan whose words are not the text's at their offsets."""
    flaws = []
    for owner, quote in _quotes(plan, "plan"):
        start, end = quote["start"], quote["end"]
        if not 0 <= start < end <= len(text) or text[start:end] != quote["text"]:
            flaws.append(Flaw(owner, f"'{_short(quote['text'])}' is not the text at {start}:{end}"))
    return flaws


def quotes_missing_in_original(plan: Json, original: str) -> list[Flaw]:
    """Quotes whose words, in order, do not stand in the file as it was before any parser touched it.

    A table's row is quoted as "Column: cell; Column: cell"; there each column and each cell must stand in the file.
    """
    hay = f" {' '.join(_words(original))} "
    return [
        Flaw(owner, f"'{_short(quote['text'])}' is not in the file")
        for owner, quote in _quotes(plan, "plan")
        if not _stands(quote["text"], hay) and not all(_stands(part, hay) for part in _cells(quote["text"]))
    ]


def invented(plan: Json, text: str, library: Mapping[str, str]) -> list[Flaw]:
    """Money, percentages, years, large or decimal numbers and many-word names that nobody vouches for.

    Args:
        plan: the plan's JSON.
        text: the document's canonical text.
        library: prose of each practice by id; an item may use its own practice's words.
    """
    folded = _plain(text)
    flaws = []
    for record in (*_items(plan), *plan["indicators"]):
        owners = [record] if "practice_id" in record else _owners(record, plan)
        allowed = " ".join([folded, *(_plain(library.get(owner.get("practice_id") or "", "")) for owner in owners)])
        for path, words in _prose(record):
            if not _vouched(record, path):
                flaws += [
                    Flaw(record["id"], f"'{c}' in {path}") for c in _claims(words) if c.removesuffix("s") not in allowed
                ]
    return flaws


def unserved(plan: Json) -> list[Flaw]:
    """Active intents that no item serves, and items that serve an intent which is not active."""
    active = {intent["id"]: intent["label"] for intent in plan["intents"]}
    served = {key for item in _items(plan) for key in item["intent_ids"]}
    flaws = [Flaw(key, f"no item serves '{label}'") for key, label in active.items() if key not in served]
    for item in _items(plan):
        flaws += [
            Flaw(item["id"], f"serves {key}, which is not active") for key in item["intent_ids"] if key not in active
        ]
    return flaws


def _stands(words: str, hay: str) -> bool:
    return f" {' '.join(_words(words))} " in hay


def _cells(row: str) -> list[str]:
    """Columns and cells of a row; the whole where it is none, so that a bent sentence is not cut until it fits."""
    return _CELL.split(row) if len(_CELL.findall(row)) > 1 else [row]


def emptiness(plan: Json) -> list[Flaw]:
    """What a plan that calls itself ready lacks: an active intent, a behaviour, an indicator."""
    if plan["status"] != "ready":
        return [Flaw("plan", f"{name} in a plan that found nothing") for name in ("intents", *ITEM_LISTS) if plan[name]]
    return [Flaw("plan", f"no {name}") for name in ("intents", "behaviours", "indicators") if not plan[name]]


def _quotes(value: Any, owner: str) -> Iterator[tuple[str, Json]]:  # noqa: ANN401 - JSON of any shape
    if isinstance(value, Mapping):
        if {"text", "start", "end", "sentence_ids"} <= set(value):
            yield owner, value
            return
        owner = value.get("id", owner)
        for part in value.values():
            yield from _quotes(part, owner)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _quotes(part, owner)


def _items(plan: Json) -> list[Json]:
    return [item for name in ITEM_LISTS for item in plan[name]]


def _owners(indicator: Json, plan: Json) -> list[Json]:
    return [item for item in _items(plan) if item["id"] in indicator["item_ids"]]


def _prose(value: Any, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - JSON of any shape
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name not in _NO_PROSE:
                yield from _prose(part, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield from _prose(part, f"{path}.{number}")


def _vouched(record: Json, path: str) -> bool:
    return any(
        source["provenance"] in (_TOLD if path == "baseline" else _VOUCHED)
        and (path == source["field"] or path.startswith(source["field"] + "."))
        for source in record.get("sources", ())
    )


def _claims(words: str) -> list[str]:
    found = [match.group() for pattern in (_CLAIM, _NAME) for match in pattern.finditer(words)]
    return [_plain(claim).rstrip(".,") for claim in found]


def _words(text: str) -> Sequence[str]:
    return [word.lower() for word in _WORD.findall(_MARKUP.sub(" ", text))]


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().split())


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")
