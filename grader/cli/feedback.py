"""What ``grade check`` tells, as text: every exercise at a glance, then what is wrong, then what to do next.

What begins with a little teaches more than what tells all at once: of each exercise that is not right the
sentence and the first hint, the idea; of the one to go on with also the smallest case that fails. More on
request.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import click

from grader.cli.grids import MOST_INPUTS, comparison, inputs, size
from grader.course.model import Assignment, Case, Exercise
from grader.report.advice import file_thing, first_to_do, next_thing
from grader.report.text import clean
from grader.report.words import sign, within
from grader.results import ExerciseResult, Finding, Graded, JudgedCase, SubmissionResult, Verdict

#: Lines of printed text that are shown unasked.
PRINTED_LINES: Final = 8

_HIDDEN: Final = (
    "The grade also rests on cases that are not shown: other sizes and numbers, the same functions."
)
_COLOURS: Final = {"good": "green", "part": "yellow", "bad": "red", "mute": "yellow"}
_ANSWERS: Final = {Verdict.PASSED: ("answered", "green"), Verdict.NOT_ATTEMPTED: ("not answered", "yellow")}


@dataclass(frozen=True, slots=True)
class Manner:
    """How much is told, and how.

    Parameters
    ----------
    width : int
        Columns that a line may have.
    hints : int
        Steps of each hint.
    verbose : bool
        Everything: all hints, a case of each exercise, all that was printed.
    only : tuple of str
        Names of the exercises to speak of, by default all.
    marks : bool
        Whether the output can show signs such as a tick.
    """

    width: int = 80
    hints: int = 1
    verbose: bool = False
    only: tuple[str, ...] = ()
    marks: bool = True

    def speaks_of(self, name: str) -> bool:
        """Whether an exercise is among those asked for."""
        return not self.only or name in self.only


def tell(graded: Graded, assignment: Assignment, manner: Manner) -> str:
    """Return what a student is told of a file.

    Parameters
    ----------
    graded : Graded
        On the public cases alone.
    assignment : Assignment
    manner : Manner
    """
    result = graded.result
    chosen = [exercise for exercise in result.exercises if manner.speaks_of(exercise.name)]
    first = first_to_do(result.model_copy(update={"exercises": tuple(chosen)}))
    lines = [*_title(assignment, "public cases only", manner), *_whole_file(result, manner)]
    lines += _glance(chosen, manner)
    for exercise in chosen:
        if _is_begun(exercise) or (manner.only and exercise.verdict is not Verdict.PASSED):
            with_case = exercise is first or manner.verbose or bool(manner.only)
            lines += ["", *_exercise(exercise, graded, assignment, manner, with_case=with_case)]
    lines += [*_printed(graded.run.printed_public, manner), "", *_end(result, chosen, first, manner)]
    return "\n".join(lines)


def tell_answers(graded: Graded, assignment: Assignment, manner: Manner) -> str:
    """Return of a quiz which answers can be graded; whether they are right nobody can tell here."""
    result = graded.result
    chosen = [exercise for exercise in result.exercises if manner.speaks_of(exercise.name)]
    lines = [*_title(assignment, "form of the answers only", manner), *_whole_file(result, manner)]
    for exercise in chosen:
        word, colour = _ANSWERS.get(exercise.verdict, ("unclear", "red"))
        lines.append(f"  {click.style(f'{word:<12}', fg=colour)}  {exercise.name}")
        if exercise.verdict is not Verdict.NOT_ATTEMPTED:
            for finding in exercise.findings:
                lines += _finding(finding, exercise.name, manner, indent=6)
    answered = sum(exercise.verdict is Verdict.PASSED for exercise in chosen)
    lines += [
        "",
        *_wrapped(f"{answered} of {len(chosen)} answers can be graded, be they right or wrong.", manner),
    ]
    return "\n".join(lines)


def _title(assignment: Assignment, what: str, manner: Manner) -> Iterator[str]:
    title = f"{assignment.file.title} ({assignment.name})"
    yield from (click.style(line, bold=True) for line in _wrapped(title, manner))
    yield from (click.style(line, dim=True) for line in _wrapped(what, manner))
    yield ""


def _whole_file(result: SubmissionResult, manner: Manner) -> Iterator[str]:
    """Yield what concerns the file as a whole; it comes before anything about an exercise."""
    for event in result.events:
        yield from _wrapped(f"note: {event}", manner)
    for finding in result.findings:
        yield from _finding(finding, "", manner, indent=0, hints=len(finding.help))
    if result.events or result.findings:
        yield ""


def _glance(exercises: Sequence[ExerciseResult], manner: Manner) -> Iterator[str]:
    """Yield one line for each exercise, or two where the terminal is narrow."""
    rows = [(exercise.name, *_verdict(exercise, manner), _cases(exercise)) for exercise in exercises]
    names, words = (max((len(row[column]) for row in rows), default=0) for column in (0, 1))
    is_narrow = any(6 + words + names + len(cases) > manner.width for *_, cases in rows)
    for name, word, tone, cases in rows:
        said = click.style(word, fg=_COLOURS[tone])
        if is_narrow:
            yield from (f"  {name}", f"    {said}, {cases}")
        else:
            gap = " " * (words - len(word))
            yield f"  {said}{gap}  {name:<{names}}  {click.style(cases, dim=True)}"


def _verdict(exercise: ExerciseResult, manner: Manner) -> tuple[str, str]:
    """Return the words for a verdict, with its sign where that can be shown, and their tone."""
    partly = any(case.verdict is Verdict.PASSED for case in exercise.cases)
    shown = sign(exercise.verdict, partly=partly)
    return (f"{shown.mark} {shown.word}" if manner.marks else shown.word), shown.tone


def _is_begun(exercise: ExerciseResult) -> bool:
    return exercise.verdict not in (Verdict.PASSED, Verdict.NOT_ATTEMPTED)


def _exercise(
    exercise: ExerciseResult, graded: Graded, assignment: Assignment, manner: Manner, *, with_case: bool
) -> Iterator[str]:
    """Yield what is wrong with an exercise."""
    yield click.style(exercise.name, bold=True)
    for finding in exercise.findings:
        yield from _finding(finding, exercise.name, manner, indent=2)
    if with_case:
        yield from _case(assignment.exercise(exercise.name), graded.judged.get(exercise.name, ()), manner)


def _finding(
    finding: Finding, exercise: str, manner: Manner, *, indent: int, hints: int | None = None
) -> Iterator[str]:
    """Yield a finding's sentence and its hints, as far as they are wanted."""
    yield from _wrapped(within(exercise, finding.message) if exercise else finding.message, manner, indent)
    wanted = len(finding.help) if manner.verbose else manner.hints if hints is None else hints
    for step in finding.help[:wanted]:
        yield from _wrapped(f"- {step}", manner, indent + 2, hanging=2)
    if left := len(finding.help[wanted:]):
        more = f"({left} more {'hint' if left == 1 else 'hints'}: --hints {len(finding.help)})"
        yield from (click.style(line, dim=True) for line in _wrapped(more, manner, indent + 2))


def _case(exercise: Exercise, judged: Iterable[JudgedCase], manner: Manner) -> Iterator[str]:
    """Yield the smallest case that fails: its inputs, and what was expected and returned."""
    pairs = zip(exercise.cases, judged, strict=False)
    failing: list[tuple[Case, JudgedCase]] = [pair for pair in pairs if pair[1].verdict is not Verdict.PASSED]
    if not failing or exercise.spec.question is not None:
        return
    case, outcome = min(failing, key=lambda pair: size(pair[0]))
    which = "" if len(failing) == 1 else ", the smallest that fails"
    yield ""
    yield from _wrapped(f'case "{case.name}"{which}', manner, 2)
    most = 10**6 if manner.verbose else MOST_INPUTS
    for line in inputs(case, manner.width - 4, exercise.spec.names, most):
        yield f"    {click.style(line, dim=True)}"
    spec = exercise.spec
    for line in comparison(case, outcome, spec.tolerance, manner.width - 4, spec.names):
        yield f"    {line}"


def _printed(text: str, manner: Manner) -> Iterator[str]:
    """Yield what the code printed; the end of it, where there is much."""
    lines = clean(text, 20_000).rstrip().splitlines()
    if not lines:
        return
    shown = lines if manner.verbose else lines[-PRINTED_LINES:]
    left = len(lines) - len(shown)
    yield ""
    yield click.style(
        "printed" + (f", the last {len(shown)} of {len(lines)} lines (-v: all)" if left else ""), bold=True
    )
    yield from (f"  | {line}" for line in shown)


def _end(
    result: SubmissionResult, chosen: list[ExerciseResult], first: ExerciseResult | None, manner: Manner
) -> Iterator[str]:
    """Say how much is done, and the one thing to do next."""
    done = sum(exercise.verdict is Verdict.PASSED for exercise in chosen)
    verb = "passes its" if len(chosen) == 1 else "pass their"
    yield from _wrapped(f"{_count(done, len(chosen), 'exercise')} {verb} public cases.", manner)
    if first is None:
        yield from _wrapped(_HIDDEN, manner)
        return
    thing = file_thing(result) or next_thing(first)
    where = "" if file_thing(result) or f"`{first.name}`" in thing else f"{first.name}: "
    lines = _wrapped(f"next: {where}{thing}", manner, hanging=6)
    yield from (click.style(line, bold=True) for line in lines)


def _wrapped(text: str, manner: Manner, indent: int = 0, hanging: int = 0) -> list[str]:
    """Break text into lines that fit; text of the student's is made fit for a terminal."""
    lines = textwrap.wrap(
        clean(text),
        manner.width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [""]


def changes(before: SubmissionResult | None, now: SubmissionResult) -> str:
    """Say in a line what a save has changed; "" before the first.

    Parameters
    ----------
    before : SubmissionResult or None
    now : SubmissionResult
    """
    if before is None:
        return ""
    then = {exercise.name: exercise for exercise in before.exercises}
    better: list[str] = []
    worse: list[str] = []
    moved: list[str] = []
    for exercise in now.exercises:
        old = then[exercise.name]
        was, is_now = (_passed(each) == len(each.cases) for each in (old, exercise))
        if was != is_now:
            (better if is_now else worse).append(exercise.name)
        elif _passed(old) != _passed(exercise):
            moved.append(f"{exercise.name}: {_cases(exercise)}, {_passed(old)} before")
    said = [f"now passing: {', '.join(better)}"] if better else []
    said += [f"now failing: {', '.join(worse)}"] if worse else []
    return "; ".join(said + moved) or "as many cases pass as before"


def _passed(exercise: ExerciseResult) -> int:
    return sum(case.verdict is Verdict.PASSED for case in exercise.cases)


def _cases(exercise: ExerciseResult) -> str:
    return _count(_passed(exercise), len(exercise.cases), "case")


def _count(part: int, whole: int, noun: str) -> str:
    return f"{part} of {whole} {noun}{'' if whole == 1 else 's'}"
