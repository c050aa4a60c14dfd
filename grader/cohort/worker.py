"""A worker process: grades one submission after the other, writes their pages, returns packed results.

It keeps one box open, for the assignment at hand.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing.util import Finalize
from pathlib import Path

from grader.cohort.packed import PackedResult
from grader.course.load import load_assignment
from grader.course.model import Assignment
from grader.course.requirements import lacking
from grader.errors import BoxFailure, GraderError
from grader.grading import AnswerKey, grade, ungraded
from grader.intake.find import SubmissionFile
from grader.intake.read import read_submission
from grader.report.write import write_submission
from grader.results import SubmissionResult
from grader.sandbox.box import Box, Kind, open_box


@dataclass(frozen=True, slots=True)
class Desk:
    """What a worker has to know: small, hashable, and the same for the whole cohort.

    Parameters
    ----------
    course : Path
        The course's root.
    out : Path
        Where the pages go.
    sandbox : {"strong", "weak"}
        Which box to run in.
    private : tuple of Path
        Folders that no submission may read, beside the course and the pages.
    """

    course: Path
    out: Path
    sandbox: Kind = "strong"
    private: tuple[Path, ...] = ()


#: What a worker does with a submission.
Work = Callable[[Desk, SubmissionFile], SubmissionResult]


def begin() -> None:
    """Prepare a worker process: interrupts are the main process's affair, and it ends with that process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # nobody is left to hand results to


def grade_packed(work: Work, desk: Desk, file: SubmissionFile) -> PackedResult:
    """Do the work and pack its result for the way back."""
    return PackedResult.of(work(desk, file))


def grade_file(desk: Desk, file: SubmissionFile) -> SubmissionResult:
    """Grade one submission and write its pages; a fault of ours leaves it ungraded.

    Raises
    ------
    GraderError
        What the operator has to mend: the box is unavailable, the course broken, the folder not writable.
    """
    try:
        return _grade_file(desk, file)
    except BoxFailure as error:
        reason = error.problem
    except GraderError:
        raise
    except Exception as error:
        reason = _our_fault(error)
    _bench().close()
    return give_up(desk, file, reason)


def _grade_file(desk: Desk, file: SubmissionFile) -> SubmissionResult:
    reason = _skipped(desk.course, file.assignment)
    if reason:
        return give_up(desk, file, reason)
    assignment = _assignment(desk.course, file.assignment)
    submission = read_submission(file, assignment.file.limits.max_bytes)
    graded = grade(submission, assignment, _bench().box(assignment, desk), _key(desk.course, assignment.name))
    write_submission(desk.out, graded, assignment)
    return graded.result


def give_up(desk: Desk, file: SubmissionFile, reason: str) -> SubmissionResult:
    """Return the result of a submission that a fault of ours kept from being graded, its pages written."""
    assignment = _assignment(desk.course, file.assignment)
    graded = ungraded(read_submission(file, assignment.file.limits.max_bytes), assignment, reason)
    try:
        write_submission(desk.out, graded, assignment)
    except GraderError:
        raise
    except Exception as error:
        events = (*graded.result.events, _our_fault(error))
        return graded.result.model_copy(update={"events": events})
    return graded.result


@lru_cache(maxsize=4)
def _assignment(course: Path, name: str) -> Assignment:
    return load_assignment(course, name)


@lru_cache(maxsize=4)
def _key(course: Path, name: str) -> AnswerKey:
    return AnswerKey.of(_assignment(course, name))


@lru_cache(maxsize=4)
def _skipped(course: Path, name: str) -> str:
    """Why no submission of an assignment can be run in this installation; "" where they can."""
    found = lacking(_assignment(course, name).file)
    return found.reason if found else ""


@dataclass(slots=True)
class _Bench:
    """The box that a worker has open; submissions come sorted, so one is enough."""

    boxes: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    key: tuple[Desk, str] | None = None
    current: Box | None = None

    def box(self, assignment: Assignment, desk: Desk) -> Box:
        if self.current is None or self.key != (desk, assignment.name):
            self.close()
            self.current = self.boxes.enter_context(
                open_box(assignment, desk.sandbox, private=(desk.out, *desk.private))
            )
            self.key = (desk, assignment.name)
        return self.current

    def close(self) -> None:
        self.current = None
        # A box that broke may break again in closing; the next one is opened all the same.
        with contextlib.suppress(Exception):
            self.boxes.close()


@lru_cache(maxsize=1)
def _bench() -> _Bench:
    bench = _Bench()
    Finalize(None, bench.close, exitpriority=10)  # worker processes end without running atexit
    return bench


def _our_fault(error: Exception) -> str:
    """Name an unexpected exception and where in the grader it arose; its message may be a student's text."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "grader" in frame.filename]
    where = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"a fault of the grader: {type(error).__name__}{where}"
