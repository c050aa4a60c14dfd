"""``grade report``."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.books import gradebook_option, no_wait_option, opened
from grader.cli.console import summarise, summarising
from grader.cli.options import (
    assignment_option,
    choose_assignments,
    cores,
    course_option,
    locate_course,
    out_option,
)
from grader.cohort.handout import do_jobs
from grader.cohort.ledger import Ledger
from grader.cohort.packed import PackedResult
from grader.cohort.worker import Desk
from grader.course.load import load_assignment
from grader.report.write import write_cohort

__all__ = ["bring_up_to_date", "report"]


@click.command(epilog="Example: grade report --out reports/")
@assignment_option
@out_option
@gradebook_option
@no_wait_option
@course_option
def report(
    assignments: tuple[str, ...], out: Path, gradebook: str | None, no_wait: bool, course: Path | None
) -> None:
    """Write the reports of all that the gradebook has, without running anything.

    Pages that are there and current are left as they are.
    """
    root = locate_course(course, Path.cwd())
    loaded = {name: load_assignment(root, name) for name in choose_assignments(root, assignments)}
    desk = Desk(root, out.resolve())
    with opened(gradebook, root, make=False, alone_in_it=True, wait=not no_wait) as book:
        bring_up_to_date(Ledger(book, desk, loaded), desk)
    click.echo(f"dashboard: {out / 'index.html'}")


def bring_up_to_date(ledger: Ledger, desk: Desk) -> None:
    """Write the pages that are missing or older than the gradebook, and the dashboard."""
    files = ledger.files()
    cohort = do_jobs(ledger.pages(files), desk, workers=cores(), prepare=ledger.prepare)
    if cohort.error:
        raise cohort.error
    summary: list[PackedResult] = []
    write_cohort(desk.out, summarising(ledger.results(files), summary), ledger.assignments)
    summarise(summary)
