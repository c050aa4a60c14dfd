"""Diagnosis: why a number is wrong, from returned values alone.

`REGISTRY` is asked in order; what one kind of evidence explains, the next is not asked about. A finding
names the cases that it explains, and it is made only where it explains each of them.

Each module of evidence has `explain`, and `CODES`: every code that its findings may have, in order. A code
that ends with ``.*`` stands for those named after what the course's authors wrote, or after what Python calls
it. docs/findings.md has an entry for each of `CODES` here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from grader.course.model import Exercise
from grader.judging.diagnosis import (
    answered,
    attempted,
    facts,
    known,
    loading,
    mutants,
    others,
    parts,
    raised,
    relations,
    slices,
    stopped,
    structure,
)
from grader.judging.diagnosis.evidence import Evidence
from grader.judging.diagnosis.loading import diagnose_load
from grader.results import Finding, JudgedCase, Load

__all__ = ["CODES", "REGISTRY", "diagnose", "diagnose_load"]


class Kind(Protocol):
    """One kind of evidence: a module of this package."""

    @property
    def CODES(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the module
        """Every code that its findings may have."""

    def explain(self, evidence: Evidence, /) -> tuple[Finding, ...]:
        """Explain what it can of the cases that are still to be explained."""


#: Most convincing first. Relations that hold in all cases (a factor, an offset, a sign) belong between
#: `structure` and `facts`.
REGISTRY: Final[tuple[Kind, ...]] = (
    attempted,
    answered,
    known,
    mutants,
    stopped,
    raised,
    slices,
    structure,
    parts,
    relations,
    others,
    facts,
)

#: Every code of a finding: those about the file as a whole, then each kind of evidence's.
CODES: Final = tuple(
    dict.fromkeys(
        ("file.nothing_to_run", *loading.CODES, *(code for kind in REGISTRY for code in kind.CODES))
    )
)


def diagnose(
    exercise: Exercise,
    judged: Sequence[JudgedCase],
    load: Load | None = None,
    *,
    helpers: tuple[str, ...] = (),
    again: Sequence[JudgedCase] = (),
) -> tuple[Finding, ...]:
    """Explain the cases of an exercise that did not pass.

    Parameters
    ----------
    exercise : Exercise
    judged : sequence of JudgedCase
        One per case, in the exercise's order.
    load : Load, optional
        How loading the file went.
    helpers : tuple of str
        Exercises that this one uses, or on whose results it is graded, and that are not right.
    again : sequence of JudgedCase
        The same cases with the reference answering for these; none where they were not run so.

    Returns
    -------
    tuple of Finding
        Most convincing first; empty where every case passed. `message` and `help` hold nothing that the
        student's code said or returned in hidden cases, and no hidden number: that is in `details`.
    """
    evidence = Evidence.of(exercise, judged, load, helpers)
    if not again:
        return _explained(evidence)
    # what the student's code says then may be what the reference answered it
    alone = Evidence.of(exercise, again, load, held_back=True)
    if not alone.names() <= evidence.names():
        return _explained(evidence)
    first = attempted.explain(evidence)
    evidence = evidence.without({name for one in first for name in one.cases})
    borrowed = others.explain_again(evidence, alone.names())
    return (*first, *borrowed, *_explained(alone.without(alone.names() - evidence.names())))


def _explained(evidence: Evidence) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for kind in REGISTRY:
        if not evidence.failing:
            break
        new = kind.explain(evidence)
        found.extend(new)
        evidence = evidence.without({name for one in new for name in one.cases})
    return tuple(found)
