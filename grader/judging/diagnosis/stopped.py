"""Cases that neither returned nor raised: time, memory, dead processes, and faults of ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from grader.course.model import ExerciseSpec
from grader.judging.diagnosis.evidence import Evidence, finding
from grader.results import Finding, Kind

__all__ = ["CODES", "explain"]


@dataclass(frozen=True, slots=True)
class _End:
    """What is said of one kind of end; none of it comes from the box."""

    code: str
    sentence: Callable[[ExerciseSpec], str]
    help: tuple[str, ...]


_ENDS: Final = {
    Kind.TIMED_OUT: _End(
        "stopped.timed_out",
        lambda spec: f"it does not end within {spec.cpu_seconds:g} s, over a hundred times what is needed.",
        (
            "A loop that never ends, or many steps where one operation on whole arrays would do.",
            "Look at each `while`: which line makes its condition false, and is it reached?",
        ),
    ),
    Kind.CRASHED: _End(
        "stopped.crashed",
        lambda _: "the whole process ends in the middle of the call.",
        (
            "Calls of exit() or os._exit(), recursion without end, and arrays beyond the memory do this.",
            "Look for what ends the program, and for sizes that grow from step to step.",
        ),
    ),
    Kind.TOO_LARGE: _End(
        "stopped.too_large",
        lambda _: "the value returned is many times larger than any right one.",
        ("Write the shape of what is returned beside the line: which axis is too long, or one too many?",),
    ),
    Kind.TAMPERED: _End(
        "stopped.tampered",
        lambda _: "the result cannot be trusted, as the code wrote to the channel that carries results.",
        ("Return the result and leave alone all files and descriptors that the code did not open.",),
    ),
    Kind.SKIPPED: _End(
        "stopped.skipped",
        lambda _: "it was not run, as earlier cases used up the time or ended the process.",
        ("Mend what makes the earlier cases stop; then these are run too.",),
    ),
    Kind.NOT_RUN: _End(
        "stopped.not_run",
        lambda _: (
            "it was not graded, through a fault of the grader's and not of the file's; this is no zero."
        ),
        (),
    ),
}


CODES: Final = (*(end.code for end in _ENDS.values()), "stopped.not_loaded")


def explain(evidence: Evidence) -> tuple[Finding, ...]:
    """Explain every case that did not come to an end of its own."""
    found = []
    for kind, end in _ENDS.items():
        items = [item for item in evidence.failing if item.judged.outcome.kind is kind]
        if items and kind is not Kind.NOT_RUN and evidence.load is not None and evidence.load.kind is kind:
            sentence = "it was not run, as the file itself could not be loaded."
            found.append(finding(evidence, items, "stopped.not_loaded", sentence))
        elif items:
            details = "\n".join(f"{item.case.name}: {item.judged.outcome.reason}" for item in items)
            sentence = end.sentence(evidence.exercise.spec)
            found.append(finding(evidence, items, end.code, sentence, end.help, details))
    return tuple(found)
