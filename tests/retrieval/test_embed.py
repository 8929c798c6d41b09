import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from retrieval.embed import (
    MARKS,
    OVERLAP,
    OnnxEmbedder,
    SentenceTransformersEmbedder,
    load_embedder,
    packaged_model,
)
from retrieval.onnx_export import ExportError, default_cache_dir, ensure_onnx

WORDS = (
    "Teams will own outcomes, not output, and publish what they learned every quarter. "
    "We are moving away from funding projects and towards funding durable teams. "
)
VARIED = [
    "",
    "Go.",
    "We will retire the mainframe by March 2027.",
    "Élan, naïve façade – “quoted” — 40% of £3.2m; see §4.",
    "使命 and mission",
    WORDS,
    WORDS * 5,
    " ".join(f"Objective {n}: raise measure {n} from {n}% to {n * 2}%." for n in range(1, 12)),
]
LONG = WORDS * 20


@pytest.fixture(scope="module")
def onnx():
    model = packaged_model()
    return OnnxEmbedder(model, ensure_onnx(model.weights, default_cache_dir()), threads=2)


@pytest.fixture(scope="module")
def library():
    return SentenceTransformersEmbedder(packaged_model())


def test_vectors_agree_with_sentence_transformers(onnx, library):
    cosines = (onnx.embed(VARIED) * library.embed(VARIED)).sum(axis=1)
    assert cosines.min() >= 0.9999


def test_vectors_of_long_texts_agree_with_sentence_transformers(onnx, library):
    cosines = (onnx.embed([LONG, LONG[300:]]) * library.embed([LONG, LONG[300:]])).sum(axis=1)
    assert cosines.min() >= 0.9999


def test_vectors_are_unit_float32_rows(onnx):
    vectors = onnx.embed([*VARIED, LONG])
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(VARIED) + 1, onnx.dimensions)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_rows(onnx):
    assert onnx.embed([]).shape == (0, 384)


def test_a_text_has_the_same_bytes_whatever_its_company(onnx):
    together = onnx.embed([*VARIED, LONG])
    alone = np.vstack([onnx.embed([text]) for text in [*VARIED, LONG]])
    assert together.tobytes() == alone.tobytes()


def test_the_number_of_threads_does_not_alter_bytes(onnx):
    model = packaged_model()
    single = OnnxEmbedder(model, ensure_onnx(model.weights, default_cache_dir()), threads=1)
    assert single.embed(VARIED).tobytes() == onnx.embed(VARIED).tobytes()


def test_threads_may_share_one_embedder(onnx):
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(onnx.embed, [VARIED] * 8))
    assert len({result.tobytes() for result in results}) == 1


def test_the_end_of_a_long_text_counts(onnx):
    start, end = WORDS * 12, " The cafeteria serves purple pancakes to astronauts." * 30
    whole, cut, tail = onnx.embed([start + end, start, end])
    assert whole @ tail > cut @ tail + 0.2


def test_a_long_text_is_the_mean_of_windows_that_overlap_and_fit(onnx):
    parts = onnx._reader.windows(LONG)
    counts = onnx.count_tokens(parts)
    assert len(parts) > 1
    assert max(counts) <= onnx.max_tokens - MARKS
    assert sum(counts) >= onnx.count_tokens([LONG])[0] + OVERLAP * (len(parts) - 1)
    assert LONG.startswith(parts[0])
    assert LONG.rstrip().endswith(parts[-1])
    mean = onnx.embed(parts).mean(axis=0)
    np.testing.assert_allclose(onnx.embed([LONG])[0], mean / np.linalg.norm(mean), atol=1e-6)


def test_a_text_is_read_in_windows_only_where_it_does_not_fit(onnx):
    words = [" ".join(["team"] * count) for count in (253, 254, 255)]
    rows = onnx._reader.rows([*words, LONG])
    assert [len(own) for own in rows[:3]] == [1, 1, 2]
    assert [len(own[0]) for own in rows[:2]] == [255, 256]
    assert rows[3] == onnx._reader.ids(onnx._reader.windows(LONG))


def test_a_text_of_one_unbroken_run_of_letters_is_embedded(onnx):
    assert np.isfinite(onnx.embed(["x" * 20_000, "a-" * 3_000])).all()


def test_tokens_are_counted_without_the_marks(onnx, library):
    assert onnx.count_tokens(["hello there", ""]) == library.count_tokens(["hello there", ""]) == [2, 0]


def test_engines_have_different_names(onnx, library):
    assert onnx.name != library.name


def test_the_file_is_made_once_by_processes_that_ask_together(tmp_path):
    weights = packaged_model().weights
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: ensure_onnx(weights, tmp_path), range(2)))
    assert found[0] == found[1]
    assert [file.name for file in tmp_path.glob("*.onnx*") if file.suffix != ".lock"] == [found[0].name]


def test_a_cache_that_cannot_be_written_is_named(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(ExportError, match="THROUGHLINE_CACHE"):
        ensure_onnx(packaged_model().weights, blocked)


def test_the_library_stands_in_where_no_file_can_be_made(tmp_path, caplog):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert isinstance(load_embedder(blocked), SentenceTransformersEmbedder)
    assert "sentence-transformers embeds instead" in caplog.text


def test_the_production_engine_never_imports_torch():
    program = "import sys; from retrieval.embed import load_embedder; load_embedder().embed(['a']); print(*sys.modules)"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root)
    assert {"torch", "sentence_transformers", "onnx"}.isdisjoint(done.stdout.split())
