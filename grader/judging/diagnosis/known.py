"""Known mistakes: the outputs are those of an author's faulty variant.

It comes before what is said of exceptions and shapes in general: outputs that agree in every case with one
mistake, to the last digits, are the stronger evidence, and its author's hint is the better one.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from grader.course.model import Case, Equal, Exercise, Mistake
from grader.judging.compare import alike
from grader.judging.diagnosis.evidence import Evidence, Item, finding
from grader.results import Finding, Verdict
from grader.values import Encoded, decode, walk

__all__ = ["CODES", "explain", "message_of"]

CODES: Final = ("known.*",)

#: Authors begin sentences with capitals: what begins otherwise is a name of the code's.
_NAME: Final = re.compile(r"^[a-z]\w*")

#: What says nothing about the function's results.
_SILENT = (Verdict.SKIPPED, Verdict.UNGRADED)


def explain(evidence: Evidence) -> tuple[Finding, ...]:
    """Find the first mistake of the author's list that explains every case, passing ones included."""
    items = [item for item in evidence.failing if item.verdict not in _SILENT]
    for mistake in evidence.exercise.mistakes if items else ():
        if _explains(mistake, evidence, items):
            return (_finding(evidence, items, mistake),)
    by_form = _by_form(evidence, items)
    return (_finding(evidence, items, by_form),) if by_form is not None else ()


def message_of(mistake: Mistake) -> str:
    """Return the author's sentence, with the name that it may begin with as code.

    Examples
    --------
    >>> message_of(Mistake("m", "dx is not averaged.", (), {}))
    '`dx` is not averaged.'
    """
    return _NAME.sub(r"`\g<0>`", mistake.message)


def _finding(evidence: Evidence, items: list[Item], mistake: Mistake) -> Finding:
    return finding(evidence, items, f"known.{mistake.name}", message_of(mistake), mistake.help)


def _by_form(evidence: Evidence, items: list[Item]) -> Mistake | None:
    """Find the one mistake that returns these wrong shapes, where chance decides about the numbers."""
    if not items or not all(_is_misshapen(item) for item in items):
        return None
    returned = {item.case.name: item.judged.outcome.value for item in items}
    returned |= {case.name: judged.outcome.value for case, judged in evidence.passing}
    forms = {name: _form(value) for name, value in returned.items()}
    same = [
        mistake
        for mistake in evidence.exercise.mistakes
        if all(_form(mistake.returns.get(name)) == form for name, form in forms.items())
    ]
    return same[0] if len(same) == 1 else None


def _is_misshapen(item: Item) -> bool:
    return not _comparable(item.case) and item.verdict is Verdict.FAILED and item.mismatch.kind == "shape"


def _form(value: Encoded | None) -> list[tuple[str, tuple[int, ...]]]:
    return [] if value is None else [(path, np.shape(leaf)) for path, leaf in walk(decode(value))]


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
