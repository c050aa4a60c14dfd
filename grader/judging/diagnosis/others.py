"""Others' mistakes: an exercise that works with functions that are not right themselves.

Where the exercise was graded again with the reference answering for these functions, that tells what is
whose: cases that pass then fail for the others' mistakes alone. Without it, what nothing better explains is
put down to them.
"""

from __future__ import annotations

from typing import Final

from grader.judging.diagnosis.evidence import Evidence, Item, finding
from grader.results import Finding, Verdict

__all__ = ["CODES", "explain", "explain_again"]

CODES: Final = ("helpers.alone", "helpers.first")

_AFTERWARDS: Final = "Then run this one again: it is graded with what those functions return."


def explain(evidence: Evidence) -> tuple[Finding, ...]:
    """Put what is left down to the functions that this one works with, where these are wrong."""
    items = [item for item in evidence.failing if _may_come_from_others(item)]
    if not items or not evidence.helpers:
        return ()
    are = "is not right yet" if len(evidence.helpers) == 1 else "are not right yet"
    sentence = (
        f"it works with {_listed(evidence)}, which {are}: its own results cannot be told apart from that."
    )
    return (finding(evidence, items, "helpers.first", sentence, _steps(evidence)),)


def explain_again(evidence: Evidence, failing: frozenset[str]) -> tuple[Finding, ...]:
    """Explain the cases that pass once the reference answers for the functions that are wrong.

    Parameters
    ----------
    evidence : Evidence
        With the names of these functions.
    failing : frozenset of str
        Names of the cases that do not pass then, either.
    """
    items = [item for item in evidence.failing if item.case.name not in failing]
    if not items:
        return ()
    those = "that" if len(evidence.helpers) == 1 else "those"
    sentence = f"what is wrong comes from {_listed(evidence)}; with right results of {those} it passes."
    return (finding(evidence, items, "helpers.alone", sentence, _steps(evidence)),)


def _may_come_from_others(item: Item) -> bool:
    return item.verdict is Verdict.FAILED


def _listed(evidence: Evidence) -> str:
    names = [f"`{name}`" for name in evidence.helpers]
    return " and ".join(([", ".join(names[:-1])] if names[1:] else []) + names[-1:])


def _steps(evidence: Evidence) -> tuple[str, ...]:
    return (f"Mend {_listed(evidence)} first.", _AFTERWARDS)
