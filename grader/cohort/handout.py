"""The main process: hands jobs out to workers and loses none.

::

    waiting ──▶ running ──▶ results
                  │  its worker died
                  ▼
               suspects ──▶ run again, one at a time: who kills a second worker is ungraded
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from multiprocessing import forkserver

from grader.cohort.jobs import Job
from grader.cohort.packed import PackedResult
from grader.cohort.worker import Desk, Work, begin, do, do_packed, give_up
from grader.errors import GraderError, SandboxUnavailable
from grader.intake.find import SubmissionFile

#: Seconds after which a request to stop is noticed.
_PATIENCE = 0.2
#: After so many attempts to start worker processes, one after the other, it is for the operator to see why.
STARTS = 3
DIED_TWICE = "the worker process died twice while it was graded"
#: Submissions handed out for each worker: one in its hands, one on its desk.
_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Cohort:
    """What came of a cohort.

    Parameters
    ----------
    results : tuple of PackedResult
        In the order of the jobs, without their contents: these went to ``on_results``.
    not_reached : tuple of SubmissionFile
        Those left when grading was stopped; empty otherwise.
    error : GraderError or None
        What the operator has to mend before the rest can be graded.
    """

    results: tuple[PackedResult, ...]
    not_reached: tuple[SubmissionFile, ...] = ()
    error: GraderError | None = None


def do_jobs(
    jobs: Sequence[Job],
    desk: Desk,
    *,
    workers: int,
    on_results: Callable[[Sequence[PackedResult]], None] = lambda results: None,
    stopped: Callable[[], bool] = lambda: False,
    prepare: Callable[[Job], Job] = lambda job: job,
    work: Work = do,
) -> Cohort:
    """Do jobs in worker processes: run submissions, write their pages.

    Parameters
    ----------
    jobs : sequence of Job
        Handed out by assignment, so that boxes are used again.
    desk : Desk
        What each worker has to know.
    workers : int
        How many processes; never more than there are jobs.
    on_results : callable
        Called in this process with the results that came in since it was last called, in no particular order.
    stopped : callable
        Asked a few times a second; once it returns True nothing more is handed out, and what is in a worker's
        hands is finished. KeyboardInterrupt gives that up too.
    prepare : callable
        Makes a job ready when its turn comes: what is read for it is not held for all of them at once.
    work : callable
        How a worker does a job.

    Raises
    ------
    GraderError
        Nothing could be done because of the operator's course, folder or machine; or ``on_results`` raised.
    """
    hand_out = _HandOut(desk, min(workers, len(jobs)), on_results, stopped, prepare, work)
    hand_out.waiting.extend(sorted(jobs, key=lambda job: (job.file.assignment, job.file.student)))
    with contextlib.closing(hand_out), contextlib.suppress(KeyboardInterrupt):
        hand_out.run()
    results = hand_out.results
    return Cohort(
        tuple(results[job.file] for job in jobs if job.file in results),
        tuple(job.file for job in jobs if job.file not in results),
        hand_out.error,
    )


@dataclass(slots=True)
class _HandOut:
    """The main process's side."""

    desk: Desk
    workers: int
    on_results: Callable[[Sequence[PackedResult]], None]
    stopped: Callable[[], bool]
    prepare: Callable[[Job], Job]
    work: Work
    waiting: deque[Job] = field(default_factory=deque)
    suspects: deque[Job] = field(default_factory=deque)
    running: dict[Future[PackedResult], Job] = field(default_factory=dict)
    retried: set[SubmissionFile] = field(default_factory=set)
    results: dict[SubmissionFile, PackedResult] = field(default_factory=dict)
    error: GraderError | None = None
    executor: ProcessPoolExecutor | None = None
    failed_starts: int = 0

    def run(self) -> None:
        while self.running or self.waiting or self.suspects:
            if not self.error and not self.stopped():
                self.hand_out()
            elif not self.running:
                return
            done, _ = wait(self.running, timeout=_PATIENCE, return_when=FIRST_COMPLETED)
            found = [self.collect(future, self.running.pop(future)) for future in done]
            self.take([(job, result) for job, result in found if result is not None])

    def take(self, batch: Sequence[tuple[Job, PackedResult]]) -> None:
        """Pass results on, and hold of each what the end needs."""
        if batch:
            self.on_results([result for _, result in batch])
            self.results.update((job.file, result.slim) for job, result in batch)

    def hand_out(self) -> None:
        # A suspect runs alone, so that it can take nobody else's worker with it.
        queue, limit = (self.suspects, 1) if self.suspects else (self.waiting, _AHEAD * self.workers)
        if self.suspects and self.running:
            return
        while queue and len(self.running) < limit:
            job = self.prepare(queue.popleft())
            try:
                self.running[self.pool().submit(do_packed, self.work, self.desk, job)] = job
            except BrokenExecutor:
                self.take([(job, result)] if (result := self.suspect(job)) else [])
                return
            except (OSError, EOFError) as error:
                # No process could be started: that is not the job's fault.
                queue.appendleft(job)
                self.start_anew(error)
                return
            self.failed_starts = 0

    def start_anew(self, error: Exception) -> None:
        """Have the next job open another pool; the operator is told where that fails again and again."""
        _kill_workers()  # the job lies in this pool already, and is not to be done twice
        self.leave_pool()
        self.failed_starts += 1
        if self.failed_starts > STARTS:
            reason = str(error) or type(error).__name__
            raise SandboxUnavailable(
                f"no worker process can be started: {reason}.",
                help="see that the machine has memory and processes to spare, or use fewer --workers",
            )

    def pool(self) -> ProcessPoolExecutor:
        if self.executor is None:
            self.executor = _open_pool(self.workers)
        return self.executor

    def collect(self, future: Future[PackedResult], job: Job) -> tuple[Job, PackedResult | None]:
        """Return a job with its result; with None where it is to be done again, or cannot be."""
        try:
            return job, future.result()
        except BrokenExecutor:
            return job, self.suspect(job)
        except GraderError as error:
            if not self.results:
                raise
            # What is in hand is finished; nothing more is begun.
            self.error = self.error or error
            return job, None
        except Exception as error:  # not even a fault could be told: the worker has no memory left, perhaps
            return job, self.suspect(job, f"{type(error).__name__} in the worker process, twice")

    def suspect(self, job: Job, reason: str = DIED_TWICE) -> PackedResult | None:
        """Have a submission run again whose worker died, or give it up the second time."""
        self.leave_pool()
        if job.file not in self.retried:
            self.retried.add(job.file)
            self.suspects.append(job)
            return None
        try:
            return PackedResult.of(give_up(self.desk, job, reason), job)
        except GraderError as error:
            self.error = self.error or error
            return None

    def leave_pool(self) -> None:
        """Open another pool for the next job; what runs in this one is finished."""
        if self.executor is not None:
            self.executor.shutdown(wait=False)
            self.executor = None

    def close(self) -> None:
        if self.executor is None:
            return
        if self.running:  # given up: an error of the operator's, or a second Ctrl-C
            _kill_workers()
        self.executor.shutdown(wait=True, cancel_futures=True)


def _kill_workers() -> None:
    for process in multiprocessing.active_children():
        process.kill()


def _open_pool(workers: int) -> ProcessPoolExecutor:
    # A fork server: workers start fast from a process that has everything imported but no threads.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload([begin.__module__])
        with _ignoring_interrupts():
            forkserver.ensure_running()
    return ProcessPoolExecutor(workers, mp_context=context, initializer=begin)


@contextlib.contextmanager
def _ignoring_interrupts() -> Iterator[None]:
    """Start processes that a Ctrl-C on the terminal does not reach, from their first instruction on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
