"""Slots in the text of practices: ``{name|default words}``.

Owns: finding slots, filling them, and mending what a filled word upsets (a/an before it, its
capital at the start of a sentence). Must not know: where the values come from.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TypeVar, cast

from corpora.records import SLOTS, Frozen

FormT = TypeVar("FormT", bound=Frozen)

SLOT = re.compile(r"\{([a-z]+)\|([^{}|]*)\}")
_ARTICLE_AND_SLOT = re.compile(r"(?:\b([Aa]n?) )?\{([a-z]+)\|([^{}|]*)\}")
_SENTENCE_END = re.compile(r"(?:^|[.!?]\)?[\"”']?\s+|\n)[\"“']?$")
#: Vowel letters that sound like a consonant ("a user", "a one-page note", "a European bank").
_CONSONANT_SOUND = re.compile(r"(?:uni(?![nm])|us[aeu]|uti|ubi|eu|one\b|once\b)", re.IGNORECASE)
_VOWEL_SOUND = re.compile(r"(?:[aeiou]|hour|honest|honou?r|heir|8|11\b|18\b)", re.IGNORECASE)
_CLOSING = " .;,"
_ACRONYM = re.compile(r"[A-Z]{2,}\b")


def slots_in(text: str) -> frozenset[str]:
    """Names of the slots in `text`, known or not."""
    return frozenset(match.group(1) for match in SLOT.finditer(text))


def slot_problem(text: str, known: Collection[str] = tuple(SLOTS)) -> str | None:
    """What is wrong with the slots of `text`, or None.

    A slot must be one of the `known`, have default words, and no brace may stand outside a slot.
    """
    for match in SLOT.finditer(text):
        if match.group(1) not in known:
            return f"unknown slot {match.group(1)!r}; known: {', '.join(known)}"
        if not match.group(2).strip():
            return f"slot {match.group(1)!r} has no default words"
    if re.search(r"[{}]", SLOT.sub("", text)):
        return f"a brace outside a slot in {text!r}; write {{name|default words}}"
    return None


def render(text: str, values: Mapping[str, str]) -> str:
    """Fill every slot with its value, or with its default when the value is missing or blank.

    An "a" or "an" right before a slot is fitted to the filled word. A value at the start of a
    sentence takes a capital when the text before it ends a sentence, or when the text itself
    begins with it and closes like a sentence; fragments such as role names keep their case.
    """
    done: list[str] = []
    last = 0
    whole_is_sentence = text.rstrip().endswith((".", "?", "!"))
    for match in _ARTICLE_AND_SLOT.finditer(text):
        article, name, default = match.groups()
        value = values.get(name, "").strip() or default
        done.append(text[last : match.start()])
        before = "".join(done)
        if article:
            value = f"{_article_for(value, article[0])} {value}"
        elif _SENTENCE_END.search(before) and (before.strip(" \"“'") or whole_is_sentence or default[:1].isupper()):
            value = value[:1].upper() + value[1:]
        done.append(value)
        last = match.end()
    return "".join([*done, text[last:]])


def says_the_same(text: str, words: str) -> bool:
    """Whether `words` are `text` with its slots filled, whatever fills them; case and closing marks aside."""
    pattern, last = "", 0
    for match in _ARTICLE_AND_SLOT.finditer(text):
        pattern += re.escape(text[last : match.start()]) + (r"an?\s" if match.group(1) else "") + ".{1,80}?"
        last = match.end()
    pattern += re.escape(text[last:].rstrip(_CLOSING))
    flat = " ".join(words.split()).rstrip(_CLOSING)
    return re.fullmatch(pattern, flat, re.IGNORECASE) is not None


def render_form(form: FormT, values: Mapping[str, str]) -> FormT:
    """The same record with every text in it rendered, nested records included; enums stay."""
    return cast(FormT, _rendered(form, values))


def _rendered(value: object, values: Mapping[str, str]) -> object:
    if type(value) is str:
        return render(value, values)
    if isinstance(value, tuple):
        return tuple(_rendered(item, values) for item in value)
    if isinstance(value, Frozen):
        fields = {name: _rendered(getattr(value, name), values) for name in type(value).model_fields}
        return value.model_copy(update=fields)
    return value


def _article_for(word: str, like: str) -> str:
    """'a' or 'an' for `word` by its sound, with the capital of `like`.

    Acronyms of up to three letters, and longer ones without a vowel, are taken as spelled out.
    """
    bare = word.lstrip("\"“'(")
    acronym = _ACRONYM.match(bare)
    if acronym and (len(acronym.group()) <= 3 or not re.search("[AEIOU]", acronym.group())):
        vowel = bare[0] in "AEFHILMNORSX"
    else:
        vowel = bool(_VOWEL_SOUND.match(bare)) and not _CONSONANT_SOUND.match(bare)
    return like + "n" if vowel else like
