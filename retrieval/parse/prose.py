"""Cleaning words: Unicode form, spaces, line breaks, hyphens at line ends.

Owns: how raw text becomes clean text. Must not know: formats, blocks, offsets.
"""

from __future__ import annotations

import re
import unicodedata

SOFT_HYPHEN = "\u00ad"
#: Signs that open a list item in text without markup; the last are Wingdings and Symbol bullets.
BULLETS = "•●○◦▪▫■□‣⁃∙·➢➤►▶✓✔➔→❖◆◇\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d\uf06e\uf0a8"
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff\u0000-\u0008\u000e-\u001f\u007f-\u009f]"
)
_SPACES = re.compile(r"\s+")
_LINE_END_HYPHEN = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]\s*\n\s*([^\W\d_]+)")
_SUFFIXES_TEXT = """
able ability ably al ally ance ary ation ed ence ency ent er ers ery est ful fully ible ic ical ies ing ings ion
ions ism ist ity ive ize ized less ly ment ments ness or ors ous sion sions tion tions ure ward
"""
_SUFFIXES = frozenset(_SUFFIXES_TEXT.split())


def clean(text: str) -> str:
    """One line of clean words: NFC, plain ligatures, no invisible characters, single spaces."""
    plain = unicodedata.normalize("NFC", text.translate(_LIGATURES))
    return _SPACES.sub(" ", _INVISIBLE.sub("", plain)).strip()


def clean_lines(text: str) -> str:
    """As `clean`, but line breaks and leading spaces stay: for code."""
    lines = unicodedata.normalize("NFC", text).expandtabs(4).splitlines()
    return "\n".join(_INVISIBLE.sub("", line).rstrip() for line in lines).strip("\n")


def show_soft_hyphens(text: str) -> str:
    """Settle soft hyphens: where a text uses them as visible dashes they become '-', else they go.

    Some converters write every hyphen as a soft one; then they also stand alone or open lines.
    A soft hyphen at a line end stays, for `join_hyphens`.
    """
    if SOFT_HYPHEN not in text:
        return text
    text = re.sub(rf"^{SOFT_HYPHEN}[ \t]*\n(?=[^\n])", f"{SOFT_HYPHEN} ", text, flags=re.MULTILINE)
    visible = re.search(rf"(?:^|\s){SOFT_HYPHEN}\s", text) is not None
    return re.sub(rf"{SOFT_HYPHEN}(?!\s*\n\s*[^\W\d_])|(?<=\s){SOFT_HYPHEN}", "-" if visible else "", text)


def join_hyphens(text: str, vocabulary: frozenset[str]) -> str:
    """Rejoin words hyphenated over a line end, by what else the document says.

    Args:
        text: lines separated by line breaks.
        vocabulary: lower-case words of the whole document, hyphenated ones included.

    Returns:
        The text with the word closed up ('strat-/egy'), or with its own hyphen kept ('long-/term').
    """

    def rejoin(match: re.Match[str]) -> str:
        first, second = match.group(1), match.group(2)
        return first + ("-" if _keeps_hyphen(first, second, vocabulary) else "") + second

    return _LINE_END_HYPHEN.sub(rejoin, text)


def _keeps_hyphen(first: str, second: str, vocabulary: frozenset[str]) -> bool:
    low_first, low_second = first.lower(), second.lower()
    if low_first + low_second in vocabulary:
        return False
    if f"{low_first}-{low_second}" in vocabulary or not second[0].islower():
        return True
    return low_second not in _SUFFIXES and low_first in vocabulary and low_second in vocabulary


def vocabulary_of(text: str) -> frozenset[str]:
    """Lower-case words of a text, hyphenated ones whole; pieces cut at a line end are left out."""
    whole = re.sub(r"[^\W\d_]+[-\u00ad\u2010]\s*\n\s*[^\W\d_]+", " ", text)
    return frozenset(word.lower() for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", whole))
