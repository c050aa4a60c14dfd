"""Known mistakes: the outputs are those of an author's faulty variant.

It comes before what is said of exceptions and shapes in general: outputs that agree in every case with one
mistake, to the last digits, are the stronger evidence, and its author's hint is the better one.
"""

from __future__ import annotations

from typing import Final

from grader.course.model import Case, Equal, Exercise, Mistake
from grader.judging.compare import alike
from grader.judging.diagnosis.evidence import Evidence, Item, finding
from grader.results import Finding, Verdict
from grader.values import Encoded

__all__ = ["CODES", "explain"]

CODES: Final = ("known.*",)

#: What says nothing about the function's results.
_SILENT = (Verdict.SKIPPED, Verdict.UNGRADED)


def explain(evidence: Evidence) -> tuple[Finding, ...]:
    """Find the first mistake of the author's list that explains every case, passing ones included."""
    items = [item for item in evidence.failing if item.verdict not in _SILENT]
    for mistake in evidence.exercise.mistakes if items else ():
        if _explains(mistake, evidence, items):
            return (finding(evidence, items, f"known.{mistake.name}", mistake.message, mistake.help),)
    return ()


def _explains(mistake: Mistake, evidence: Evidence, items: list[Item]) -> bool:
    exercise = evidence.exercise
    if not all(_same_failure(mistake, exercise, item) for item in items):
        return False
    # An exception has no digits: any error raises where the mistake raises.
    if not any(_differs(mistake, exercise, item) for item in items):
        return False
    return all(
        _equal(mistake.returns.get(case.name), judged.outcome.value, exercise)
        for case, judged in evidence.passing
        if _comparable(case)
    )


def _same_failure(mistake: Mistake, exercise: Exercise, item: Item) -> bool:
    if item.case.name not in mistake.returns:
        return False
    theirs = mistake.returns[item.case.name]
    if item.verdict is Verdict.ERRORED:
        return theirs is None
    return item.verdict is Verdict.FAILED and _equal(theirs, item.judged.outcome.value, exercise)


def _differs(mistake: Mistake, exercise: Exercise, item: Item) -> bool:
    """Say whether the mistake's value in this case is a wrong one that was returned."""
    theirs = mistake.returns[item.case.name]
    if theirs is None:
        return False
    return not _comparable(item.case) or not _equal(item.case.expected, theirs, exercise)


def _equal(ours: Encoded | None, theirs: Encoded | None, exercise: Exercise) -> bool:
    if ours is None or theirs is None:
        return False
    return alike(ours, theirs, exercise.spec.tolerance, optional_tail=exercise.spec.optional_tail)


def _comparable(case: Case) -> bool:
    """Say whether right answers to a case have the same numbers."""
    return isinstance(case.judge, Equal)
