"""What a page may tell of hidden cases: the one place where that is decided.

===============================  =========  ===========  ======  ============
of a hidden case                 "verdict"  "diagnosis"  "full"  instructor
===============================  =========  ===========  ======  ============
its name, passed or not          yes        yes          yes     yes
how it failed, in our words                 yes          yes     yes
findings that rest on it                    yes          yes     yes
inputs, expected and returned                            yes     yes
what the student's code said                                     yes
===============================  =========  ===========  ======  ============

"What the student's code said" is messages and lines of exceptions, printed text, class names: hidden inputs
may have been copied into them. Times of hidden cases are the instructor's too, alone and in sums: code can
say a number by how long it sleeps. Pictures and cases worked by hand are of public cases.
"""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from typing import Literal

from grader.course.model import Feedback
from grader.results import CaseResult, ExerciseResult, Finding, Verdict

Audience = Literal["student", "instructor"]

#: Verdicts that say nothing about how hidden cases failed.
_OPEN = frozenset({Verdict.PASSED, Verdict.FAILED, Verdict.NOT_ATTEMPTED, Verdict.UNGRADED})

_BUILT_IN = frozenset(
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
)


@dataclass(frozen=True, slots=True)
class Policy:
    """What one page reveals of hidden cases.

    Parameters
    ----------
    kinds : bool
        How a case failed, beyond that it did.
    findings : bool
        Findings that rest on hidden cases.
    values : bool
        Inputs, expected and returned values.
    instructor : bool
        Everything, among it what the student's code said during hidden cases.
    """

    kinds: bool
    findings: bool
    values: bool
    instructor: bool = False


_FOR_STUDENTS: dict[Feedback, Policy] = {
    "verdict": Policy(kinds=False, findings=False, values=False),
    "diagnosis": Policy(kinds=True, findings=True, values=False),
    "full": Policy(kinds=True, findings=True, values=True),
}
_FOR_INSTRUCTORS = Policy(kinds=True, findings=True, values=True, instructor=True)


def policy_for(audience: Audience, feedback: Feedback) -> Policy:
    """Return what a page for that audience reveals under the assignment's policy."""
    return _FOR_INSTRUCTORS if audience == "instructor" else _FOR_STUDENTS[feedback]


def case_verdict(case: CaseResult, policy: Policy) -> Verdict:
    """Return the verdict that may be shown for a case."""
    if case.visibility == "public" or policy.kinds or case.verdict in _OPEN:
        return case.verdict
    return Verdict.FAILED


def exercise_verdict(exercise: ExerciseResult, policy: Policy) -> Verdict:
    """Return the verdict that may be shown for an exercise: it names the gravest of the cases."""
    if policy.kinds or exercise.verdict in _OPEN:
        return exercise.verdict
    public = any(case.verdict == exercise.verdict for case in exercise.cases if case.visibility == "public")
    return exercise.verdict if public else Verdict.FAILED


def exercise_findings(exercise: ExerciseResult, policy: Policy) -> tuple[Finding, ...]:
    """Return the findings that may be shown, if need be only those that rest on public cases alone."""
    if policy.findings or exercise.verdict is Verdict.NOT_ATTEMPTED:
        return exercise.findings
    public = {case.name for case in exercise.cases if case.visibility == "public"}
    return tuple(found for found in exercise.findings if found.cases and public.issuperset(found.cases))


def built_in(nearest: str) -> str:
    """Return the name of a built-in exception; of anything else that claims to be one, "Exception"."""
    return nearest if nearest in _BUILT_IN else "Exception"
