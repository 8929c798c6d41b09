from pathlib import Path

import pytest

from retrieval.documents import Block, BlockKind, Document


class Reading:
    """A document with the words of its blocks at hand."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def words(self, kind: BlockKind) -> list[str]:
        return [block.span.of(self.document.text) for block in self.document.blocks if block.kind is kind]

    def block(self, words: str) -> Block:
        return next(block for block in self.document.blocks if block.span.of(self.document.text) == words)


@pytest.fixture
def reading():
    return Reading


@pytest.fixture
def shared():
    folder = Path(__file__).parents[4] / "shared"
    if not folder.is_dir():
        pytest.skip("the shared folder is not beside the repository")
    return folder
