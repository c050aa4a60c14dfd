"""The gradebook itself: adds what happened, reads what counts, and never changes a row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import Engine, Row, Select, case, func, select
from sqlalchemy.engine import URL

from grader.errors import GradebookError
from grader.gradebook.database import connect, refusing, shown, where
from grader.gradebook.entries import Attempt, Entry, Event, Remark, Standing, Stored, Versions
from grader.gradebook.history import told
from grader.gradebook.keeping import added, keep_all, now
from grader.gradebook.tables import attempts, outputs, remarks, results, runs

__all__ = ["Gradebook"]

#: Rows read at once.
_PAGE: Final = 200

_Who = tuple[str, str]


class Gradebook:
    """An open gradebook; a context manager.

    Parameters
    ----------
    place : str or Path
        A file of SQLite, or the URL of a database.
    make : bool
        Whether a file that does not exist is made.

    Raises
    ------
    GradebookError
        From every method: the database cannot be read or written, in one sentence with the remedy.
    """

    def __init__(self, place: str | Path, *, make: bool = True) -> None:
        self.url: URL = where(place)
        self._engine: Engine = connect(self.url, make=make)

    def __enter__(self) -> Self:
        """Return the gradebook."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def begin_run(self, versions: Versions | None = None, course: Path | None = None) -> int:
        """Note that a run begins, what it runs on and for which course; return its number."""
        on = versions or Versions()
        row = {"started": now(), "grader": on.grader, "python": on.python, "numpy": on.numpy}
        row |= {"course": str(course)} if course else {}
        with refusing(self.url, "written"), self._engine.begin() as connection:
            return added(connection, runs, [row])[0]

    def keep(self, run: int, entries: Sequence[Entry]) -> list[int]:
        """Add results, all of them or none, each with its attempt where that is new; return their numbers."""
        with refusing(self.url, "written"), self._engine.begin() as connection:
            pages = (entries[start : start + _PAGE] for start in range(0, len(entries), _PAGE))
            return [number for page in pages for number in keep_all(connection, run, page)]

    def refuse_another_course(self, root: Path) -> None:
        """Refuse a course whose grades would mix with those that are kept.

        A course that moved, or was copied together with the gradebook in it, is no other one.

        Raises
        ------
        GradebookError
            The last run was for a course in another folder, which is still there.
        """
        folder = Path(self.url.database or "").resolve().parent
        if self.url.drivername == "sqlite" and folder == root.resolve():
            return
        query = select(runs.c.course).where(runs.c.course.is_not(None)).order_by(runs.c.id.desc()).limit(1)
        for row in self._read(query):
            if Path(row.course) != root.resolve() and (Path(row.course) / "reference").is_dir():
                raise GradebookError(
                    f"gradebook={shown(self.url)!r} is for the course in {row.course!r}, not {str(root)!r}.",
                    help="name another one with --gradebook; if the course moved, remove its old folder",
                )

    def standings(self, students: Collection[str] | None = None) -> dict[_Who, Standing]:
        """Return what counts, by student and assignment; of these students, or all."""
        query = (
            select(results.c.student, results.c.assignment, results.c.id, results.c.key, results.c.asked)
            .add_columns(results.c.graded, results.c.outputs_sha256, attempts.c.path)
            .join(attempts, attempts.c.id == results.c.attempt_id)
            .where(results.c.id.in_(_counting(students)))
        )
        return {
            (row.student, row.assignment): Standing(
                row.id, row.key, row.asked, row.path, row.graded, row.outputs_sha256 or ""
            )
            for row in self._read(query)
        }

    def stored(self, numbers: Collection[int], *, with_outputs: bool = False) -> Iterator[Stored]:
        """Yield results in the order asked for, a few at a time, so that memory stays small."""
        wanted = list(numbers)
        for start in range(0, len(wanted), _PAGE):
            page = wanted[start : start + _PAGE]
            found = {row.id: row for row in self._read(_result_query(page, with_outputs=with_outputs))}
            for number in page:
                if number not in found:
                    raise GradebookError(
                        f"the gradebook has no result {number}.", help="grade history STUDENT lists results"
                    )
                yield _stored(found[number])

    def restore(self, run: int, number: int) -> int:
        """Have an earlier result count again, by adding it once more; return the new number.

        It takes the key of the one that counted so far, where that has one: it stands until the submission,
        the assignment or the grader changes.
        """
        (earlier,) = self.stored([number], with_outputs=True)
        attempt = earlier.entry.attempt
        standing = self.standings()[attempt.student, attempt.assignment]
        return self.keep(
            run, [replace(earlier.entry, origin="restored", key=standing.key or earlier.entry.key)]
        )[0]

    def remark(self, remark: Remark) -> int:
        """Add an instructor's words; return their number."""
        row = {
            "student": remark.student,
            "assignment": remark.assignment,
            "exercise": remark.exercise,
            "kind": remark.kind,
            "points": remark.points,
            "text": _storable(remark.text),
            "author": _storable(remark.author),
            "made": now(),
        }
        with refusing(self.url, "written"), self._engine.begin() as connection:
            last = connection.execute(select(func.max(results.c.id))).scalar()
            return added(connection, remarks, [{**row, "after": last or 0}])[0]

    def remarks(self, student: str | None = None) -> dict[_Who, tuple[Remark, ...]]:
        """Return what instructors said, by student and assignment, in the order in which it was said."""
        query = select(remarks).order_by(remarks.c.id)
        if student is not None:
            query = query.where(remarks.c.student == student)
        found: dict[_Who, tuple[Remark, ...]] = {}
        for row in self._read(query):
            who = (row.student, row.assignment)
            found[who] = (*found.get(who, ()), _remark(row))
        return found

    def history(self, student: str) -> tuple[Event, ...]:
        """Return all that the gradebook knows of a student, oldest first within each assignment.

        The order is that in which rows were added, whatever the clock said.
        """
        mine = attempts.c.student == student
        # First the attempts: each has a result by now, while one that comes in between is of the next look.
        handed_in = self._read(select(attempts).where(mine))
        query = select(results, runs.c.grader, runs.c.numpy).join(runs, runs.c.id == results.c.run_id)
        graded = self._read(query.where(results.c.student == student).order_by(results.c.id))
        said = self._read(select(remarks).where(remarks.c.student == student).order_by(remarks.c.id))
        return told(handed_in, graded, [(_remark(row), row.after) for row in said])

    def students(self) -> list[str]:
        """Return the names of all students that ever handed anything in."""
        query = select(attempts.c.student).distinct().order_by(attempts.c.student)
        return [row.student for row in self._read(query)]

    def _read(self, query: Select[Any]) -> Sequence[Row[Any]]:
        with refusing(self.url, "read"), closing(self._engine.connect()) as connection:
            return connection.execute(query).all()


def _counting(students: Collection[str] | None) -> Select[Any]:
    """Select the number of the result that counts, for each student and assignment.

    That is the newest. Where a fault of ours left that without a grade, it is the newest graded one of the
    same attempt, if there is one.
    """
    newest = select(func.max(results.c.id)).group_by(results.c.student, results.c.assignment)
    if students is not None:
        newest = newest.where(results.c.student.in_(students))
    last, other = results.alias(), results.alias()
    graded = (
        select(func.max(other.c.id))
        .where(other.c.student == last.c.student, other.c.assignment == last.c.assignment)
        .where(other.c.attempt_id == last.c.attempt_id, other.c.graded)
        .scalar_subquery()
    )
    counts = case((last.c.graded, last.c.id), else_=func.coalesce(graded, last.c.id))
    return select(counts).where(last.c.id.in_(newest))


def _result_query(numbers: Collection[int], *, with_outputs: bool) -> Select[Any]:
    query = (
        select(results, attempts.c.sha256, attempts.c.path)
        .join(attempts, attempts.c.id == results.c.attempt_id)
        .where(results.c.id.in_(numbers))
    )
    if not with_outputs:
        return query
    return query.add_columns(outputs.c.packed.label("outputs")).outerjoin(
        outputs, outputs.c.sha256 == results.c.outputs_sha256
    )


def _stored(row: Row[Any]) -> Stored:
    attempt = Attempt(row.student, row.assignment, row.sha256, row.path)
    kept = getattr(row, "outputs", None) or b""
    entry = Entry(
        attempt=attempt,
        key=row.key,
        build=row.build,
        asked=row.asked,
        score=row.score,
        max_score=row.max_score,
        graded=row.graded,
        result=row.packed,
        outputs=kept,
        origin=row.origin,
    )
    return Stored(row.id, entry, row.made)


def _remark(row: Row[Any]) -> Remark:
    who = (row.student, row.assignment)
    return Remark(*who, row.exercise, row.kind, row.points, row.text, row.author, row.made, row.id)


def _storable(text: str) -> str:
    """Return text that every database takes: neither halves of characters nor NUL."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")
