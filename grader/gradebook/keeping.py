"""Adds results, a batch in a few statements: each one costs more than the rows that it adds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from grader.gradebook.entries import Attempt, Entry
from grader.gradebook.tables import attempts, outputs, results

__all__ = ["added", "keep_all", "now"]

_Who = tuple[str, str]


def keep_all(connection: Connection, run: int, entries: Sequence[Entry]) -> list[int]:
    """Add results in this order, each with its attempt where that is new; return their numbers.

    Parameters
    ----------
    connection : Connection
        In a transaction, which is what keeps all of them or none.
    run : int
    entries : sequence of Entry
    """
    digests = _keep_outputs(connection, entries)
    numbers = _attempts(connection, run, entries)
    made = now()
    rows = [
        {
            "attempt_id": number,
            "run_id": run,
            "student": entry.attempt.student,
            "assignment": entry.attempt.assignment,
            "origin": entry.origin,
            "key": entry.key,
            "build": entry.build,
            "asked": entry.asked,
            "made": made,
            "score": entry.score,
            "max_score": entry.max_score,
            "graded": entry.graded,
            "packed": entry.result,
            "outputs_sha256": digest or None,
        }
        for entry, number, digest in zip(entries, numbers, digests, strict=True)
    ]
    return added(connection, results, rows)


def added(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Add rows to a table; return their numbers in the same order."""
    if not rows:
        return []
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return [int(number) for number in connection.execute(statement, rows).scalars()]


def now() -> str:
    """Return the time: ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _keep_outputs(connection: Connection, entries: Sequence[Entry]) -> list[str]:
    """Keep what the box brought back, once; return each entry's hash, "" where nothing was run."""
    digests = [hashlib.sha256(entry.outputs).hexdigest() if entry.outputs else "" for entry in entries]
    new = {digest: entry.outputs for digest, entry in zip(digests, entries, strict=True) if digest}
    for known in connection.execute(select(outputs.c.sha256).where(outputs.c.sha256.in_(new))).scalars():
        del new[known]
    if new:
        rows = [{"sha256": digest, "packed": packed} for digest, packed in new.items()]
        connection.execute(insert(outputs), rows)
    return digests


def _attempts(connection: Connection, run: int, entries: Sequence[Entry]) -> list[int]:
    """Return the number of each entry's attempt: of the newest where it has this content, or of a new one."""
    known = _known(connection, entries)
    new: list[dict[str, Any]] = []
    numbers: list[int] = []
    for entry in entries:
        attempt = entry.attempt
        earlier = known.setdefault((attempt.student, attempt.assignment), [])
        same = [number for number, content in earlier if content == attempt.sha256]
        # What is not of a run was not handed in just now: it is one of those known, whichever came last.
        if not same or (entry.origin == "run" and earlier[-1][1] != attempt.sha256):
            same = [-1 - len(new)]  # its place among the new ones, for it has no number yet
            earlier.append((same[0], attempt.sha256))
            new.append({"run_id": run, "seen": now(), **_columns(attempt)})
        numbers.append(same[-1])
    given = added(connection, attempts, new)
    return [number if number > 0 else given[-1 - number] for number in numbers]


def _known(connection: Connection, entries: Sequence[Entry]) -> dict[_Who, list[tuple[int, str]]]:
    """Return number and content of all attempts of these students, oldest first."""
    columns = attempts.c
    query = select(columns.id, columns.student, columns.assignment, columns.sha256).where(
        columns.student.in_({entry.attempt.student for entry in entries}),
        columns.assignment.in_({entry.attempt.assignment for entry in entries}),
    )
    found: dict[_Who, list[tuple[int, str]]] = {}
    for number, student, assignment, content in connection.execute(query.order_by(columns.id)):
        found.setdefault((student, assignment), []).append((number, content))
    return found


def _columns(attempt: Attempt) -> dict[str, str]:
    return {
        "student": attempt.student,
        "assignment": attempt.assignment,
        "sha256": attempt.sha256,
        "path": attempt.path,
    }
