"""A case worked by hand, step by step, for students to compare their own steps with."""

from __future__ import annotations

from dataclasses import dataclass

from grader.values import Encoded


@dataclass(frozen=True, slots=True)
class WorkedStep:
    """One step of a case worked by hand: what is computed and why, and what comes out."""

    sentence: str
    value: Encoded


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """A public case worked by hand; its last step has, or its last steps have the parts of, the answer.

    Parameters
    ----------
    case : str
        Name of the case.
    steps : tuple of WorkedStep
        In the order in which one computes them.
    """

    case: str
    steps: tuple[WorkedStep, ...]
