"""`python -m evals.bench`: measure, print a table, write JSON; exit status 1 if a bar is missed.

Owns: the arguments. Must not know: how anything is measured.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from evals.bench.commands import Case, help_case, plan_after_ingest_case, plan_case, server_case
from evals.bench.ingest import compare_ingest
from evals.bench.pages import page_cases
from evals.bench.report import Report, as_json, as_table

_ROOT = Path(__file__).resolve().parents[2]
_FOLDERS = (_ROOT / "corpora" / "strategies", _ROOT.parent / "shared" / "strategies")
_CASES = ("ingest", "help", "plan", "planned", "server", "pages")
#: A sample with a full plan: three intents, each with its items.
_FULL_PLAN = _FOLDERS[0] / "permits-agency-policy.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the cases asked for."""
    options = _parser().parse_args(arguments)
    folders = options.docs or [folder for folder in _FOLDERS if folder.is_dir()]
    documents = [path for folder in folders for path in sorted(folder.iterdir()) if path.is_file()]
    ingest = compare_ingest(folders, options.rounds, options.threads) if "ingest" in options.cases else None
    runners: dict[str, Callable[[], Case]] = {
        "help": help_case,
        "plan": lambda: plan_case(documents),
        "planned": lambda: plan_after_ingest_case(documents),
        "server": lambda: server_case(documents),
    }
    cases = tuple(runners[name]() for name in _CASES if name in runners and name in options.cases)
    if "pages" in options.cases:
        cases += page_cases(_FULL_PLAN)
    report = Report(ingest, cases)
    sys.stdout.write(as_table(report))
    if options.out:
        options.out.write_text(as_json(report), encoding="utf-8")
    return 0 if report.passed else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description="How fast and how large.")
    parser.add_argument("--docs", type=Path, action="append", help="a folder of documents; may be repeated")
    parser.add_argument("--rounds", type=int, default=5, help="how often each side ingests (5)")
    parser.add_argument("--threads", type=int, default=0, help="threads of each side (0: its own choice)")
    parser.add_argument("--cases", nargs="+", choices=_CASES, default=_CASES, help="which cases to run (all)")
    parser.add_argument("--out", type=Path, help="where to write the figures as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
