import subprocess
import sys

import pytest

from retrieval.parse import ParseLimits, parse_bytes
from retrieval.parse.child import parse_in_child
from retrieval.parse.errors import EncryptedDocument, ParseMemory, ParseTimeout
from tests.fixtures import make_documents as make


@pytest.mark.parametrize(
    ("data", "name"),
    [(make.strategy_pdf(), "plan.pdf"), (make.strategy_docx(), "plan.docx"), (b"# Plan\n\nWe act.", "plan.md")],
    ids=["pdf", "docx", "markdown"],
)
def test_the_child_gives_the_same_document(data, name):
    assert parse_in_child(data, name) == parse_bytes(data, name)


def test_a_refusal_keeps_its_class_and_reason():
    with pytest.raises(EncryptedDocument, match="password"):
        parse_in_child(make.encrypted_pdf(), "plan.pdf")


def test_the_child_is_killed_at_the_time_limit():
    with pytest.raises(ParseTimeout, match=r"0\.01 seconds"):
        parse_in_child(make.strategy_pdf(), "plan.pdf", ParseLimits(max_seconds=0.01))


def test_the_child_ends_at_the_memory_limit():
    words = b"we plan with care and we learn " * 300_000
    with pytest.raises(ParseMemory, match="96 MiB"):
        parse_in_child(words, "plan.txt", ParseLimits(max_memory_bytes=96 * 1024 * 1024, max_words=10**9))


def test_a_name_that_looks_like_an_option_or_a_path_is_only_a_name():
    assert parse_in_child(b"We act now.", "../../--help/-c.txt").title == "-c"


def test_the_child_loads_no_heavy_library():
    code = (
        "import sys\nfrom retrieval.parse import parse_bytes\nparse_bytes(b'# A\\n\\nWe will go to the sea.', 'a.md')\n"
        "print(sorted({'torch', 'spacy', 'chromadb', 'numpy', 'lingua', 'docx', 'pptx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
