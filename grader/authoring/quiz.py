"""Makes exercises, answers and mistakes of the questions in a ``quiz.py``, and what the stub shows of them.

A question is an exercise whose solution is a constant. It has two cases: a public one, of no weight, that
asks only whether the answer has a form that can be graded, and a hidden one that compares it. So nothing that
students receive depends on which answer is right.
"""

from __future__ import annotations

import hashlib
import inspect
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from grader.course.declare import Cases, ExerciseDeclared, MistakeDeclared
from grader.course.model import Answered, Question, Tolerance
from grader.course.quiz import Option, QuestionDeclared
from grader.errors import CourseError
from grader.values import Value

__all__ = ["FORM", "RIGHT", "Quiz", "question_block", "read_quiz"]

#: Names of the two cases of a question.
FORM: Final = "can be graded"
RIGHT: Final = "is right"

#: Beside `Question.within`: an answer on the very edge is not refused by rounding.
_ROUNDING: Final = 1e-9

_TITLE: Final = 90
_WIDTH: Final = 108


@dataclass(frozen=True, slots=True)
class Quiz:
    """What follows from the questions of a ``quiz.py``.

    Parameters
    ----------
    exercises : tuple of ExerciseDeclared
    mistakes : tuple of MistakeDeclared
    answers : mapping of str to value
        The right ones, as judging takes them: a set of letters, or a float.
    """

    exercises: tuple[ExerciseDeclared, ...]
    mistakes: tuple[MistakeDeclared, ...]
    answers: Mapping[str, Value]


def read_quiz(path: Path, namespace: Mapping[str, object]) -> Quiz:
    """Make a quiz of what a ``quiz.py`` defines.

    Raises
    ------
    CourseError
        A question has no right answer, or its explanations give it away, or the like.
    """
    declared = {name: each for name, each in namespace.items() if isinstance(each, QuestionDeclared)}
    for name, each in declared.items():
        _check(path, name, each)
    return Quiz(
        exercises=tuple(_exercise(path, name, each) for name, each in declared.items()),
        mistakes=tuple(mistake for name, each in declared.items() for mistake in _mistakes(name, each)),
        answers={name: _answer(each) for name, each in declared.items()},
    )


def question_block(exercise: ExerciseDeclared, question: Question) -> str:
    """Return what the stub has of a question: its text and choices as a comment, and the name to set."""
    asks = f"{question.asks}, to within {question.within:g}" if not question.choices else question.asks
    paragraphs = [f"{exercise.name} ({exercise.points:g} points): {asks}", *question.text.split("\n\n")]
    lines = [line for text in paragraphs for line in (*_lines(text), "")]
    for letter, choice in zip(question.letters, question.choices, strict=True):
        first, later = f"  {letter})  ", " " * 6
        lines += textwrap.wrap(choice, _WIDTH, initial_indent=first, subsequent_indent=later)
    comment = "\n".join(f"# {line}".rstrip() for line in (lines if question.choices else lines[:-1]))
    return f"{comment}\n{exercise.name} = None"


def _lines(paragraph: str) -> list[str]:
    return paragraph.split("\n") if paragraph.startswith(" ") else textwrap.wrap(paragraph, _WIDTH)


def _exercise(path: Path, name: str, declared: QuestionDeclared) -> ExerciseDeclared:
    text = _unwrapped(declared.text)
    choices = tuple(str(option.value) for option in declared.options) if declared.kind != "number" else ()
    try:
        question = Question(
            text=text,
            choices=choices,
            several=declared.kind == "all",
            within=declared.within,
            reread=declared.reread,
        ).checked()
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CourseError(f"{path}: {name}: {where}: {first['msg']}.", help=f"change {where}") from error
    return ExerciseDeclared(
        name=name,
        title=textwrap.shorten(text.split("\n\n")[0], _TITLE, placeholder=" …"),
        points=declared.points,
        generate=_generate,
        tolerance=Tolerance(relative=_ROUNDING, absolute=declared.within),
        question=question,
    )


def _generate(cases: Cases) -> None:
    cases.public(FORM, {}, weight=0.0, judge=Answered())
    cases.hidden(RIGHT, {})


def _unwrapped(text: str) -> str:
    """Return a text one line per paragraph, but for those that are indented."""
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(text))
    return "\n\n".join(each if each.startswith(" ") else " ".join(each.split()) for each in paragraphs)


def _answer(declared: QuestionDeclared) -> Value:
    chosen = [value for value, option in _values(declared) if option.is_right]
    return chosen[0] if declared.kind == "number" else set().union(*chosen)


def _mistakes(name: str, declared: QuestionDeclared) -> Iterator[MistakeDeclared]:
    """Yield a mistake for each wrong option.

    Of several wrong choices in one answer the first in this order is explained. In the order of the letters
    that would tell of those before it that they are right; nobody knows the order of a hash of the secret.
    """
    wrong = [(index, value, option) for index, (value, option) in enumerate(_values(declared))]
    wrong = [(index, value, option) for index, value, option in wrong if not option.is_right]
    if declared.kind == "all":
        wrong.sort(key=lambda each: hashlib.sha256(each[2].why.encode()).digest())
    for index, value, option in wrong:
        code = f"number_{index + 1}" if declared.kind == "number" else f"chose_{'abcdefgh'[index]}"
        yield MistakeDeclared(name, code, " ".join(option.why.split()), (), _constant(value))


def _values(declared: QuestionDeclared) -> Iterator[tuple[Value, Option]]:
    """Yield each option with the answer that consists of it alone."""
    for index, option in enumerate(declared.options):
        yield (float(option.value) if declared.kind == "number" else {"abcdefgh"[index]}), option


def _constant(value: Value) -> Value:
    return lambda: value


def _check(path: Path, name: str, declared: QuestionDeclared) -> None:
    """Refuse a question that cannot be answered, or that gives its answer away."""
    problem = _problem(declared) or _numbers_problem(declared) or _given_away(declared)
    if problem is not None:
        raise CourseError(f"{path}: {name}: {problem[0]}.", help=problem[1])


def _problem(declared: QuestionDeclared) -> tuple[str, str] | None:
    options = declared.options
    count, total = sum(option.is_right for option in options), len(options)
    if declared.kind == "all":
        if not 0 < count < total:
            return f"{count} of its {total} choices are right", "have right ones and wrong ones"
    elif count != 1:
        return f"{count} of its options are right", "mark one with right(…), the others with wrong(…)"
    if declared.kind != "number" and not 2 <= total <= 8:
        return f"it has {total} choices", "give it two to eight"
    if any(not option.is_right and not option.why.strip() for option in options):
        return "a wrong option has no explanation", "say what idea is behind it"
    if len({option.value for option in options}) < total:
        return "two of its options are the same", "give each a value of its own"
    return None


def _numbers_problem(declared: QuestionDeclared) -> tuple[str, str] | None:
    values = [option.value for option in declared.options]
    texts = [value for value in values if isinstance(value, str)]
    if declared.kind != "number":
        return None if texts == values else ("a choice is no text", "write it in quotes")
    if texts:
        return f"{texts[0]!r} is no number", "write it without quotes"
    for one, other in combinations([float(value) for value in values], 2):
        if abs(one - other) <= 2 * declared.within:
            return f"{one:g} and {other:g} are both within {declared.within:g}", "make within= smaller"
    return None


def _given_away(declared: QuestionDeclared) -> tuple[str, str] | None:
    remedy = "say what is wrong with the idea, not what is right"
    secrets = [option.value for option in declared.options if option.is_right]
    for option in declared.options:
        if re.search(r"\b(?i:choice|answer|option)s? (?:[b-h]|A)\b|(?<!\w)[a-h]\)", option.why):
            return f"the explanation of {option.value!r} names a letter", remedy
        for secret in secrets:
            said = f"{secret:g}" if isinstance(secret, (int, float)) else str(secret).strip(" .")
            if re.search(rf"(?<![\w.]){re.escape(said)}(?![\w]|\.\d)", option.why, re.IGNORECASE):
                return f"the explanation of {option.value!r} has the right answer in it", remedy
    return None
