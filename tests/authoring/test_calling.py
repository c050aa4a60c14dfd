"""Calls in this process are as in the box."""

from __future__ import annotations

import random
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.authoring.calling import Called, call, generators, read_calls, split_arguments, student_module
from grader.errors import CourseError
from grader.values import Value, decode, encode


def module_of(**names: object) -> types.ModuleType:
    module = types.ModuleType("student")
    module.__dict__.update(names)
    return module


def run(function: Callable[..., Value], inputs: dict[str, Value], parameters: str = "", **kw: Any) -> Called:
    return call(module_of(f=function), "f", "case", inputs, parameters.split(), **kw)


def value_of(called: Called) -> Value:
    assert called.value is not None, called.error
    return decode(called.value)


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"a": 1, "b": 2, "c": 3}, ([1, 2, 3], {})),
        ({"a": 1, "c": 3}, ([1], {"c": 3})),
        ({"b": 2}, ([], {"b": 2})),
        ({}, ([], {})),
    ],
    ids=["all", "a gap", "no first", "none"],
)
def test_inputs_are_positional_as_far_as_the_signature_has_no_gap(
    inputs: dict[str, int], expected: tuple[list[int], dict[str, int]]
) -> None:
    assert split_arguments(inputs, ["a", "b", "c"]) == expected


def test_a_student_may_name_the_parameters_otherwise() -> None:
    assert value_of(run(lambda p, q: p - q, {"a": 5, "b": 2}, "a b")) == 3


def test_inputs_are_copied_for_each_call() -> None:
    x = np.ones(3)

    def spoil(x: np.ndarray) -> np.ndarray:
        x *= 2
        return x

    np.testing.assert_array_equal(value_of(run(spoil, {"x": x}, "x")), [2, 2, 2])
    np.testing.assert_array_equal(x, [1, 1, 1])


def test_encoded_inputs_are_decoded() -> None:
    called = call(module_of(f=lambda x: x + 1), "f", "case", encode({"x": 1}), ["x"])
    assert value_of(called) == 2


def test_an_exception_is_what_happened() -> None:
    called = run(lambda x: 1 / x, {"x": 0}, "x")
    assert called.value is None
    assert isinstance(called.error, ZeroDivisionError)


def test_a_constant_is_read() -> None:
    assert value_of(call(module_of(Q1="b"), "Q1", "case", {}, [])) == "b"


def test_warnings_of_numpy_and_python_are_silenced() -> None:
    assert np.isnan(value_of(run(np.log, {"x": np.array(-1.0)}, "x")))
    assert value_of(run(lambda x: np.matrix([[x]]).item(), {"x": 2}, "x")) == 2


def test_a_custom_call_gets_the_module_and_the_inputs_by_name() -> None:
    def f(student: Any, *, x: int, y: int) -> int:
        return int(student.f(x) + y)

    assert value_of(run(lambda x: x * 10, {"y": 1, "x": 4}, "x", custom=f)) == 41


def test_a_custom_call_may_plant_a_helper_that_the_function_sees() -> None:
    module = types.ModuleType("student")
    exec("def helper(): return 1\ndef f(): return helper()", module.__dict__)

    def f(student: Any) -> int:
        student.helper = lambda: 7
        return int(student.f())

    assert value_of(call(module, "f", "case", {}, [], f)) == 7


def test_generators_are_repeatable_by_case_and_put_back() -> None:
    def draw() -> list[float]:
        return [np.random.rand(), random.random()]

    before = np.random.get_state()[1].tolist(), random.getstate()
    first, again, salted = (value_of(run(draw, {}, salt=salt)) for salt in (0, 0, 1))
    other = value_of(call(module_of(f=draw), "f", "another", {}, []))
    assert first == again
    assert len({*first, *salted, *other}) == 6
    assert (np.random.get_state()[1].tolist(), random.getstate()) == before


def test_no_plain_seed_gives_the_generators_state() -> None:
    with generators("case"):
        drawn = np.random.rand()
    for seed in range(1000):
        assert np.random.RandomState(seed).rand() != drawn


def test_a_student_module_runs_its_source_over_the_stub() -> None:
    stub = b"def helper(x): return x + 1\ndef f(x): raise NotImplementedError\n"
    module = student_module(stub, b"def f(x): return helper(x)\n")
    assert module.f(1) == 2


def test_calls_are_the_functions_that_the_file_defines(tmp_path: Path) -> None:
    path = tmp_path / "calls.py"
    loop = "for name in ('Q1', 'Q2'):\n    globals()[name] = lambda student: student\n"
    path.write_text(f"import math\n\n\ndef f(student): ...\n\n\n{loop}")
    assert list(read_calls(path)) == ["f", "Q1", "Q2"]


def test_without_calls_there_are_none(tmp_path: Path) -> None:
    assert read_calls(tmp_path / "calls.py") == {}


def test_calls_that_raise_are_told_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "calls.py"
    path.write_text("x = 1\ny = unknown\n")
    with pytest.raises(CourseError, match=r"calls\.py, line 2: NameError: name 'unknown' is not defined"):
        read_calls(path)
