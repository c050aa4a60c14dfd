"""What simulated workers do; a module of its own, since workers load it."""

from __future__ import annotations

import os
import time
from dataclasses import replace

from grader.cohort.jobs import Done, Job
from grader.cohort.worker import Desk, do
from grader.report.paths import page_path

__all__ = ["SLEEP", "simulated"]

#: The environment's word on how long to sleep.
SLEEP = "SOFTMARK_BENCHMARK_SLEEP"

_first: list[Done] = []
_pages: dict[str, bytes] = {}


def simulated(desk: Desk, job: Job) -> Done:
    """Grade the first submission that comes; sleep over the others, and hand the same over for them."""
    if not _first:
        _first.append(do(desk, job))
        result = _first[0].result
        for audience in ("student", "instructor"):
            page = desk.out / page_path(audience, result.student, result.assignment)
            _pages[audience] = page.read_bytes()
    time.sleep(float(os.environ[SLEEP]))
    for audience, content in _pages.items():
        path = desk.out / page_path(audience, job.file.student, job.file.assignment)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    done = _first[0]
    return replace(done, result=done.result.model_copy(update={"student": job.file.student}))
