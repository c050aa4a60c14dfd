"""The smallest case of an exercise, worked by hand step by step."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from grader.course.model import Exercise
from grader.report.arrays import is_table, show
from grader.report.cases import inputs_view
from grader.report.environment import render
from grader.report.memo import once
from grader.report.text import clean, coded
from grader.values import Value, decode, walk

__all__ = ["worked_view"]


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a step; `wide` where it is a table."""

    name: str
    value: Markup
    wide: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """One step: what is computed, and what comes out."""

    sentence: Markup
    parts: tuple[Part, ...]


@once
def worked_view(exercise: Exercise) -> Markup:
    """Return the steps of a public case; nothing where the course has none. The same for every student."""
    worked = exercise.worked
    case = next((case for case in exercise.cases if worked is not None and case.name == worked.case), None)
    if worked is None or case is None or case.visibility != "public":
        return Markup("")
    steps = [StepView(coded(clean(step.sentence)), _parts(decode(step.value))) for step in worked.steps]
    return Markup(
        render("worked.html", case=case.name, steps=steps, inputs=inputs_view(case), count=len(steps))
    )


def _parts(value: Value) -> tuple[Part, ...]:
    return tuple(Part(path, show(leaf), is_table(leaf)) for path, leaf in walk(value))
