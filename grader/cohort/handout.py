"""The main process: hands submissions out to workers and loses none.

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

from grader.cohort.packed import PackedResult
from grader.cohort.worker import Desk, Work, begin, give_up, grade_file, grade_packed
from grader.errors import GraderError
from grader.intake.find import SubmissionFile

#: Seconds after which a request to stop is noticed.
_PATIENCE = 0.2
#: Submissions handed out for each worker: one in its hands, one on its desk.
_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Cohort:
    """What came of a cohort.

    Parameters
    ----------
    results : tuple of PackedResult
        In the order of the submissions.
    not_reached : tuple of SubmissionFile
        Those left when grading was stopped; empty otherwise.
    """

    results: tuple[PackedResult, ...]
    not_reached: tuple[SubmissionFile, ...] = ()


def grade_cohort(
    files: Sequence[SubmissionFile],
    desk: Desk,
    *,
    workers: int,
    on_result: Callable[[PackedResult], None] = lambda result: None,
    stopped: Callable[[], bool] = lambda: False,
    work: Work = grade_file,
) -> Cohort:
    """Grade submissions in worker processes and write their pages.

    Parameters
    ----------
    files : sequence of SubmissionFile
        Handed out by assignment, so that boxes are used again.
    desk : Desk
        What each worker has to know.
    workers : int
        How many processes; never more than there are submissions.
    on_result : callable
        Called in this process with each result as it comes, in no particular order.
    stopped : callable
        Asked a few times a second; once it returns True nothing more is handed out, and what is in a worker's
        hands is finished. KeyboardInterrupt gives that up too.
    work : callable
        What a worker does with a submission.

    Raises
    ------
    GraderError
        Nothing could be graded because of the operator's course, folder or machine.
    """
    hand_out = _HandOut(desk, min(workers, len(files)), on_result, stopped, work)
    hand_out.waiting.extend(sorted(files, key=lambda file: (file.assignment, file.student)))
    with contextlib.closing(hand_out), contextlib.suppress(KeyboardInterrupt):
        hand_out.run()
    results = hand_out.results
    return Cohort(
        tuple(results[file] for file in files if file in results),
        tuple(file for file in files if file not in results),
    )


@dataclass(slots=True)
class _HandOut:
    """The main process's side."""

    desk: Desk
    workers: int
    on_result: Callable[[PackedResult], None]
    stopped: Callable[[], bool]
    work: Work
    waiting: deque[SubmissionFile] = field(default_factory=deque)
    suspects: deque[SubmissionFile] = field(default_factory=deque)
    running: dict[Future[PackedResult], SubmissionFile] = field(default_factory=dict)
    retried: set[SubmissionFile] = field(default_factory=set)
    results: dict[SubmissionFile, PackedResult] = field(default_factory=dict)
    executor: ProcessPoolExecutor | None = None

    def run(self) -> None:
        while self.running or self.waiting or self.suspects:
            if not self.stopped():
                self.hand_out()
            elif not self.running:
                return
            done, _ = wait(self.running, timeout=_PATIENCE, return_when=FIRST_COMPLETED)
            for future in done:
                self.collect(future, self.running.pop(future))

    def hand_out(self) -> None:
        # A suspect runs alone, so that it can take nobody else's worker with it.
        queue, limit = (self.suspects, 1) if self.suspects else (self.waiting, _AHEAD * self.workers)
        if self.suspects and self.running:
            return
        while queue and len(self.running) < limit:
            file = queue.popleft()
            try:
                self.running[self.pool().submit(grade_packed, self.work, self.desk, file)] = file
            except BrokenExecutor:
                self.suspect(file)
                return

    def pool(self) -> ProcessPoolExecutor:
        if self.executor is None:
            self.executor = _open_pool(self.workers)
        return self.executor

    def collect(self, future: Future[PackedResult], file: SubmissionFile) -> None:
        try:
            result = future.result()
        except BrokenExecutor:
            self.suspect(file)
            return
        except GraderError as error:
            if not self.results:
                raise
            result = PackedResult.of(give_up(self.desk, file, error.problem))
        self.keep(file, result)

    def suspect(self, file: SubmissionFile) -> None:
        """Have a submission run again whose worker died, or give it up the second time."""
        if self.executor is not None:
            self.executor.shutdown(wait=False)
            self.executor = None
        if file not in self.retried:
            self.retried.add(file)
            self.suspects.append(file)
        else:
            reason = "the worker process died twice while it was graded"
            self.keep(file, PackedResult.of(give_up(self.desk, file, reason)))

    def keep(self, file: SubmissionFile, result: PackedResult) -> None:
        self.results[file] = result
        self.on_result(result)

    def close(self) -> None:
        if self.executor is None:
            return
        if self.running:  # given up: an error of the operator's, or a second Ctrl-C
            for process in multiprocessing.active_children():
                process.kill()
        self.executor.shutdown(wait=True, cancel_futures=True)


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
