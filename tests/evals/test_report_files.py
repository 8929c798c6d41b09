"""Files of a run can be read back, are the same bytes twice, and carry hashes of all that decides."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.console import Console

from evals.cases import UsageError
from evals.command_compare import calibrate_command, compare_command, explain_command
from evals.report import print_report
from evals.report_files import append_line, run_in, write_baseline, write_files
from evals.report_html import as_html
from service.plan.plan import Plan
from tests.evals.small_run import SmallBench, report, run

NAMES = ("junit.xml", "report.html", "results.json", "results.jsonl", "summary.md")


def broken(plan: Plan) -> Plan:
    first = plan.behaviours[0].model_copy(update={"mechanism": "<script>alert(1)</script> by 42% | more [red]"})
    return plan.model_copy(update={"behaviours": (first, *plan.behaviours[1:])})


def screen() -> Console:
    return Console(file=io.StringIO(), width=160, color_system=None)


def said(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_five_files_are_the_same_bytes_twice(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_files(report(run(tmp_path), run(tmp_path)), tmp_path / name)
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == sorted(NAMES)
    for name in NAMES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_results_and_baselines_are_read_back_as_written(tmp_path: Path) -> None:
    result = run(tmp_path)
    write_files(report(result), tmp_path / "out")
    write_baseline(result, tmp_path / "base.json")
    assert run_in(tmp_path / "out" / "results.json") == run_in(tmp_path / "base.json") == result


def test_finished_cases_are_in_the_lines_before_the_run_ends(tmp_path: Path) -> None:
    append_line(run(tmp_path).cases[0], tmp_path)
    assert (tmp_path / "results.jsonl").read_text(encoding="utf-8").count("\n") == 1


def test_junit_has_a_failure_for_each_finding_with_the_way_to_run_it_again(tmp_path: Path) -> None:
    made = report(run(tmp_path, SmallBench(broken)))
    write_files(made, tmp_path)
    suite = ElementTree.parse(tmp_path / "junit.xml").getroot()[0]
    assert suite.get("failures") == str(len(made.verdict.findings))
    assert "python -m evals run --suite smoke -k harbour" in (suite.findall("*/failure")[0].text or "")


def test_the_page_is_one_file_without_script_that_escapes_a_plan_s_words(tmp_path: Path) -> None:
    page = as_html(report(run(tmp_path, SmallBench(broken))))
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert page.count("<svg") == 2
    ElementTree.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])


def test_no_report_shows_a_total_or_claims_a_judge(tmp_path: Path) -> None:
    made = report(run(tmp_path))
    write_files(made, tmp_path)
    words = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert "Judge not run" in words
    assert "No total" in words


def test_every_report_names_hashes_of_data_rubric_library_and_prompts(tmp_path: Path) -> None:
    made = report(run(tmp_path))
    page, mark = as_html(made), made.run.fingerprint
    assert all(value in page for value in (mark.datasets, mark.rubric, mark.library, *mark.prompts.values()))


def test_the_terminal_shows_the_worst_failure_and_how_to_rerun_it(tmp_path: Path) -> None:
    console = screen()
    print_report(report(run(tmp_path, SmallBench(broken))), console)
    words = said(console)
    assert "nothing invented in harbour" in words
    assert "again: python -m evals run --suite smoke -k harbour" in words
    assert "FAIL" in words


def test_compare_ends_with_1_where_the_later_run_is_worse_and_0_where_not(tmp_path: Path) -> None:
    write_baseline(run(tmp_path), tmp_path / "good.json")
    write_baseline(run(tmp_path, SmallBench(broken)), tmp_path / "bad.json")
    assert compare_command(tmp_path / "good.json", tmp_path / "bad.json", screen()) == 1
    assert compare_command(tmp_path / "bad.json", tmp_path / "good.json", screen()) == 0


def test_explain_tells_the_reason_of_each_measure(tmp_path: Path) -> None:
    write_baseline(run(tmp_path, SmallBench(broken)), tmp_path / "run.json")
    console = screen()
    explain_command("harbour", tmp_path / "run.json", console)
    assert "'42%' in mechanism" in said(console)


def test_explain_of_an_unknown_case_names_the_known_ones(tmp_path: Path) -> None:
    write_baseline(run(tmp_path), tmp_path / "run.json")
    with pytest.raises(UsageError, match="harbour"):
        explain_command("castle", tmp_path / "run.json", screen())


def test_a_missing_or_foreign_file_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "foreign.json").write_text('{"a": 1}', encoding="utf-8")
    for path in (tmp_path / "none.json", tmp_path / "foreign.json"):
        with pytest.raises(UsageError):
            compare_command(path, path, screen())
    with pytest.raises(UsageError):
        calibrate_command(tmp_path / "none.csv", screen())
