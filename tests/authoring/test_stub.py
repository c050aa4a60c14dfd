"""The stub is what the solution says, without what it does."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from authoring_edits import Edit

from grader.authoring.reference import read_reference
from grader.authoring.stub import make_stub
from grader.course.load import load_file
from grader.errors import CourseError

SOLUTION = "reference/warmup/solution.py"
CASES = "reference/warmup/cases.py"
MISTAKES = "reference/warmup/mistakes.py"


def stub_of(root: Path) -> str:
    return make_stub(load_file(root, "warmup"), read_reference(root, "warmup"))


def names_defined(stub: str) -> list[str]:
    return [node.name for node in ast.parse(stub).body if isinstance(node, ast.FunctionDef)]


def test_a_stub_has_title_helpers_and_exercises_in_order(course: Path) -> None:
    stub = stub_of(course)
    assert stub.startswith(
        '"""Warm-up (week 1).\n\nReplace each ``raise NotImplementedError`` by your own code.'
    )
    assert "\n\nimport numpy as np\n\n\ndef mean_of_rows(X):\n" in stub
    assert names_defined(stub) == ["mean_of_rows", "update_lr", "centre"]
    assert stub.endswith("    raise NotImplementedError\n")


def test_helpers_are_given_whole_and_without_the_mark(course: Path) -> None:
    stub = stub_of(course)
    assert "    return np.mean(X, axis=1, keepdims=True)\n" in stub
    assert "given\n" not in stub.split('"""', 2)[2]


def test_exercises_have_signature_and_docstring_and_nothing_of_the_answer(course: Path) -> None:
    stub = stub_of(course)
    assert "def update_lr(learning_rate0, epoch_num, decay_rate=1e-1):\n" in stub
    assert "Subtract the mean of each row." in stub
    assert "return learning_rate0 /" not in stub
    assert "X - mu" not in stub


def test_a_stub_runs_and_raises_where_there_is_nothing_yet(course: Path) -> None:
    namespace: dict[str, object] = {}
    exec(stub_of(course), namespace)
    update_lr = namespace["update_lr"]
    assert callable(update_lr)
    with pytest.raises(NotImplementedError):
        update_lr(1.0, 1)


def test_a_stub_is_the_same_each_time(course: Path) -> None:
    assert stub_of(course) == stub_of(course)


def test_lines_have_no_space_at_their_end(own_course: Path, edit: Edit) -> None:
    edit(SOLUTION, "    Parameters\n", "    Parameters  \n")
    assert not any(line != line.rstrip() for line in stub_of(own_course).split("\n"))


def test_imports_of_the_solution_are_copied_but_not_the_graders(own_course: Path, edit: Edit) -> None:
    edit(
        SOLUTION,
        "import numpy as np\n",
        "from __future__ import annotations\n\nimport math\nimport numpy as np\n",
    )
    stub = stub_of(own_course)
    assert "import numpy as np\nimport math\n" in stub
    assert "__future__" not in stub
    assert "grader" not in stub


def test_constants_that_helpers_and_defaults_need_come_along(own_course: Path, edit: Edit) -> None:
    edit(SOLUTION, "@given\n", "BASE = 2\nAXIS = BASE - 1\nRATE = 1e-1\nUNUSED = 3\n\n\n@given\n")
    edit(SOLUTION, "np.mean(X, axis=1,", "np.mean(X, axis=AXIS,")
    edit(SOLUTION, "decay_rate=1e-1", "decay_rate=RATE")
    stub = stub_of(own_course)
    assert "\n\nBASE = 2\nAXIS = BASE - 1\nRATE = 1e-1\n\n\ndef mean_of_rows" in stub
    assert "UNUSED" not in stub


def test_a_helper_that_needs_what_is_not_given_is_refused(own_course: Path, edit: Edit) -> None:
    edit(SOLUTION, "@given\n", "def secret(X):\n    return X\n\n\n@given\n")
    edit(SOLUTION, "np.mean(X,", "np.mean(secret(X),")
    with pytest.raises(CourseError, match=r"mean_of_rows is given to students but uses secret") as caught:
        stub_of(own_course)
    assert caught.value.help == "mark secret with @given, or write mean_of_rows without it"


def test_a_helper_may_call_an_exercise_and_another_helper(own_course: Path, edit: Edit) -> None:
    edit(SOLUTION, "@given\n", "@given\ndef both(X):\n    return mean_of_rows(X), centre(X)\n\n\n@given\n")
    assert names_defined(stub_of(own_course))[:2] == ["both", "mean_of_rows"]


def test_an_exercise_without_docstring_is_refused(own_course: Path) -> None:
    path = own_course / SOLUTION
    path.write_text("def update_lr(learning_rate0, epoch_num, decay_rate): ...\n\ndef centre(X): ...\n")
    with pytest.raises(CourseError, match=r"solution\.py: update_lr has no docstring"):
        stub_of(own_course)


@pytest.mark.parametrize(
    ("mistake", "body"),
    [
        ("grows", "return learning_rate0 * (1 + decay_rate * epoch_num)"),
        ("epoch_left_out", "return learning_rate0 / (1 + decay_rate)"),
    ],
    ids=["a function", "an edit"],
)
def test_a_mistake_may_be_handed_out_under_the_exercises_name(
    own_course: Path, edit: Edit, mistake: str, body: str
) -> None:
    edit(CASES, "points=40", f'points=40, handed_out="{mistake}"')
    edit(MISTAKES, "decay_rate=0.1):\n", "decay_rate=1e-1):\n")
    stub = stub_of(own_course)
    function = stub[stub.index("def update_lr") : stub.index("def centre")]
    assert function.startswith("def update_lr(learning_rate0, epoch_num, decay_rate=1e-1):\n")
    assert '    """Decay the learning rate: ' in function
    assert function.endswith(f'    """\n    {body}\n\n\n')
    assert mistake not in stub
    assert "Something is wrong in update_lr as given: find it and repair it." in stub


def test_a_mistake_of_another_signature_is_not_handed_out(own_course: Path, edit: Edit) -> None:
    edit(CASES, "points=40", 'points=40, handed_out="grows"')
    edit(MISTAKES, "decay_rate=0.1):\n", "decay_rate=0.2):\n")
    with pytest.raises(CourseError, match="grows is handed out but has other parameters than update_lr"):
        stub_of(own_course)
