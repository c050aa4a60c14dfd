"""Puts reports on disk: every file whole or not at all, for a run may be stopped at any moment."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TextIO

from grader.course.model import Assignment
from grader.errors import OutputError
from grader.report.analysis import Analysis, PassedOver
from grader.report.cases import Contents
from grader.report.dashboard import analysis_page
from grader.report.pages import submission_page
from grader.report.paths import page_path
from grader.report.policy import Audience
from grader.report.tables import TABLES, GradesTable, dashboard_json, json_line, write_table
from grader.results import Graded, SubmissionResult

#: A file that is being written, and by which process.
_LEFT = re.compile(r"\..*\.([0-9]{1,9})\.tmp")

_AUDIENCES: tuple[Audience, ...] = ("student", "instructor")


def write_submission(out: Path, graded: Graded, assignment: Assignment, stamp: str = "") -> None:
    """Write both pages of one submission under the reports folder.

    Parameters
    ----------
    out : Path
    graded : Graded
    assignment : Assignment
    stamp : str
        By which `has_pages` knows these pages again.

    Raises
    ------
    OutputError
        The folder cannot be written to, or is full.
    """
    contents = Contents()
    for audience in _AUDIENCES:
        page = submission_page(graded, assignment, audience, contents)
        path = out / page_path(audience, graded.result.student, graded.result.assignment)
        with _writing(path) as file:
            file.write(page + _stamped(stamp))


def has_pages(out: Path, student: str, assignment: str, stamp: str) -> bool:
    """Say whether both pages of a submission are there, and are those that were written with this stamp."""
    last = _stamped(stamp).encode()
    return all(_ends(out / page_path(audience, student, assignment), last) for audience in _AUDIENCES)


def _stamped(stamp: str) -> str:
    return f"\n<!-- {stamp} -->\n" if stamp else ""


def _ends(path: Path, last: bytes) -> bool:
    try:
        with path.open("rb") as file:
            file.seek(-len(last), os.SEEK_END)
            return file.read() == last
    except OSError:  # it is missing, or shorter
        return False


def write_cohort(
    out: Path,
    results: Iterable[SubmissionResult],
    assignments: Mapping[str, Assignment],
    passed_over: Sequence[PassedOver] = (),
) -> None:
    """Write index.html, its tables as CSV, dashboard.json and results.jsonl.

    Parameters
    ----------
    out : Path
    results : iterable of SubmissionResult
        Read once; of each only what the dashboard needs is kept, so a generator keeps memory small.
    assignments : mapping of str to Assignment
        Those that were graded, in the order of the dashboard.
    passed_over : sequence of PassedOver
        Files that are no submissions, each with ``path`` and ``reason``.

    Raises
    ------
    OutputError
        The folder cannot be written to, or is full.
    """
    _sweep(out)
    analysis = Analysis(assignments)
    with ExitStack() as files:
        lines = files.enter_context(_writing(out / "results.jsonl"))
        table = GradesTable(files.enter_context(_writing(out / "grades.csv")), assignments)
        for result in results:
            lines.write(json_line(result))
            table.add(result)
            analysis.add(result)
    found = analysis.dashboard()
    for name in TABLES:
        with _writing(out / name) as file:
            write_table(file, name, found)
    with _writing(out / "dashboard.json") as file:
        file.write(dashboard_json(found))
    with _writing(out / "index.html") as file:
        file.writelines(analysis_page(analysis, found, passed_over))


def _sweep(out: Path) -> None:
    """Take away what processes left that were killed while they wrote."""
    for pattern in (".*.tmp", "students/*/.*.tmp", "instructor/*/.*.tmp"):
        for path in out.glob(pattern):
            if (match := _LEFT.fullmatch(path.name)) and not _runs(int(match[1])):
                with suppress(OSError):
                    path.unlink()


def _runs(process: int) -> bool:
    """Say whether a process may still be there: one that is somebody else's is."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@contextmanager
def _writing(path: Path) -> Iterator[TextIO]:
    """Open a file that takes its name only once all of it is written."""
    temporary = path.with_name(f".{path.name[:60]}.{os.getpid()}.tmp")
    try:
        with _open(temporary) as file:
            yield file
        _put(temporary, path)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise _refused(path, error) from error
        raise


def _put(new: Path, path: Path) -> None:
    """Give a file its name; the one that has it gives way first, and takes it back where that fails.

    A file that takes another's place is written to the disk at once by some file systems, ext4 among them:
    many milliseconds for each page.
    """
    old = path.with_name(f".old{new.name}")
    try:
        path.replace(old)
    except FileNotFoundError:
        new.replace(path)
        return
    try:
        new.replace(path)
    except BaseException:
        old.replace(path)
        raise
    old.unlink()


def _open(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8", errors="replace", newline="\n")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("w", encoding="utf-8", errors="replace", newline="\n")


def _refused(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or type(error).__name__
    return OutputError(
        f"path={str(path)!r} cannot be written: {reason}.",
        help="make room on the disk, allow writing to the folder, or name another one with --out",
    )
