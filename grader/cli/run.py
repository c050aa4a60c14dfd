"""``grade run``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import click

from grader.cli.console import listen, plain, summarise
from grader.cli.options import (
    assignment_option,
    choose_assignments,
    cores,
    course_option,
    json_option,
    locate_course,
)
from grader.cli.stop import StopRequest
from grader.cohort import Cohort, Desk, grade_cohort
from grader.course.load import assignment_names, load_assignment
from grader.course.model import Assignment
from grader.course.requirements import lacking
from grader.errors import SubmissionsError
from grader.intake.find import Found, find_submissions
from grader.report.write import write_cohort

_LAYOUTS = "<student>/<assignment>.py, <assignment>/<student>.py or <student>_<assignment>.py"


@click.command(
    epilog="Example: grade run submissions/ --assignment optimizers --out reports/ --workers 4",
)
@click.argument("submissions", type=click.Path(path_type=Path))
@assignment_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports"),
    show_default=True,
    help="Where reports are written.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=cores,
    show_default="cores",
    help="How many submissions are graded at once.",
)
@click.option(
    "--sandbox",
    type=click.Choice(["strong", "weak"]),
    default="strong",
    show_default=True,
    help="The weak box only limits time: for submissions that you trust.",
)
@json_option
@course_option
def run(
    submissions: Path,
    assignments: tuple[str, ...],
    out: Path,
    workers: int,
    sandbox: Literal["strong", "weak"],
    as_json: bool,
    course: Path | None,
) -> None:
    """Grade a folder of submissions, or one file.

    SUBMISSIONS holds <student>/<assignment>.py, <assignment>/<student>.py or <student>_<assignment>.py.

    Writes index.html (the dashboard), a page for each student and one for the instructor, grades.csv and
    results.jsonl. Ctrl-C finishes what is in hand and writes the reports of what there is.
    """
    root = locate_course(course, Path.cwd(), submissions)
    found = find_submissions(submissions, assignment_names(root), only=choose_assignments(root, assignments))
    if not found.submissions:
        raise _nothing(submissions, found)
    loaded = {name: load_assignment(root, name) for name in _names(found)}
    _tell_skipped(loaded)
    desk = Desk(root, out.resolve(), sandbox, (submissions.resolve(),))
    cohort = _grade(found, desk, workers, silent=as_json)
    write_cohort(desk.out, (result.unpack() for result in cohort.results), loaded, found.passed_over)
    _report(cohort, found, out, as_json=as_json)
    if cohort.not_reached or not all(result.graded for result in cohort.results):
        raise click.exceptions.Exit(1)


def _names(found: Found) -> list[str]:
    return sorted({file.assignment for file in found.submissions})


def _tell_skipped(assignments: Mapping[str, Assignment]) -> None:
    """Say once of each assignment that this installation cannot run: its submissions are ungraded."""
    for name, assignment in assignments.items():
        if found := lacking(assignment.file):
            click.echo(f"{name}: skipped, {found.reason}; help: {found.help}", err=True)


def _grade(found: Found, desk: Desk, workers: int, *, silent: bool) -> Cohort:
    told = False

    def stopped() -> bool:
        nonlocal told
        if stop.made and not told:
            told = True
            click.echo("stopping: what is in hand is finished; Ctrl-C again gives it up", err=True)
        return stop.made

    with StopRequest() as stop, listen(len(found.submissions), silent=silent) as on_result:
        return grade_cohort(found.submissions, desk, workers=workers, on_result=on_result, stopped=stopped)


def _report(cohort: Cohort, found: Found, out: Path, *, as_json: bool) -> None:
    if as_json:
        for result in cohort.results:
            click.echo(result.json())
    else:
        summarise(cohort.results)
    _list("passed over", [f"{entry.path}: {entry.reason}" for entry in found.passed_over])
    ungraded = [result for result in cohort.results if not result.graded]
    _list(
        "ungraded",
        [f"{result.student} {result.assignment}: {'; '.join(result.events)}" for result in ungraded],
    )
    _list("not reached", [file.shown for file in cohort.not_reached])
    click.echo(f"dashboard: {out / 'index.html'}", err=as_json)


def _list(title: str, entries: Sequence[str], most: int = 10) -> None:
    """Print a list on the error stream; a long one in part."""
    if not entries:
        return
    click.echo(f"{title}: {len(entries)}", err=True)
    for entry in entries[:most]:
        click.echo(f"  {plain(entry)}", err=True)
    if len(entries) > most:
        click.echo(f"  … and {len(entries) - most} more", err=True)


def _nothing(submissions: Path, found: Found) -> SubmissionsError:
    seen = "; ".join(f"{entry.path}: {entry.reason}" for entry in found.passed_over[:3])
    return SubmissionsError(
        plain(f"{str(submissions)!r} holds no submission{f' ({seen})' if seen else ''}."),
        help=f"name files {_LAYOUTS}",
    )
