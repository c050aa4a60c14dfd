"""A question on a page: what was chosen is shown, and what is right only where the policy says so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from grader.course.load import load_assignment
from grader.course.model import Assignment, Submission
from grader.grading import AnswerKey, mark
from grader.report.pages import submission_page
from grader.results import Kind, Load, Outcome, Run
from grader.values import encode

NEITHER = "is not exactly what fits"


@pytest.fixture
def asked(quiz_course: Path) -> Assignment:
    return load_assignment(quiz_course, "check_up")


def page(asked: Assignment, answers: dict[str, Any], audience="student", feedback="diagnosis") -> str:
    """Return the page of someone who answered this; what is not in it was left at None."""
    file = asked.file.model_copy(update={"feedback": feedback})
    outcomes = {
        (exercise.name, case.name): Outcome(Kind.RETURNED, value=encode(answers[exercise.name]))
        if exercise.name in answers
        else Outcome(Kind.MISSING)
        for exercise in asked.exercises
        for case in exercise.cases
    }
    graded = mark(
        Submission("ann", "check_up", b"?"), asked, Run(Load(Kind.RETURNED), outcomes), AnswerKey.of(asked)
    )
    told = Assignment(asked.name, file, asked.exercises, asked.stub)
    return submission_page(graded, told, audience)


def choices(html: str, marked: str) -> list[str]:
    """Return the letters that a page marks with this word."""
    items = re.findall(r'<li class="[^"]*"><b>(\w)</b>(.*?)</li>', html, re.S)
    return [letter for letter, rest in items if f"<em>{marked}</em>" in rest]


def test_what_was_chosen_is_marked_with_its_explanation(asked: Assignment) -> None:
    html = page(asked, {"Q1": " C", "Q2": {"a", "b"}, "Q3": 12})
    assert choices(html, "chosen") == ["c", "a", "b"]
    assert "Its rings are wide" in html
    assert "It is the largest of the rocky ones only" not in html
    assert "On b: Odd is not enough." in html
    assert "answered <b>12</b>" in html
    assert "This is four times as much." in html
    assert html.count("not right") == 3


@pytest.mark.parametrize("feedback", ["verdict", "diagnosis"])
def test_the_student_is_not_told_what_is_right(asked: Assignment, feedback: str) -> None:
    html = page(asked, {"Q1": "c", "Q2": "abc", "Q3": 12}, feedback=feedback)
    assert choices(html, "right") == []
    assert "right is" not in html
    assert "<b>0.75</b>" not in html
    assert ("Its rings" in html) == (feedback == "diagnosis")


@pytest.mark.parametrize(("audience", "feedback"), [("student", "full"), ("instructor", "diagnosis")])
def test_full_feedback_and_the_instructor_see_what_is_right(
    asked: Assignment, audience: str, feedback: str
) -> None:
    html = page(asked, {"Q1": "c", "Q2": "abc", "Q3": 12}, audience, feedback)
    assert choices(html, "right") == ["b", "a", "d"]
    assert "right is <b>0.75</b>" in html


def test_right_and_open_answers_have_words_of_their_own(asked: Assignment) -> None:
    html = page(asked, {"Q1": "b"})
    assert html.count(">not answered<") == 2
    assert ">right<" in html
    assert ">passed<" not in html
    assert '<ul class="cases">' not in html


def test_two_right_answers_in_other_forms_make_pages_of_their_own(asked: Assignment) -> None:
    assert "answered <b>0.75</b>" in page(asked, {"Q3": 0.75})
    assert "answered <b>0.745</b>" in page(asked, {"Q3": 0.745})


def test_an_answer_that_cannot_be_graded_is_not_shown_as_chosen(asked: Assignment) -> None:
    html = page(asked, {"Q1": "a, b", "Q2": "<z>", "Q3": "<i>0.75</i>"})
    assert choices(html, "chosen") == []
    assert "Asked for is one letter from a to c, and the file has 2 letters." in html
    assert "<i>0.75" not in html


def test_indented_paragraphs_keep_their_lines(asked: Assignment) -> None:
    assert '<pre class="asked" tabindex="0">    n = p * q</pre>' in page(asked, {})
