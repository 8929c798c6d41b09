"""The report as one HTML file: charts drawn here as SVG, no script, nothing fetched.

Owns: what the page is given. Must not know: colours and markup (the template), measures, gates.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from corpora.rubric import load_rubric
from evals.report import Report, rerun_command
from evals.report_charts import interval_chart, score_grid
from evals.results import JUDGED

TEMPLATES = Path(__file__).parent / "templates"


def as_html(report: Report) -> str:
    """The whole page."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("report.html")
    return page.render(
        report=report,
        shares=interval_chart(report.summary.shares),
        grid=score_grid(report.run),
        rerun=rerun_command,
        names=_names(),
    )


def _names() -> dict[str, str]:
    """Each criterion by what people call it, the judge's among them."""
    plain = {criterion.id: criterion.name for criterion in load_rubric()}
    return plain | {f"{JUDGED}{key}": f"{name}, as the judge sees it" for key, name in plain.items()}
