"""What the names in a function of the reference stand for, found out by running it on its cases."""

from __future__ import annotations

import ast
import sys
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from grader.values import Value

__all__ = ["Names", "Observed", "observing"]

#: What every epsilon in the field is called.
_EPSILONS = ("epsilon", "eps")

#: What the parameters of the field are usually set to.
_USUAL: Final[dict[str, tuple[float, ...]]] = {
    "learning_rate": (0.01, 0.001),
    "beta": (0.9,),
    "beta1": (0.9,),
    "beta2": (0.999,),
    "epsilon": (1e-8, 1e-7),
    "keep_prob": (0.5, 0.86),
    "lambd": (0.1, 0.7),
    "reg": (0.1, 1e-3),
    "seed": (0, 1),
    "t": (1, 2),
    "mini_batch_size": (64,),
}


@dataclass(slots=True)
class Observed:
    """The values that a function's parameters and local names had when it returned, over all calls."""

    values: dict[str, list[Value]] = field(default_factory=dict)

    def add(self, names: Mapping[str, Value]) -> None:
        """Take note of one call's names."""
        for name, value in names.items():
            if not name.startswith("."):  # the iterator of a comprehension
                self.values.setdefault(name, []).append(value)


@dataclass(frozen=True, slots=True)
class Names:
    """The names in one function.

    Parameters
    ----------
    kinds : mapping of str to str
        "number", "array", "dict", …; a name whose kind changes is not in it.
    shares : tuple of str
        Numbers from 0 to 1 in every call, and not only the two.
    counts : tuple of str
        Whole numbers, larger than one in some call.
    published : mapping of str to tuple of numbers
        What somebody who ignores a parameter writes in its place: its default, or what the first public case
        gives it, and what the field usually takes.
    epsilon : str
        The name of an epsilon; "" without one.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    shares: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    published: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    epsilon: str = ""

    @classmethod
    def of(cls, function: ast.FunctionDef, observed: Observed) -> Names:
        """Sort the names that were observed."""
        kinds = {}
        for name, values in observed.values.items():
            found = {_kind(value) for value in values}
            if len(found) == 1:
                kinds[name] = found.pop()
        numbers = {name: observed.values[name] for name, kind in kinds.items() if kind == "number"}
        return cls(
            kinds=kinds,
            shares=tuple(name for name, values in numbers.items() if _is_share(values)),
            counts=tuple(name for name, values in numbers.items() if _is_count(values)),
            published=_published(function, numbers),
            epsilon=next((name for name in _EPSILONS if name in numbers), ""),
        )


@contextmanager
def observing(names: Mapping[str, Observed], path: str) -> Iterator[None]:
    """Note the names of these functions of a file whenever one of them returns, comprehensions included."""

    def note(frame: types.FrameType, event: str, _: Any) -> None:
        if event == "return" and frame.f_code.co_filename == path:
            function = frame.f_code.co_qualname.partition(".")[0]
            if function in names:
                names[function].add(frame.f_locals)

    before: Callable[..., Any] | None = sys.getprofile()
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)


def _kind(value: Value) -> str:
    if isinstance(value, (bool, np.bool_)):
        return "bool"
    if isinstance(value, (int, float, np.number)):
        return "number"
    return "array" if isinstance(value, np.ndarray) else type(value).__name__


def _is_share(values: list[Value]) -> bool:
    return all(0 <= value <= 1 for value in values) and any(0 < value < 1 for value in values)


def _is_count(values: list[Value]) -> bool:
    whole = all(isinstance(value, (int, np.integer)) and value >= 1 for value in values)
    return whole and max(values) > 1


def _published(function: ast.FunctionDef, numbers: Mapping[str, list[Value]]) -> dict[str, tuple[float, ...]]:
    arguments = function.args.args
    found = {}
    for argument in arguments:
        if argument.arg in numbers:
            found[argument.arg] = numbers[argument.arg][0]
    for argument, default in zip(reversed(arguments), reversed(function.args.defaults), strict=False):
        if isinstance(default, ast.Constant) and isinstance(default.value, (int, float)):
            found[argument.arg] = default.value
    plain = {name: value.item() if isinstance(value, np.generic) else value for name, value in found.items()}
    return {name: tuple(dict.fromkeys((value, *_USUAL.get(name, ())))) for name, value in plain.items()}
