"""The main process: hands jobs out to workers and loses none.

::

    waiting ──▶ running ──▶ results
                  │  its worker died, or had to be ended since it gave no answer
                  ▼
               suspects ──▶ run again, alone with a worker: who is lost a second time is ungraded

Who the workers are is the executor's affair (`grader.cohort.executors`).
"""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from grader.cohort.executors import AHEAD, Ended, Executor, Lost, NotBegun
from grader.cohort.executors.local import LocalExecutor
from grader.cohort.jobs import Job
from grader.cohort.packed import PackedResult
from grader.cohort.patience import LEAST, patience
from grader.cohort.worker import Desk, Work, do, give_up
from grader.errors import GraderError
from grader.intake.find import SubmissionFile

__all__ = ["Cohort", "do_jobs"]

#: Seconds for which results are held to be passed on together: keeping them waits for the disk once.
_TOGETHER = 0.25
#: Seconds after which a request to stop is noticed.
_PATIENCE: Final = 0.2

_HUNG: Final = "the worker process gave no answer and was ended"


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
    workers: int = 1,
    on_results: Callable[[Sequence[PackedResult]], None] = lambda results: None,
    stopped: Callable[[], bool] = lambda: False,
    prepare: Callable[[Job], Job] = lambda job: job,
    work: Work = do,
    executor: Executor | None = None,
) -> Cohort:
    """Have jobs done by workers: run submissions, write their pages.

    Parameters
    ----------
    jobs : sequence of Job
        Handed out by assignment, so that boxes are used again.
    desk : Desk
        What each worker has to know.
    workers : int
        How many processes of this machine; never more than there are jobs.
    on_results : callable
        Called in this process with the results that came in since it was last called, in no particular order.
    stopped : callable
        Asked a few times a second; once it returns True nothing more is handed out, and what is in a worker's
        hands is finished. KeyboardInterrupt gives that up too.
    prepare : callable
        Makes a job ready when its turn comes: what is read for it is not held for all of them at once.
    work : callable
        How a worker of this machine does a job.
    executor : Executor, optional
        Who does the jobs instead of processes of this machine; it is closed at the end.

    Raises
    ------
    GraderError
        Nothing could be done because of the operator's course, folder or machine; or ``on_results`` raised.
    """
    hand_out = _HandOut(
        executor or LocalExecutor(desk, min(workers, len(jobs)), work), desk, on_results, stopped, prepare
    )
    hand_out.waiting.extend(sorted(jobs, key=lambda job: (job.file.assignment, job.file.student)))
    with contextlib.closing(hand_out.executor), contextlib.suppress(KeyboardInterrupt):
        try:
            hand_out.run()
        finally:
            hand_out.pass_on()
    results = hand_out.results
    return Cohort(
        tuple(results[job.file] for job in jobs if job.file in results),
        tuple(job.file for job in jobs if job.file not in results),
        hand_out.error,
    )


@dataclass(slots=True)
class _Turn:
    """A job in a worker's hands: since when, how many were handed out with it, whether it took too long."""

    job: Job
    since: float
    together: int
    overdue: bool = False


@dataclass(slots=True)
class _HandOut:
    """The main process's side."""

    executor: Executor
    desk: Desk
    on_results: Callable[[Sequence[PackedResult]], None]
    stopped: Callable[[], bool]
    prepare: Callable[[Job], Job]
    waiting: deque[Job] = field(default_factory=deque)
    suspects: deque[Job] = field(default_factory=deque)
    running: dict[SubmissionFile, _Turn] = field(default_factory=dict)
    retried: set[SubmissionFile] = field(default_factory=set)
    held: list[tuple[Job, PackedResult]] = field(default_factory=list)
    passed_on: float = 0.0
    results: dict[SubmissionFile, PackedResult] = field(default_factory=dict)
    error: GraderError | None = None

    def run(self) -> None:
        while self.running or self.waiting or self.suspects:
            if not self.error and not self.stopped():
                self.hand_out()
            elif not self.running:
                return
            found = [(ended.job, self.collect(ended)) for ended in self.ended()]
            self.take([(job, result) for job, result in found if result is not None])
            self.end_what_hangs()

    def hand_out(self) -> None:
        """Give each worker enough to do; first what is to be alone with one."""
        self._hand_out(self.suspects, alone=True)
        if not (self.suspects and self.executor.shared_fate):
            self._hand_out(self.waiting, alone=False)

    def _hand_out(self, queue: deque[Job], *, alone: bool) -> None:
        while queue and not self.error and (room := self.executor.room(len(queue), alone=alone)):
            jobs = [self.prepare(queue.popleft()) for _ in range(min(room, len(queue)))]
            now = time.monotonic()
            self.running.update({job.file: _Turn(job, now, len(jobs)) for job in jobs})
            try:
                self.executor.submit(jobs, alone=alone)
            except GraderError as error:
                self.fail(error)

    def ended(self) -> list[Ended]:
        """Return what ended; where nobody is left to do anything, nothing is in hand any more."""
        try:
            return self.executor.ended(_PATIENCE)
        except GraderError as error:
            self.fail(error)
            self.running.clear()
            return []

    def fail(self, error: GraderError) -> None:
        """Begin nothing more, and finish what is in hand; raise it where there is no result yet."""
        if not self.results and not self.held:
            raise error
        self.error = self.error or error

    def take(self, found: Sequence[tuple[Job, PackedResult]]) -> None:
        """Take results, and pass on what came in where the last ones are a while ago."""
        self.held += found
        if time.monotonic() - self.passed_on > _TOGETHER:
            self.pass_on()

    def pass_on(self) -> None:
        """Pass results on, and hold of each what the end needs."""
        batch, self.held, self.passed_on = self.held, [], time.monotonic()
        if batch:
            self.on_results([result for _, result in batch])
            self.results.update((job.file, result.slim) for job, result in batch)

    def collect(self, ended: Ended) -> PackedResult | None:
        """Return what came of a job; None where it is to be done again, or cannot be."""
        turn = self.running.pop(ended.job.file)
        match ended.outcome:
            case PackedResult() as result:
                return result
            case Lost(reason):
                return self.suspect(ended.job, _HUNG if turn.overdue else reason)
            case NotBegun():
                retried = ended.job.file in self.retried
                (self.suspects if retried else self.waiting).appendleft(ended.job)
            case GraderError() as error:
                self.fail(error)
        return None

    def suspect(self, job: Job, reason: str) -> PackedResult | None:
        """Have a submission run again whose worker died, or give it up the second time."""
        if job.file not in self.retried:
            self.retried.add(job.file)
            self.suspects.append(job)
            return None
        try:
            return PackedResult.of(give_up(self.desk, job, f"{reason} twice while it was graded"), job)
        except GraderError as error:
            self.error = self.error or error
            return None

    def end_what_hangs(self) -> None:
        """End workers that neither die nor answer; their jobs come back as those of dead ones do."""
        now = time.monotonic()
        for turn in self.running.values():
            age = (now - turn.since) / (AHEAD * turn.together)
            if age > LEAST and not turn.overdue and age > patience(self.desk, turn.job):
                turn.overdue = True
                self.executor.abandon(turn.job)
