"""The three quizzes: every answer there is gets what it deserves, and nobody is told the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from in_process import ROOT, assignment

from grader.course.model import Assignment, Exercise, Mistake, Submission
from grader.grading import grade
from grader.results import ExerciseResult, SubmissionResult, Verdict
from grader.sandbox.box import Box, open_box
from grader.values import decode

QUIZZES = ("quiz_week1", "quiz_week2", "quiz_week3")

#: A slip that is told leads to its right number in a step; these words would take the step.
TELLS = re.compile(
    r"\b(?:correct|right) (?:answer|number|choice)\b|\b(?:is|are) [\d.]+ (?:instead|rather)", re.I
)


@cache
def questions(name: str) -> tuple[Exercise, ...]:
    return assignment(name).exercises


def right(exercise: Exercise) -> Any:
    (case,) = [case for case in exercise.cases if case.visibility == "hidden"]
    return decode(case.expected)


def value(mistake: Mistake) -> Any:
    return decode(mistake.returns["is right"])


@pytest.fixture(scope="module", params=QUIZZES)
def box(request: pytest.FixtureRequest) -> Iterator[tuple[Assignment, Box]]:
    asked = assignment(request.param)
    with open_box(asked, "weak") as opened:
        yield asked, opened


def graded(box: tuple[Assignment, Box], answers: dict[str, Any] | str) -> SubmissionResult:
    asked, opened = box
    source = answers if isinstance(answers, str) else "".join(f"{q} = {a!r}\n" for q, a in answers.items())
    return grade(Submission("ann", asked.name, source.encode()), asked, opened).result


def by_name(result: SubmissionResult) -> dict[str, ExerciseResult]:
    return {exercise.name: exercise for exercise in result.exercises}


@pytest.mark.parametrize("name", QUIZZES)
def test_a_quiz_has_ten_questions_of_each_kind(name: str) -> None:
    asked = [exercise.spec.question for exercise in questions(name)]
    assert [exercise.name for exercise in questions(name)] == [f"Q{n}" for n in range(1, 11)]
    assert {"one": 0, "all": 0, "number": 0}.keys() == {
        "number" if not each.choices else "all" if each.several else "one" for each in asked if each
    }
    assert sum(exercise.spec.points for exercise in questions(name)) == 100


def test_the_right_answers_get_everything_and_no_word(box: tuple[Assignment, Box]) -> None:
    result = graded(box, {exercise.name: right(exercise) for exercise in box[0].exercises})
    assert result.score == 100
    assert not [finding for exercise in result.exercises for finding in exercise.findings]


def test_right_answers_may_be_written_in_other_ways(box: tuple[Assignment, Box]) -> None:
    def written(answer: Any) -> Any:
        return ", ".join(sorted(answer)).upper() if isinstance(answer, set) else round(answer, 4)

    result = graded(box, {exercise.name: written(right(exercise)) for exercise in box[0].exercises})
    assert result.score == 100


@pytest.mark.parametrize(
    ("share", "verdict"), [(1, Verdict.PASSED), (-1, Verdict.PASSED), (1.5, Verdict.FAILED)]
)
def test_a_number_may_be_off_by_as_much_as_its_question_says(
    box: tuple[Assignment, Box], share: float, verdict: Verdict
) -> None:
    within = {each.name: each.spec.question.within for each in box[0].exercises if each.spec.question}
    numbers = [each for each in box[0].exercises if isinstance(right(each), float)]
    result = by_name(graded(box, {each.name: right(each) + share * within[each.name] for each in numbers}))
    assert len(numbers) >= 3
    assert {result[each.name].verdict for each in numbers} == {verdict}


def test_the_stub_is_not_attempted(box: tuple[Assignment, Box]) -> None:
    result = graded(box, box[0].stub.decode())
    assert result.score == 0
    assert {exercise.verdict for exercise in result.exercises} == {Verdict.NOT_ATTEMPTED}


def test_each_wrong_choice_gets_its_own_explanation(box: tuple[Assignment, Box]) -> None:
    most = max(len(exercise.mistakes) for exercise in box[0].exercises)
    for turn in range(most):
        chosen = {each.name: each.mistakes[turn % len(each.mistakes)] for each in box[0].exercises}
        result = by_name(graded(box, {name: value(mistake) for name, mistake in chosen.items()}))
        for name, mistake in chosen.items():
            (found,) = result[name].findings
            assert found.code == f"known.{mistake.name}"
            assert found.message.endswith(mistake.message)
            assert result[name].score == 0


@pytest.mark.parametrize("name", QUIZZES)
def test_every_choice_is_either_right_or_explained(name: str) -> None:
    for exercise in questions(name):
        assert exercise.spec.question
        explained = [value(mistake) for mistake in exercise.mistakes]
        messages = {mistake.message for mistake in exercise.mistakes}
        assert len(messages) == len(explained) >= 2
        if exercise.spec.question.choices:
            assert right(exercise).union(*explained) == set(exercise.spec.question.letters)


def test_naming_every_choice_gets_neither_points_nor_explanations(box: tuple[Assignment, Box]) -> None:
    every = {
        exercise.name: exercise.spec.question.letters
        for exercise in box[0].exercises
        if exercise.spec.question and exercise.spec.question.several
    }
    result = by_name(graded(box, every))
    assert {finding.code for name in every for finding in result[name].findings} == {"answer.wrong"}
    assert sum(exercise.score for exercise in result.values()) == 0


BROKEN = {
    "a function": "lambda: 'b'",
    "a dict": "{'a': 1, 'b': 2}",
    "an object": "object()",
    "NaN": "float('nan')",
    "a class": "type('A', (str,), {'__eq__': lambda *_: True})",
    "a nest": "[['a'], {'b'}]",
    "an int without end": "10**5000",
    "a text that is everything": "'abcdefgh' * 1000",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_no_answer_gets_a_verdict_and_a_reason(box: tuple[Assignment, Box], kind: str) -> None:
    source = "".join(f"{exercise.name} = {BROKEN[kind]}\n" for exercise in box[0].exercises)
    result = graded(box, source)
    assert result.graded
    assert result.score == 0
    for exercise in result.exercises:
        assert exercise.verdict is Verdict.FAILED
        assert [finding.code for finding in exercise.findings] == ["answer.form"]


@pytest.mark.parametrize("name", QUIZZES)
def test_what_students_are_given_has_no_explanation_and_no_answer(name: str) -> None:
    files = [path for path in (ROOT / "assignments" / name).iterdir() if path.is_file()]
    contents = {path.name: path.read_bytes() for path in files}
    assert contents.keys() == {"assignment.toml", "handout.md", "public.h5", f"{name}.py"}
    for exercise in questions(name):
        for text in (mistake.message for mistake in exercise.mistakes):
            assert not [file for file, content in contents.items() if text.encode() in content]
        answer = rf"^{exercise.name} *=(?! *None$)".encode()
        assert not [file for file, content in contents.items() if re.search(answer, content, re.M)]


@pytest.mark.parametrize("name", QUIZZES)
def test_an_explanation_speaks_of_an_idea_and_not_of_the_answer(name: str) -> None:
    for exercise in questions(name):
        assert exercise.spec.question
        choices = dict(zip(exercise.spec.question.letters, exercise.spec.question.choices, strict=True))
        for mistake in exercise.mistakes:
            assert not TELLS.search(mistake.message)
            fitting = (choices[letter] for letter in right(exercise)) if choices else ()
            assert not [text for text in fitting if text.rstrip(".").lower() in mistake.message.lower()]
            if not choices:
                number = re.escape(f"{right(exercise):g}")
                assert not re.search(rf"(?<![\w.]){number}(?!\w|\.\d)", mistake.message)


@pytest.mark.parametrize("name", QUIZZES)
def test_right_answers_do_not_stand_at_one_letter(name: str) -> None:
    singles = [
        next(iter(right(exercise)))
        for exercise in questions(name)
        if exercise.spec.question and exercise.spec.question.choices and not exercise.spec.question.several
    ]
    assert len(set(singles)) >= len(singles) - 1


@pytest.mark.parametrize("name", QUIZZES)
def test_each_question_says_which_section_to_reread_and_there_is_one(name: str) -> None:
    for exercise in questions(name):
        assert exercise.spec.question
        (said,) = re.findall(r"^the handout of (\w+), sections? (.*)$", exercise.spec.question.reread)
        handout = (ROOT / "assignments" / said[0] / "handout.md").read_text(encoding="utf-8")
        sections = re.findall(r"\d+", said[1])
        assert sections
        assert not [number for number in sections if not re.search(rf"^## {number}\b", handout, re.M)]
