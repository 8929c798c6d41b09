from pathlib import Path

import pytest

from retrieval.chunk import chunk, embedding_text
from retrieval.documents import Block, BlockKind, Document, Location, Span
from retrieval.embed import load_embedder
from retrieval.parse import parse_bytes
from retrieval.sentences import split_sentences

SHARED = Path(__file__).parents[3] / "shared" / "strategies"

SUBJECTS = ("Product teams", "Service owners", "The data office", "Finance partners", "Design leads", "Support staff")
VERBS = ("publish", "review", "retire", "fund", "measure", "simplify", "replace")
OBJECTS = ("the roadmap", "legacy forms", "customer journeys", "shared platforms", "weekly indicators")


def words(texts):
    """A count that needs no model: a word is a token."""
    return [len(text.split()) for text in texts]


def paragraph(number):
    return " ".join(
        f"{SUBJECTS[(number + part) % 6]} will {VERBS[(number * 3 + part) % 7]} {OBJECTS[(number + part * 2) % 5]} "
        f"for goal {number} before step {part} because people wait too long."
        for part in range(4)
    )


def document(paragraphs, headings=()):
    """Paragraphs as a Markdown document; `headings` maps a paragraph's place to the heading above it."""
    lines = []
    for place, text in enumerate(paragraphs):
        lines += [dict(headings)[place]] if place in dict(headings) else []
        lines.append(text)
    return parse_bytes("\n\n".join(lines).encode(), "plan.md")


def passages_of(found, **options):
    return chunk(found, split_sentences(found), words, **options)


def test_every_sentence_stands_in_one_passage_in_order():
    found = document([paragraph(number) for number in range(12)], {0: "# Plan", 5: "## Later"})
    passages = passages_of(found)
    assert [name for passage in passages for name in passage.sentence_ids] == [s.id for s in split_sentences(found)]


def test_a_passage_is_its_span_of_the_canonical_text():
    found = document([paragraph(number) for number in range(12)], {0: "# Plan"})
    assert all(passage.span.of(found.text) == passage.text for passage in passages_of(found))


def test_passages_of_several_sentences_stay_within_the_bound():
    passages = passages_of(document([paragraph(number) for number in range(30)]), max_tokens=80)
    assert max(words([passage.text for passage in passages])) <= 80
    assert len(passages) > 10


def test_a_sentence_longer_than_the_bound_is_a_passage_by_itself():
    long = "We will " + "really " * 300 + "try."
    passages = passages_of(document([paragraph(1), long, paragraph(2)]))
    assert long in [passage.text for passage in passages]


def test_no_passage_crosses_a_heading():
    found = document([paragraph(1), paragraph(2), paragraph(3)], {0: "# One", 1: "# Two", 2: "# Three"})
    assert [passage.location.heading_path[-1] for passage in passages_of(found)] == ["One", "Two", "Three"]


def test_no_passage_holds_what_was_left_out_between_sentences():
    text = "We will learn.\nx = 1\nWe will share."
    kinds = (BlockKind.paragraph, BlockKind.code, BlockKind.paragraph)
    spans = (Span(0, 14), Span(15, 20), Span(21, 35))
    blocks = tuple(Block(kind, span, Location()) for kind, span in zip(kinds, spans, strict=True))
    found = Document("t", "0", "text/plain", "en", "1", text, blocks)
    assert [passage.text for passage in passages_of(found)] == ["We will learn.", "We will share."]


def test_the_innermost_heading_stands_before_the_words_to_embed():
    found = document(["We will learn."], {0: "# Plan\n\n## Goals\n\n### Speed"})
    (passage,) = passages_of(found)
    assert embedding_text(passage) == "Speed\nWe will learn."


def test_repeated_words_get_different_ids():
    found = document(["We will learn."] * 3, {0: "# Goals", 1: "# Goals", 2: "# Goals"})
    names = [passage.id for passage in passages_of(found)]
    assert len(set(names)) == 3
    assert [name.rpartition("-")[2] for name in names] == ["1", "2", "3"]


def test_ids_do_not_depend_on_white_space():
    one = passages_of(document(["We will learn  and share."]))
    two = passages_of(document(["We will learn\nand share."]))
    assert [passage.id for passage in one] == [passage.id for passage in two]


EDITS = {
    "a word altered": lambda found: [text.replace("goal 7 ", "aim 7 ") for text in found],
    "a paragraph put in": lambda found: [*found[:9], paragraph(99), *found[9:]],
    "a paragraph taken out": lambda found: [*found[:16], *found[17:]],
    "a paragraph put before all": lambda found: [paragraph(77), *found],
    "two places edited": lambda found: [found[0] + " We will stop.", *found[1:30], *found[31:]],
}
SECTIONS = {"one section": (), "sections": ("# First", "# Second", "# Third")}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
@pytest.mark.parametrize("sections", SECTIONS.values(), ids=SECTIONS.keys())
def test_an_edit_of_a_document_of_forty_paragraphs_alters_few_passages(edit, sections):
    before = [paragraph(number) for number in range(40)]
    for place, heading in zip((1, 15, 29), sections, strict=False):
        before[place] = f"{heading}\n\n{before[place]}"
    old = {passage.id for passage in passages_of(document(before))}
    new = {passage.id for passage in passages_of(document(edit(before)))}
    assert len(old) > 15
    assert new != old
    assert len(new - old) <= 4


def test_a_document_of_one_repeated_sentence_is_split_evenly():
    passages = passages_of(document([" ".join(["We will learn and share."] * 600)]))
    sizes = words([passage.text for passage in passages])
    assert max(sizes) <= 200
    assert min(sizes) >= 50


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample strategies are not beside the repository")
def test_passages_of_real_documents_fit_the_model_window():
    embedder = load_embedder()
    for path in sorted(SHARED.glob("*.md")):
        found = parse_bytes(path.read_bytes(), path.name)
        passages = chunk(found, split_sentences(found), embedder.count_tokens)
        counts = embedder.count_tokens([passage.text for passage in passages if len(passage.sentence_ids) > 1])
        assert max(counts) <= 200
