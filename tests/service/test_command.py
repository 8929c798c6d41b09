"""The command line, run as a person runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpora.load import load_practices
from retrieval.parse import parse_bytes
from service.plan.plan import Plan
from tests.service.harbour import STRATEGY

ROOT = Path(__file__).parents[2]
NEWSLETTER = "corpora/strategies/aldersound-ferries-newsletter.md"
HEAVY = ("torch", "transformers", "chromadb", "spacy", "onnxruntime", "langchain", "sqlalchemy")


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-m", "service", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False)


@pytest.fixture
def strategy(tmp_path):
    file = tmp_path / "harbour.md"
    file.write_text(STRATEGY, encoding="utf-8")
    return file


def one_line(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode().strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_a_strategy_gives_a_plan_in_the_file_named_and_0(strategy, tmp_path):
    out = tmp_path / "plan.json"
    done = run("plan", str(strategy), "--format", "json", "--out", str(out))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert Plan.model_validate_json(out.read_text(encoding="utf-8")).intents


def test_a_newsletter_gives_a_courteous_answer_and_4():
    done = run("plan", NEWSLETTER)
    assert (done.returncode, done.stderr) == (4, b"")
    assert done.stdout.startswith(b"# No strategic intent found")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.md", b"   \n", "empty.md"),
        ("broken.pdf", b"%PDF-1.7 and then nothing", "broken.pdf"),
        ("missing.md", None, "no such file"),
        ("french.txt", "Nous allons changer notre façon de travailler avec les équipes. ".encode() * 20, "French"),
    ],
    ids=["empty", "broken", "missing", "another language"],
)
def test_what_cannot_be_read_is_told_in_one_line_and_5(tmp_path, name, data, words):
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    done = run("text", str(file))
    assert (done.returncode, done.stdout) == (5, b"")
    assert words in one_line(done)


def test_wrong_usage_gives_2(strategy):
    done = run("plan", str(strategy), "--format", "song")
    assert done.returncode == 2
    assert b"song" in done.stderr


def test_a_place_that_cannot_be_written_is_told_before_a_plan_is_made(tmp_path):
    done = run("plan", NEWSLETTER, "--out", str(tmp_path / "nowhere" / "plan.md"))
    assert done.returncode == 2
    assert "cannot be written" in one_line(done)


def test_the_model_engine_without_a_model_says_what_to_set_and_1(strategy):
    done = run("plan", str(strategy), "--engine", "model", THROUGHLINE_MODEL="", THROUGHLINE_RECORDINGS="")
    assert done.returncode == 1
    assert "THROUGHLINE_MODEL" in one_line(done)


def test_the_text_is_written_byte_for_byte(strategy):
    done = run("text", str(strategy))
    assert done.returncode == 0
    assert done.stdout == parse_bytes(strategy.read_bytes(), strategy.name).text.encode("utf-8")


def test_all_practices_are_listed():
    lines = run("practices").stdout.decode().splitlines()
    assert len(lines) == len(load_practices()) == 150


def test_practices_are_searched():
    lines = run("practices", "stop work early", "--limit", "4").stdout.decode().splitlines()
    assert len(lines) == 4
    assert any("Kill criteria" in line for line in lines)


def test_the_schema_is_that_of_a_plan():
    assert json.loads(run("schema").stdout)["title"] == "Plan"


def test_help_names_the_commands_and_loads_nothing_heavy():
    code = (
        "import sys, typer.testing; from service.__main__ import app;"
        "done = typer.testing.CliRunner().invoke(app, ['--help']);"
        f"print(done.output, [name for name in {HEAVY!r} if name in sys.modules])"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")
    assert "reindex" in done.stdout
