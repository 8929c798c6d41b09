"""From bytes to characters.

Owns: finding a text's encoding. Must not know: what the text says or how it is marked up.
"""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from retrieval.parse.errors import UndecodableText

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Above this share of bytes over 127 a text is hardly English in a western code page.
_WESTERN_SHARE = 0.1


def decode(data: bytes, filename: str) -> str:
    """The characters of a text file; line ends become single line feeds.

    Raises:
        UndecodableText: no encoding gives readable text.
    """
    text = _by_mark(data)
    if text is None:
        text = _by_trial(data)
    if text is None or _garbled(text):
        raise UndecodableText(
            f"“{filename}” is not text in an encoding that could be recognised; save it as UTF-8 and upload it again."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def looks_binary(data: bytes) -> bool:
    """Whether the first bytes hold NUL characters that UTF-16 or UTF-32 do not explain."""
    head = data[:4096]
    return b"\0" in head and not any(head.startswith(bom) for bom, _ in _BOMS) and _wide(head) is None


def _by_mark(data: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _try(data, encoding)
    return None


def _by_trial(data: bytes) -> str | None:
    wide = _wide(data[:4096])
    if wide:
        return _try(data, wide)
    text = _try(data, "utf-8")
    if text is not None:
        return text
    high = sum(1 for byte in data if byte > 127)
    if high <= _WESTERN_SHARE * len(data):
        return _try(data, "cp1252") or _try(data, "latin-1")
    best = from_bytes(data).best()
    return str(best) if best else None


def _wide(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: nearly every other byte of western text is NUL."""
    half = len(head) // 2
    if half < 4:
        return None
    if head[1::2].count(0) > 0.7 * half and head[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[0::2].count(0) > 0.7 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _garbled(text: str) -> bool:
    odd = sum(1 for letter in text if (letter < " " and letter not in "\t\n\r\f\v") or letter == "\ufffd")
    return odd > 0.01 * max(len(text), 1)
