"""Diagnosis: why a number is wrong, from returned values alone.

`REGISTRY` is asked in order; what one kind of evidence explains, the next is not asked about. A finding
names the cases that it explains, and it is made only where it explains each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from grader.course.model import Exercise
from grader.judging.diagnosis import answered, attempted, facts, known, raised, stopped, structure
from grader.judging.diagnosis.evidence import Evidence
from grader.judging.diagnosis.loading import diagnose_load
from grader.results import Finding, JudgedCase, Load

__all__ = ["REGISTRY", "diagnose", "diagnose_load"]

Explain = Callable[[Evidence], tuple[Finding, ...]]

#: Most convincing first. Evidence made at build time from edits of the reference, and relations that hold in
#: all cases (a factor, an offset, a sign), belong between `structure` and `facts`.
REGISTRY: Final[tuple[Explain, ...]] = (
    attempted.explain,
    answered.explain,
    known.explain,
    stopped.explain,
    raised.explain,
    structure.explain,
    facts.explain,
)


def diagnose(
    exercise: Exercise, judged: Sequence[JudgedCase], load: Load | None = None
) -> tuple[Finding, ...]:
    """Explain the cases of an exercise that did not pass.

    Parameters
    ----------
    exercise : Exercise
    judged : sequence of JudgedCase
        One per case, in the exercise's order.
    load : Load, optional
        How loading the file went.

    Returns
    -------
    tuple of Finding
        Most convincing first; empty where every case passed. `message` and `help` hold nothing that the
        student's code said or returned in hidden cases, and no hidden number: that is in `details`.
    """
    evidence = Evidence.of(exercise, judged, load)
    found: list[Finding] = []
    for explain in REGISTRY:
        if not evidence.failing:
            break
        new = explain(evidence)
        found.extend(new)
        evidence = evidence.without({name for one in new for name in one.cases})
    return tuple(found)
