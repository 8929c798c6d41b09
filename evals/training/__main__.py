"""`python -m evals.training`: fits the commitment model and writes its weights.

Owns: the training recipe. Prints cross-validated figures (grouped by imagined document, so a document's own
sentences never teach its test) before it writes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from retrieval.documents import BlockKind
from retrieval.embed import load_embedder
from service.reader.commitment import WEIGHTS, Seen
from service.reader.features import FEATURE_NAMES, feature_row
from service.reader.grammar import load_grammar_reader
from service.stages.read import heading_vectors

SENTENCES = Path(__file__).parent.parent / "datasets" / "sentences"
KINDS = {
    "paragraph": BlockKind.paragraph,
    "list_item": BlockKind.list_item,
    "table_row": BlockKind.table_row,
    "slide": BlockKind.list_item,
}
KIND_OF = {"commitment": "priority"}
STRENGTH = 0.05


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Inputs (n, d), labels, and the imagined document each sentence belongs to."""

    inputs: NDArray[np.float64]
    labels: tuple[str, ...]
    groups: tuple[str, ...]


def read_training_set(folder: Path = SENTENCES) -> TrainingSet:
    """All labelled sentences with their features."""
    texts_of = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.jsonl")))
    rows = [json.loads(line) for whole in texts_of for line in whole.split("\n") if line.strip()]
    texts = [row["text"] for row in rows]
    grammars = load_grammar_reader().read(texts)
    features = np.array(
        [
            feature_row(row["text"], row["heading"], KINDS[row["form"]], grammar)
            for row, grammar in zip(rows, grammars, strict=True)
        ]
    )
    embedder = load_embedder(None, None)
    headings = heading_vectors([row["heading"] for row in rows], embedder)
    seen = Seen(embedder.embed(texts), features, headings)
    return TrainingSet(seen.joined(), tuple(r["label"] for r in rows), tuple(r["document"] for r in rows))


def main() -> None:
    """Fit, report, write."""
    console = Console()
    data = read_training_set()
    positive = np.array([label != "none" for label in data.labels])
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    folds = GroupKFold(n_splits=min(5, len(set(data.groups))))
    held_out = cross_val_predict(model, data.inputs, positive, groups=data.groups, cv=folds, method="predict_proba")[
        :, 1
    ]
    area, precision = roc_auc_score(positive, held_out), average_precision_score(positive, held_out)
    console.print(f"{len(positive)} sentences, {positive.mean():.0%} positive; held out by document:")
    console.print(f"AUC {area:.3f}, average precision {precision:.3f}")
    model.fit(data.inputs, positive)
    kinds = np.array([KIND_OF.get(label, label) for label in data.labels])[positive]
    kind_model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(data.inputs[positive], kinds)
    WEIGHTS.write_text(
        json.dumps(
            {
                "features": list(FEATURE_NAMES),
                "commitment": np.round(model.coef_[0], 5).tolist(),
                "commitment_bias": round(float(model.intercept_[0]), 5),
                "kinds": np.round(kind_model.coef_, 5).tolist(),
                "kind_biases": np.round(kind_model.intercept_, 5).tolist(),
                "kind_names": [str(name) for name in kind_model.classes_],
            }
        )
        + "\n",
        encoding="utf-8",
    )
    console.print(f"wrote {WEIGHTS.name}")


if __name__ == "__main__":
    main()
