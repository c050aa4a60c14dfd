"""What ``grade run`` does."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

import click

from grader.cli.asked import Grading
from grader.cli.books import opened
from grader.cli.cluster import open_executor
from grader.cli.console import listen, one_line, plain, summarise, summarising
from grader.cli.options import choose_assignments, locate_course
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


def grade_folder(asked: Grading) -> None:
    """Grade what was asked for, write the reports and say what came of it.

    Raises
    ------
    Exit
        Not everything was graded.
    """
    root = locate_course(asked.course, Path.cwd(), asked.submissions)
    found = find_submissions(
        asked.submissions, assignment_names(root), only=choose_assignments(root, asked.assignments)
    )
    if not found.submissions:
        raise _nothing(asked.submissions, found)
    loaded = {name: load_assignment(root, name) for name in _names(found)}
    _tell_skipped(loaded)
    desk = Desk(root, asked.out.resolve(), asked.sandbox, (asked.submissions.resolve(),))
    with opened(asked.gradebook, root, alone_in_it=True, wait=not asked.no_wait) as book:
        ledger = Ledger(book, desk, loaded)
        plan = ledger.plan(found.submissions, fresh=asked.fresh)
        done_by = open_executor(asked.scheduler, desk, loaded) if plan.jobs else None
        # What draws the dashboard takes long to import: that is done while others are at work.
        threading.Thread(target=import_module, args=("grader.report.charts",)).start()
        cohort = _grade(plan, ledger, desk, done_by or asked.workers, silent=asked.as_json)
        _show_earlier_grades(cohort, ledger, desk)
        left = frozenset(cohort.not_reached)
        done = [file for file in found.submissions if file not in left]
        summary: list[PackedResult] = []
        write_cohort(desk.out, summarising(ledger.results(done), summary), loaded, found.passed_over)
        _report(plan, found, summary, desk.out if asked.as_json else None)
        _tell_ungraded(cohort, ledger)
        _list("not reached", [file.shown for file in cohort.not_reached])
        click.echo(f"dashboard: {asked.out / 'index.html'}", err=asked.as_json)
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
