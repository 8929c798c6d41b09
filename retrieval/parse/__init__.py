"""From a file's bytes to a Document.

Owns: the order of checks and the choice of reader. Must not know: databases, pages, models.
`parse_bytes` works in this process; `retrieval.parse.child.parse_in_child` does the same behind limits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from retrieval.documents import Document
from retrieval.language import detect_language, language_name
from retrieval.parse.compose import PARSER_VERSION, Source, compose
from retrieval.parse.decode import decode
from retrieval.parse.errors import DocumentTooLarge, EmptyDocument, UnreadableDocument, UnsupportedLanguage
from retrieval.parse.limits import DEFAULT_LIMITS, MIB, ParseLimits
from retrieval.parse.pieces import Draft
from retrieval.parse.sniff import Format, recognise

__all__ = ["DEFAULT_LIMITS", "PARSER_VERSION", "ParseLimits", "UnreadableDocument", "parse_bytes"]


def parse_bytes(data: bytes, filename: str, limits: ParseLimits = DEFAULT_LIMITS) -> Document:
    """Read a file into a Document, in this process.

    Args:
        data: the whole file.
        filename: its name as given by the person; only its last part and suffix are used, never as a path.
        limits: sizes are checked here; time and memory only by `parse_in_child`.

    Raises:
        UnreadableDocument: one of its subclasses, with a sentence for a person.
    """
    name = filename.replace("\\", "/").rsplit("/", 1)[-1] or "document"
    _check_bytes(data, name, limits)
    kind = recognise(data, name)
    document = compose(_draft(kind, data, name, limits), Source(data, name, kind.value))
    return _check_words(document, name, limits)


def _check_bytes(data: bytes, name: str, limits: ParseLimits) -> None:
    if not data.strip():
        raise EmptyDocument(f"“{name}” is empty (0 words); upload the file that holds the strategy's text.")
    if len(data) > limits.max_bytes:
        raise DocumentTooLarge(
            f"“{name}” has {len(data) / MIB:.1f} MiB, more than the {limits.max_bytes / MIB:.0f} MiB allowed; "
            "remove pictures or split it."
        )


def _check_words(document: Document, name: str, limits: ParseLimits) -> Document:
    if not document.blocks:
        raise EmptyDocument(f"“{name}” holds no words (0 words found); upload the file that holds the strategy's text.")
    if document.words > limits.max_words:
        raise DocumentTooLarge(
            f"“{name}” has {document.words:,} words, more than the {limits.max_words:,} allowed; split it."
        )
    language = detect_language(document.text)
    if language not in ("en", "und"):
        raise UnsupportedLanguage(
            f"“{name}” is written in {language_name(language)}, and only English is served; upload an English version."
        )
    return replace(document, language="en")


def _draft(kind: Format, data: bytes, name: str, limits: ParseLimits) -> Draft:
    # Each reader is imported only for its own format: the child process must start light.
    if kind is Format.pdf:
        from retrieval.parse.pdf import read_pdf

        return read_pdf(data, name, limits)
    if kind is Format.docx:
        from retrieval.parse.docx import read_docx

        return read_docx(data, name, limits)
    if kind is Format.pptx:
        from retrieval.parse.pptx import read_pptx

        return read_pptx(data, name, limits)
    return _text_reader(kind)(decode(data, name))


def _text_reader(kind: Format) -> Callable[[str], Draft]:
    if kind is Format.html:
        from retrieval.parse.html import read_html

        return read_html
    if kind is Format.markdown:
        from retrieval.parse.markdown import read_markdown

        return read_markdown
    from retrieval.parse.plain import read_plain

    return read_plain
