"""In a Dask worker: a seat with a copy of the course, and the jobs that are done there.

Loaded by workers that have the extra ``cluster``. What comes and goes is pickled: scheduler and
workers are as trusted as the process that keeps the gradebook, no submission ever runs in them.
"""

from __future__ import annotations

import asyncio
import contextlib
import pickle
import shutil
import tempfile
import threading
import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from distributed import WorkerPlugin

from grader.cohort.executors import Lost, NotBegun
from grader.cohort.jobs import Job
from grader.cohort.packed import PackedResult
from grader.cohort.worker import Desk, Work, close_box, do_packed, open_box_ahead
from grader.course.load import load_file
from grader.course.requirements import lacking
from grader.errors import GraderError, SandboxUnavailable
from grader.gradebook.entries import Versions
from grader.report.paths import page_path
from grader.report.policy import Audience
from grader.sandbox.box import Kind

__all__ = ["Answer", "Pages", "Refusal", "Seat", "Travelling", "do_batch", "lacks", "welcome"]

_AUDIENCES: Final[tuple[Audience, ...]] = ("student", "instructor")

#: A batch goes back after so many seconds, done or not: nobody waits long behind a slow submission.
BATCH_SECONDS: Final = 1.0

#: After so many seconds without a job the copy of the course is removed: who sent it may have been killed.
IDLE_SECONDS: Final = 900.0

#: Compressed.
Pages = Mapping[Audience, bytes]


@dataclass(frozen=True, slots=True)
class Travelling:
    """What every worker has to have, sent once.

    Parameters
    ----------
    files : mapping of str to bytes
        Those of the course's assignments that are to be graded, by their path in the course.
    sandbox : {"strong", "weak"}
    versions : Versions
        Of the process that keeps the gradebook.
    lacks : mapping of str to str
        What that process lacks for an assignment, by assignment.
    work : callable
        How a job is done.
    """

    files: Mapping[str, bytes]
    sandbox: Kind
    versions: Versions
    lacks: Mapping[str, str]
    work: Work


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a worker does not grade, and what to do."""

    problem: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a batch.

    Parameters
    ----------
    outcomes : sequence of (outcome, pages)
        One for each job, in their order.
    refusal : Refusal or None
        Why this worker is to be given no more.
    """

    outcomes: Sequence[tuple[PackedResult | GraderError | Lost | NotBegun, Pages]]
    refusal: Refusal | None = None


#: Of this process: more than one where several cohorts share the cluster.
_seats: dict[str, Seat] = {}

#: Whoever uses the box, or a seat's folder.
_turn = threading.Lock()


class Seat(WorkerPlugin):
    """Brings a copy of the course to a worker, and takes it away again.

    Parameters
    ----------
    name : str
        One for each run.
    luggage : Travelling
    """

    def __init__(self, name: str, luggage: Travelling) -> None:
        self.name, self.luggage = name, luggage

    def setup(self, worker: Any) -> None:
        """Sit down; nothing is unpacked yet."""
        self.gone = False
        self._desk: Desk | None = None
        self._place = worker.local_directory
        self._used = time.monotonic()
        self._watch = asyncio.ensure_future(self._leave_when_idle())
        _seats[self.name] = self

    def teardown(self, worker: Any) -> None:
        """Remove the copy; where a batch is being done, it is removed when that ends."""
        self.gone = True
        self._watch.cancel()
        _seats.pop(self.name, None)
        self.leave_if_free()

    def desk(self) -> Desk:
        """Return what a worker has to know, the course unpacked: its folder is for this user alone."""
        if self._desk is None:
            folder = Path(tempfile.mkdtemp(prefix="softmark-", dir=self._place))
            for name, content in self.luggage.files.items():
                path = folder / "course" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            self._desk = Desk(folder / "course", folder / "pages", self.luggage.sandbox, (folder,))
        self._used = time.monotonic()
        return self._desk

    def leave(self) -> None:
        """Close the box and remove the copy; the next job has it unpacked again."""
        close_box()
        if self._desk is not None:
            shutil.rmtree(self._desk.course.parent, ignore_errors=True)
            self._desk = None

    def leave_if_free(self) -> None:
        """Leave, unless a batch is being done."""
        if _turn.acquire(blocking=False):
            try:
                self.leave()
            finally:
                _turn.release()

    async def _leave_when_idle(self) -> None:
        while True:
            await asyncio.sleep(IDLE_SECONDS / 10)
            if self._desk is not None and time.monotonic() - self._used > IDLE_SECONDS:
                self.leave_if_free()


def welcome(name: str, _: bytes) -> bytes:
    """Say whether this worker can grade: a pickled `Refusal`, or None; b"" where its seat is not here yet."""
    seat = _seats.get(name)
    if seat is None:
        return b""
    with _turn:
        return pickle.dumps(_refusal(seat))


def _refusal(seat: Seat) -> Refusal | None:
    luggage = seat.luggage
    if luggage.versions != (here := Versions()):
        return Refusal(
            f"it has {_versions(here)}, the gradebook's side has {_versions(luggage.versions)}",
            "install the same versions on both sides",
        )
    try:
        course = seat.desk().course
        if (found := lacks(course, luggage.lacks)) != luggage.lacks:
            return Refusal(_difference(found, luggage.lacks), "install the same packages on both sides")
        if able := [assignment for assignment, lack in luggage.lacks.items() if not lack]:
            open_box_ahead(seat.desk(), able[0])
    except GraderError as error:
        return Refusal(error.problem, error.help)
    except Exception as error:  # a full disk, perhaps
        return Refusal(f"the course cannot be unpacked: {type(error).__name__}: {error}", "see its log")
    return None


def lacks(course: Path, names: Mapping[str, str] | Sequence[str]) -> dict[str, str]:
    """Return what this installation lacks for some assignments, by assignment; "" for nothing."""
    found = {name: lacking(load_file(course, name)) for name in names}
    return {name: lack.reason if lack else "" for name, lack in found.items()}


def _versions(versions: Versions) -> str:
    return f"softmark {versions.grader}, Python {versions.python}, numpy {versions.numpy}"


def _difference(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    name = next(name for name in here if here[name] != there[name])
    return (
        f"{name}: {here[name] or 'all is installed'} here; on the gradebook's side {there[name] or 'all is'}"
    )


def do_batch(name: str, packed: bytes) -> bytes:
    """Do jobs, one after the other, for a while.

    Parameters
    ----------
    name : str
        Of the seat.
    packed : bytes
        The jobs, pickled.

    Returns
    -------
    bytes
        An `Answer`, pickled. Jobs for which there was no time are `NotBegun`.
    """
    jobs: Sequence[Job] = pickle.loads(packed)
    seat = _seats.get(name)
    if seat is None:
        return pickle.dumps(Answer([(NotBegun(), {})] * len(jobs)))
    with _turn:
        try:
            return pickle.dumps(_do_batch(seat, jobs))
        finally:
            if seat.gone:
                seat.leave()


def _do_batch(seat: Seat, jobs: Sequence[Job]) -> Answer:
    outcomes: list[tuple[PackedResult | GraderError | Lost | NotBegun, Pages]] = []
    refusal, until = None, time.monotonic() + BATCH_SECONDS
    for job in jobs:
        if refusal or seat.gone or (outcomes and time.monotonic() > until):
            outcomes.append((NotBegun(), {}))
            continue
        try:
            outcomes.append(_do(seat, job))
        except SandboxUnavailable as error:
            refusal = Refusal(error.problem, error.help)
            outcomes.append((NotBegun(), {}))
    return Answer(outcomes, refusal)


def _do(seat: Seat, job: Job) -> tuple[PackedResult | GraderError | Lost, Pages]:
    try:
        desk = seat.desk()
        return do_packed(seat.luggage.work, desk, job), _take_pages(desk.out, job)
    except SandboxUnavailable:
        raise
    except GraderError as error:
        return error, {}
    except Exception as error:
        return Lost(f"{type(error).__name__} in the worker process"), {}


def _take_pages(out: Path, job: Job) -> Pages:
    """Take the pages away that were written for a job: they belong where the gradebook is."""
    pages: dict[Audience, bytes] = {}
    for audience in _AUDIENCES:
        path = out / page_path(audience, job.file.student, job.file.assignment)
        with contextlib.suppress(FileNotFoundError):
            pages[audience] = zlib.compress(path.read_bytes(), 1)
            path.unlink()
    return pages
