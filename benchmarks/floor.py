"""What a submission costs above the bare floor, in one run.

::

    python -m benchmarks.floor                    100 submissions of optimizers, one worker
    python -m benchmarks.floor --workers 2 --size 300

The *floor* is what any grader that isolates must do: fork a process in which numpy is loaded, compile the
file, make the calls on inputs that are ready, send the results, compare them. No limits, no layers, no
findings, no page. *softmark* is everything: box, judging, diagnosis and both pages written to disk.

Both run the same files in turns, several times; the medians of the rounds are compared. Files that loop for
ever have no floor: they are left out of the ratio, and the whole cohort with them is timed once, as a
command.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import pickle
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.bare import Job
from benchmarks.cohort import ROOT, sources, write_cohort
from benchmarks.small import CASES, small_course
from grader.course.load import load_assignment
from grader.course.model import Assignment, Submission
from grader.grading import AnswerKey, grade
from grader.report.write import write_submission
from grader.sandbox.box import open_box
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


def time_softmark(assignment: Assignment, shares: Sequence[Sequence[Submission]], out: Path) -> float:
    """Grade each share in a process of its own, boxes already open; return the seconds for all."""
    context = multiprocessing.get_context("fork")
    ready, go, done = (context.Barrier(len(shares) + 1) for _ in range(3))

    def worker(share: Sequence[Submission]) -> None:
        key = AnswerKey.of(assignment)
        with open_box(assignment) as box:
            write_submission(out, grade(share[0], assignment, box, key), assignment)  # templates compiled
            ready.wait()
            go.wait()
            for submission in share:
                write_submission(out, grade(submission, assignment, box, key), assignment)
            done.wait()

    processes = [context.Process(target=worker, args=(share,)) for share in shares]
    for process in processes:
        process.start()
    ready.wait()
    started = time.perf_counter()
    go.wait()
    done.wait()
    seconds = time.perf_counter() - started
    for process in processes:
        process.join()
    return seconds


def compare(assignment: Assignment, size: int, workers: int, rounds: int) -> dict[str, object]:
    """Measure both in turns on the files that end."""
    files = [source for kind, source in sources(assignment.name, size) if kind != "looping"]
    submissions = [
        Submission(f"student-{number}", assignment.name, source.encode())
        for number, source in enumerate(files)
    ]
    shares = [submissions[worker::workers] for worker in range(workers)]
    found: dict[str, list[float]] = {"floor": [], "softmark": []}
    with tempfile.TemporaryDirectory() as out:
        for _ in range(rounds):
            bare = time_floor(assignment, shares)
            whole = time_softmark(assignment, shares, Path(out))
            found["floor"].append(1000 * bare / len(submissions))
            found["softmark"].append(1000 * whole / len(submissions))
    ratios = [whole / bare for whole, bare in zip(found["softmark"], found["floor"], strict=True)]
    return {
        "submissions": len(submissions),
        "cases": sum(len(exercise.cases) for exercise in assignment.exercises),
        "workers": workers,
        "floor_ms": [round(number, 2) for number in found["floor"]],
        "softmark_ms": [round(number, 2) for number in found["softmark"]],
        "ratio": round(statistics.median(ratios), 2),
        "ratio_spread": [round(min(ratios), 2), round(max(ratios), 2)],
    }


def whole_command(course: Path, assignment: str, size: int, workers: int) -> dict[str, object]:
    """Time the command on the whole cohort, loops included, from its start to its end."""
    with tempfile.TemporaryDirectory() as folder:
        write_cohort(Path(folder) / "submissions", assignment, size)
        command = [sys.executable, "-m", "grader", "run", str(Path(folder) / "submissions")]
        command += [
            "--out",
            str(Path(folder) / "reports"),
            "--workers",
            str(workers),
            "--course",
            str(course),
        ]
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        return {"submissions": size, "workers": workers, "seconds": round(time.perf_counter() - started, 2)}


def main() -> None:
    """Measure, print a table and write the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--assignment", default="optimizers")
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--cases", type=int, default=CASES, help="0: all that the assignment has")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        course = (
            small_course(Path(folder) / "course", arguments.assignment, arguments.cases)
            if arguments.cases
            else ROOT
        )
        figures = measure(course, arguments)
    print(json.dumps(figures, indent=2))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def measure(course: Path, arguments: argparse.Namespace) -> dict[str, object]:
    """Measure in this course."""
    assignment = load_assignment(course, arguments.assignment)
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"numpy {np.__version__}",
        "floor": compare(assignment, arguments.size, arguments.workers, arguments.rounds),
        "command": whole_command(course, arguments.assignment, arguments.size, os.cpu_count() or 1),
    }


if __name__ == "__main__":
    main()
