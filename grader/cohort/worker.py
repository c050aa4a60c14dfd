"""A worker process: does one job after the other, writes pages, returns packed results.

It keeps one box open, for the assignment at hand.
"""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Final

from grader.cohort.jobs import Done, Job, Kept, key_of, stamp_of
from grader.cohort.packed import PackedResult, unpack_result
from grader.course.asked import asked_digest
from grader.course.load import load_assignment
from grader.course.model import Assignment, Submission
from grader.course.requirements import lacking
from grader.errors import BoxFailure, CourseError, GradebookError, GraderError, PropertyError
from grader.gradebook.applied import applied
from grader.gradebook.entries import Versions
from grader.gradebook.outputs import pack_run, unpack_run
from grader.grading import AnswerKey, grade, mark, ungraded
from grader.intake.read import read_submission
from grader.report.submission import write_submission
from grader.results import Graded, Kind, Run
from grader.sandbox.box import Box, open_box
from grader.sandbox.box import Kind as BoxKind


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
    sandbox: BoxKind = "strong"
    private: tuple[Path, ...] = ()


#: A submission whose box broke, for whatever reason, is tried in another one: so many in all.
BOXES: Final = 2

#: How a worker does a job.
Work = Callable[[Desk, Job], Done]


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


def do_packed(work: Work, desk: Desk, job: Job) -> PackedResult:
    """Do a job and pack what came of it for the way back."""
    return PackedResult.of(work(desk, job), job)


def do(desk: Desk, job: Job) -> Done:
    """Do a job; a fault of ours leaves the submission ungraded.

    Raises
    ------
    GraderError
        What the operator has to mend: the box is unavailable, the course broken or changed, the folder not
        writable.
    MemoryError
        Another process may have more.
    """
    reason = ""
    for _ in range(BOXES):
        try:
            return _do(desk, job)
        except BoxFailure as error:
            reason = error.problem
        except PropertyError as error:
            return give_up(desk, job, error.problem)
        except (GraderError, MemoryError):  # a process that has no memory left is not to be asked again
            raise
        except Exception as error:
            reason = _our_fault(error)
        _bench().close()
    return give_up(desk, job, reason)


def _do(desk: Desk, job: Job) -> Done:
    assignment = _assignment_of(desk, job)
    if job.kept is not None:
        return _from_kept(desk, job, job.kept, assignment)
    if found := lacking(assignment.file):
        return give_up(desk, job, found.reason)
    submission = submission_of(job, assignment)
    graded = grade(submission, assignment, _bench().box(assignment, desk), _key(desk.course, assignment.name))
    return _written(desk, job, assignment, graded)


def submission_of(job: Job, assignment: Assignment) -> Submission:
    """Return what was handed in: what came with the job, or what the file holds."""
    return job.submission or read_submission(job.file, assignment.file.limits.max_bytes)


def _from_kept(desk: Desk, job: Job, kept: Kept, assignment: Assignment) -> Done:
    """Judge outputs that were kept, without running anything."""
    before, run = unpack_result(kept.result), unpack_run(kept.outputs)
    key = _key(desk.course, assignment.name)
    if job.task == "pages":  # the result stands: its explanations are not looked for again
        graded = Graded(before, run, key.judge_all(assignment, run), job.file.shown)
        _show(desk, job, assignment, graded, job.key, kept.outputs)
        return Done(before)
    who = (before.student, before.assignment)
    submission = Submission(*who, b"", job.file.shown, _fault(run), before.submission_sha256)
    graded = mark(submission, assignment, run, key)
    # Neither the time that it took nor the file is at hand any more; the box was what it was.
    update = {"seconds": before.seconds, "sketch": before.sketch}
    graded = replace(graded, result=graded.result.model_copy(update=update))
    box: BoxKind = "weak" if before.sandbox == "weak" else "strong"
    return _done(replace(desk, sandbox=box), assignment, graded, kept.outputs)


def give_up(desk: Desk, job: Job, reason: str) -> Done:
    """Return the result of a submission that a fault of ours kept from being graded, its pages written.

    Raises
    ------
    GradebookError
        Nothing was to be run: the kept result stands as it is, and so do its pages.
    """
    if job.task != "grade":
        raise GradebookError(
            f"{job.file.student} {job.file.assignment}: what was kept cannot be judged again: {reason}.",
            help="grade run --fresh runs the submission again",
        )
    assignment = _assignment(desk.course, job.file.assignment)
    graded = ungraded(submission_of(job, assignment), assignment, reason)
    try:
        return _written(desk, job, assignment, graded)
    except GraderError:
        raise
    except Exception as error:
        events = (*graded.result.events, _our_fault(error))
        result = graded.result.model_copy(update={"events": events})
        return _done(desk, assignment, replace(graded, result=result))


def _written(desk: Desk, job: Job, assignment: Assignment, graded: Graded) -> Done:
    """Write a submission's pages, and return what is to be kept of it."""
    done = _done(desk, assignment, graded)
    _show(desk, job, assignment, graded, done.key, done.outputs)
    return done


def _show(desk: Desk, job: Job, assignment: Assignment, graded: Graded, key: str, outputs: bytes) -> None:
    """Write a submission's pages, with what instructors said of it."""
    shown = replace(graded, result=applied(graded.result, job.remarks))
    digest = hashlib.sha256(outputs).hexdigest()
    write_submission(desk.out, shown, assignment, stamp_of(key, digest, job.remarks))


def _done(desk: Desk, assignment: Assignment, graded: Graded, outputs: bytes = b"") -> Done:
    content = (graded.result.submission_sha256, _fault(graded.run))
    key = key_of(content, assignment, desk.sandbox, Versions())
    outputs = outputs or pack_run(graded.run)
    return Done(graded.result, outputs, key, assignment.digest, _asked(desk.course, assignment.name))


def _fault(run: Run) -> str:
    """Return why there was nothing to run; "" where there was."""
    return run.load.reason if run.load.kind is Kind.MISSING else ""


def _assignment_of(desk: Desk, job: Job) -> Assignment:
    assignment = _assignment(desk.course, job.file.assignment)
    if job.build not in ("", assignment.digest):
        raise CourseError(
            f"{assignment.name} was changed while it was graded.",
            help="run the command again: what was graded is graded anew where the change matters",
        )
    return assignment


@lru_cache(maxsize=4)
def _assignment(course: Path, name: str) -> Assignment:
    return load_assignment(course, name)


@lru_cache(maxsize=4)
def _key(course: Path, name: str) -> AnswerKey:
    return AnswerKey.of(_assignment(course, name))


@lru_cache(maxsize=4)
def _asked(course: Path, name: str) -> str:
    return asked_digest(_assignment(course, name))


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


def open_box_ahead(desk: Desk, name: str) -> None:
    """Open the box for an assignment before there is a job: what is missing is known then."""
    _bench().box(_assignment(desk.course, name), desk)


def close_box() -> None:
    """Close the box that is open, if any."""
    _bench().close()


def _our_fault(error: Exception) -> str:
    """Name an unexpected exception and where in the grader it arose; its message may be a student's text."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "grader" in frame.filename]
    where = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"a fault of the grader: {type(error).__name__}{where}"
