"""What the gradebook knows of a student, in the order in which it came to be, whatever the clock said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from grader.gradebook.entries import Event, Remark

__all__ = ["told"]


def told(
    attempts: Sequence[Row[Any]], results: Sequence[Row[Any]], remarks: Sequence[tuple[Remark, int]]
) -> tuple[Event, ...]:
    """Return events, oldest first within each assignment.

    Parameters
    ----------
    attempts, results : sequence of Row
        In the order of their numbers. Results of attempts that are not among these are left out.
    remarks : sequence of (Remark, int)
        Each with the number of the last result when it was said.
    """
    events: list[tuple[str, int, int, Event]] = []
    known, first = {row.id for row in attempts}, dict[int, int]()
    made = dict[str, str]()
    for row in results:
        if row.attempt_id in known:
            first.setdefault(row.attempt_id, row.id)
            versions = f"softmark {row.grader}, numpy {row.numpy}"
            if row.origin == "run":
                made[row.outputs_sha256] = versions
            event = Event(
                row.made,
                row.assignment,
                "result",
                row.id,
                _result(row, versions, made.get(row.outputs_sha256)),
            )
            events.append((row.assignment, row.id, 1, event))
    for row in attempts:
        text = f"handed in {row.path}, SHA-256 {row.sha256[:12]}"
        event = Event(row.seen, row.assignment, "attempt", row.id, text)
        events.append((row.assignment, first[row.id], 0, event))
    for remark, after in remarks:
        event = Event(remark.made, remark.assignment, "remark", remark.number, _words(remark))
        events.append((remark.assignment, after, 2, event))
    return tuple(event for *_, event in sorted(events, key=lambda each: each[:3]))


def _result(row: Row[Any], versions: str, ran: str | None) -> str:
    """Say what came of judging; and on what the code had run, where that was something else."""
    how = {"run": "graded", "rescore": "judged again", "restored": "restored"}[row.origin]
    score = f"{row.score:g} of {row.max_score:g}" if row.graded else "not graded"
    earlier = f"; run with {ran}" if ran not in (None, versions) else ""
    return f"{how}: {score} ({versions}, build {row.build[:12]}{earlier})"


def _words(remark: Remark) -> str:
    about = remark.exercise or "the whole submission"
    what = {
        "points": f"{remark.points:g} points for {about}" if remark.points is not None else "",
        "withdrawn": f"points for {about} taken back",
        "comment": f"comment on {about}",
        "note": "note",
    }[remark.kind]
    return f"{what}, by {remark.author}: {remark.text}"
