"""What the workers of these tests do: importable, since workers are processes of their own."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from grader.cohort import Desk
from grader.errors import CourseError, OutputError, SandboxUnavailable
from grader.intake.find import SubmissionFile
from grader.results import SubmissionResult


def result_of(file: SubmissionFile, *, events: tuple[str, ...] = ()) -> SubmissionResult:
    return SubmissionResult(
        student=file.student,
        assignment=file.assignment,
        submission_sha256="",
        score=1,
        max_score=1,
        sandbox="strong",
        seconds=0,
        graded=True,
        findings=(),
        events=events,
        exercises=(),
    )


def with_worker(desk: Desk, file: SubmissionFile) -> SubmissionResult:
    """Name the worker's process."""
    return result_of(file, events=(str(os.getpid()),))


def slow(desk: Desk, file: SubmissionFile) -> SubmissionResult:
    time.sleep(0.3)
    return result_of(file)


def endless(desk: Desk, file: SubmissionFile) -> SubmissionResult:
    time.sleep(600)
    return result_of(file)


def killers_die(desk: Desk, file: SubmissionFile) -> SubmissionResult:
    if file.student.startswith("killer"):
        os.kill(os.getpid(), signal.SIGKILL)
    return result_of(file)


def b_dies_the_first_time(desk: Desk, file: SubmissionFile) -> SubmissionResult:
    mark = Path(desk.out) / file.student
    if file.student == "b" and not mark.exists():
        mark.touch()
        os._exit(3)
    return result_of(file)


def ignores_interrupts(desk: Desk, file: SubmissionFile) -> SubmissionResult:
    os.kill(os.getpid(), signal.SIGINT)
    return result_of(file)


def no_box(desk: Desk, file: SubmissionFile) -> SubmissionResult:
    raise SandboxUnavailable("layer 'files' is missing.", help="mend it")


def stops_after_the_first(desk: Desk, file: SubmissionFile) -> SubmissionResult:
    if file.student != "a":
        time.sleep(0.3)
        raise OutputError("the disk is full.", help="make room")
    return result_of(file)


def broken_course(desk: Desk, file: SubmissionFile) -> SubmissionResult:
    raise CourseError("the course is broken.")
