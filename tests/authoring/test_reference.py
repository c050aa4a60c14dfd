"""The reference in this process: what is declared, and faulty variants of the solution."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from authoring_edits import Edit

from grader.authoring.reference import Reference, read_reference
from grader.errors import CourseError
from grader.values import Value, decode


def returned(reference: Reference, mistake: str | None = None, **inputs: Value) -> Value:
    faulty = reference.mistakes_of("update_lr")[mistake] if mistake else None
    called = reference.call("update_lr", "case", inputs, faulty)
    assert called.value is not None, called.error
    return decode(called.value)


def test_declarations_are_in_the_order_of_their_files(course: Path) -> None:
    reference = read_reference(course, "warmup")
    assert [exercise.name for exercise in reference.exercises] == ["update_lr", "centre"]
    assert [mistake.name for mistake in reference.mistakes] == ["grows", "epoch_left_out", "one_mean"]
    assert reference.parameters("update_lr") == ("learning_rate0", "epoch_num", "decay_rate")
    assert list(reference.calls) == ["centre"]


def test_nothing_is_left_behind(own_course: Path) -> None:
    path = list(sys.path)
    read_reference(own_course, "warmup")
    assert sys.path == path
    assert not list(own_course.rglob("*.pyc"))
    assert not list(own_course.rglob("__pycache__"))


def test_two_courses_in_one_process_do_not_meet(course: Path, own_course: Path, edit: Edit) -> None:
    edit("reference/warmup/solution.py", "return learning_rate0 /", "return 10 * learning_rate0 /")
    one, other = read_reference(course, "warmup"), read_reference(own_course, "warmup")
    inputs = {"learning_rate0": 1.0, "epoch_num": 1, "decay_rate": 1.0}
    assert (returned(one, **inputs), returned(other, **inputs)) == (0.5, 5.0)


def test_an_edit_of_the_same_length_in_the_same_second_is_seen(own_course: Path, edit: Edit) -> None:
    inputs = {"learning_rate0": 1.0, "epoch_num": 1, "decay_rate": 1.0}
    assert returned(read_reference(own_course, "warmup"), **inputs) == 0.5
    edit("reference/warmup/solution.py", "(1 + decay_rate", "(3 + decay_rate")
    assert returned(read_reference(own_course, "warmup"), **inputs) == 0.25
    assert returned(read_reference(own_course, "warmup"), "epoch_left_out", **inputs) == 0.25


@pytest.mark.parametrize("statement", ["from . import solution", "from .solution import update_lr"])
def test_cases_may_import_the_solution(own_course: Path, statement: str) -> None:
    path = own_course / "reference/warmup/cases.py"
    path.write_text(f"{statement}\n{path.read_text()}")
    assert len(read_reference(own_course, "warmup").exercises) == 2


def test_public_cases_come_first_in_the_order_declared(course: Path) -> None:
    reference = read_reference(course, "warmup")
    assert [case.name for case in reference.cases(reference.exercises[0])] == [
        "three epochs",
        "far along",
        "default decay",
    ]


def test_a_mistake_is_called_in_place_of_the_function(course: Path) -> None:
    reference = read_reference(course, "warmup")
    inputs = {"learning_rate0": 0.5, "epoch_num": 3, "decay_rate": 2.0}
    assert returned(reference, "grows", **inputs) == 3.5
    assert returned(reference, "epoch_left_out", **inputs) == 0.5 / 3
    assert returned(reference, **inputs) == 0.5 / 7


def test_a_mistake_may_call_the_solutions_functions_by_name(course: Path) -> None:
    reference = read_reference(course, "warmup")
    module = reference.module(reference.mistakes_of("centre")["one_mean"])
    assert module.centre.__globals__ is module.__dict__
    assert module.centre.__globals__["mean_of_rows"] is module.mean_of_rows


def test_a_mistake_keeps_its_default_arguments(course: Path) -> None:
    reference = read_reference(course, "warmup")
    assert returned(reference, "grows", learning_rate0=1.0, epoch_num=10) == 2.0


def test_a_mistake_may_use_what_its_own_file_defines(own_course: Path, edit: Edit) -> None:
    edit(
        "reference/warmup/mistakes.py",
        "    return learning_rate0 * (1 + decay_rate * epoch_num)\n",
        "    return BASE * math.exp(_nothing())\n\n\nBASE = 3\n\n\ndef _nothing():\n    return 0\n",
    )
    edit("reference/warmup/mistakes.py", "import numpy as np\n", "import math\n\nimport numpy as np\n")
    reference = read_reference(own_course, "warmup")
    assert returned(reference, "grows", learning_rate0=1.0, epoch_num=10) == 3.0


def test_a_mistake_keeps_the_defaults_of_keyword_only_parameters(own_course: Path, edit: Edit) -> None:
    edit("reference/warmup/mistakes.py", "epoch_num, decay_rate=0.1):", "epoch_num, *, decay_rate=0.1):")
    reference = read_reference(own_course, "warmup")
    assert returned(reference, "grows", learning_rate0=1.0, epoch_num=10) == 2.0


def test_the_solutions_other_functions_call_the_faulty_one(own_course: Path) -> None:
    path = own_course / "reference/warmup/solution.py"
    path.write_text(path.read_text() + "\n\ndef twice(x):\n    return 2 * update_lr(x, 1, 1.0)\n")
    reference = read_reference(own_course, "warmup")
    assert reference.module(reference.mistakes_of("update_lr")["grows"]).twice(1.0) == 4.0


def test_every_module_is_a_fresh_one(course: Path) -> None:
    reference = read_reference(course, "warmup")
    reference.module().update_lr = None
    assert callable(reference.module().update_lr)


REFUSED = {
    "a missing import": (
        "reference/warmup/mistakes.py",
        "import numpy as np\n",
        "import numpy as np\nimport no_such_module\n",
        r"mistakes\.py, line \d+: ModuleNotFoundError: No module named 'no_such_module'",
    ),
    "two functions of one name": (
        "reference/warmup/mistakes.py",
        "def one_mean(X)",
        "def grows(X)",
        r"mistakes\.py, line \d+: line \d+ defines grows already",
    ),
    "two exercises of one name": (
        "reference/warmup/cases.py",
        "def centre(",
        "def update_lr(",
        r"cases\.py, line \d+: line \d+ defines update_lr already",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "problem"), REFUSED.values(), ids=REFUSED)
def test_a_reference_that_cannot_be_read_is_told(
    own_course: Path, edit: Edit, file: str, old: str, new: str, problem: str
) -> None:
    edit(file, old, new)
    before = set(sys.modules)
    with pytest.raises(CourseError, match=problem):
        read_reference(own_course, "warmup")
    assert set(sys.modules) == before


def test_a_generator_of_cases_that_raises_is_told(own_course: Path, edit: Edit) -> None:
    edit("reference/warmup/cases.py", "rng = np.random", "rng = np.rondom")
    reference = read_reference(own_course, "warmup")
    with pytest.raises(CourseError, match=r"cases\.py, line \d+: centre: AttributeError: .*rondom"):
        reference.cases(reference.exercises[1])


def test_mistakes_may_be_missing_but_cases_may_not(own_course: Path) -> None:
    (own_course / "reference/warmup/mistakes.py").unlink()
    assert read_reference(own_course, "warmup").mistakes == ()
    (own_course / "reference/warmup/cases.py").unlink()
    with pytest.raises(CourseError, match=r"cases\.py: there is no such file"):
        read_reference(own_course, "warmup")


def test_a_missing_reference_is_told(own_course: Path) -> None:
    shutil.rmtree(own_course / "reference/warmup")
    with pytest.raises(CourseError, match=r"solution\.py: there is no such file"):
        read_reference(own_course, "warmup")


@pytest.mark.parametrize(
    ("old", "new", "problem", "remedy"),
    [
        (
            '"decay_rate * epoch_num": ',
            '"decay_rate*epoch_num": ',
            r"mistake epoch_left_out: replace has 'decay_rate\*epoch_num', which does not occur",
            "copy the piece from",
        ),
        (
            ': "decay_rate"}',
            ': "("}',
            "what replace makes of update_lr is not Python",
            "replace whole expressions",
        ),
        (
            'edited(\n    "update_lr"',
            'edited(\n    "rng"',
            "mistake epoch_left_out: rng is no function of solution.py",
            "edit a function",
        ),
    ],
    ids=["a piece that does not occur", "not Python", "no function"],
)
def test_an_edit_that_cannot_be_made_is_told(
    own_course: Path, edit: Edit, old: str, new: str, problem: str, remedy: str
) -> None:
    edit("reference/warmup/mistakes.py", old, new)
    reference = read_reference(own_course, "warmup")
    with pytest.raises(CourseError, match=problem) as caught:
        reference.module(reference.mistakes[1])
    assert caught.value.help.startswith(remedy)
