"""What a submission costs above the bare floor, in one run.

::

    python -m benchmarks.floor                    100 submissions of optimizers, one worker
    python -m benchmarks.floor --workers 2 --size 300

The *floor* is what any grader that isolates must do: fork a process in which numpy is loaded, compile the
file, make the calls on inputs that are ready, send the results, compare them. No limits, no layers, no
findings, no page. *softmark* is everything: reading the file, box, judging, diagnosis, both pages written to
disk, the result kept in a gradebook. The last is done by the main process of `grade run` while a worker goes
on; here it comes in turn, and the ratio without it stands beside the other. *Further* is the command itself,
which has the dashboard to write too: what each submission beyond the first adds to its time.

All run the same files in turns, several times, and are compared round by round. Files that loop for ever have
no floor: they are left out, and the whole cohort with them is timed as a command.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.bare import Job
from benchmarks.cohort import ROOT, sources, write_cohort
from benchmarks.cohorts import grade
from benchmarks.record import json_option, machine, record, spread
from benchmarks.small import CASES, small_course
from grader.cohort.jobs import Job as Turn
from grader.cohort.ledger import Ledger
from grader.cohort.worker import Desk, do, do_packed
from grader.course.load import load_assignment
from grader.course.model import Assignment, Submission
from grader.gradebook.book import Gradebook
from grader.intake.find import SubmissionFile
from grader.intake.read import read_submission
from grader.sandbox.plan import Plan

ROUNDS = 5


def job(assignment: Assignment, submissions: Sequence[Submission]) -> Job:
    """Return what the floor runs for these submissions."""
    plan = Plan.of(assignment)
    expected = []
    for call in plan.calls:
        case = next(case for case in assignment.exercise(call.exercise).cases if case.name == call.case)
        vector = np.frombuffer(case.expected.data) if len(case.expected.data) % 8 == 0 else np.zeros(0)
        scale = np.sqrt(np.mean(vector**2)) if vector.size else 0.0
        expected.append((case.expected.structure, vector, 1e-7 * (np.abs(vector) + scale) + 1e-12))
    messages = [call.message for call in plan.calls]
    return Job(plan.setup["assignment"], messages, expected, [each.source for each in submissions])


def time_floor(assignment: Assignment, shares: Sequence[Sequence[Submission]]) -> float:
    """Run each share in a lean process of its own, all at once; return the seconds until the last is done."""
    with tempfile.TemporaryDirectory() as folder:
        processes = []
        for number, share in enumerate(shares):
            path = Path(folder) / f"{number}.pickle"
            path.write_bytes(pickle.dumps(job(assignment, share)))
            command = [sys.executable, "-P", "-m", "benchmarks.bare", str(path)]
            environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
            processes.append(
                subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
                )
            )
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        started = time.perf_counter()
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in processes:
            assert process.stdout is not None
            assert int(process.stdout.readline()) > 0
        seconds = time.perf_counter() - started
        for process in processes:
            process.communicate()
        return seconds


def time_softmark(
    course: Path, assignment: Assignment, shares: Sequence[Sequence[SubmissionFile]], out: Path
) -> tuple[float, float]:
    """Grade each share in a process of its own, boxes already open.

    Returns
    -------
    seconds : float
        Until the last is done.
    keeping : float
        What one process spent of it on the gradebook, on average.
    """
    context = multiprocessing.get_context("fork")
    ready, go, done = (context.Barrier(len(shares) + 1) for _ in range(3))
    kept = context.Value("d", 0.0)

    def worker(number: int, share: Sequence[SubmissionFile]) -> None:
        desk, keeping = Desk(course, out), 0.0
        with Gradebook(out / f"{number}.sqlite") as book:
            ledger = Ledger(book, desk, {assignment.name: assignment})
            turns = [Turn(file, "grade", assignment.digest) for file in share]
            ledger.keep([do_packed(do, desk, turns[0])])  # box open, templates compiled
            ready.wait()
            go.wait()
            for turn in turns:
                result = do_packed(do, desk, turn)
                before = time.perf_counter()
                ledger.keep([result])
                keeping += time.perf_counter() - before
            done.wait()
        with kept.get_lock():
            kept.value += keeping / len(shares)

    processes = [context.Process(target=worker, args=each) for each in enumerate(shares)]
    for process in processes:
        process.start()
    ready.wait()
    started = time.perf_counter()
    go.wait()
    done.wait()
    seconds = time.perf_counter() - started
    for process in processes:
        process.join()
    return seconds, kept.value


def time_further(course: Path, files: Sequence[SubmissionFile], workers: int, out: Path) -> float:
    """Return the seconds that `grade run` takes for these files beyond those that it takes for one."""
    seconds = []
    for name, submissions in (("one", files[0].path.parent), ("all", files[0].path.parents[1])):
        run = grade("run", course, out / name, str(submissions), "--workers", str(workers))
        seconds.append(run.seconds)
    first, every = seconds
    return (every - first) * len(files) / (len(files) - 1)


def hand_in(folder: Path, assignment: str, size: int) -> list[SubmissionFile]:
    """Write a cohort's files that end."""
    files = []
    for number, (kind, source) in enumerate(sources(assignment, size)):
        if kind != "looping":
            path = folder / f"student-{number:05d}" / f"{assignment}.py"
            path.parent.mkdir(parents=True)
            path.write_text(source, encoding="utf-8")
            files.append(SubmissionFile(path.parent.name, assignment, path, path.name))
    return files


def compare(course: Path, assignment: Assignment, size: int, workers: int, rounds: int) -> dict[str, object]:
    """Measure all in turns on the files that end."""
    found: dict[str, list[float]] = {"floor": [], "softmark": [], "without gradebook": [], "further": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = hand_in(folder / "submissions", assignment.name, size)
        shares = [files[worker::workers] for worker in range(workers)]
        read = [[read_submission(file, 1 << 20) for file in share] for share in shares]
        for number in range(rounds):
            bare = time_floor(assignment, read)
            out = folder / f"{number}"
            out.mkdir()
            whole, keeping = time_softmark(course, assignment, shares, out)
            further = time_further(course, files, workers, out)
            for who, seconds in zip(found, (bare, whole, whole - keeping, further), strict=True):
                found[who].append(1000 * seconds / len(files))
    return {
        "submissions": len(files),
        "cases": sum(len(exercise.cases) for exercise in assignment.exercises),
        "workers": workers,
        "floor_ms": spread(found["floor"]),
        "softmark_ms": spread(found["softmark"]),
        "ratio": spread(_ratios(found["softmark"], found["floor"])),
        "ratio_without_gradebook": spread(_ratios(found["without gradebook"], found["floor"])),
        "further_ms": spread(found["further"]),
        "ratio_further": spread(_ratios(found["further"], found["floor"])),
    }


def _ratios(these: Sequence[float], those: Sequence[float]) -> list[float]:
    return [one / other for one, other in zip(these, those, strict=True)]


def whole_command(course: Path, assignment: str, size: int, workers: int, rounds: int) -> dict[str, object]:
    """Time the command on the whole cohort, loops included, from its start to its end."""
    taken = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            write_cohort(Path(folder) / "submissions", assignment, size)
            run = grade("run", course, Path(folder), f"{folder}/submissions", "--workers", str(workers))
            taken.append(run.seconds)
    looping = sum(kind == "looping" for kind, _ in sources(assignment, size))
    return {"submissions": size, "looping": looping, "workers": workers, "seconds": spread(taken)}


def main() -> None:
    """Measure, print a table and write the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--assignment", default="optimizers")
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--cases", type=int, default=CASES, help="0: all that the assignment has")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    json_option(parser)
    arguments = parser.parse_args()
    described = machine()
    with tempfile.TemporaryDirectory() as folder:
        course = (
            small_course(Path(folder) / "course", arguments.assignment, arguments.cases)
            if arguments.cases
            else ROOT
        )
        figures = measure(course, arguments)
    record("floor", figures, arguments.json, described)


def measure(course: Path, arguments: argparse.Namespace) -> dict[str, object]:
    """Measure in this course."""
    assignment = load_assignment(course, arguments.assignment)
    return {
        "floor": compare(course, assignment, arguments.size, arguments.workers, arguments.rounds),
        "command": whole_command(
            course, arguments.assignment, arguments.size, os.cpu_count() or 1, arguments.rounds
        ),
    }


if __name__ == "__main__":
    main()
