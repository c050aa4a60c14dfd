"""The cases of an assignment as the tests that other graders ask for: calls, expected values, tolerances.

Every tool gets the same fifteen tests in its own form. Values are literals, as a teacher would write them and
as is fastest to load; numbers are compared with `numpy.testing.assert_allclose` in softmark's own metric, so
that all tools agree on who is right.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.course.model import Assignment, Case, Exercise
from grader.values import decode

#: Compares what a function returned; the same text in the tests of every tool.
CHECK = '''\
import numpy as np
from numpy import array


def check(returned, expected, relative, absolute):
    """Raise AssertionError where a value has not the structure, the shapes and the numbers expected."""
    if isinstance(expected, dict):
        assert isinstance(returned, dict) and returned.keys() == expected.keys()
        for key in expected:
            check(returned[key], expected[key], relative, absolute)
    elif isinstance(expected, (list, tuple)):
        assert isinstance(returned, (list, tuple)) and len(returned) == len(expected)
        for part, wanted in zip(returned, expected):
            check(part, wanted, relative, absolute)
    elif isinstance(expected, (str, bool)):
        assert returned == expected
    else:
        assert np.shape(returned) == np.shape(expected)
        scale = np.sqrt(np.mean(np.square(expected))) or 1.0
        np.testing.assert_allclose(returned, expected, rtol=relative, atol=absolute + relative * scale)
'''


@dataclass(frozen=True)
class Test:
    """One case as a test.

    Parameters
    ----------
    name : str
        A Python name: "case_07".
    exercise, case : str
        As softmark's results name them.
    hidden : bool
    call : str
        The call as an expression, the function's name first.
    expected : str
        A literal.
    tolerance : str
        The last two arguments of ``check``.
    """

    name: str
    exercise: str
    case: str
    hidden: bool
    call: str
    expected: str
    tolerance: str

    def body(self, prefix: str = "", indent: str = "    ") -> str:
        """Return the statements of the test; `prefix` comes before the function's name."""
        lines = (
            f"expected = {self.expected}",
            f"returned = {prefix}{self.call}",
            f"check(returned, expected, {self.tolerance})",
        )
        return "".join(f"{indent}{line}\n" for line in lines)


def written_for(assignment: Assignment) -> list[Test]:
    """Return the cases of an assignment, in its order."""
    pairs = [(exercise, case) for exercise in assignment.exercises for case in exercise.cases]
    return [_test(number, *pair) for number, pair in enumerate(pairs, start=1)]


def _test(number: int, exercise: Exercise, case: Case) -> Test:
    tolerance = exercise.spec.tolerance
    return Test(
        name=f"case_{number:02d}",
        exercise=exercise.name,
        case=case.name,
        hidden=case.visibility == "hidden",
        call=f"{exercise.name}({', '.join(_arguments(exercise.spec.parameters, case.inputs))})",
        expected=_literal(decode(case.expected)),
        tolerance=f"{tolerance.relative!r}, {tolerance.absolute!r}",
    )


def _arguments(parameters: tuple[str, ...], inputs: dict[str, Any]) -> Iterator[str]:
    """Yield arguments by position as far as they follow the signature, by name after a gap."""
    positional = True
    for place, (name, value) in enumerate(inputs.items()):
        positional = positional and place < len(parameters) and parameters[place] == name
        yield _literal(value) if positional else f"{name}={_literal(value)}"


def _literal(value: Any) -> str:
    """Return a value as Python source, to the last digit."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "(" + "".join(f"{_literal(item)}, " for item in value) + ")"
    if isinstance(value, list):
        return "[" + ", ".join(_literal(item) for item in value) + "]"
    if isinstance(value, np.ndarray):
        digits = {"threshold": sys.maxsize, "floatmode": "unique", "linewidth": sys.maxsize}
        with np.printoptions(**digits):
            return " ".join(repr(value).split())
    return repr(value.item() if isinstance(value, np.generic) else value)
