"""``grade build``."""

from __future__ import annotations

from pathlib import Path

import click

from grader.authoring.build import BuildReport, build_assignment, check_assignment, is_up_to_date
from grader.cli.group import Refusal
from grader.cli.options import choose_assignments, course_option, locate_course
from grader.course.load import load_assignment, load_file
from grader.course.requirements import lacking
from grader.errors import CourseError


@click.command(epilog="Example: grade build optimizers; grade build --check")
@click.argument("assignments", nargs=-1, metavar="[ASSIGNMENT]...")
@click.option("--check", is_flag=True, help="Write nothing; fail when something is stale.")
@click.option("--force", is_flag=True, help="Build also what is up to date.")
@course_option
def build(assignments: tuple[str, ...], check: bool, force: bool, course: Path | None) -> None:
    """Build stubs and vectors from reference/, for all assignments or those named.

    What is up to date is kept. One that cannot be built is named and the others are built all the same; the
    exit status is then 2. One that requires a module which is not installed is passed over, unless it is
    asked for by name.
    """
    root = locate_course(course)
    if check and force:
        raise click.UsageError("--check writes nothing: leave out --force")
    names = choose_assignments(root, assignments)
    refused = [_refused(root, name, check, force, asked=name in assignments) for name in names]
    if any(refused):
        raise click.exceptions.Exit(2)


def _refused(root: Path, name: str, check: bool, force: bool, *, asked: bool) -> bool:
    """Build or check one assignment; say what is wrong with it."""
    try:
        if not asked and _is_passed_over(root, name, check):
            return False
        if check:
            check_assignment(root, name)
            click.echo(f"{name}: up to date")
        elif not force and is_up_to_date(root, name):
            click.echo(f"{name}: kept, up to date")
        else:
            _show(build_assignment(root, name, anew=force), root)
    except CourseError as error:
        Refusal(error).show()
        return True
    return False


def _is_passed_over(root: Path, name: str, check: bool) -> bool:
    """Say whether this installation cannot run an assignment; stale files are noticed all the same."""
    found = lacking(load_file(root, name))
    if found is None:
        return False
    if check:
        load_assignment(root, name)
    what = "passed over, nothing in it is stale" if check else "passed over"
    click.echo(f"{name}: {what}: {found.reason}; help: {found.help}")
    return True


def _show(report: BuildReport, root: Path) -> None:
    cases = sum(exercise.cases for exercise in report.exercises)
    mistakes = sum(exercise.mistakes for exercise in report.exercises)
    mutants = sum(exercise.mutants.caught for exercise in report.exercises)
    click.echo(
        f"{report.assignment}: {len(report.exercises)} exercises, {cases} cases, {mistakes} mistakes, "
        f"{mutants} mutants, {report.seconds:.1f} s"
    )
    for exercise in report.exercises:
        click.echo(
            f"  {exercise.name:<42} tolerance {exercise.tolerance:.0e}, margin {exercise.margin:.1f} decades"
        )
        if exercise.mutants.surviving:
            click.echo(
                f"    mutants that pass every case: {exercise.mutants.surviving}; grade audit says which"
            )
    for path in report.written:
        click.echo(f"  wrote {path.relative_to(root)}")
