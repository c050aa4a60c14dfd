"""The names that a ``quiz.py`` imports: how an author declares the questions of a quiz.

``reference/<name>/quiz.py`` is all that a quiz has; solution, cases and mistakes follow from it::

    from grader.course.quiz import choose_all, choose_one, number, right, wrong

    Q1 = choose_one(
        "Which set is used to choose between two networks?",
        wrong("the training set", "A network may know these examples by heart, and the wider one does."),
        right("the dev set"),
        wrong("the test set", "What was used for choosing gives a flattering estimate afterwards."),
        points=10,
        reread="the handout of bias_variance, on the three sets",
    )

    Q2 = number(
        "One example in five is held out. Of 40 examples, how many are left?",
        right(32),
        wrong(8, "These are the examples that are held out."),
        points=10,
    )

Letters follow from the order of the choices. What is said of a wrong one tells the idea behind it, not which
one is right. A question counts as a whole: with points for parts of it, naming every choice would pay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Option", "QuestionDeclared", "choose_all", "choose_one", "number", "right", "wrong"]


@dataclass(frozen=True, slots=True)
class Option:
    """A choice, or a number that students come to; `why` is what is said of it where it is wrong."""

    value: str | float
    is_right: bool
    why: str = ""


def right(value: str | float) -> Option:
    """Make the choice, or the number, that is right."""
    return Option(value, is_right=True)


def wrong(value: str | float, why: str) -> Option:
    """Make a choice, or a number that students come to, with the idea behind it in a sentence or two."""
    return Option(value, is_right=False, why=why)


@dataclass(frozen=True, slots=True)
class QuestionDeclared:
    """One question as its author wrote it."""

    kind: Literal["one", "all", "number"]
    text: str
    options: tuple[Option, ...]
    points: float
    reread: str
    within: float = 0.0


def choose_one(text: str, *choices: Option, points: float, reread: str = "") -> QuestionDeclared:
    """Declare a question of which one choice is right.

    Parameters
    ----------
    text : str
        What is asked. Paragraphs have an empty line between; an indented one keeps its lines.
    *choices : Option
        In the order of their letters.
    points : float
        The points of a quiz add up to 100.
    reread : str
        Where the topic is explained, after the word "Reread"; a hint wherever the answer is wrong.
    """
    return QuestionDeclared("one", text, choices, points, reread)


def choose_all(text: str, *choices: Option, points: float, reread: str = "") -> QuestionDeclared:
    """Declare a question of which all that is right is to be chosen, and no more; see `choose_one`."""
    return QuestionDeclared("all", text, choices, points, reread)


def number(
    text: str, *numbers: Option, points: float, within: float = 1e-6, reread: str = ""
) -> QuestionDeclared:
    """Declare a question whose answer is a number; see `choose_one`.

    Parameters
    ----------
    *numbers : Option
        The right one, and those that typical slips lead to.
    within : float
        How far an answer may be off.
    """
    return QuestionDeclared("number", text, numbers, points, reread, within)
