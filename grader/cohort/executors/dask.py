"""A Dask cluster: jobs go to its workers in small batches, results and pages come back.

The client, not the scheduler, chooses the worker: a batch is bound to one. So it is known what a worker had
in hand when it died; the scheduler would have the next worker try it, and then another.
"""

from __future__ import annotations

import pickle
import queue
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Final

from grader.cohort.executors import AHEAD, Ended, Lost, NotBegun
from grader.cohort.executors.connection import Connection
from grader.cohort.executors.remote import Answer, Pages, Refusal, do_batch, welcome
from grader.cohort.jobs import Job
from grader.cohort.packed import PackedResult
from grader.cohort.worker import Desk, Work, do, submission_of
from grader.course.model import Assignment
from grader.errors import ClusterError, GraderError
from grader.report.submission import write_page

__all__ = ["BATCH", "DaskExecutor"]

#: Seconds between two looks at who is there.
LOOK_SECONDS: Final = 0.5

#: Seconds for which the run waits where no worker is there that grades: one may be on its way.
GRACE_SECONDS: Final = 60.0

#: The same, where all refuse that are there, and none has ever graded.
REFUSED_SECONDS: Final = 5.0

#: Submissions in a batch, at most; towards the end there are fewer, so that all workers end together.
BATCH: Final = 16


@dataclass(slots=True)
class _Worker:
    """What is known of a worker of the cluster.

    Attributes
    ----------
    asked : Future
        The question whether it can grade; Dask forgets one that nobody holds.
    ready : bool
        It said that it can grade.
    lone : bool
        It has a job in hand that is to be alone with it.
    batches : dict of str to (Future, sequence of Job)
        What it has in hand, by the task's key.
    """

    asked: Any = None
    ready: bool = False
    lone: bool = False
    refusal: Refusal | None = None
    batches: dict[str, tuple[Any, Sequence[Job]]] = field(default_factory=dict)


class DaskExecutor:
    """The workers of a Dask cluster, whoever joins and leaves it.

    Parameters
    ----------
    address : str
        Of the scheduler, "tcp://10.0.0.1:8786".
    desk : Desk
        Pages are written to its folder, by this process.
    assignments : mapping of str to Assignment
        Those of the cohort: their files are all that travels of the course.
    note : callable
        Is told, in a line, of workers that refuse and of those that are lost.
    work : callable
        How a worker does a job.

    Raises
    ------
    ClusterError
        The scheduler does not answer.
    """

    shared_fate = False

    def __init__(
        self,
        address: str,
        desk: Desk,
        assignments: Mapping[str, Assignment],
        *,
        note: Callable[[str], None] = lambda line: None,
        work: Work = do,
    ) -> None:
        self._desk, self._assignments, self._note = desk, assignments, note
        self._connection = Connection(address, desk, list(assignments), work)
        self._workers: dict[str, _Worker] = {}
        self._ended_by_us: set[str] = set()
        self._keys = (f"{self._connection.name}-{number}" for number in count())
        self._holders: dict[str, str] = {}
        self._came: queue.SimpleQueue[tuple[str, object]] = queue.SimpleQueue()
        self._ended: list[Ended] = []
        self._looked, self._hopeful = 0.0, time.monotonic()
        self._graded = False

    def room(self, waiting: int, *, alone: bool) -> int:
        """See `Executor`."""
        ready = sum(worker.ready for worker in self._workers.values())
        if self._free(waiting, alone=alone) is None:
            return 0
        return 1 if alone else max(1, min(BATCH, waiting // (2 * AHEAD * ready)))

    def _free(self, waiting: int, *, alone: bool) -> str | None:
        """Return the worker with the least in hand, if one is to have more."""
        ready = {address: worker for address, worker in self._workers.items() if worker.ready}
        # When little is left, nothing is to lie on one worker's desk while another has nothing to do.
        most = 1 if alone or waiting <= len(ready) else AHEAD
        free = [
            address for address, worker in ready.items() if len(worker.batches) < most and not worker.lone
        ]
        return min(free, key=lambda address: len(ready[address].batches), default=None)

    def submit(self, jobs: Sequence[Job], *, alone: bool) -> None:
        """See `Executor`."""
        address = self._free(len(jobs) if alone else 2**62, alone=alone)
        assert address is not None, "there was room"
        worker = self._workers[address]
        packed = pickle.dumps([self._with_submission(job) for job in jobs])
        key, future = self._send(address, do_batch, packed)
        worker.batches[key] = (future, jobs)
        worker.lone = alone

    def _with_submission(self, job: Job) -> Job:
        if job.task != "grade":
            return job
        return replace(job, submission=submission_of(job, self._assignments[job.file.assignment]))

    def ended(self, seconds: float) -> list[Ended]:
        """See `Executor`."""
        self._look()
        wait = 0.0 if self._ended else seconds
        with suppress(queue.Empty):
            while True:
                self._take(*self._came.get(timeout=wait))
                wait = 0.0
        ended, self._ended = self._ended, []
        return ended

    def abandon(self, job: Job) -> None:
        """See `Executor`."""
        for address, worker in self._workers.items():
            if any(job in jobs for _, jobs in worker.batches.values()):
                self._note(f"worker {address} gives no answer, and is ended")
                self._ended_by_us.add(address)
                self._lose(address)
                self._connection.end(address)
                return

    def close(self) -> None:
        """See `Executor`."""
        for worker in self._workers.values():
            for future, _ in worker.batches.values():
                self._connection.cancel(future)
        self._connection.close()

    def _look(self) -> None:
        """See who has come and who has gone; raise ClusterError where nobody is left to hope for."""
        if time.monotonic() < self._looked + LOOK_SECONDS:
            return
        there = self._connection.workers()
        self._ended_by_us &= set(there)
        for address in set(self._workers) - set(there):
            if self._workers[address].batches:
                self._note(f"worker {address} is lost: what it had in hand is graded elsewhere")
            self._lose(address)
        for address in set(there) - set(self._workers) - self._ended_by_us:
            self._workers[address] = _Worker()
            self._welcome(address, there[address])
        self._looked = time.monotonic()
        self._hope()

    def _welcome(self, address: str, threads: int) -> None:
        """Ask a worker whether it can grade."""
        if threads != 1:
            reason = f"it has {threads} threads, and shares one box among them"
            self._refused(address, Refusal(reason, "start it with --nthreads 1, and with more --nworkers"))
            return
        self._workers[address].asked = self._send(address, welcome, b"")[1]

    def _send(self, address: str, function: Callable[..., bytes], argument: bytes) -> tuple[str, Any]:
        """Have a worker call a function; return the task's key and future."""
        key = next(self._keys)
        self._holders[key] = address
        future = self._connection.submit(function, argument, key=key, worker=address, came=self._came.put)
        return key, future

    def _take(self, key: str, came: object) -> None:
        """Take what a task brought; that of one that was given up meanwhile is nobody's."""
        address = self._holders.pop(key, "")
        worker = self._workers.get(address)
        if worker is None:
            return
        if key not in worker.batches:
            self._welcomed(address, came)
            return
        _, jobs = worker.batches.pop(key)
        worker.lone = False
        self._take_batch(address, jobs, came)

    def _welcomed(self, address: str, came: object) -> None:
        if isinstance(came, bytes) and came:
            refusal = pickle.loads(came)
            if refusal is None:
                self._workers[address].ready = True
            else:
                self._refused(address, refusal)
        elif isinstance(came, bytes):  # its seat is on its way: asked again at the next look
            del self._workers[address]
        else:
            reason = f"it cannot load this version of softmark: {type(came).__name__}: {came}"
            self._refused(address, Refusal(reason, "install softmark[cluster] there, in the same version"))

    def _refused(self, address: str, refusal: Refusal) -> None:
        worker = self._workers[address]
        worker.ready, worker.refusal = False, refusal
        self._note(f"worker {address} refuses: {refusal.problem}" + _help(refusal))

    def _take_batch(self, address: str, jobs: Sequence[Job], came: object) -> None:
        if not isinstance(came, bytes):
            lost = (
                Lost() if "Killed" in type(came).__name__ else Lost(f"{type(came).__name__} in the cluster")
            )
            self._ended += [Ended(job, lost) for job in jobs]
            return
        answer: Answer = pickle.loads(came)
        for job, (outcome, pages) in zip(jobs, answer.outcomes, strict=True):
            self._ended.append(Ended(job, self._with_pages(outcome, pages)))
        if answer.refusal:
            self._refused(address, answer.refusal)

    def _with_pages(
        self, outcome: PackedResult | GraderError | Lost | NotBegun, pages: Pages
    ) -> PackedResult | GraderError | Lost | NotBegun:
        """Write the pages that came with a result: as in a worker of this machine, before it counts."""
        if isinstance(outcome, PackedResult):
            try:
                for audience, page in pages.items():
                    text = zlib.decompress(page).decode()
                    write_page(self._desk.out, audience, outcome.student, outcome.assignment, text)
            except GraderError as error:
                return error
        return outcome

    def _lose(self, address: str) -> None:
        """Give up what a worker has in hand."""
        for future, jobs in self._workers.pop(address).batches.values():
            self._connection.cancel(future)
            self._ended += [Ended(job, Lost()) for job in jobs]

    def _hope(self) -> None:
        """Raise where no worker can grade, and none that might has come for a while."""
        now, workers = time.monotonic(), self._workers.values()
        refusals = [worker.refusal for worker in workers if worker.refusal is not None]
        if len(refusals) < len(workers):
            self._hopeful = now
            self._graded = self._graded or any(worker.ready for worker in workers)
        elif now > self._hopeful + (GRACE_SECONDS if self._graded or not refusals else REFUSED_SECONDS):
            raise (
                _nobody(refusals)
                if refusals
                else ClusterError(
                    f"no worker has been with the scheduler for {GRACE_SECONDS:g} s.",
                    help="start some with `dask worker ADDRESS --nthreads 1`; their logs say why they left",
                )
            )


def _nobody(refusals: Sequence[Refusal]) -> ClusterError:
    """Say of the workers, all of which refuse, why."""
    reasons = list(dict.fromkeys(refusals))
    told = "; ".join(f"{refusals.count(each)} of {len(refusals)}: {each.problem}" for each in reasons)
    remedies = dict.fromkeys(each.help for each in reasons if each.help)
    return ClusterError(f"no worker of the cluster can grade: {told}.", help="; ".join(remedies))


def _help(refusal: Refusal) -> str:
    return f"; help: {refusal.help}" if refusal.help else ""
