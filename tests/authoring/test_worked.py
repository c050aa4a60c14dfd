"""Worked examples: what ``worked.py`` may say, and what the build refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.build import build_assignment
from grader.authoring.reference import read_reference
from grader.authoring.worked import LONGEST, check_worked, work
from grader.course.load import load_assignment
from grader.course.worked import WorkedExample
from grader.errors import CourseError
from grader.judging.properties import load_properties
from grader.values import decode


def worked(root: Path, text: str, exercise: str = "update_lr") -> WorkedExample | None:
    """Work an exercise of the built course by a ``worked.py`` of this text; the build is not repeated."""
    assignment = load_assignment(root, "warmup")
    (root / "reference/warmup/worked.py").write_text(text, encoding="utf-8")
    reference = read_reference(root, "warmup")
    check_worked(reference)
    return work(reference, assignment.exercise(exercise), load_properties(assignment.properties))


def of_update_lr(*lines: str, signature: str = "learning_rate0, epoch_num, decay_rate=0.1") -> str:
    """Return a ``worked.py`` that works update_lr in these lines."""
    return "\n    ".join((f"def update_lr({signature}):", *lines)) + "\n"


DIVIDE = "yield 'Divide 0.5 by 7.', learning_rate0 / (1 + decay_rate * epoch_num)"
ADD = "yield 'Add 6 to 1.', 1 + decay_rate * epoch_num"


def test_the_build_stores_the_steps_with_what_comes_out(course: Path) -> None:
    found = load_assignment(course, "warmup").exercise("update_lr").worked
    assert found is not None
    assert found.case == "three epochs"
    assert [step.sentence for step in found.steps] == [
        "Every epoch counts 2, on top of 1: 1 + 3 · 2.",
        "The rate at the start, 0.5, is divided by it.",
    ]
    assert [decode(step.value) for step in found.steps] == [7.0, 0.5 / 7]


def test_an_exercise_that_is_not_worked_has_no_steps(course: Path) -> None:
    assert load_assignment(course, "warmup").exercise("centre").worked is None


def test_a_course_without_worked_examples_builds(own_course: Path) -> None:
    (own_course / "reference/warmup/worked.py").unlink()
    build_assignment(own_course, "warmup")
    assert load_assignment(own_course, "warmup").exercise("update_lr").worked is None


def test_the_last_value_is_the_answer(own_course: Path) -> None:
    found = worked(own_course, of_update_lr(ADD, DIVIDE))
    assert found is not None
    assert [step.sentence for step in found.steps] == ["Add 6 to 1.", "Divide 0.5 by 7."]


def test_what_is_changed_after_a_step_does_not_change_it(own_course: Path) -> None:
    found = worked(own_course, of_update_lr("seen = [1.0]", "yield 'One.', seen", "seen[0] = 2.0", DIVIDE))
    assert found is not None
    assert decode(found.steps[0].value) == [1.0]


CENTRE = """
def centre(X):
    mu = X.mean(axis=1, keepdims=True)
    yield "The mean of each row.", mu
    {0}yield "Each row without its mean.", X - mu
    yield "What is left has mean zero.", (X - mu).mean(axis=1, keepdims=True)
    return {{"X": X - mu, "mu": mu, "left": 0 * mu}}
"""


def test_an_answer_of_several_parts_is_returned(own_course: Path) -> None:
    found = worked(own_course, CENTRE.format(""), "centre")
    assert found is not None
    assert len(found.steps) == 3


def test_a_part_of_the_answer_that_no_step_has_is_refused(own_course: Path) -> None:
    with pytest.raises(CourseError, match=r'no step has the part \["X"\]'):
        worked(own_course, CENTRE.format("# "), "centre")


def test_a_part_that_is_an_input_needs_no_step(own_course: Path) -> None:
    edits = own_course / "assignments/warmup/calls.py"
    edits.write_text("def centre(student, X):\n    return {'given': X, 'less': student.centre(X)[0]}\n")
    cases = own_course / "reference/warmup/cases.py"
    cases.write_text(cases.read_text().replace(', judge=Holds(properties=("has_mean_zero",))', ""))
    text = "def centre(X):\n    less = X - X.mean(1)[:, None]\n    yield 'Less its mean.', less\n"
    text += "    return {'given': X, 'less': less}\n"
    (own_course / "reference/warmup/worked.py").write_text(text)
    build_assignment(own_course, "warmup")
    assert load_assignment(own_course, "warmup").exercise("centre").worked is not None


MORE_CASES = """
@exercise(points=40)
def update_lr(cases: Cases) -> None:
    "Decay."
    cases.hidden("far along", {"learning_rate0": 0.3, "epoch_num": 977, "decay_rate": 0.07})
    cases.public("named", {"learning_rate0": 0.7, "epoch_num": 5, "decay_rate": 2.0})
    cases.public("small", {"learning_rate0": 0.7, "epoch_num": 11})
"""


@pytest.mark.parametrize(("choice", "case"), [("", "small"), ("CASE = {'update_lr': 'named'}\n", "named")])
def test_the_smallest_public_case_is_worked_unless_one_is_named(
    own_course: Path, choice: str, case: str
) -> None:
    cases = own_course / "reference/warmup/cases.py"
    before, _, after = cases.read_text().partition("@exercise(points=40)")
    cases.write_text(before + MORE_CASES + after[after.index("@exercise(points=60") :])
    (own_course / "reference/warmup/worked.py").write_text(choice + of_update_lr(ADD, DIVIDE))
    build_assignment(own_course, "warmup")
    found = load_assignment(own_course, "warmup").exercise("update_lr").worked
    assert found is not None
    assert found.case == case


def test_draws_are_the_same_in_every_build(own_course: Path) -> None:
    text = "import numpy as np\n" + of_update_lr("yield 'A draw.', np.random.rand()", DIVIDE)
    one, other = worked(own_course, text), None
    build_assignment(own_course, "warmup")
    other = worked(own_course, text)
    assert one == other


REFUSED = {
    "another end": (
        of_update_lr(DIVIDE, ADD),
        r"update_lr, case 'three epochs': the worked example does not end on the answer but on 7\.0",
    ),
    "another value returned": (of_update_lr(DIVIDE, "return 3.0"), "does not end on the answer but on 3.0"),
    "an error": (of_update_lr(ADD, "yield 'Break.', 1 / 0"), r"worked\.py, line 3: .*ZeroDivisionError"),
    "no exercise": (of_update_lr(DIVIDE).replace("update_lr", "update"), "update is no exercise"),
    "no generator": ("def update_lr(learning_rate0): return 1.0\n", "update_lr yields no steps"),
    "no steps": (of_update_lr("if False:", "    yield", "return 0.5 / 7"), "it yields no step"),
    "no pair": (of_update_lr("yield 'Add 6 to 1.'", DIVIDE), "it yields 'Add 6 to 1.'"),
    "no sentence": (of_update_lr("yield ' ', 1.0", DIVIDE), "the step ' ' has 1 characters"),
    "a long sentence": (of_update_lr(f"yield 'a' * {LONGEST + 1}, 1.0", DIVIDE), "has 161 characters"),
    "many numbers": (of_update_lr("yield 'Count.', list(range(13)), 1", DIVIDE), "it yields"),
    "a large array": (
        "import numpy as np\n" + of_update_lr("yield 'Count.', np.arange(13)", DIVIDE),
        "has an array of 13 numbers",
    ),
    "no plain value": (of_update_lr("yield 'Odd.', {'a': print}", DIVIDE), r'has a builtin\w+\["a"\]'),
    "an input too few": (of_update_lr(DIVIDE, signature="learning_rate0"), "it takes no 'decay_rate'"),
    "a hidden case": ("CASE = {'update_lr': 'far along'}\n" + of_update_lr(DIVIDE), "is no public case"),
    "a case of no exercise": (
        "CASE = {'other': 'far along'}\n" + of_update_lr(DIVIDE),
        "other is no exercise",
    ),
    "a case that is not worked": ("CASE = {'centre': 'two rows'}\n" + of_update_lr(DIVIDE), "is not worked"),
    "cases in a list": ("CASE = ['three epochs']\n" + of_update_lr(DIVIDE), "is no dict"),
}


@pytest.mark.parametrize(("text", "problem"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_shown_is_refused(own_course: Path, text: str, problem: str) -> None:
    with pytest.raises(CourseError, match=problem) as caught:
        worked(own_course, text)
    assert "worked.py" in caught.value.problem
    assert caught.value.help


@pytest.mark.parametrize(
    "sentence",
    [
        "Take np.mean of it.",
        "2 * 3",
        "The mean with axis 1.",
        "X[:, 0] is the first.",
        "X.mean() is it.",
        "a == b",
        "`1 / (1 + k)` is the rate.",
        "An open ` quote.",
    ],
)
def test_code_is_no_sentence(own_course: Path, sentence: str) -> None:
    with pytest.raises(CourseError, match="which is code"):
        worked(own_course, of_update_lr(f"yield {sentence!r}, 1.0", DIVIDE))


@pytest.mark.parametrize(
    "sentence",
    [
        "`decay_rate` times 3: 2 · 3 = 6.",
        "[[1, 2], [3, 4]] less 1.5; e.g. 0.5 − 1.5 = −1.",
        "The return of `axis` is a name.".replace("return", "value"),
    ],
)
def test_names_and_numbers_are_words(own_course: Path, sentence: str) -> None:
    assert worked(own_course, of_update_lr(f"yield {sentence!r}, 1.0", DIVIDE)) is not None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (of_update_lr(DIVIDE, ADD), "does not end on the answer"),
        (of_update_lr(DIVIDE).replace("update_lr", "update"), "update is no exercise"),
    ],
    ids=["another end", "no exercise"],
)
def test_a_build_that_is_refused_writes_nothing(own_course: Path, text: str, problem: str) -> None:
    hidden = own_course / "reference/warmup/hidden.h5"
    before = hidden.read_bytes()
    (own_course / "reference/warmup/worked.py").write_text(text)
    with pytest.raises(CourseError, match=problem):
        build_assignment(own_course, "warmup")
    assert hidden.read_bytes() == before
