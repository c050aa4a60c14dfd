"""What grading again costs, beside the first run: an unchanged cohort, and a course whose judging changed.

::

    python -m benchmarks.again --size 1000

The same cohort is graded once, graded again, and judged again: as it is, and after the tolerance of every
exercise and the weights of public cases were changed, first to see what changes (`grade rescore`), then to
keep it and write the pages anew (`--apply`).
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.cohort import MIXES, write_cohort
from benchmarks.cohorts import ASSIGNMENT, grade
from benchmarks.record import json_option, machine, record, spread
from benchmarks.small import CASES, small_course
from benchmarks.watched import Watched
from grader.course.model import Exercise

#: What is done, in this order, and whether the course is changed before it.
STEPS = {
    "first run": False,
    "run again, unchanged": False,
    "rescore, unchanged": False,
    "rescore, changed": True,
    "rescore --apply, changed": False,
}


def changed(exercise: Exercise) -> Exercise:
    """Return the exercise with ten times its tolerance, its public cases counting for twice as much."""
    tolerance = replace(exercise.spec.tolerance, relative=10 * exercise.spec.tolerance.relative)
    cases = tuple(
        replace(case, weight=2 * case.weight) if case.visibility == "public" else case
        for case in exercise.cases
    )
    return replace(exercise, spec=replace(exercise.spec, tolerance=tolerance), cases=cases)


def once(size: int, workers: int) -> dict[str, Watched]:
    """Go through all steps with a new cohort."""
    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        course = small_course(folder / "course", ASSIGNMENT, CASES)
        other = small_course(folder / "changed", ASSIGNMENT, CASES, change=changed)
        write_cohort(folder / "submissions", ASSIGNMENT, size, mix=MIXES["none"])
        for step, edit in STEPS.items():
            if edit:
                for part in ("assignments", "reference"):
                    shutil.copytree(other / part, course / part, dirs_exist_ok=True)
            command, *words = step.partition(",")[0].split()
            if command == "rescore":
                found[step] = grade("rescore", course, folder, *words)
            else:
                submissions = str(folder / "submissions")
                found[step] = grade("run", course, folder, submissions, "--workers", str(workers))
        assert f"{size} kept" in found["run again, unchanged"].output, found["run again, unchanged"].output
        changes = found["rescore, changed"].output
        assert f" of {size} grades change" in changes and f"\n0 of {size}" not in changes, changes
    return found


def compare(size: int, workers: int, rounds: int) -> dict[str, Any]:
    """Measure each step, and its ratio to the first run of the same round."""
    every = [once(size, workers) for _ in range(rounds)]
    first = [found["first run"] for found in every]
    return {
        step: {
            "seconds": spread([found[step].seconds for found in every]),
            "cpu_seconds": spread([found[step].cpu_seconds for found in every]),
            "ratio": spread(
                [found[step].seconds / run.seconds for found, run in zip(every, first, strict=True)]
            ),
        }
        for step in STEPS
    }


def main() -> None:
    """Read the command line, measure, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, default=3)
    json_option(parser)
    words = parser.parse_args()
    described = machine()
    steps = compare(words.size, words.workers, words.rounds)
    record(
        "again",
        {"submissions": words.size, "cases": CASES, "workers": words.workers, "steps": steps},
        words.json,
        described,
    )


if __name__ == "__main__":
    main()
