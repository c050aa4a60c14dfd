"""What the workers of these tests do: importable, since workers are processes of their own."""

from __future__ import annotations

import os
import resource
import signal
import time
from pathlib import Path

from grader.cohort.jobs import Done, Job
from grader.cohort.worker import Desk, do
from grader.errors import CourseError, OutputError, SandboxUnavailable
from grader.results import SubmissionResult


def result_of(job: Job, *, events: tuple[str, ...] = ()) -> Done:
    result = SubmissionResult(
        student=job.file.student,
        assignment=job.file.assignment,
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
    return Done(result)


def with_worker(desk: Desk, job: Job) -> Done:
    """Name the worker's process."""
    return result_of(job, events=(str(os.getpid()),))


def slow(desk: Desk, job: Job) -> Done:
    time.sleep(0.3)
    return result_of(job)


def endless(desk: Desk, job: Job) -> Done:
    time.sleep(600)
    return result_of(job)


def killers_die(desk: Desk, job: Job) -> Done:
    if job.file.student.startswith("killer"):
        os.kill(os.getpid(), signal.SIGKILL)
    return result_of(job)


def b_dies_the_first_time(desk: Desk, job: Job) -> Done:
    mark = Path(desk.out) / job.file.student
    if job.file.student == "b" and not mark.exists():
        mark.touch()
        os._exit(3)
    return result_of(job)


def ignores_interrupts(desk: Desk, job: Job) -> Done:
    os.kill(os.getpid(), signal.SIGINT)
    return result_of(job)


def no_box(desk: Desk, job: Job) -> Done:
    raise SandboxUnavailable("layer 'files' is missing.", help="mend it")


def stops_after_the_first(desk: Desk, job: Job) -> Done:
    if job.file.student != "a":
        time.sleep(0.3)
        raise OutputError("the disk is full.", help="make room")
    return result_of(job)


def broken_course(desk: Desk, job: Job) -> Done:
    raise CourseError("the course is broken.")


def no_memory_for_b(desk: Desk, job: Job) -> Done:
    if job.file.student == "b":
        raise MemoryError
    return result_of(job)


def memory_runs_out_the_first_time(desk: Desk, job: Job) -> Done:
    """Grade for real, but for b's first worker, which asks for more than its address space has."""
    mark = Path(desk.out) / job.file.student
    if job.file.student == "b" and not mark.exists():
        mark.touch()
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + 2**29,) * 2)
        return result_of(job, events=(str(len(bytearray(2**31))),))
    return do(desk, job)


def b_hangs(desk: Desk, job: Job) -> Done:
    if job.file.student == "b":
        time.sleep(600)
    return result_of(job)
