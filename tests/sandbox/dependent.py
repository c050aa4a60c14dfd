"""An assignment whose last exercise, `user`, uses the others, and its reference."""

from __future__ import annotations

from grader.course.model import Assignment, AssignmentFile, Limits
from tests.sandbox.conftest import _case, _exercise

SOLUTION = b'''
"""The reference."""
import numpy as np
from grader.course.declare import given

asked = []
SECRET = 12345.678 * 2

@given
def make(step):
    return lambda x: x + step

def helper(x):
    asked.append(x)
    print("the reference prints")
    if isinstance(x, str):
        raise {"key": KeyError, "unicode": UnicodeError, "exit": SystemExit}[x]("words of the reference")
    return x / 2

def mapped(f, x, *, twice=False):
    return f(f(x)) if twice else f(x)

def fill(into, value):
    into["value"] = value
    into["list"].append(value)
    into["array"] += value
    into.pop("old", None)

def draw():
    return float(np.random.rand()), len(asked)

def endless():
    while True: pass

def user(x):
    return helper(x)
'''

#: Everything but `user`, which the tests write.
WRONG = """
import numpy as np
def helper(x):
    raise NotImplementedError
def mapped(f, x): return None
def fill(into, value): pass
"""

CALLS = b"""
def user(student, x, planted=False):
    if planted:
        student.helper = lambda x: "planted"
    return student.user(x)
"""

HELPERS = ("helper", "mapped", "fill", "draw", "endless")


def assignment(**limits: float) -> Assignment:
    """One exercise, `user`, that uses five others."""
    cases = (
        _case("one", {"x": 1.0}),
        _case("planted", {"x": 2.0, "planted": True}),
        _case("three", {"x": 3.0}, "hidden"),
    )
    return Assignment(
        "small",
        AssignmentFile(title="Small", week=1, limits=Limits(import_seconds=0.5, value_mib=1, **limits)),
        (
            *(_exercise(name, ("x",), _case("any", {"x": 1.0})) for name in HELPERS),
            _exercise("user", ("x",), *cases),
        ),
        b"",
        CALLS,
        solution=SOLUTION,
    )
