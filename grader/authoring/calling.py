"""Calls one function on one case in this process, as the box does with a student's."""

from __future__ import annotations

import copy
import hashlib
import random
import time
import types
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from grader.authoring.source import Source
from grader.errors import CourseError
from grader.values import Encoded, Value, decode, encode

#: Argument name to value, encoded or not.
Inputs = Encoded | dict[str, Value]

#: A function of ``calls.py``: called with the module and the inputs by keyword.
CustomCall = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Called:
    """What one call came to.

    Parameters
    ----------
    value : Encoded or None
        What was returned; None where it raised.
    error : Exception or None
        What it raised.
    seconds : float
        CPU time of the call.
    """

    value: Encoded | None
    error: Exception | None
    seconds: float


def call(
    module: types.ModuleType,
    exercise: str,
    case: str,
    inputs: Inputs,
    parameters: Iterable[str],
    custom: CustomCall | None = None,
    *,
    salt: int = 0,
) -> Called:
    """Call an exercise's function of a module on one case.

    Parameters
    ----------
    module : module
        Defines the function; a fresh one for each case, because ``calls.py`` may plant helpers in it.
    exercise, case : str
        Their names; the state of the global random generators follows from them.
    inputs : Encoded, or dict of str to value
        The call gets copies.
    parameters : iterable of str
        Of the reference's function, in order.
    custom : callable, optional
        The function of ``calls.py``.
    salt : int
        Another one gives another state of the random generators.
    """
    arguments = decode(inputs) if isinstance(inputs, Encoded) else copy.deepcopy(inputs)
    with generators(f"{exercise}\0{case}\0{salt}"), quiet():
        start = time.thread_time()
        try:
            result = _dispatch(module, exercise, arguments, parameters, custom)
            seconds = time.thread_time() - start
            return Called(encode(result), None, seconds)
        except Exception as error:
            return Called(None, error, time.thread_time() - start)


def student_module(stub: bytes, source: bytes) -> types.ModuleType:
    """Return a submission as the box would have it: its source run over the stub in one namespace.

    For the course's own tests; what students hand in runs in the box only.
    """
    module = types.ModuleType("student")
    with generators("import"):
        for text in (stub, source):
            exec(compile(text, "student.py", "exec", dont_inherit=True), module.__dict__)
    return module


def read_calls(path: Path) -> dict[str, CustomCall]:
    """Return the functions that ``calls.py`` has; none where there is no such file.

    Raises
    ------
    CourseError
        The file cannot be run.
    """
    if not path.is_file():
        return {}
    source = Source.read(path)
    namespace: dict[str, Any] = {"__name__": "calls"}
    with told(path):
        exec(source.code(), namespace)
    return {name: value for name, value in namespace.items() if isinstance(value, types.FunctionType)}


def parameter_names(function: Callable[..., Any]) -> tuple[str, ...]:
    """Return the names of the parameters that can be given by position or name."""
    code = getattr(function, "__code__", None)
    return tuple(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]) if code else ()


def split_arguments(
    arguments: dict[str, Value], parameters: Iterable[str]
) -> tuple[list[Value], dict[str, Value]]:
    """Split inputs into positional ones, as far as they follow the signature without a gap, and named."""
    positional, named = [], dict(arguments)
    for name in parameters:
        if name not in named:
            break
        positional.append(named.pop(name))
    return positional, named


@contextmanager
def generators(key: str) -> Iterator[None]:
    """Put the global random generators into a repeatable state that no plain seed gives, for a while."""
    before = np.random.get_state(), random.getstate()
    # np.random.seed(<int>) never gives the state that an array of eight words gives
    words = hashlib.sha256(key.encode()).digest()
    np.random.seed(np.frombuffer(words, "<u4"))
    random.seed(words)
    try:
        yield
    finally:
        np.random.set_state(before[0])
        random.setstate(before[1])


@contextmanager
def quiet() -> Iterator[None]:
    """Silence warnings: numpy's about infinities are of no use where they are part of a case."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def told(path: Path, what: str = "") -> Iterator[None]:
    """Turn what the author's code raises into a CourseError that names file, line and error."""
    try:
        yield
    except CourseError:
        raise
    except Exception as error:
        lines = [trace.tb_lineno for trace in _trace(error) if _file(trace) == str(path)]
        where = f"{path}, line {lines[-1]}" if lines else str(path)
        said = f"{what}: " if what else ""
        raise CourseError(f"{where}: {said}{type(error).__name__}: {error}.", help="mend the file") from error


def _dispatch(
    module: types.ModuleType,
    exercise: str,
    arguments: dict[str, Value],
    parameters: Iterable[str],
    custom: CustomCall | None,
) -> Value:
    if custom is not None:
        return custom(module, **arguments)
    target = getattr(module, exercise)
    if not callable(target):
        return target  # a constant to set
    positional, named = split_arguments(arguments, parameters)
    return target(*positional, **named)


def _file(trace: types.TracebackType) -> str:
    return trace.tb_frame.f_code.co_filename


def _trace(error: Exception) -> Iterator[types.TracebackType]:
    trace = error.__traceback__
    while trace is not None:
        yield trace
        trace = trace.tb_next
