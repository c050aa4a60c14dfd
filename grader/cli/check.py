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
_ANSWERS = {Verdict.PASSED: ("answered", "green"), Verdict.NOT_ATTEMPTED: ("not answered", "yellow")}


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
    that are not shown. Of a quiz it says whether each answer can be graded, not whether it is right.
    """
    root = locate_course(course, Path.cwd(), file, public_only=True)
    result, is_quiz = _grade(
        root, file, choose_assignments(root, [assignment]) if assignment else [], sandbox
    )
    if as_json:
        click.echo(result.model_dump_json(indent=2))
    elif not result.graded:
        click.echo(f"{result.assignment}: {_plain('; '.join(result.events))}", err=True)
    else:
        (show_answers if is_quiz else show)(result)
    if not result.graded:
        raise click.exceptions.Exit(1)


def _grade(
    root: Path, file: Path, only: list[str], sandbox: Literal["strong", "weak"]
) -> tuple[SubmissionResult, bool]:
    """Return the result, and whether the assignment is a quiz."""
    if not file.is_file():
        raise click.BadParameter(f"{str(file)!r} is not a file", param_hint="FILE")
    (found,) = find_submissions(file, assignment_names(root), only=only).submissions
    assignment = load_assignment(root, found.assignment, public_only=True)
    submission: Submission = read_submission(found, assignment.file.limits.max_bytes)
    if missing := lacking(assignment.file):
        reason = f"{missing.reason}; help: {missing.help}"
        return ungraded(submission, assignment, reason).result, assignment.is_quiz
    with open_box(assignment, sandbox) as box:
        return grade(submission, assignment, box).result, assignment.is_quiz


def show(result: SubmissionResult) -> None:
    """Print what a student is told: each exercise, why it fails, and where to go on."""
    click.echo(f"{result.assignment}, public cases only ({result.sandbox} box)\n")
    _whole_file(result)
    for exercise in result.exercises:
        _exercise(exercise)
    _next(result)


def show_answers(result: SubmissionResult) -> None:
    """Print of a quiz which answers can be graded; whether they are right nobody can tell here."""
    click.echo(f"{result.assignment}, form of the answers only ({result.sandbox} box)\n")
    _whole_file(result)
    for exercise in result.exercises:
        word, colour = _ANSWERS.get(exercise.verdict, ("unclear", "red"))
        click.echo(f"{click.style(f'{word:<12}', fg=colour)} {exercise.name}")
        if exercise.verdict is not Verdict.NOT_ATTEMPTED:
            for finding in exercise.findings:
                _explain(finding, indent="    ")
    answered = sum(exercise.verdict is Verdict.PASSED for exercise in result.exercises)
    click.echo(f"\n{answered} of {len(result.exercises)} answers can be graded, be they right or wrong.")


def _whole_file(result: SubmissionResult) -> None:
    for event in result.events:
        click.echo(f"note: {_plain(event)}")
    for finding in result.findings:
        _explain(finding, indent="")


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
