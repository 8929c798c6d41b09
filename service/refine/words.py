"""New words in an item's fields: checked as the plan's own words are, and marked as a person's.

Owns: which fields a person may write, what is refused, the provenance of what was written. Must not know:
storage, pages. Quotes are never edited: they are the document's.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from corpora.lexicons import Lexicons
from corpora.records import Cadence, Period
from service.checks.c03_concreteness import unfilled
from service.checks.fields import TextField, covers, texts_of, with_texts
from service.checks.g2_safety import instructs_reader, unsafe
from service.plan.items import Behaviour, Item, Ritual
from service.plan.provenance import FieldSource, Provenance
from service.plan.stops import reworded
from service.refine.edits import EditFields
from service.refine.errors import WordsRefused

#: Not a person's to write: names of places, and words that stand in the document.
FIXED = ("mechanism", "first_case", "role_class", "barrier", "shift.from_source", "decider_class", "title")
FEWEST, MOST = 3, 600
BY_HAND = "written by a person"


def editable(item: Item) -> tuple[TextField, ...]:
    """The fields of prose that a person may write, in the order of the form; the title apart."""
    return tuple(field for field in texts_of(item) if not _fixed(field.path))


def edited(item: Item, edit: EditFields, author: str, lexicons: Lexicons) -> tuple[Item, tuple[str, ...]]:
    """The item with the new words, and the paths that changed.

    Raises:
        WordsRefused: a field is unknown, empty, too long, unfilled, measures a person, or does not add up.
    """
    known = {field.path: field.text for field in editable(item)}
    changes = {path: " ".join(text.split()) for path, text in edit.words.items() if known.get(path) != text}
    faults = {path: why for path, text in changes.items() if (why := _fault(path, text, known, lexicons))}
    if faults:
        raise WordsRefused(faults)
    values, paths = _structured(item, edit)
    new = _stops_reckoned(with_texts(item, changes), changes).model_copy(update=values)
    changed = tuple(path for path in (*changes, *paths) if path)
    return _valid(_signed(new, changed, author)), changed


def _fixed(path: str) -> bool:
    return any(path == name or path.startswith(f"{name}.") for name in FIXED)


def _fault(path: str, text: str, known: dict[str, str], lexicons: Lexicons) -> str | None:
    if path not in known:
        return "there is no such field to write"
    if len(text) < FEWEST:
        return "write at least a word"
    if len(text) > MOST:
        return f"at most {MOST} characters; this has {len(text)}"
    if words := unfilled(text, lexicons):
        return f"“{words}” is still to be filled in"
    if words := unsafe((TextField(path, text),)):
        return f"“{words}” measures, ranks or names a person; a plan counts what teams do"
    if words := instructs_reader(text):
        return f"“{words}” instructs a program, not the team"
    return None


def _structured(item: Item, edit: EditFields) -> tuple[dict[str, object], tuple[str, ...]]:
    values: dict[str, object] = {}
    if edit.title is not None and edit.title != item.title:
        values["title"] = edit.title
    if edit.starts_day is not None and edit.starts_day != item.starts_day:
        values["starts_day"] = edit.starts_day
    if isinstance(item, Behaviour | Ritual):
        if edit.review_days is not None and edit.review_days != item.review_days:
            values["review_days"] = edit.review_days
        if edit.period is not None:
            often = edit.events_per_month if edit.period is Period.event else None
            cadence = _cadence(edit.period, often)
            values |= {"cadence": cadence} if cadence != item.cadence else {}
    return values, tuple(values)


def _stops_reckoned(item: Item, changes: Mapping[str, str]) -> Item:
    """Minutes freed were estimated for the words before: new words keep only minutes that they give themselves."""
    if isinstance(item, Behaviour) and "stop_doing.text" in changes:
        return item.model_copy(update={"stop_doing": reworded(item.stop_doing, item.stop_doing.text)})
    if isinstance(item, Ritual) and "replaces.text" in changes:
        return item.model_copy(update={"replaces": reworded(item.replaces, item.replaces.text)})
    return item


def _cadence(period: Period, often: float | None) -> Cadence:
    try:
        return Cadence(period=period, events_per_month=often)
    except ValidationError as error:
        raise WordsRefused({"period": "say how often a month it is expected to happen"}) from error


def _signed(item: Item, changed: tuple[str, ...], author: str) -> Item:
    """The item with a person as the source of what changed; other sources of those fields go."""
    kept = tuple(source for source in item.sources if not any(covers(source, path) for path in changed))
    mine = tuple(FieldSource(field=path, provenance=Provenance.person, note=f"{BY_HAND}: {author}") for path in changed)
    return item.model_copy(update={"sources": (*kept, *mine)})


def _valid(item: Item) -> Item:
    """The item read back through its own model, so that no bound is broken.

    Raises:
        WordsRefused: a field breaks one; the message names it.
    """
    try:
        return type(item).model_validate(item.model_dump())
    except ValidationError as error:
        raise WordsRefused({_place(one["loc"]): str(one["msg"]) for one in error.errors()}) from error


def _place(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in loc) or "item"
