"""Puts the reports of a cohort on disk: the dashboard, its tables, and results for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from grader.course.model import Assignment
from grader.report.analysis import Analysis, PassedOver
from grader.report.dashboard import analysis_page
from grader.report.files import sweep, writing
from grader.report.tables import TABLES, GradesTable, dashboard_json, json_line, write_table
from grader.results import SubmissionResult


def write_cohort(
    out: Path,
    results: Iterable[SubmissionResult],
    assignments: Mapping[str, Assignment],
    passed_over: Sequence[PassedOver] = (),
) -> None:
    """Write index.html, its tables as CSV, dashboard.json and results.jsonl.

    Parameters
    ----------
    out : Path
    results : iterable of SubmissionResult
        Read once; of each only what the dashboard needs is kept, so a generator keeps memory small.
    assignments : mapping of str to Assignment
        Those that were graded, in the order of the dashboard.
    passed_over : sequence of PassedOver
        Files that are no submissions, each with ``path`` and ``reason``.

    Raises
    ------
    OutputError
        The folder cannot be written to, or is full.
    """
    sweep(out)
    analysis = Analysis(assignments)
    with ExitStack() as files:
        lines = files.enter_context(writing(out / "results.jsonl"))
        table = GradesTable(files.enter_context(writing(out / "grades.csv")), assignments)
        for result in results:
            lines.write(json_line(result))
            table.add(result)
            analysis.add(result)
    found = analysis.dashboard()
    for name in TABLES:
        with writing(out / name) as file:
            write_table(file, name, found)
    with writing(out / "dashboard.json") as file:
        file.write(dashboard_json(found))
    with writing(out / "index.html") as file:
        file.writelines(analysis_page(analysis, found, passed_over))
