import numpy as np
import pytest

from retrieval.chunk import chunk
from retrieval.sentences import split_sentences
from service.store.documents import DocumentRepository, Embedded, Upload
from service.store.errors import NotFound
from service.store.passages import SqlPassages


def passages_of(found):
    passages = chunk(found, split_sentences(found), lambda texts: [60] * len(texts), 60)
    return Embedded(passages, np.eye(len(passages), 384, dtype=np.float32), "test")


def test_a_document_comes_back_as_it_was_parsed(documents, document, kept):
    parsed = document(["We will answer every letter in two days.", "Boats run late on Mondays."])
    assert documents.document(kept.text_id) == parsed


def test_passages_come_back_in_text_order(documents, kept):
    passages = passages_of(documents.document(kept.text_id))
    documents.keep_passages(kept.id, kept.text_id, passages)
    assert tuple(documents.passages(kept.id)) == passages.passages


def test_a_word_is_found_in_any_form_and_ranked(database, documents, kept):
    documents.keep_passages(kept.id, kept.text_id, passages_of(documents.document(kept.text_id)))
    store = SqlPassages(database, "one")
    found = store.passages(store.lexical("answering letters", 5))
    assert [passage.text for passage in found] == ["We will answer every letter in two days."]


@pytest.mark.parametrize("query", ['"', "a AND", "NEAR(x", "boat's*", "'; --", ""])
def test_nothing_in_a_query_is_read_as_an_operator(database, documents, kept, query):
    documents.keep_passages(kept.id, kept.text_id, passages_of(documents.document(kept.text_id)))
    assert isinstance(SqlPassages(database, "one").lexical(query, 5), list)


def test_passages_of_the_old_text_leave_the_full_text_search(database, documents, document, kept):
    documents.keep_passages(kept.id, kept.text_id, passages_of(documents.document(kept.text_id)))
    newer = documents.add(Upload("aims.txt", 9, document(["Boats run on time."], sha="b")), replaces=kept.id)
    documents.keep_passages(kept.id, newer.text_id, passages_of(documents.document(newer.text_id)))
    store = SqlPassages(database, "one")
    assert newer.version == 2
    assert store.lexical("letters", 5) == []
    assert len(store.lexical("boats", 5)) == 1


def test_a_removed_document_takes_its_words_out_of_the_search(database, documents, kept):
    documents.keep_passages(kept.id, kept.text_id, passages_of(documents.document(kept.text_id)))
    assert documents.remove(kept.id) == ["a" * 64]
    assert SqlPassages(database, "one").lexical("letters", 5) == []


def test_another_workspace_sees_nothing(database, documents, kept):
    documents.keep_passages(kept.id, kept.text_id, passages_of(documents.document(kept.text_id)))
    other = DocumentRepository(database, "two")
    assert other.all() == []
    assert SqlPassages(database, "two").lexical("letters", 5) == []
    with pytest.raises(NotFound):
        other.get(kept.id)
    with pytest.raises(NotFound):
        other.document(kept.text_id)


def test_two_workspaces_may_hold_the_same_bytes(database, document, kept):
    other = DocumentRepository(database, "two").add(Upload("aims.txt", 10, document(["Boats run late."])))
    assert other.id != kept.id
