"""``grade check``: what students run themselves; kept light, so that it answers at once."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from grader.cli.options import choose_assignments, course_option, json_option, locate_course
from grader.course.load import assignment_names, load_assignment
from grader.course.model import Submission
from grader.course.requirements import lacking
from grader.grading import grade, ungraded
from grader.intake.find import find_submissions
from grader.intake.read import read_submission
from grader.results import ExerciseResult, Finding, SubmissionResult, Verdict
from grader.sandbox.box import open_box

_COLOURS = {Verdict.PASSED: "green", Verdict.NOT_ATTEMPTED: "yellow"}


@click.command(epilog="Example: grade check optimizers.py; grade check homework.py --assignment optimizers")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--assignment", metavar="NAME", help="Which assignment it is, where the file's name does not say."
)
@click.option(
    "--sandbox",
    type=click.Choice(["strong", "weak"]),
    default="weak",
    show_default=True,
    help="The weak box only limits time: for code of your own.",
)
@json_option
@course_option
def check(
    file: Path, assignment: str | None, sandbox: Literal["strong", "weak"], as_json: bool, course: Path | None
) -> None:
    """Check your own FILE against the public cases.

    Says for each exercise whether it passes, why not, and what to look at next. The grade also rests on cases
    that are not shown.
    """
    root = locate_course(course, Path.cwd(), file, public_only=True)
    result = _grade(root, file, choose_assignments(root, [assignment]) if assignment else [], sandbox)
    if as_json:
        click.echo(result.model_dump_json(indent=2))
    elif not result.graded:
        click.echo(f"{result.assignment}: {_plain('; '.join(result.events))}", err=True)
    else:
        show(result)
    if not result.graded:
        raise click.exceptions.Exit(1)


def _grade(root: Path, file: Path, only: list[str], sandbox: Literal["strong", "weak"]) -> SubmissionResult:
    if not file.is_file():
        raise click.BadParameter(f"{str(file)!r} is not a file", param_hint="FILE")
    (found,) = find_submissions(file, assignment_names(root), only=only).submissions
    assignment = load_assignment(root, found.assignment, public_only=True)
    submission: Submission = read_submission(found, assignment.file.limits.max_bytes)
    if missing := lacking(assignment.file):
        return ungraded(submission, assignment, f"{missing.reason}; help: {missing.help}").result
    with open_box(assignment, sandbox) as box:
        return grade(submission, assignment, box).result


def show(result: SubmissionResult) -> None:
    """Print what a student is told: each exercise, why it fails, and where to go on."""
    click.echo(f"{result.assignment}, public cases only ({result.sandbox} box)\n")
    for event in result.events:
        click.echo(f"note: {_plain(event)}")
    for finding in result.findings:
        _explain(finding, indent="")
    for exercise in result.exercises:
        _exercise(exercise)
    _next(result)


def _exercise(exercise: ExerciseResult) -> None:
    passed = sum(case.verdict is Verdict.PASSED for case in exercise.cases)
    verdict = click.style(
        f"{exercise.verdict.replace('_', ' '):<13}", fg=_COLOURS.get(exercise.verdict, "red")
    )
    click.echo(f"{verdict} {exercise.name}  ({passed} of {len(exercise.cases)} cases)")
    if exercise.verdict is not Verdict.NOT_ATTEMPTED:
        for finding in exercise.findings:
            _explain(finding, indent="    ")


def _explain(finding: Finding, indent: str) -> None:
    click.echo(f"{indent}{_plain(finding.message)}")
    for step in finding.help:
        click.echo(f"{indent}  - {_plain(step)}")


def _next(result: SubmissionResult) -> None:
    """Say where to go on: the first exercise that is begun and not right, else the first not begun."""
    open_ones = [exercise for exercise in result.exercises if exercise.verdict is not Verdict.PASSED]
    done = len(result.exercises) - len(open_ones)
    click.echo(f"\n{done} of {len(result.exercises)} exercises pass their public cases.")
    begun = [exercise for exercise in open_ones if exercise.verdict is not Verdict.NOT_ATTEMPTED]
    if open_ones:
        click.echo(f"next: {(begun or open_ones)[0].name}")


def _plain(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
