"""For how long a job may be in a worker's hands before the worker is taken to hang."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from typing import Final

from grader.cohort.jobs import Job
from grader.cohort.worker import BOXES, Desk
from grader.course.load import load_assignment
from grader.course.model import Assignment
from grader.errors import GraderError
from grader.sandbox.talk import WALL_FACTOR

__all__ = ["LEAST", "patience"]

#: A box that breaks is renewed, and what it was running is run once more.
_ATTEMPTS: Final = 2

#: Seconds for all that no limit of the assignment is about: boxes that start, judging, pages.
LEAST: Final = 120.0


def patience(desk: Desk, job: Job) -> float:
    """Return the seconds after which a job cannot be on its way any more, on however crowded a machine.

    Every limit is used up, in wall time, by the run and by each exercise run again, and boxes break as
    often as they may.
    """
    try:
        return LEAST + _longest(desk.course, job.file.assignment)
    except GraderError:  # the course is being changed: the worker is to say so
        return math.inf


@lru_cache(maxsize=64)
def _longest(course: Path, name: str) -> float:
    assignment = load_assignment(course, name)
    limits = assignment.file.limits
    case = max((exercise.spec.cpu_seconds for exercise in assignment.exercises), default=0.0)
    # The last case before the budget is used up may go beyond it.
    seconds = limits.import_seconds + limits.submission_seconds + case * (1 + _reruns(assignment))
    return BOXES * _ATTEMPTS * WALL_FACTOR * seconds


def _reruns(assignment: Assignment) -> int:
    return sum(bool(exercise.spec.uses) for exercise in assignment.exercises)
