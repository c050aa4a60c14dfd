"""Each wrong declaration is refused: file, place, value and remedy; and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from authoring_edits import Edit

from grader.authoring.build import build_assignment
from grader.errors import CourseError

SOLUTION = "reference/warmup/solution.py"
CASES = "reference/warmup/cases.py"
MISTAKES = "reference/warmup/mistakes.py"
PROPERTIES = "assignments/warmup/properties.py"
CALLS = "assignments/warmup/calls.py"

PUBLIC = 'cases.public("three epochs"'

#: What is edited: file, old, new; then the problem, as it ends, and the remedy.
REFUSALS: dict[str, tuple[str, str, str, str, str]] = {
    "points that add up to 99": (
        CASES,
        "points=40",
        "points=39",
        "cases.py: the exercises' points add up to 99.",
        "make them add up to 100",
    ),
    "points of zero": (
        CASES,
        "points=40",
        "points=0",
        "cases.py: update_lr: points=0 is not above 0.",
        "give it points",
    ),
    "no function in solution.py": (
        SOLUTION,
        "def centre(",
        "def center(",
        "cases.py: exercise centre has no function in solution.py.",
        "define centre there",
    ),
    "a function without def": (
        SOLUTION,
        "def centre(X):",
        "centre = lambda X: X\n\n\ndef centre_(X):",
        "solution.py: centre is not defined with def.",
        "students read its signature: use def",
    ),
    "a default that is no parameter": (
        CASES,
        '"decay_rate": 2.0',
        '"decay": 2.0',
        "cases.py: update_lr, case 'three epochs': the input 'decay' is not a parameter.",
        "the parameters are: learning_rate0, epoch_num, decay_rate",
    ),
    "an input that calls.py does not take": (
        CASES,
        'cases.public("two rows", {"X"',
        'cases.public("two rows", {"Y"',
        "cases.py: centre, case 'two rows': the input 'Y' is not a parameter.",
        "the parameters are: X",
    ),
    "an input too few": (
        CASES,
        '"epoch_num": 3, ',
        "",
        "solution.py: update_lr, case 'three epochs': the reference raises TypeError: update_lr() missing 1 "
        "required positional argument: 'epoch_num'.",
        "mend it, or the inputs",
    ),
    "no public case": (
        CASES,
        PUBLIC,
        'cases.hidden("three epochs"',
        "cases.py: update_lr has no public case.",
        "add one",
    ),
    "two cases of one name": (
        CASES,
        '"far along"',
        '"three epochs"',
        "cases.py: update_lr: case 'three epochs' is declared twice.",
        "give each case a name of its own",
    ),
    "a case without weight": (
        CASES,
        "weight=2",
        "weight=0",
        "cases.py: update_lr, case 'default decay': weight=0 is not above 0.",
        "give it weight",
    ),
    "an unknown property": (
        CASES,
        '"has_mean_zero"',
        '"has_mean_one"',
        "cases.py: centre, case 'any': property 'has_mean_one' is not in properties.py.",
        "properties.py has: has_mean_zero",
    ),
    "uses that is no exercise": (
        CASES,
        'uses=("update_lr",)',
        'uses=("adam",)',
        "cases.py: centre: uses='adam' is no other exercise.",
        "the others are: update_lr",
    ),
    "uses itself": (
        CASES,
        'uses=("update_lr",)',
        'uses=("centre",)',
        "cases.py: centre: uses='centre' is no other exercise.",
        "the others are: update_lr",
    ),
    "handed_out that is no mistake": (
        CASES,
        "points=40",
        'points=40, handed_out="one_mean"',
        "cases.py: update_lr: handed_out='one_mean' is no mistake of it.",
        "its mistakes are: grows, epoch_left_out",
    ),
    "a mistake of no exercise": (
        MISTAKES,
        '@mistake("centre"',
        '@mistake("center"',
        "mistakes.py: mistake one_mean: 'center' is no exercise.",
        "the exercises are: update_lr, centre",
    ),
    "two mistakes of one name": (
        MISTAKES,
        '    "epoch_left_out",',
        '    "grows",',
        "mistakes.py: mistake grows of update_lr is declared twice.",
        "give each mistake a name of its own",
    ),
    "a mistake's name that is none": (
        MISTAKES,
        '    "epoch_left_out",',
        '    "epoch left out",',
        "mistakes.py: mistake 'epoch left out' is no name.",
        "use letters, digits and underscores",
    ),
    "a mistake without message": (
        MISTAKES,
        '"The rate grows with the epochs."',
        '" "',
        "mistakes.py: mistake grows has no message.",
        "say in one sentence what it does",
    ),
    "an edit that changes nothing": (
        MISTAKES,
        '"decay_rate * epoch_num": "decay_rate"',
        '"decay_rate * epoch_num": "epoch_num * decay_rate"',
        "mistakes.py: mistake epoch_left_out of update_lr passes every case.",
        "add a case that tells it from the reference, or remove it",
    ),
    "a mistake that is right": (
        MISTAKES,
        "return X - np.mean(X), mu",
        "return X - mu, mu",
        "mistakes.py: mistake one_mean of centre passes every case.",
        "add a case that tells it from the reference, or remove it",
    ),
    "two mistakes that are one": (
        MISTAKES,
        '{"decay_rate * epoch_num": "decay_rate"}',
        '{"0 / (": "0 * ("}',
        "mistakes.py: mistakes grows and epoch_left_out of update_lr return the same in every case.",
        "add a case that tells them apart, or make one of them",
    ),
    "an edit of what is not there": (
        MISTAKES,
        '"decay_rate * epoch_num":',
        '"decay_rate  * epoch_num":',
        "mistakes.py: mistake epoch_left_out: replace has 'decay_rate  * epoch_num', which does not "
        "occur in update_lr.",
        "copy the piece from",
    ),
    "a reference that raises": (
        SOLUTION,
        "    mu = mean_of_rows(X)\n",
        "    mu = 1 / 0\n",
        "solution.py: centre, case 'two rows': the reference raises ZeroDivisionError: division by zero.",
        "mend it, or the inputs",
    ),
    "a reference that fails its own property": (
        PROPERTIES,
        "mean < 1e-9",
        "mean < 0",
        "solution.py: centre, case 'any': the reference itself does not pass: The mean of a row is",
        "mend it, or the judge: Holds(",
    ),
    "a result that is not plain": (
        CALLS,
        '"left": ',
        '"left": iter([]), "right": ',
        "solution.py: centre, case 'two rows': what the reference returns is at "
        '["left"] not plain data but list_iterator.',
        "return plain values, or make such of it in calls.py",
    ),
    "inputs that are not plain": (
        CASES,
        '"epoch_num": 3',
        '"epoch_num": object()',
        "cases.py: update_lr, case 'three epochs': the input [\"epoch_num\"] is not plain data but object.",
        "use None, bool, int",
    ),
    "a generator that draws anew each time": (
        CASES,
        "default_rng(5)",
        "default_rng()",
        "cases.py: centre: its generator gives other inputs each time.",
        "draw them from np.random.default_rng(<a number>)",
    ),
    "a reference that draws without a seed": (
        SOLUTION,
        "    return X - mu, mu\n",
        "    return X - mu + np.random.rand(), mu\n",
        "solution.py: centre, case 'two rows': the reference returns something else each time.",
        "seed its generator, or judge the case by Holds",
    ),
    "a reference that draws from the system": (
        SOLUTION,
        "    return X - mu, mu\n",
        "    return X - mu + np.random.default_rng().random(), mu\n",
        "solution.py: centre, case 'two rows': the reference returns something else each time.",
        "seed its generator, or judge the case by Holds",
    ),
    "an answer that rounding decides": (
        SOLUTION,
        "    return learning_rate0 / (1 + decay_rate * epoch_num)\n",
        "    return float(learning_rate0 > 0.3) / (1 + decay_rate * epoch_num)\n",
        "cases.py: update_lr, case 'far along': one unit in the last place of its inputs moves the answer by "
        "1e-02, and the tolerance is 1e-05.",
        "change inputs on which rounding decides, or judge the case by Magnitude, AtMost or Holds",
    ),
    "a property file that does not run": (
        PROPERTIES,
        "import numpy as np",
        "import numpi as np",
        "properties.py cannot be run: ModuleNotFoundError: No module named 'numpi'",
        "",
    ),
    "calls that do not run": (
        CALLS,
        "def centre(",
        "x = 1 / 0\n\n\ndef centre(",
        "calls.py, line 1: ZeroDivisionError: division by zero.",
        "mend the file",
    ),
    "an unknown key in assignment.toml": (
        "assignments/warmup/assignment.toml",
        "week = 1",
        "week = 1\ncolour = 2",
        "assignment.toml: colour = 2: no such key.",
        "remove or rename colour",
    ),
}


def built_files(root: Path) -> dict[str, bytes]:
    paths = [path for path in root.rglob("*") if path.suffix in (".h5", ".py")]
    return {str(path): path.read_bytes() for path in paths}


@pytest.mark.parametrize(
    ("file", "old", "new", "problem", "remedy"),
    REFUSALS.values(),
    ids=[name.replace(" ", "_") for name in REFUSALS],
)
def test_a_wrong_declaration_is_refused_and_nothing_written(
    own_course: Path, edit: Edit, file: str, old: str, new: str, problem: str, remedy: str
) -> None:
    edit(file, old, new)
    before = built_files(own_course)
    with pytest.raises(CourseError) as caught:
        build_assignment(own_course, "warmup")
    assert caught.value.problem.startswith(str(own_course))
    assert problem in caught.value.problem
    assert caught.value.help.startswith(remedy)
    assert built_files(own_course) == before


def test_calls_that_take_any_input_are_accepted(own_course: Path, edit: Edit) -> None:
    edit(CALLS, "def centre(student, X):", "def centre(student, **inputs):\n    X = inputs['X']")
    assert build_assignment(own_course, "warmup").written


def test_a_case_judged_by_a_property_may_draw_without_a_seed(own_course: Path, edit: Edit) -> None:
    edit(SOLUTION, "X - mu, mu", "X - mu + (X.shape == (3, 5)) * np.random.rand(), mu")
    edit(PROPERTIES, "mean < 1e-9", "mean < 1")
    assert build_assignment(own_course, "warmup").written
