"""What a file really is, and whether its name agrees.

Owns: recognising formats by their bytes and refusing what is not read here. Must not know: how a format is read.
"""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

from retrieval.parse.decode import looks_binary
from retrieval.parse.errors import EncryptedDocument, MislabelledDocument, TruncatedDocument, UnsupportedType

READABLE = "PDF, Word (.docx), PowerPoint (.pptx), HTML, Markdown or plain text"


class Format(StrEnum):
    """The formats that are read; the value is the media type."""

    pdf = "application/pdf"
    docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    html = "text/html"
    markdown = "text/markdown"
    text = "text/plain"


_NAMES = {
    ".pdf": Format.pdf,
    ".docx": Format.docx,
    ".docm": Format.docx,
    ".pptx": Format.pptx,
    ".pptm": Format.pptx,
    ".html": Format.html,
    ".htm": Format.html,
    ".xhtml": Format.html,
    ".md": Format.markdown,
    ".markdown": Format.markdown,
    ".mdown": Format.markdown,
    ".mkd": Format.markdown,
    ".txt": Format.text,
    ".text": Format.text,
}
_TEXTS = frozenset({Format.html, Format.markdown, Format.text})
_FOREIGN = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"BM", "a bitmap image"),
    (b"RIFF", "a media file"),
    (b"{\\rtf", "a Rich Text (.rtf) file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_MARKDOWN_SIGN = re.compile(rb"^(?:#{1,6} \S|---\s*\n\w+:|[^\[\n]{0,500}\[[^\[\]\n]{1,200}\]\([^()\s]{1,500}\))", re.M)


def recognise(data: bytes, filename: str) -> Format:
    """The format of a file by its bytes, checked against its name.

    Raises:
        UnsupportedType: a kind of file that is not read.
        MislabelledDocument: readable, or not, but not what the name says.
        EncryptedDocument: an Office file behind a password.
        TruncatedDocument: an Office file that is cut off.
    """
    named = _NAMES.get(PurePath(filename).suffix.lower())
    if b"%PDF-" in data[:1024]:
        found = Format.pdf
    elif data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        found = _office(data, filename, named)
    else:
        _refuse_foreign(data, filename, named)
        return _text(data, filename, named)
    if named is not found and PurePath(filename).suffix:
        raise MislabelledDocument(
            f"“{filename}” holds a {found.name.upper()} document, which its name does not say; "
            f"rename it to end in “.{found.name}” and upload it again."
        )
    return found


def _office(data: bytes, filename: str, named: Format | None) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        if named in (Format.docx, Format.pptx):
            raise TruncatedDocument(
                f"“{filename}” is cut off or damaged (its end is missing); export or download it again."
            ) from error
        raise _unsupported(filename, "a damaged archive", named) from error
    if "word/document.xml" in names:
        return Format.docx
    if "ppt/presentation.xml" in names:
        return Format.pptx
    if "[Content_Types].xml" in names and named in (Format.docx, Format.pptx):
        raise TruncatedDocument(f"“{filename}” lacks its main part; export it again from the program that made it.")
    raise _unsupported(filename, "a workbook" if "xl/workbook.xml" in names else "an archive", named)


def _refuse_foreign(data: bytes, filename: str, named: Format | None) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise EncryptedDocument(f"“{filename}” asks for a password; save a copy without one and upload that.")
        raise _unsupported(filename, "an old Office file (.doc, .ppt, .xls)", None)
    for magic, what in _FOREIGN:
        if data.startswith(magic) and (len(magic) > 2 or looks_binary(data)):
            raise _unsupported(filename, what, named)


def _text(data: bytes, filename: str, named: Format | None) -> Format:
    suffix = PurePath(filename).suffix
    if looks_binary(data) or named in (Format.pdf, Format.docx, Format.pptx):
        raise _unsupported(filename, "something else" if named else "an unknown binary file", named)
    if _HTML_START.match(data[:4096]):
        return Format.html
    if named is None and suffix and re.fullmatch(r"\.[A-Za-z][A-Za-z0-9]{0,4}", suffix):
        raise UnsupportedType(f"“{filename}” is a “{suffix}” file, which is not read here; upload {READABLE}.")
    if named in (None, Format.text):
        return Format.markdown if len(_MARKDOWN_SIGN.findall(data[:65536])) > 1 else Format.text
    return named


def _unsupported(filename: str, what: str, named: Format | None) -> UnsupportedType | MislabelledDocument:
    if named is None:
        return UnsupportedType(f"“{filename}” is {what}, which is not read here; upload {READABLE}.")
    return MislabelledDocument(
        f"“{filename}” is named like {named.name.upper()} but holds {what}; "
        f"export it again as {READABLE} and upload that."
    )
