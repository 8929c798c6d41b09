import io
import zipfile

import pytest

from retrieval.parse import ParseLimits, parse_bytes
from retrieval.parse.errors import (
    DecompressionBomb,
    DocumentTooLarge,
    EmptyDocument,
    EncryptedDocument,
    MislabelledDocument,
    TruncatedDocument,
    UnsupportedLanguage,
    UnsupportedType,
)
from tests.fixtures import make_documents as make

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
GERMAN = (
    "Wir wollen unsere Dienste einfacher machen. Die Teams arbeiten eng mit den Menschen zusammen, die sie nutzen, und "
    "lernen jede Woche dazu. Bis 2027 sollen alle Anträge online gestellt werden können, ohne dass jemand warten muss. "
)
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]><x>&c;</x>'


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("notes.txt", "hello")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "error", "says"),
    [
        pytest.param(b"", "a.md", EmptyDocument, "0 words", id="no bytes"),
        pytest.param(b" \n\n", "a.txt", EmptyDocument, "0 words", id="only spaces"),
        pytest.param(b"# \n\n---\n", "a.md", EmptyDocument, "no words", id="only markup"),
        pytest.param(make.png(), "a.pdf", MislabelledDocument, "PNG image", id="png named pdf"),
        pytest.param(make.strategy_pdf(), "a.docx", MislabelledDocument, "PDF", id="pdf named docx"),
        pytest.param(make.strategy_docx(), "a.pptx", MislabelledDocument, r"\.docx", id="docx named pptx"),
        pytest.param(b"Just some text here.", "a.pdf", MislabelledDocument, "PDF", id="text named pdf"),
        pytest.param(make.png(), "a.png", UnsupportedType, "PNG image", id="image"),
        pytest.param(archive(), "a.zip", UnsupportedType, "archive", id="archive"),
        pytest.param(OLE, "a.doc", UnsupportedType, "old Office", id="old Word"),
        pytest.param(b"{\\rtf1 hello}", "a.rtf", UnsupportedType, "Rich Text", id="rich text"),
        pytest.param(b"a,b\n1,2\n", "a.csv", UnsupportedType, r"\.csv", id="csv"),
        pytest.param(
            OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", EncryptedDocument, "password", id="locked"
        ),
        pytest.param(make.strategy_docx()[:9000], "a.docx", TruncatedDocument, "cut off", id="cut docx"),
        pytest.param(make.strategy_pptx()[:9000], "a.pptx", TruncatedDocument, "cut off", id="cut pptx"),
        pytest.param(
            make.with_part(make.strategy_docx(), "word/document.xml", b"<w:broken"),
            "a.docx",
            TruncatedDocument,
            "damaged",
            id="broken part",
        ),
        pytest.param(
            make.with_part(make.strategy_docx(), "word/extra.xml", ENTITIES),
            "a.docx",
            DecompressionBomb,
            "entities",
            id="xml entities",
        ),
        pytest.param(GERMAN.encode() * 3, "a.txt", UnsupportedLanguage, "German", id="German"),
        pytest.param(
            "Мы хотим сделать наши услуги проще для людей. ".encode() * 9,
            "a.txt",
            UnsupportedLanguage,
            "Russian",
            id="Russian",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(data, name, error, says):
    with pytest.raises(error, match=says) as refusal:
        parse_bytes(data, name)
    assert type(refusal.value) is error
    assert f"“{name}”" in refusal.value.reason


def test_a_zip_bomb_is_refused_by_its_ratio():
    bomb = make.with_part(make.strategy_docx(), "word/media/image1.bmp", b"\0" * 60_000_000)
    with pytest.raises(DecompressionBomb, match="times its size"):
        parse_bytes(bomb, "a.docx")


def test_a_zip_bomb_is_refused_by_its_size():
    limits = ParseLimits(max_unpacked_bytes=100_000)
    with pytest.raises(DecompressionBomb, match="MiB"):
        parse_bytes(make.with_part(make.strategy_pptx(), "ppt/x.bin", b"\0" * 200_000), "a.pptx", limits)


def test_a_pdf_stream_that_unpacks_without_end_is_refused():
    with pytest.raises(DecompressionBomb, match="unpacks to more"):
        parse_bytes(make.bomb_pdf(3_000_000), "a.pdf", ParseLimits(max_unpacked_bytes=1_000_000))


def test_too_many_bytes_are_refused():
    with pytest.raises(DocumentTooLarge, match="MiB allowed"):
        parse_bytes(b"word " * 100, "a.txt", ParseLimits(max_bytes=100))


def test_too_many_words_are_refused():
    with pytest.raises(DocumentTooLarge, match="101 words"):
        parse_bytes(b"we " * 101, "a.txt", ParseLimits(max_words=100))


@pytest.mark.parametrize(
    "text",
    [
        "OKRs Roadmap 2019",
        "Wir starten.",
        "Goals: speed, trust. " + GERMAN[:60] + "We will serve all of the people we know.",
    ],
    ids=["jargon", "three words", "mixed"],
)
def test_short_or_mixed_text_is_not_refused_for_its_language(text):
    assert parse_bytes(text.encode(), "a.txt").language == "en"
