"""What every kind of box promises, whatever a submission does."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.course.model import Submission
from grader.results import Kind, Run
from grader.sandbox.box import Box, open_box
from grader.values import Opaque
from tests.sandbox.conftest import small_assignment, value

RIGHT = """
def add(x, y=2):
    return x + y
def scale(x, *, factor=1):
    return relu(x)
def driven(x):
    return relu(x)
"""

Runner = Callable[[str | bytes], Run]


def kinds(run: Run, exercise: str) -> list[Kind]:
    return [outcome.kind for (name, _), outcome in run.outcomes.items() if name == exercise]


def test_every_case_gets_what_its_function_returned(run: Runner):
    outcomes = run(RIGHT).outcomes
    assert len(outcomes) == 8
    assert value(outcomes["add", "defaults"]) == 3.0
    np.testing.assert_array_equal(value(outcomes["add", "arrays"]), [5.0, 6.0, 7.0])
    assert value(outcomes["add", "secret"]) == 43.5


def test_public_cases_are_answered_before_hidden_ones(run: Runner):
    names = [name for _, name in run(RIGHT).outcomes]
    assert names[-2:] == ["secret", "more secret"]


def test_helpers_of_the_stub_are_in_scope_without_being_in_the_file(run: Runner):
    assert value(run(RIGHT).outcomes["scale", "negative"]) == 0.0


def test_a_helper_of_the_students_own_wins_over_the_stubs(run: Runner):
    outcomes = run(RIGHT + "\ndef relu(z):\n    return 'own'\n").outcomes
    assert value(outcomes["scale", "negative"]) == "own"


def test_what_calls_py_plants_is_gone_for_the_next_call(run: Runner):
    source = (
        RIGHT + "\nseen = []\ndef driven(x):\n    seen.append(relu(1))\n    return seen, relu is not None\n"
    )
    outcomes = run(source).outcomes
    assert value(outcomes["driven", "one"]) == (["planted"], True)
    assert value(run(RIGHT).outcomes["scale", "positive"]) == 2.0


def test_stub_functions_do_not_stand_in_for_missing_ones(run: Runner):
    assert kinds(run("x = 1\n"), "add") == [Kind.MISSING] * 4


def test_inputs_are_fresh_for_every_call(run: Runner):
    source = RIGHT + "\ndef add(x, y=2):\n    x += y\n    return x\n"
    np.testing.assert_array_equal(value(run(source).outcomes["add", "arrays"]), [5.0, 6.0, 7.0])


def test_an_exception_comes_back_with_the_students_own_line(run: Runner):
    outcome = run("def add(x, y=2):\n    z = x\n    return {}['k']\n").outcomes["add", "defaults"]
    assert outcome.kind is Kind.RAISED
    assert outcome.raised is not None
    assert (outcome.raised.type_name, outcome.raised.message) == ("KeyError", "'k'")
    assert [(frame.function, frame.line, frame.text) for frame in outcome.raised.frames] == [
        ("add", 3, "return {}['k']")
    ]


def test_an_exception_of_the_students_own_class_is_named_by_its_nearest_builtin(run: Runner):
    source = "class Odd(KeyError): pass\ndef add(x, y=2):\n    raise Odd(x)\n"
    raised = run(source).outcomes["add", "defaults"].raised
    assert raised is not None
    assert (raised.type_name, raised.nearest) == ("Odd", "KeyError")


def test_a_call_that_does_not_fit_has_no_frames(run: Runner):
    raised = run("def add():\n    return 1\n").outcomes["add", "defaults"].raised
    assert raised is not None
    assert raised.nearest == "TypeError"
    assert raised.frames == ()


@pytest.mark.parametrize(
    "ending",
    ["import os; os._exit(0)", "import ctypes; ctypes.string_at(0)", "import sys; sys.exit()"],
    ids=["exit", "segfault", "sys.exit"],
)
def test_a_case_that_ends_the_process_costs_only_itself(run: Runner, ending: str):
    source = RIGHT + f"\ndef add(x, y=2):\n    if y == 5:\n        {ending}\n    return x + y\n"
    outcomes = run(source).outcomes
    assert outcomes["add", "arrays"].kind in (Kind.CRASHED, Kind.RAISED)
    assert value(outcomes["add", "secret"]) == 43.5
    assert value(outcomes["add", "defaults"]) == 3.0
    assert kinds(run(source), "scale") == [Kind.RETURNED] * 2


def test_a_segfault_is_named(run: Runner):
    outcome = run("import ctypes\ndef add(x, y=2):\n    ctypes.string_at(0)\n").outcomes["add", "defaults"]
    assert outcome.kind is Kind.CRASHED
    assert "SIGSEGV" in outcome.reason


def test_after_two_time_outs_the_rest_of_the_exercise_is_skipped(run: Runner):
    outcomes = run(RIGHT + "\ndef add(x, y=2):\n    while True: pass\n")
    assert kinds(outcomes, "add") == [Kind.TIMED_OUT, Kind.TIMED_OUT, Kind.SKIPPED, Kind.SKIPPED]
    assert kinds(outcomes, "scale") == [Kind.RETURNED] * 2


def test_a_loop_that_swallows_every_exception_is_ended_all_the_same(run: Runner):
    source = """
def add(x, y=2):
    while True:
        try:
            while True: pass
        except BaseException: pass
"""
    assert kinds(run(source), "add")[0] is Kind.TIMED_OUT


def test_a_sleeper_is_ended(run: Runner):
    assert kinds(run("import time\ndef add(x, y=2):\n    time.sleep(60)\n"), "add")[0] is Kind.TIMED_OUT


def test_an_endless_loop_at_import_ends_the_whole_file(run: Runner):
    outcomes = run("while True: pass\n")
    assert outcomes.load.kind is Kind.TIMED_OUT
    assert {outcome.kind for outcome in outcomes.outcomes.values()} == {Kind.TIMED_OUT}


def test_the_budget_of_a_submission_ends_it():
    with open_box(small_assignment(submission_seconds=0.3), "weak") as box:
        loops = "def f(*a, **k):\n    while True: pass\nadd = scale = driven = f\n"
        outcomes = box.run(Submission("someone", "small", loops.encode()))
    assert kinds(outcomes, "driven") == [Kind.SKIPPED] * 2
    assert "0.3 s" in outcomes.outcomes["driven", "one"].reason


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("def add(x:\n", "never closed"),
        (b"x = 1\0\n", "null bytes"),
        ("x = " + "(" * 5000 + ")" * 5000, "too many nested"),
        (b"\xff\xfe\x00\x01\x02" * 100, ""),
    ],
    ids=["unbalanced", "null", "nested", "binary"],
)
def test_a_file_that_does_not_parse_is_data(run: Runner, source: str | bytes, message: str):
    outcomes = run(source)
    assert outcomes.load.kind is Kind.RAISED
    assert outcomes.load.raised is not None
    assert message in outcomes.load.raised.message
    assert {outcome.kind for outcome in outcomes.outcomes.values()} == {Kind.MISSING}
    assert all("before defining it" in outcome.reason for outcome in outcomes.outcomes.values())


def test_functions_above_a_line_that_fails_are_graded(run: Runner):
    outcomes = run(RIGHT + "\nraise RuntimeError('demo')\n")
    assert outcomes.load.kind is Kind.RAISED
    assert value(outcomes.outcomes["add", "defaults"]) == 3.0


@pytest.mark.parametrize(
    "source",
    [
        b"\xef\xbb\xbf" + RIGHT.encode(),
        RIGHT.replace("\n", "\r\n").encode(),
        RIGHT.replace("\n", "\r").encode(),
        b"# -*- coding: latin-1 -*-\n# caf\xe9\n" + RIGHT.encode(),
    ],
    ids=["bom", "windows", "old mac", "coding cookie"],
)
def test_encodings_and_line_ends_do_not_matter(run: Runner, source: bytes):
    outcomes = run(source)
    assert outcomes.load.kind is Kind.RETURNED
    assert outcomes.load.notes == ()
    assert value(outcomes.outcomes["add", "defaults"]) == 3.0


def test_latin_1_without_a_cookie_is_read_and_noted(run: Runner):
    outcomes = run(b"# caf\xe9\n" + RIGHT.encode())
    assert value(outcomes.outcomes["add", "defaults"]) == 3.0
    assert outcomes.load.notes == ("The file is not UTF-8; it was read as Latin-1.",)


def test_imports_of_notebooks_do_not_cost_anything(run: Runner):
    source = """
import matplotlib.pyplot as plt
from init_utils import relu, load_data
from testCases import *
plt.rcParams["figure.figsize"] = (5.0, 4.0)
plt.plot([1], label="x").set(title="y")
X, Y = [0], load_data()
"""
    outcomes = run(source + RIGHT)
    assert outcomes.load.kind is Kind.RETURNED
    assert len(outcomes.load.notes) == 3
    assert value(outcomes.outcomes["scale", "positive"]) == 2.0


def test_a_file_that_catches_the_missing_module_itself_is_left_alone(run: Runner):
    source = "try:\n    import cupy as np\nexcept ImportError:\n    import numpy as np\nimport matplotlib\n"
    outcomes = run(source + "def add(x, y=2):\n    return float(np.float64(x) + y)\n")
    assert value(outcomes.outcomes["add", "defaults"]) == 3.0


def test_main_blocks_are_not_run(run: Runner):
    assert run(RIGHT + "\nif __name__ == '__main__':\n    raise SystemExit(1)\n").load.kind is Kind.RETURNED


def test_input_finds_nothing_to_read(run: Runner):
    raised = run("def add(x, y=2):\n    return input()\n").outcomes["add", "defaults"].raised
    assert raised is not None
    assert raised.nearest == "EOFError"


def test_what_hidden_cases_print_is_kept_apart(run: Runner):
    outcomes = run(RIGHT + "\ndef add(x, y=2):\n    print('saw', x)\n    return x\n")
    assert "saw 1.0" in outcomes.printed_public
    assert "42.5" not in outcomes.printed_public
    assert "saw 42.5" in outcomes.printed_hidden


def test_a_flood_of_output_is_cut_and_costs_nothing(run: Runner):
    outcomes = run(RIGHT + "\ndef scale(x, *, factor=1):\n    print('x' * 10 ** 6)\n    return 7\n")
    assert value(outcomes.outcomes["scale", "negative"]) == 7
    assert len(outcomes.printed_public) == 64 * 1024


@pytest.mark.parametrize(
    ("expression", "type_name"),
    [
        ("(i for i in range(3))", "generator"),
        ("object()", "object"),
        ("np.array([object()])", "ndarray of dtype object"),
        ("add", "function"),
    ],
    ids=["generator", "object", "object array", "function"],
)
def test_what_is_not_plain_crosses_as_its_types_name(run: Runner, expression: str, type_name: str):
    source = f"import numpy as np\ndef add(x, y=2):\n    return {expression}\n"
    assert value(run(source).outcomes["add", "defaults"]) == Opaque(type_name)


@pytest.mark.parametrize(
    "expression",
    ["np.broadcast_to(1.0, (10 ** 6, 10 ** 6))", "'x' * 10 ** 7", "[0] * 10 ** 6"],
    ids=["array", "text", "list"],
)
def test_a_value_over_the_limit_does_not_cross(run: Runner, expression: str):
    source = f"import numpy as np\ndef add(x, y=2):\n    return {expression}\n"
    assert kinds(run(source), "add") == [Kind.TOO_LARGE] * 4


def test_a_structure_that_contains_itself_is_cut(run: Runner):
    source = "def add(x, y=2):\n    knot = []\n    knot.append(knot)\n    return knot\n"
    assert kinds(run(source), "add") == [Kind.RETURNED] * 4


def test_the_generators_state_is_repeatable_and_nobodys_seed(run: Runner):
    source = """
import numpy as np, random
def add(x, y=2):
    return float(np.random.rand()), random.random()
def scale(x, *, factor=1):
    np.random.seed(0)
    return float(np.random.rand())
"""
    first, second = run(source).outcomes, run(source).outcomes
    assert value(first["add", "defaults"]) == value(second["add", "defaults"])
    assert value(first["add", "defaults"]) != value(first["add", "secret"])
    assert value(first["add", "defaults"])[0] != value(first["scale", "negative"])


def test_forged_frames_cost_the_case_and_are_reported(run: Runner):
    source = (
        RIGHT
        + """
import os
def add(x, y=2):
    for descriptor in range(3, 32):
        try: os.write(descriptor, b"\\x04" * 99)
        except OSError: pass
    return x
"""
    )
    outcomes = run(source)
    assert Kind.TAMPERED in kinds(outcomes, "add")
    assert any(event.startswith("tampering") for event in outcomes.events)
    assert kinds(outcomes, "scale") == [Kind.RETURNED] * 2


def test_one_submission_leaves_nothing_for_the_next(run: Runner):
    run("import numpy as np, builtins\nnp.maximum = None\nbuiltins.stain = 1\n")
    assert value(run(RIGHT).outcomes["scale", "positive"]) == 2.0
    assert run("assert 'stain' not in dir(__builtins__)\n" + RIGHT).load.kind is Kind.RETURNED


def test_the_sandbox_is_named_on_the_run(box: Box, run: Runner):
    assert run(RIGHT).sandbox == box.name


def test_printing_for_ever_is_ended_by_the_clock(run: Runner):
    source = RIGHT + "\nimport os\ndef add(x, y=2):\n    while True: os.write(1, b'x' * 65536)\n"
    outcomes = run(source)
    assert kinds(outcomes, "add")[:2] == [Kind.TIMED_OUT] * 2
    assert kinds(outcomes, "scale") == [Kind.RETURNED] * 2


def test_one_exercise_that_ends_the_process_again_and_again_costs_the_others_nothing(run: Runner):
    outcomes = run(RIGHT + "\nimport os\ndef add(x, y=2):\n    os._exit(0)\n")
    assert kinds(outcomes, "add") == [Kind.CRASHED] * 3 + [Kind.SKIPPED]
    assert kinds(outcomes, "scale") == kinds(outcomes, "driven") == [Kind.RETURNED] * 2
