"""What a Dask cluster adds to a submission, and how many submissions a second one of them can take.

::

    python -m benchmarks.cluster                    needs the extra "cluster"; some minutes
    python -m benchmarks.cluster --size 60 --rounds 1 --simulated 2

The same cohort of optimizers (15 cases, files that end) is graded by N processes of this machine and by N
workers of a cluster on this machine's loopback network. A figure for one submission is the difference between
a large cohort and a small one, divided by the difference of their sizes: what a run costs once is left out.

*Simulated* workers grade nothing: they sleep for as long as a submission takes, then hand over a result and
pages of the usual size. More of them fit on a machine than it has cores; what is measured is what the client
and the scheduler use for a submission, and so what they can keep up with.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.cluster_work import SLEEP, simulated
from benchmarks.cohort import MIXES, ROOT, write_cohort
from benchmarks.processes import below
from benchmarks.record import json_option, machine, record, spread
from benchmarks.small import CASES, small_course
from grader.cohort.executors import Executor
from grader.cohort.executors.dask import DaskExecutor
from grader.cohort.executors.local import LocalExecutor
from grader.cohort.handout import do_jobs
from grader.cohort.ledger import Ledger
from grader.cohort.packed import PackedResult
from grader.cohort.worker import Desk, Work, do
from grader.course.load import load_assignment
from grader.course.model import Assignment
from grader.gradebook.book import Gradebook
from grader.intake.find import find_submissions

ASSIGNMENT = "optimizers"

#: What a cost is made of.
NAMES = ("wall", "client", "scheduler", "workers")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run cost, in seconds: of the clock, and of processors: its own, the scheduler's, all others'."""

    wall: float
    client: float
    scheduler: float
    workers: float

    def since(self, before: Cost) -> Cost:
        """Return what came to it since an earlier moment."""
        return Cost(*(getattr(self, name) - getattr(before, name) for name in NAMES))

    def each(self, small: Cost, submissions: int) -> dict[str, float]:
        """Return milliseconds a submission, this being the run with so many more of them than a small one."""
        return {name: 1000 * (getattr(self, name) - getattr(small, name)) / submissions for name in NAMES}


@contextlib.contextmanager
def cluster(folder: Path, workers: int, sleep: float) -> Iterator[tuple[str, int]]:
    """Start a scheduler and workers; yield its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    started = [_dask(folder / "scheduler.log", "scheduler", "--host", "127.0.0.1", "--port", str(port))]
    options = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
    try:
        _wait_for(folder / "scheduler.log", "Scheduler at")
        for number in range(workers):
            log = folder / f"worker{number}.log"
            started.append(_dask(log, "worker", address, *options, sleep=sleep))
        for number in range(workers):
            _wait_for(folder / f"worker{number}.log", "Registered to")
        yield address, started[0].pid
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def _dask(log: Path, *words: str, sleep: float = 0.0) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), SLEEP: str(sleep)}
    with log.open("w") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words, "--no-dashboard"],
            stdout=output, stderr=output, stdin=subprocess.DEVNULL, env=environment,
        )  # fmt: skip


def _wait_for(log: Path, words: str) -> None:
    until = time.monotonic() + 120
    while words not in log.read_text():
        if time.monotonic() > until:
            raise TimeoutError(log.read_text())
        time.sleep(0.05)


def grade(
    course: Path, submissions: Path, workers: int, *, dask: bool, work: Work = do, sleep: float = 0.0
) -> Cost:
    """Grade a cohort into a new gradebook, and say what it cost."""
    loaded = {ASSIGNMENT: load_assignment(course, ASSIGNMENT)}
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        desk = Desk(course, Path(name, "reports"), private=(submissions,))
        if not dask:
            return _run(LocalExecutor(desk, workers), desk, submissions, loaded, 0)
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        address, scheduler = stack.enter_context(cluster(place, workers, sleep))
        executor = DaskExecutor(address, desk, loaded, work=work)
        return _run(executor, desk, submissions, loaded, scheduler)


def _run(
    executor: Executor, desk: Desk, submissions: Path, loaded: dict[str, Assignment], scheduler: int
) -> Cost:
    files = find_submissions(submissions, [ASSIGNMENT]).submissions
    costs: list[Cost] = []
    done = 0
    with Gradebook(f"sqlite:///{desk.out}.sqlite") as book:
        ledger = Ledger(book, desk, loaded)
        jobs = ledger.plan(files, fresh=True).jobs

        def take(batch: Sequence[PackedResult]) -> None:
            nonlocal done
            ledger.keep(batch)
            done += len(batch)
            if done == len(jobs):  # all processes are there still
                costs.append(_cost(scheduler))

        before = _cost(scheduler)
        do_jobs(jobs, desk, executor=executor, on_results=take)
    (after,) = costs
    return after.since(before)


def _cost(scheduler: int) -> Cost:
    """Return what was used until now."""
    theirs = _used(scheduler) if scheduler else 0.0
    return Cost(time.monotonic(), time.process_time(), theirs, sum(map(_used, below(os.getpid()))) - theirs)


def _used(process: int) -> float:
    """Return the seconds of processor time of a process and of those that it has waited for; 0 for none."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


class Bench:
    """Cohorts of two sizes, graded in turn."""

    def __init__(self, folder: Path, size: int, rounds: int) -> None:
        self.course = small_course(folder / "course", ASSIGNMENT)
        self.size, self.small, self.rounds = size, max(4, size // 10), rounds
        self.folders = {number: folder / f"submissions{number}" for number in (self.small, size)}
        for number, place in self.folders.items():
            write_cohort(place, ASSIGNMENT, number, mix=MIXES["none"])

    def measure(self, workers: int, **how: Any) -> dict[str, Any]:
        """Return milliseconds for one submission, medians of the rounds."""
        each: dict[str, list[float]] = {}
        for _ in range(self.rounds):
            small = grade(self.course, self.folders[self.small], workers, **how)
            large = grade(self.course, self.folders[self.size], workers, **how)
            for name, ms in large.each(small, self.size - self.small).items():
                each.setdefault(name, []).append(ms)
        return {"workers": workers, **{f"{name}_ms": spread(ms) for name, ms in each.items()}}


def compare(bench: Bench, counts: Sequence[int]) -> list[dict[str, Any]]:
    """Grade with processes of this machine and with a cluster, and say what the cluster adds."""
    rows = []
    for workers in counts:
        here, there = bench.measure(workers, dask=False), bench.measure(workers, dask=True)
        cpu = [
            sum(row[f"{part}_ms"]["median"] for part in ("client", "scheduler", "workers"))
            for row in (here, there)
        ]
        rows.append({
            "workers": workers, "local": here, "dask": there,
            "wall_ratio": round(there["wall_ms"]["median"] / here["wall_ms"]["median"], 2),
            "cpu_ratio": round(cpu[1] / cpu[0], 2),
            "cpu_added_ms": round(cpu[1] - cpu[0], 2),
        })  # fmt: skip
    return rows


def limits(row: dict[str, Any]) -> dict[str, Any]:
    """Say how many submissions a second a client and a scheduler can take, from what each of them uses."""
    most = {name: round(1000 / max(row[f"{name}_ms"]["median"], 0.01)) for name in ("client", "scheduler")}
    return {**row, "submissions_a_second_at_most": most}


def _rows(measured: Sequence[dict[str, Any]], faked: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return what belongs into a table: what was measured, and the figure."""
    rows = []
    for row in measured:
        each = [f"{row[how]['wall_ms']['median']:.1f}" for how in ("local", "dask")]
        what = f"{row['workers']} worker{'s' if row['workers'] > 1 else ''}, ms a submission: local, Dask"
        rows.append((what, f"{' / '.join(each)} ({row['wall_ratio']:.2f} times)"))
        rows.append(("what Dask adds to it, ms of all processors", f"{row['cpu_added_ms']:.1f}"))
    for row in faked:
        most = row["submissions_a_second_at_most"]
        rows.append((
            f"simulated, {row['workers']} workers: ms a submission; at most a second, client / scheduler",
            f"{row['wall_ms']['median']:.1f}; {most['client']} / {most['scheduler']}",
        ))  # fmt: skip
    return rows


def main() -> None:
    """Measure, and write the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, action="append", help="may be repeated; 1 and 2 by default")
    parser.add_argument("--simulated", type=int, action="append", help="the same; 1, 2, 4 and 8 by default")
    json_option(parser)
    words = parser.parse_args()
    described = machine()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), words.size, words.rounds)
        rows = compare(bench, words.workers or (1, 2))
        sleep = max(0.001, rows[0]["local"]["wall_ms"]["median"] / 1000)
        how = {"dask": True, "work": simulated, "sleep": sleep}
        faked = [limits(bench.measure(workers, **how)) for workers in words.simulated or (1, 2, 4, 8)]
    figures = {
        "rows": _rows(rows, faked), "cases": CASES, "submissions": words.size, "measured": rows,
        "simulated": {"sleep_ms": round(1000 * sleep, 1), "rows": faked},
    }  # fmt: skip
    record("cluster", figures, words.json, described)


if __name__ == "__main__":
    main()
