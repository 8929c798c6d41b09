"""The obvious alternative: langchain's splitter at 1000/200, sentence-transformers and langchain-chroma as they come.

Owns: what a tutorial would write. Must not know: our way. Needs the optional dependency group `bench`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from sentence_transformers import SentenceTransformer

from retrieval.documents import Document
from retrieval.embed import packaged_model


class _Library(Embeddings):
    """What langchain-huggingface does with its defaults."""

    def __init__(self, model: SentenceTransformer) -> None:
        self._model = model

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of texts, as lists."""
        vectors: list[list[float]] = self._model.encode(texts, show_progress_bar=False).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self.embed_documents([text])[0]


class Alternative:
    """See `Contender`."""

    def __init__(self, threads: int | None) -> None:
        if threads:
            torch.set_num_threads(threads)
        self._splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        self._embeddings = _Library(SentenceTransformer(str(packaged_model().folder), device="cpu"))

    def ingest(self, documents: Sequence[Document], folder: Path) -> int:
        """See `Contender`."""
        store = Chroma("bench", embedding_function=self._embeddings, persist_directory=str(folder))
        chunks = 0
        for document in documents:
            texts = self._splitter.split_text(document.text)
            store.add_texts(texts, metadatas=[{"document_id": document.sha256}] * len(texts))
            chunks += len(texts)
        return chunks
