"""Files of a run: results.json, results.jsonl, junit.xml, summary.md, report.html.

Owns: their shape and names. Must not know: how anything was measured. No file holds a time, so the
same inputs give the same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from evals.gates import Rule
from evals.report import Report, interval_words, rerun_command
from evals.report_html import as_html
from evals.results import CaseResult, RunResult

RESULTS, LINES, JUNIT, SUMMARY, PAGE = "results.json", "results.jsonl", "junit.xml", "summary.md", "report.html"


def write_files(report: Report, folder: Path) -> None:
    """All five files into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / RESULTS, as_json(report))
    _write(folder / LINES, "".join(f"{case.model_dump_json()}\n" for case in report.run.cases))
    _write(folder / JUNIT, as_junit(report))
    _write(folder / SUMMARY, as_markdown(report))
    _write(folder / PAGE, as_html(report))


def append_line(result: CaseResult, folder: Path) -> None:
    """One case into results.jsonl as soon as it is finished, so that an interruption loses nothing."""
    with (folder / LINES).open("a", encoding="utf-8") as lines:
        lines.write(f"{result.model_dump_json()}\n")


def begin_lines(folder: Path) -> None:
    """An empty results.jsonl."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / LINES, "")


def as_json(report: Report) -> str:
    """The run and its verdict."""
    data = {"run": report.run.model_dump(mode="json"), "verdict": report.verdict.model_dump(mode="json")}
    return json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def run_in(path: Path) -> RunResult:
    """The run in a results.json or a baseline.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is not a run (pydantic's ValidationError is one, so is broken JSON).
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    return RunResult.model_validate(data.get("run", data))


def write_baseline(run: RunResult, path: Path) -> None:
    """The run alone, to be committed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, json.dumps(run.model_dump(mode="json"), indent=1, ensure_ascii=False, sort_keys=True) + "\n")


def as_junit(report: Report) -> str:
    """One suite, one test a case and measure; findings over the whole run are tests of the case 'run'."""
    run, failures = report.run, {(f.case, f.measure): f for f in report.verdict.findings}
    suite = Element("testsuite", name=f"evals.{run.suite}.{run.engine}")
    tests = 0
    for case in run.cases:
        names = [outcome.measure for outcome in case.outcomes] or ["run"]
        for name in dict.fromkeys([*names, *(m for c, m in failures if c == case.case)]):
            test = SubElement(suite, "testcase", classname=f"evals.{run.suite}.{case.case}", name=name)
            tests += 1
            finding = failures.get((case.case, name))
            if finding is not None:
                kind = "error" if finding.rule is Rule.infrastructure else "failure"
                text = f"{finding.words}\nagain: {rerun_command(run, case.case)}"
                SubElement(test, kind, message=_legal(finding.words[:300])).text = _legal(text)
            elif case.outcomes and case.value(name) is None and any(o.measure == name for o in case.outcomes):
                SubElement(test, "skipped", message="unscored")
    for finding in (f for f in report.verdict.findings if f.case is None):
        test = SubElement(suite, "testcase", classname=f"evals.{run.suite}.run", name=finding.measure)
        SubElement(test, "failure", message=_legal(finding.words[:300])).text = _legal(finding.words)
        tests += 1
    suite.set("tests", str(tests))
    suite.set("failures", str(len(suite.findall("*/failure"))))
    suite.set("errors", str(len(suite.findall("*/error"))))
    suite.set("skipped", str(len(suite.findall("*/skipped"))))
    root = Element("testsuites")
    root.append(suite)
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def as_markdown(report: Report) -> str:
    """For the summary of a CI step."""
    run = report.run
    lines = [f"## Evaluation: {run.suite}, {run.engine} engine", "", f"**{_cell(report.verdict.headline)}**", ""]
    if report.verdict.findings:
        lines += ["| measure | case | why |", "|---|---|---|"]
        for finding in report.verdict.findings[:20]:
            lines.append(f"| {finding.measure} | {finding.case or 'whole run'} | {_cell(finding.words)} |")
        case = next((finding.case for finding in report.verdict.findings if finding.case), None)
        lines += ["", f"Run again: `{rerun_command(run, case)}`" if case else "", ""]
    lines += ["| measure | value | 95% interval by document |", "|---|---|---|"]
    lines += [f"| {row.measure} | {row.held} of {row.of} cases | |" for row in report.summary.assertions]
    for share in report.summary.shares:
        lines.append(f"| {share.measure} | {share.hits} of {share.of} | {interval_words(share.estimate, share=True)} |")
    for row in report.summary.scores:
        lines.append(f"| {row.criterion} | lowest {row.lowest:.2f} | {interval_words(row.estimate)} |")
    lines += ["", f"Layer: {run.layer.value}. Judge {run.judge}. No total is shown without a judge.", ""]
    mark = run.fingerprint
    lines.append(
        f"Data sets `{mark.datasets}`, rubric `{mark.rubric}`, gates `{mark.gates}`, library `{mark.library}`, "
        f"parser `{mark.parser}`, embedder `{mark.embedder}`."
    )
    return "\n".join(lines) + "\n"


def _cell(words: str) -> str:
    plain = " ".join(words.split()).replace("|", "\\|").replace("<", "&lt;")
    return plain if len(plain) <= 400 else plain[:399] + "…"


def _legal(words: str) -> str:
    """Without the control characters that XML forbids."""
    return "".join(char for char in words if char in "\t\n" or ord(char) >= 32)


def _write(path: Path, words: str) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(words, encoding="utf-8")
    part.replace(path)
