"""What a page shows of a question: its text, its choices, and which of them were chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from grader.course.model import Exercise, Question
from grader.report.policy import Policy
from grader.report.words import Sign
from grader.results import JudgedCase, Verdict
from grader.values import Value, decode

__all__ = ["ChoiceView", "QuestionView", "question_sign", "question_view"]

_WORDS: Final = {"passed": "right", "wrong result": "not right", "not attempted": "not answered"}


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One choice; `is_right` only where the page may tell."""

    letter: str
    text: str
    chosen: bool
    is_right: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as it is shown.

    Parameters
    ----------
    paragraphs : tuple of str
        Of its text; those that begin with a space keep their lines.
    choices : tuple of ChoiceView
    answer, right : str
        The number that was answered, and the right one where the page may tell; "" without one.
    """

    paragraphs: tuple[str, ...]
    choices: tuple[ChoiceView, ...]
    answer: str
    right: str


def question_view(
    exercise: Exercise, question: Question, judged: tuple[JudgedCase, ...], policy: Policy
) -> QuestionView:
    """Return what is shown of a question.

    Parameters
    ----------
    exercise : Exercise
    question : Question
        The exercise's.
    judged : tuple of JudgedCase
        Of this submission.
    policy : Policy
        The right answer is a hidden value as any other.
    """
    given = _given(exercise, judged)
    hidden = [decode(case.expected) for case in exercise.cases if case.visibility == "hidden"]
    right = hidden[0] if hidden and policy.values else None
    texts = zip(question.letters, question.choices, strict=True)
    return QuestionView(
        paragraphs=tuple(question.text.split("\n\n")),
        choices=tuple(
            ChoiceView(letter, text, letter in (given or ()), letter in (right or ()))
            for letter, text in texts
        ),
        answer="" if question.choices else _number(given),
        right="" if question.choices else _number(right),
    )


def question_sign(sign: Sign) -> Sign:
    """Return a verdict's sign in words that suit an answer."""
    return replace(sign, word=_WORDS.get(sign.word, sign.word))


def _given(exercise: Exercise, judged: tuple[JudgedCase, ...]) -> Value:
    """Return what was answered in a form that can be graded: letters or a number; None without such."""
    public = {case.name for case in exercise.cases if case.visibility == "public"}
    for case in judged:
        if case.name in public and case.verdict is Verdict.PASSED and case.outcome.value is not None:
            return decode(case.outcome.value)
    return None


def _number(value: Value) -> str:
    return f"{value:.6g}" if isinstance(value, float) else ""
