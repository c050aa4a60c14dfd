"""``grade run``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import click

from grader.cli.books import gradebook_option, no_wait_option, opened
from grader.cli.cluster import check_executor, executor_options, open_executor
from grader.cli.console import listen, one_line, plain, summarise, summarising
from grader.cli.options import (
    assignment_option,
    choose_assignments,
    cores,
    course_option,
    json_option,
    locate_course,
    out_option,
)
from grader.cli.stop import StopRequest
from grader.cohort.executors import Executor
from grader.cohort.handout import Cohort, do_jobs
from grader.cohort.ledger import Ledger, Plan
from grader.cohort.packed import PackedResult
from grader.cohort.worker import Desk
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
@out_option
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=cores,
    show_default="cores",
    help="How many submissions are graded at once; on a cluster, as many as it has workers.",
)
@executor_options
@click.option(
    "--sandbox",
    type=click.Choice(["strong", "weak"]),
    default="strong",
    show_default=True,
    help="The weak box only limits time: for submissions that you trust.",
)
@click.option("--fresh", is_flag=True, help="Run every submission again, whatever the gradebook has.")
@gradebook_option
@no_wait_option
@json_option
@course_option
def run(
    submissions: Path,
    assignments: tuple[str, ...],
    out: Path,
    workers: int,
    executor: str,
    scheduler: str | None,
    sandbox: Literal["strong", "weak"],
    fresh: bool,
    gradebook: str | None,
    no_wait: bool,
    as_json: bool,
    course: Path | None,
) -> None:
    """Grade a folder of submissions, or one file.

    SUBMISSIONS holds <student>/<assignment>.py, <assignment>/<student>.py or <student>_<assignment>.py.

    Writes index.html (the dashboard), a page for each student and one for the instructor, grades.csv and
    results.jsonl. What the gradebook has of an unchanged submission is not run again. Ctrl-C finishes what is
    in hand and writes the reports of what there is.
    """
    check_executor(executor, scheduler)
    root = locate_course(course, Path.cwd(), submissions)
    found = find_submissions(submissions, assignment_names(root), only=choose_assignments(root, assignments))
    if not found.submissions:
        raise _nothing(submissions, found)
    loaded = {name: load_assignment(root, name) for name in _names(found)}
    _tell_skipped(loaded)
    desk = Desk(root, out.resolve(), sandbox, (submissions.resolve(),))
    with opened(gradebook, root, alone_in_it=True, wait=not no_wait) as book:
        ledger = Ledger(book, desk, loaded)
        plan = ledger.plan(found.submissions, fresh=fresh)
        done_by = open_executor(scheduler, desk, loaded) if plan.jobs else None
        cohort = _grade(plan, ledger, desk, done_by or workers, silent=as_json)
        _show_earlier_grades(cohort, ledger, desk)
        left = frozenset(cohort.not_reached)
        done = [file for file in found.submissions if file not in left]
        summary: list[PackedResult] = []
        write_cohort(desk.out, summarising(ledger.results(done), summary), loaded, found.passed_over)
        _report(plan, found, summary, desk.out if as_json else None)
        _tell_ungraded(cohort, ledger)
        _list("not reached", [file.shown for file in cohort.not_reached])
        click.echo(f"dashboard: {out / 'index.html'}", err=as_json)
    if cohort.error:
        raise cohort.error
    if cohort.not_reached or not all(result.graded for result in cohort.results):
        raise click.exceptions.Exit(1)


def _names(found: Found) -> list[str]:
    return sorted({file.assignment for file in found.submissions})


def _tell_skipped(assignments: Mapping[str, Assignment]) -> None:
    """Say once of each assignment that this installation cannot run: its submissions are ungraded."""
    for name, assignment in assignments.items():
        if found := lacking(assignment.file):
            click.echo(f"{name}: skipped, {found.reason}; help: {found.help}", err=True)


def _grade(plan: Plan, ledger: Ledger, desk: Desk, by: Executor | int, *, silent: bool) -> Cohort:
    """Have the plan carried out: by so many processes of this machine, or by another executor."""
    told = False

    def stopped() -> bool:
        nonlocal told
        if stop.made and not told:
            told = True
            click.echo("stopping: what is in hand is finished; Ctrl-C again gives it up", err=True)
        return stop.made

    with StopRequest() as stop, listen(plan.fresh, silent=silent) as on_result:

        def take(batch: Sequence[PackedResult]) -> None:
            ledger.keep(batch)
            for result in batch:
                if result.entry is not None:
                    on_result(result)

        workers, executor = (by, None) if isinstance(by, int) else (0, by)
        return do_jobs(
            plan.jobs, desk, workers=workers, executor=executor,
            on_results=take, stopped=stopped, prepare=ledger.prepare,
        )  # fmt: skip


def _report(plan: Plan, found: Found, results: Sequence[PackedResult], lines: Path | None) -> None:
    """Say what came of it; ``lines`` is where results.jsonl lies, where that is what to print."""
    if lines is not None:
        with (lines / "results.jsonl").open(encoding="utf-8") as file:
            for line in file:
                click.echo(line, nl=False)
    else:
        summarise(results)
        if plan.kept:
            click.echo(f"{plan.fresh} run, {plan.kept} kept: unchanged since they were run")
    _list("passed over", [f"{entry.path}: {entry.reason}" for entry in found.passed_over])


def _show_earlier_grades(cohort: Cohort, ledger: Ledger, desk: Desk) -> None:
    """Write anew the pages of grades that a fault of ours did not replace: it wrote over them."""
    stood = [file for result in cohort.results if (file := ledger.stands(result))]
    if stood and cohort.error is None:
        pages = do_jobs(ledger.pages(stood), desk, workers=1, prepare=ledger.prepare)
        if pages.error:
            raise pages.error


def _tell_ungraded(cohort: Cohort, ledger: Ledger) -> None:
    told = []
    for result in cohort.results:
        if not result.graded:
            stands = " (the grade that it had stands)" if ledger.stands(result) else ""
            told.append(f"{result.student} {result.assignment}: {'; '.join(result.events)}{stands}")
    _list("ungraded", told)


def _list(title: str, entries: Sequence[str], most: int = 10) -> None:
    """Print a list on the error stream; a long one in part."""
    if not entries:
        return
    click.echo(f"{title}: {len(entries)}", err=True)
    for entry in entries[:most]:
        click.echo(f"  {one_line(entry)}", err=True)
    if len(entries) > most:
        click.echo(f"  … and {len(entries) - most} more", err=True)


def _nothing(submissions: Path, found: Found) -> SubmissionsError:
    seen = "; ".join(f"{entry.path}: {entry.reason}" for entry in found.passed_over[:3])
    return SubmissionsError(
        plain(f"{str(submissions)!r} holds no submission{f' ({seen})' if seen else ''}."),
        help=f"name files {_LAYOUTS}",
    )
