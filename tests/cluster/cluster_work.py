"""What workers of these tests do: importable where they run."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace

from grader.cohort.jobs import Done, Job
from grader.cohort.worker import Desk, do


def killers_die(desk: Desk, job: Job) -> Done:
    if job.file.student == "killer":
        os.kill(os.getpid(), signal.SIGKILL)
    return do(desk, job)


def slow_and_named(desk: Desk, job: Job) -> Done:
    """Take a while, and name the worker's process."""
    time.sleep(0.3)
    done = do(desk, job)
    return replace(done, result=done.result.model_copy(update={"events": (str(os.getpid()),)}))


def hangers_hang(desk: Desk, job: Job) -> Done:
    if job.file.student == "hanger":
        time.sleep(600)
    return do(desk, job)
