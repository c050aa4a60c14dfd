"""What relations are made of: a group of arrays, what is said of it, and when two arrays are the same."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from grader.judging.diagnosis.formulas import CLOSE, Formula
from grader.judging.diagnosis.samples import NOISE, Sample, norm
from grader.values import Array

__all__ = ["Find", "Group", "Relation", "close", "product", "telling", "varied"]


class Relation(NamedTuple):
    """What holds between expected and returned arrays, in every case.

    Parameters
    ----------
    code : str
        Last part of the finding's code.
    says : str
        What follows the array's name; "{is}" and "{has}" stand for the verb.
    help : tuple of str
    glossary : tuple of (str, str)
        Sizes in it, and what they count.
    """

    code: str
    says: str
    help: tuple[str, ...]
    glossary: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Group:
    """Arrays of one pattern.

    Parameters
    ----------
    wrong : tuple of Sample
        Those that are wrong; the relation has to hold for each.
    right : tuple of Sample
        Those that are right; the relation must not change them.
    """

    wrong: tuple[Sample, ...]
    right: tuple[Sample, ...]

    @cached_property
    def largest(self) -> Sample:
        """The wrong array with most entries: where a relation is tried first."""
        return max(self.wrong, key=lambda sample: sample.expected.size)

    @cached_property
    def cases(self) -> int:
        """The number of cases in which something is wrong."""
        return len({sample.around.case for sample in self.wrong})

    def all(self, test: Callable[[Array, Array], bool]) -> bool:
        """Say whether a test of what is expected and returned holds for each wrong array, largest first."""
        first = self.largest
        return test(first.expected, first.returned) and all(
            test(each.expected, each.returned) for each in self.wrong
        )


Find = Callable[[Group], Relation | None]


def close(one: Array, other: Array, relative: float = CLOSE) -> bool:
    """Say whether two arrays are the same but for rounding."""
    size = norm(other)
    if not math.isfinite(size):
        return False
    return bool((np.abs(one - other) <= relative * (np.abs(other) + size)).all())


def telling(samples: Sequence[Sample], least: int = 2) -> bool:
    """Say whether the expected arrays have so many different numbers: else a relation is an accident."""
    numbers = np.concatenate([sample.expected.ravel()[:1000] for sample in samples])
    return len(np.unique(numbers[np.abs(numbers) > NOISE])) >= least


def varied(arrays: Sequence[Array]) -> bool:
    """Say whether arrays are no accident: there are several of them, or several numbers in the one."""
    numbers = np.unique(np.concatenate([array.ravel()[:1000] for array in arrays]))
    return len(numbers) > 1 or len(arrays) > 1


def product(formula: Formula, name: str) -> str:
    """Write a formula times an array, without its sign."""
    written = formula.written()
    return {"1": name, "2": f"twice {name}", "1 / 2": f"half of {name}"}.get(
        written, f"`{written}` times {name}"
    )
