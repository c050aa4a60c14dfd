"""Many submissions: hands them out to worker processes and gathers the results.

Each worker keeps one open box, writes the pages itself and returns the result alone, so nothing large comes
back and memory does not grow with what the box sent. The executor is the standard library's; another one with
``submit`` and futures could take its place.

::

    waiting ──▶ running ──▶ results
                  │  its worker died
                  ▼
               suspects ──▶ run again, one at a time: who kills a second worker is ungraded
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import forkserver
from multiprocessing.util import Finalize
from pathlib import Path

from grader.course.load import load_assignment
from grader.course.model import Assignment
from grader.errors import BoxFailure, GraderError
from grader.grading import AnswerKey, grade, ungraded
from grader.intake.find import SubmissionFile
from grader.intake.read import read_submission
from grader.report.write import write_submission
from grader.results import SubmissionResult
from grader.sandbox.box import Box, Kind, open_box

#: Seconds after which a request to stop is noticed.
_PATIENCE = 0.2
#: Submissions handed out for each worker: one in its hands, one on its desk.
_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Desk:
    """What a worker has to know: small, hashable, and the same for the whole cohort.

    Parameters
    ----------
    course : Path
        The course's root.
    out : Path
        Where the pages go.
    sandbox : {"strong", "weak"}
        Which box to run in.
    private : tuple of Path
        Folders that no submission may read, beside the course and the pages.
    """

    course: Path
    out: Path
    sandbox: Kind = "strong"
    private: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Cohort:
    """What came of a cohort.

    Parameters
    ----------
    results : tuple of SubmissionResult
        In the order of the submissions.
    not_reached : tuple of SubmissionFile
        Those left when grading was stopped; empty otherwise.
    """

    results: tuple[SubmissionResult, ...]
    not_reached: tuple[SubmissionFile, ...] = ()


def grade_cohort(
    files: Sequence[SubmissionFile],
    desk: Desk,
    *,
    workers: int,
    on_result: Callable[[SubmissionResult], None] = lambda result: None,
    stopped: Callable[[], bool] = lambda: False,
    work: Callable[[Desk, SubmissionFile], SubmissionResult] | None = None,
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
    work : callable, optional
        What a worker does; `grade_file` by default.

    Raises
    ------
    GraderError
        Nothing could be graded because of the operator's course, folder or machine.
    """
    hand_out = _HandOut(desk, min(workers, len(files)), on_result, stopped, work or grade_file)
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
    on_result: Callable[[SubmissionResult], None]
    stopped: Callable[[], bool]
    work: Callable[[Desk, SubmissionFile], SubmissionResult]
    waiting: deque[SubmissionFile] = field(default_factory=deque)
    suspects: deque[SubmissionFile] = field(default_factory=deque)
    running: dict[Future[SubmissionResult], SubmissionFile] = field(default_factory=dict)
    retried: set[SubmissionFile] = field(default_factory=set)
    results: dict[SubmissionFile, SubmissionResult] = field(default_factory=dict)
    executor: ProcessPoolExecutor | None = None

    def run(self) -> None:
        while self.running or self.waiting or self.suspects:
            if self.stopped():
                self.withdraw()
                if not self.running:
                    return
            else:
                self.hand_out()
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
                self.running[self.pool().submit(self.work, self.desk, file)] = file
            except BrokenExecutor:
                self.suspect(file)
                return

    def pool(self) -> ProcessPoolExecutor:
        if self.executor is None:
            self.executor = _open_pool(self.workers)
        return self.executor

    def collect(self, future: Future[SubmissionResult], file: SubmissionFile) -> None:
        try:
            result = future.result()
        except BrokenExecutor:
            self.suspect(file)
            return
        except GraderError as error:
            if not self.results:
                raise
            result = give_up(self.desk, file, error.problem)
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
            self.keep(file, give_up(self.desk, file, "the worker process died twice while it was graded"))

    def keep(self, file: SubmissionFile, result: SubmissionResult) -> None:
        self.results[file] = result
        self.on_result(result)

    def withdraw(self) -> None:
        """Take back what no worker has begun."""
        for future in [future for future in self.running if future.cancel()]:
            del self.running[future]

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
        context.set_forkserver_preload([__name__])
        with _ignoring_interrupts():
            forkserver.ensure_running()
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)


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


# The worker's side


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # nobody is left to hand results to


def grade_file(desk: Desk, file: SubmissionFile) -> SubmissionResult:
    """Grade one submission and write its pages; a fault of ours leaves it ungraded.

    Raises
    ------
    GraderError
        What the operator has to mend: the box is unavailable, the course broken, the folder not writable.
    """
    try:
        return _grade_file(desk, file)
    except BoxFailure as error:
        reason = error.problem
    except GraderError:
        raise
    except Exception as error:
        reason = _our_fault(error)
    _bench().close()
    return give_up(desk, file, reason)


def _grade_file(desk: Desk, file: SubmissionFile) -> SubmissionResult:
    assignment = _assignment(desk.course, file.assignment)
    submission = read_submission(file, assignment.file.limits.max_bytes)
    graded = grade(submission, assignment, _bench().box(assignment, desk), _key(desk.course, assignment.name))
    write_submission(desk.out, graded, assignment)
    return graded.result


def give_up(desk: Desk, file: SubmissionFile, reason: str) -> SubmissionResult:
    """Return the result of a submission that a fault of ours kept from being graded, its pages written."""
    assignment = _assignment(desk.course, file.assignment)
    graded = ungraded(read_submission(file, assignment.file.limits.max_bytes), assignment, reason)
    try:
        write_submission(desk.out, graded, assignment)
    except GraderError:
        raise
    except Exception as error:
        events = (*graded.result.events, _our_fault(error))
        return graded.result.model_copy(update={"events": events})
    return graded.result


@lru_cache(maxsize=4)
def _assignment(course: Path, name: str) -> Assignment:
    return load_assignment(course, name)


@lru_cache(maxsize=4)
def _key(course: Path, name: str) -> AnswerKey:
    return AnswerKey.of(_assignment(course, name))


@dataclass(slots=True)
class _Bench:
    """The box that a worker has open; submissions come sorted, so one is enough."""

    boxes: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    key: tuple[Desk, str] | None = None
    current: Box | None = None

    def box(self, assignment: Assignment, desk: Desk) -> Box:
        if self.current is None or self.key != (desk, assignment.name):
            self.close()
            self.current = self.boxes.enter_context(
                open_box(assignment, desk.sandbox, private=(desk.out, *desk.private))
            )
            self.key = (desk, assignment.name)
        return self.current

    def close(self) -> None:
        self.current = None
        # A box that broke may break again in closing; the next one is opened all the same.
        with contextlib.suppress(Exception):
            self.boxes.close()


@lru_cache(maxsize=1)
def _bench() -> _Bench:
    bench = _Bench()
    Finalize(None, bench.close, exitpriority=10)  # worker processes end without running atexit
    return bench


def _our_fault(error: Exception) -> str:
    """Name an unexpected exception and where in the grader it arose; its message may be a student's text."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "grader" in frame.filename]
    where = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"a fault of the grader: {type(error).__name__}{where}"
