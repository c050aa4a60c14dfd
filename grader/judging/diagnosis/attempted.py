"""Not attempted: the function is missing, or still raises what the stub raises."""

from __future__ import annotations

import re
from typing import Final

from grader.judging.diagnosis.evidence import Evidence, Item, clean, finding
from grader.results import Finding, Kind, Verdict

__all__ = ["CODES", "explain"]

CODES: Final = (
    "attempted.file_stopped",
    "attempted.missing",
    "attempted.needs_another",
    "attempted.not_implemented",
    "attempted.part_not_implemented",
    "attempted.unanswered",
)

_LACKS: Final = re.compile(r"^module '[^']*' has no attribute '([^']*)'$")


def explain(evidence: Evidence) -> tuple[Finding, ...]:
    """Find what was left unwritten, and what needs something that was."""
    unwritten = [item for item in evidence.failing if item.verdict is Verdict.NOT_ATTEMPTED]
    missing = [item for item in unwritten if item.judged.outcome.kind is Kind.MISSING]
    raising = [item for item in unwritten if item.judged.outcome.kind is not Kind.MISSING]
    found = []
    if missing:
        found.append(_missing(evidence, missing))
    if raising:
        found.append(_raising(evidence, raising))
    return (*found, *_needs_others(evidence))


def _missing(evidence: Evidence, items: list[Item]) -> Finding:
    signature = evidence.exercise.spec.signature
    if evidence.load is not None and evidence.load.raised is not None:
        sentence = "the file stops with an error before it defines this."
        steps = (
            "Mend the error that the file stops with: what is defined above it is graded, the rest is not.",
        )
        return finding(evidence, items, "attempted.file_stopped", sentence, steps)
    question = evidence.exercise.spec.question
    if question is not None:
        steps = (f"Write {question.asks} in place of `None` after `{signature} =`.",)
        return finding(evidence, items, "attempted.unanswered", "the question is not answered yet.", steps)
    sentence = "the file defines no function of this name."
    steps = (f"Define {signature} at the top level of the file; upper and lower case matter.",)
    return finding(evidence, items, "attempted.missing", sentence, steps)


def _raising(evidence: Evidence, items: list[Item]) -> Finding:
    if len(items) == len(evidence.exercise.cases):
        sentence = "the function is not written yet."
        steps = ("Replace the line `raise NotImplementedError` with your code.",)
        return finding(evidence, items, "attempted.not_implemented", sentence, steps)
    sentence = "a part of the function is not written yet."
    steps = ("Some inputs still lead to a line that raises NotImplementedError: replace it with your code.",)
    return finding(evidence, items, "attempted.part_not_implemented", sentence, steps)


def _needs_others(evidence: Evidence) -> tuple[Finding, ...]:
    """Find calls of functions that are missing from the file, or that are the stub's still."""
    items = [item for item in evidence.failing if _needs(item) is not None]
    if not items:
        return ()
    names = sorted({_needs(item) or "" for item in items if item.public} - {""})
    known = clean(", ".join(f"`{name}`" for name in names)) or "another function"
    sentence = f"it cannot be run before {known} is written."
    steps = ("Write the exercises in the order of the file: later ones call earlier ones.",)
    details = "\n".join(f"{item.case.name}: needs {_needs(item)}" for item in items)
    return (finding(evidence, items, "attempted.needs_another", sentence, steps, details),)


def _needs(item: Item) -> str | None:
    """Name the unwritten function that a call came upon."""
    raised = item.raised
    if item.verdict is not Verdict.ERRORED or raised is None:
        return None
    if raised.type_name == raised.nearest == "NotImplementedError":
        return raised.frames[-1].function if raised.frames else None
    # Without a frame of the student's it was the caller that looked for the function.
    lacks = _LACKS.match(raised.message) if raised.nearest == "AttributeError" and not raised.frames else None
    return lacks.group(1) if lacks else None
