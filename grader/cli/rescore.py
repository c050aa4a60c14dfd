"""``grade rescore``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from grader.cli.books import gradebook_option, no_wait_option, opened
from grader.cli.console import one_line
from grader.cli.options import (
    assignment_option,
    choose_assignments,
    cores,
    course_option,
    locate_course,
    out_option,
)
from grader.cli.report import bring_up_to_date
from grader.cohort.changes import Change, change_of
from grader.cohort.handout import do_jobs
from grader.cohort.ledger import Ledger
from grader.cohort.packed import PackedResult
from grader.cohort.server import start_server
from grader.cohort.worker import Desk
from grader.course.load import load_assignment
from grader.errors import GradebookError


@click.command(epilog="Example: grade rescore --assignment optimizers; grade rescore --apply")
@assignment_option
@click.option("--apply", "apply_", is_flag=True, help="Keep the new results, and write the reports anew.")
@out_option
@gradebook_option
@no_wait_option
@course_option
def rescore(
    assignments: tuple[str, ...],
    apply_: bool,
    out: Path,
    gradebook: str | None,
    no_wait: bool,
    course: Path | None,
) -> None:
    """Judge the kept outputs of all submissions again, as the assignments are now.

    For changed tolerances, weights, points, mistakes and hints; nothing of any student's is run. Prints each
    student whose grade changes, before and after. What was run on other inputs than the assignment has now is
    named: `grade run` runs it again.
    """
    root = locate_course(course, Path.cwd())
    start_server()  # it gets ready while the course is read
    loaded = {name: load_assignment(root, name) for name in choose_assignments(root, assignments)}
    desk = Desk(root, out.resolve())
    with opened(gradebook, root, make=False, alone_in_it=True, wait=not no_wait) as book:
        ledger = Ledger(book, desk, loaded)
        changes, judged = _judge(ledger, desk, keep=apply_)
        for change in sorted(changes, key=lambda each: (each.assignment, each.student)):
            click.echo(_line(change))
        _conclude(len(changes), judged, applied=apply_)
        if apply_:
            bring_up_to_date(ledger, desk)
            click.echo(f"dashboard: {out / 'index.html'}")


def _judge(ledger: Ledger, desk: Desk, *, keep: bool) -> tuple[list[Change], int]:
    jobs, outdated = ledger.rescoring()
    if outdated:
        click.echo(
            f"{len(outdated)} were asked something else than is asked now, and stay as they are: "
            "grade run runs them again",
            err=True,
        )
    changes: list[Change] = []

    def take(batch: Sequence[PackedResult]) -> None:
        faults = [result for result in batch if not result.graded]
        if faults:
            reason = "; ".join(faults[0].events)
            raise GradebookError(
                f"{faults[0].student} {faults[0].assignment} cannot be judged again: {reason}.",
                help="nothing of this batch was kept; grade run --fresh runs the submission again",
            )
        pairs = [(before, result) for before, result in zip(ledger.before(batch), batch, strict=True)]
        changes.extend(change for pair in pairs if (change := change_of(*pair, ledger.remarks_on(pair[0]))))
        if keep:
            ledger.keep(batch)

    cohort = do_jobs(jobs, desk, workers=cores(), on_results=take, prepare=ledger.prepare)
    if cohort.error:
        raise cohort.error
    return changes, len(jobs)


def _line(change: Change) -> str:
    parts = ", ".join(f"{name} {before:g} → {after:g}" for name, before, after in change.exercises)
    return one_line(f"{change.student} {change.assignment}: {change.before:g} → {change.after:g} ({parts})")


def _conclude(changed: int, judged: int, *, applied: bool) -> None:
    how = "" if applied or not changed else "; nothing is kept without --apply"
    click.echo(f"{changed} of {judged} grades change{how}")
