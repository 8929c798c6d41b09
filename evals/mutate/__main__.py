"""`python -m evals mutate`: spoil good plans and see whether the rubric notices.

Owns: options, the table, the files and the exit code. Must not know: how anything is measured.

Exit codes: 0 targets met, 1 a target is missed, 2 usage, 3 no recorded answer to replay.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from evals.mutate.heatmap import page_of, svg_of
from evals.mutate.judged_sample import RECORDINGS, SAMPLED, Compared, judged_sample, replayed
from evals.mutate.matrix import Matrix, Share, matrix_of
from evals.mutate.mutant import Sight
from evals.mutate.operators import OPERATORS
from evals.mutate.run import LIMIT, WORKERS, Findings, run_all
from evals.workbench import rubric_hash
from service.engines.model.recordings import RecordingModel, ReplayMiss
from service.llm import LangchainModel, ModelConnection
from service.settings import Settings

MET, MISSED, USAGE, REPLAY_MISS = 0, 1, 2, 3
OUT = Path("out/evals/mutate")
#: Hits by who wrote the words: the first reader or the second, and the three in ten that were held back.
_HEADS = "".join(head.rjust(9) for head in ("first", "held", "second", "held"))


def main(argv: Sequence[str]) -> int:
    """Run the command with these arguments; the exit code."""
    options = _parser().parse_args(list(argv))
    chosen = [operator for operator in OPERATORS if options.operators is None or operator.id in options.operators]
    unknown = set(options.operators or ()) - {operator.id for operator in OPERATORS}
    if unknown:
        sys.stderr.write(f"usage: no operator {', '.join(sorted(unknown))}; there are M1 to M21\n")
        return USAGE
    try:
        judged = _judged(options)
    except ReplayMiss as error:
        sys.stderr.write(f"replay miss: {error}\n")
        return REPLAY_MISS
    tested = run_all(chosen, options.limit, options.workers, tuning=options.tuning)
    matrix = matrix_of(tested, chosen)
    sys.stdout.write(table(matrix) + judge_words(judged, options.judge))
    write_files(options.out, matrix, tested, judged)
    sys.stdout.write(f"\nwritten to {options.out}\n")
    return MISSED if matrix.missed else MET


def table(matrix: Matrix) -> str:
    """The figures for a terminal."""
    rows = [f"{'':5}{'operator':22}{'target':8}{'mutants':>8}{'hit':>6}{'share':>8}{'blamed':>8}{_HEADS}  seen by"]
    for line in matrix.lines:
        share = f"{line.sensitivity:.3f}" if line.sensitivity is not None else "-"
        who = "rule" if line.sight is Sight.rule else f"{line.sight.value}; judge not run"
        parts = "".join(f"{share.good}/{share.of}".rjust(9) for share in line.by_part.values())
        figures = f"{line.count:8}{line.hits:6}{share:>8}{line.blamed:8}{parts}"
        rows.append(f"{line.id:5}{line.name:22}{line.target:8}{figures}  {who}")
    worst = sorted(matrix.by_criterion.items(), key=lambda pair: pair[1].value or 1.0)[:3]
    rows += [
        "",
        f"specificity   {matrix.specificity}; lowest: {', '.join(f'{key} {share}' for key, share in worst)}",
        f"localisation  {matrix.localisation} (operators that rules see)",
        f"by words      {_each(matrix.by_part)} (operators that rules see)",
        f"controls      {matrix.invariance} moved nothing: {_each(matrix.by_control)}",
        f"doses         {matrix.doses} never raise the score",
        f"attacks       raised nothing: {_each(matrix.by_attack)}",
        "",
        "all targets of the rules met; what needs a judge was not run against its targets"
        if not matrix.missed
        else "MISSED: " + "\n        ".join(matrix.missed),
    ]
    return "\n".join(rows) + "\n"


def judge_words(judged: Sequence[Compared], model: str | None) -> str:
    """What the judge saw of the sample, and whose answers these are."""
    source = model or "hand-written answers, replayed: they prove the reading of answers, not a judge"
    shares = {key: [one.hit for one in judged if one.operator == key] for key in SAMPLED}
    told = ", ".join(f"{key} {sum(hits)}/{len(hits)}" for key, hits in shares.items())
    return f"judge         {told} seen in a sample ({source})\n"


def write_files(out: Path, matrix: Matrix, tested: Findings, judged: Sequence[Compared] = ()) -> None:
    """`matrix.json` with every mutant, `matrix.svg` and `matrix.html`."""
    out.mkdir(parents=True, exist_ok=True)
    found = {"rubric": rubric_hash(), "matrix": asdict(matrix), "judged": list(map(asdict, judged)), **asdict(tested)}
    (out / "matrix.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (out / "matrix.svg").write_text(svg_of(matrix) + "\n", encoding="utf-8")
    (out / "matrix.html").write_text(page_of(matrix), encoding="utf-8")


def _judged(options: argparse.Namespace) -> tuple[Compared, ...]:
    if options.judge is None:
        return replayed(options.record)
    settings = Settings()
    connection = ModelConnection(
        options.judge, base_url=settings.model_base_url, timeout_seconds=settings.model_timeout
    )
    return judged_sample(RecordingModel(LangchainModel(connection), options.record))


def _each(shares: dict[str, Share]) -> str:
    return ", ".join(f"{key} {share}" for key, share in shares.items())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals mutate", description="Test the rubric: spoil good plans and see."
    )
    parser.add_argument("--operators", nargs="+", metavar="M1", help="only these; all by default")
    parser.add_argument("--out", type=Path, default=OUT, help="folder of the results")
    parser.add_argument("--limit", type=int, default=LIMIT, help="mutants an operator, over all plans")
    parser.add_argument("--tuning", action="store_true", help="leave out plans and fillers that are held back")
    parser.add_argument("--judge", metavar="PROVIDER:MODEL", help="ask this model; else recorded answers are replayed")
    parser.add_argument("--record", type=Path, default=RECORDINGS, help="folder of the judge's recorded answers")
    parser.add_argument("--workers", type=int, default=WORKERS, help="processes")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
