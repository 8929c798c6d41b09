"""Why a file cannot be read: one narrow class a reason, each with a sentence for a person.

Owns: `UnreadableDocument` and its subclasses. Must not know: pages, HTTP statuses, formats' inner workings.
"""

from __future__ import annotations


class UnreadableDocument(Exception):
    """A file that cannot become a Document.

    Attributes:
        reason: one clear sentence for a person, with the offending value and the remedy.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class EmptyDocument(UnreadableDocument):
    """The file holds no words."""


class EncryptedDocument(UnreadableDocument):
    """The file asks for a password."""


class TruncatedDocument(UnreadableDocument):
    """The file is cut off or damaged."""


class MislabelledDocument(UnreadableDocument):
    """The content is not what the name says."""


class ScannedDocument(UnreadableDocument):
    """The pages are pictures without text."""


class DocumentTooLarge(UnreadableDocument):
    """More bytes or words than the limit."""


class DecompressionBomb(UnreadableDocument):
    """Unpacks to far more than any real document."""


class UnsupportedType(UnreadableDocument):
    """A kind of file that is not read here."""


class UndecodableText(UnreadableDocument):
    """Text in no encoding that could be found."""


class UnsupportedLanguage(UnreadableDocument):
    """Text in another language than the packaged models serve."""


class ParseTimeout(UnreadableDocument):
    """Reading took longer than the limit."""


class ParseMemory(UnreadableDocument):
    """Reading needed more memory than the limit."""


class ParserCrashed(UnreadableDocument):
    """The reader itself failed on this file."""


#: Every class by its name: how an error crosses from the child process.
ERRORS: dict[str, type[UnreadableDocument]] = {kind.__name__: kind for kind in UnreadableDocument.__subclasses__()}
