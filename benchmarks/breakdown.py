"""Where the processor time of one submission goes, stage by stage, beside the bare floor's.

::

    python -m benchmarks.breakdown              98 submissions of optimizers, 15 cases each

Everything that computes for a submission is counted: the trusted process with gradebook and pages, the box
parent, the children. Files that end are run one after the other, as one worker does, several times; the
product has no part in the timing (`benchmarks.stages`). Timing costs something too: what a submission costs
without it says `benchmarks.floor`.
"""

from __future__ import annotations

import argparse
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.cohort import ROOT
from benchmarks.floor import hand_in, job
from benchmarks.record import json_option, machine, record, spread
from benchmarks.small import CASES, small_course
from benchmarks.stages import STAGES, TRUSTED, Cells, Stopwatch, install
from grader.cohort.jobs import Job
from grader.cohort.ledger import Ledger
from grader.cohort.worker import Desk, do, do_packed
from grader.course.load import load_assignment
from grader.course.model import Assignment
from grader.gradebook.book import Gradebook
from grader.intake.find import SubmissionFile
from grader.intake.read import read_submission
from grader.sandbox.inside import parent

ROUNDS = 5
WARM = 3  # submissions that fill caches
PARENT = parent.__name__

Milliseconds = dict[str, float]


class Softmark:
    """One worker's work and the main process's, in this process; its box parent is a timed one.

    Parameters
    ----------
    course, folder : Path
    assignment : Assignment
    """

    def __init__(self, course: Path, folder: Path, assignment: Assignment) -> None:
        self._folder, self._assignment = folder, assignment
        self._desk = Desk(course, folder / "reports")
        self._ours, self._box = Cells(folder / "trusted"), Cells(folder / "box")
        self._stopwatch = Stopwatch(self._ours, "the rest")
        install(self._stopwatch, TRUSTED)

    def measure(self, files: Sequence[SubmissionFile], name: str) -> Milliseconds:
        """Grade each file into a gradebook of this name; return milliseconds by stage for one."""
        with Gradebook(self._folder / name) as book, _timed_parents(self._folder / "box"):
            ledger = Ledger(book, self._desk, {self._assignment.name: self._assignment})
            for file in files[:WARM]:
                self._grade(file, ledger)
            self._stopwatch.stop()
            self._ours.clear()
            self._box.clear()
            for file in files:
                self._grade(file, ledger)
            self._stopwatch.stop()
            trusted, box = self._ours.read(), self._box.read()
        assert box["confinement"] > 0, "the box parent is started in a way that cannot be timed"
        return {stage: 1000 * (trusted[stage] + box[stage]) / len(files) for stage in STAGES}

    def _grade(self, file: SubmissionFile, ledger: Ledger) -> None:
        ledger.keep([do_packed(do, self._desk, Job(file, "grade", self._assignment.digest))])


@contextmanager
def _timed_parents(cells: Path) -> Iterator[None]:
    """Have box parents be timed ones."""
    start = subprocess.Popen

    def started(command: Sequence[str], **options: Any) -> Any:
        if PARENT not in command:
            return start(command, **options)
        changed = ["benchmarks.hooked" if word == PARENT else word for word in command]
        variables = {**options.pop("env"), "CELLS": str(cells), "PYTHONPATH": str(ROOT)}
        return start(changed, env=variables, **options)

    with mock.patch("subprocess.Popen", started):
        yield


def measure_floor(assignment: Assignment, files: Sequence[SubmissionFile], folder: Path) -> Milliseconds:
    """Run the files on the bare floor, timed; return milliseconds by stage for one."""
    path, cells = folder / "job.pickle", Cells(folder / "bare")
    submissions = [read_submission(file, 1 << 20) for file in files]
    path.write_bytes(pickle.dumps(job(assignment, submissions)))
    variables = {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT), "CELLS": str(folder / "bare")}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "benchmarks.hooked", str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **variables},
        text=True,
    )
    assert process.stdin is not None and process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    cells.clear()
    process.communicate("go\n")
    return {stage: 1000 * seconds / len(files) for stage, seconds in cells.read().items()}


def compare(course: Path, arguments: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Measure both in turns; return the medians of the rounds by stage, and the totals."""
    assignment = load_assignment(course, arguments.assignment)
    files = hand_in(folder / "submissions", assignment.name, arguments.size)
    softmark = Softmark(course, folder, assignment)
    rounds: dict[str, list[Milliseconds]] = {"floor": [], "softmark": []}
    for number in range(arguments.rounds):
        rounds["floor"].append(measure_floor(assignment, files, folder))
        rounds["softmark"].append(softmark.measure(files, f"{number}.sqlite"))
    totals = {who: [sum(each.values()) for each in found] for who, found in rounds.items()}
    ratios = [ours / bare for ours, bare in zip(totals["softmark"], totals["floor"], strict=True)]
    return {
        "submissions": len(files),
        "cases": sum(len(exercise.cases) for exercise in assignment.exercises),
        "cpu_ms": {
            stage: {who: _median([each[stage] for each in found]) for who, found in rounds.items()}
            for stage in STAGES
        },
        "total_cpu_ms": {who: spread(found) for who, found in totals.items()},
        "ratio": spread(ratios),
    }


def _median(values: Sequence[float]) -> float:
    return round(statistics.median(values), 2)


def main() -> None:
    """Read the command line, measure, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--assignment", default="optimizers")
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    json_option(parser)
    arguments = parser.parse_args()
    described = machine()
    with tempfile.TemporaryDirectory() as folder:
        course = small_course(Path(folder) / "course", arguments.assignment, CASES)
        figures = compare(course, arguments, Path(folder))
    record("breakdown", figures, arguments.json, described)


if __name__ == "__main__":
    main()
