"""The command line: help without heavy parts, exit codes of wrong usage, one real case from end to end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.__main__ import app

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("command", ["run", "compare", "explain", "mutate", "calibrate", "bench", "train"])
def test_help_lists_every_command(command: str) -> None:
    assert command in CliRunner().invoke(app, ["--help"]).output


def test_help_loads_neither_models_nor_the_service() -> None:
    code = "import sys; import evals.__main__; print([m for m in sys.modules if m in {'spacy', 'torch', 'service'}])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "--suite", "none"],
        ["run", "-k", "no-such-document"],
        ["run", "--repeat", "0"],
        ["run", "--baseline", "missing.json"],
        ["run", "-k", "bank", "--update-baseline"],
        ["run", "--engine", "model", "--mode", "offline"],
        ["run", "--mode", "replay"],
        ["explain", "x", "--in", "missing.json"],
        ["compare", "missing.json", "missing.json"],
        ["calibrate", "missing.csv"],
    ],
    ids=lambda arguments: " ".join(arguments),
)
def test_wrong_usage_ends_with_2(arguments: list[str], tmp_path: Path) -> None:
    tail = ["--out", str(tmp_path)] if arguments[0] == "run" else []
    assert CliRunner().invoke(app, [*arguments, *tail]).exit_code == 2


def test_a_document_without_strategic_intent_passes_from_end_to_end(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["run", "-k", "aldersound", "--fail-on", "threshold", "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    written = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    (case,) = written["run"]["cases"]
    assert case["status"] == "no_strategic_intent"
    assert {o["measure"]: o["value"] for o in case["outcomes"]}["deterministic"] is True
