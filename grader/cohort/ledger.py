"""What the gradebook has of a cohort, and what has to be done still."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

from grader.cohort.jobs import Job, Kept, key_of, stamp_of
from grader.cohort.packed import PackedResult, unpack_result
from grader.cohort.worker import Desk
from grader.course.asked import asked_digest
from grader.course.model import Assignment
from grader.gradebook.applied import applied
from grader.gradebook.book import Gradebook
from grader.gradebook.entries import Attempt, Remark, Standing, Versions
from grader.intake.find import SubmissionFile
from grader.intake.read import read_submission
from grader.report.submission import has_pages
from grader.results import SubmissionResult

__all__ = ["Ledger", "Plan"]

_Who = tuple[str, str]

#: Kept results that are read together: one alone takes as long as this many.
_AHEAD: Final = 32


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done.

    Parameters
    ----------
    jobs : tuple of Job
        Submissions to run, and those of which only pages are to be written.
    fresh, kept : int
        How many submissions are run, and how many are not, since nothing changed.
    """

    jobs: tuple[Job, ...]
    fresh: int
    kept: int


class Ledger:
    """Stands between a gradebook and the workers, for one run.

    Parameters
    ----------
    book : Gradebook
    desk : Desk
    assignments : mapping of str to Assignment
        Those of the cohort.
    """

    def __init__(self, book: Gradebook, desk: Desk, assignments: Mapping[str, Assignment]) -> None:
        self._book, self._desk, self.assignments = book, desk, assignments
        self._versions = Versions()
        self._standings: dict[_Who, Standing] = book.standings()
        self._remarks: dict[_Who, tuple[Remark, ...]] = book.remarks()
        self._run: int | None = None
        self._turns: dict[int, int] = {}
        self._read: dict[int, Kept] = {}

    def plan(self, files: Sequence[SubmissionFile], *, fresh: bool = False) -> Plan:
        """Say what has to be done for these submissions.

        Parameters
        ----------
        files : sequence of SubmissionFile
        fresh : bool
            Whether to run all of them, whatever was kept.
        """
        jobs: list[Job] = []
        run = 0
        for file in files:
            assignment = self.assignments[file.assignment]
            standing = None if fresh else self._standing(file, assignment)
            remarks = self.remarks_on(file)
            if standing is None:
                jobs.append(Job(file, "grade", assignment.digest, remarks=remarks))
                run += 1
            elif job := self._pages(file, standing):
                jobs.append(job)
        self._in_turn(jobs)
        return Plan(tuple(jobs), run, len(files) - run)

    def pages(self, files: Sequence[SubmissionFile]) -> list[Job]:
        """Return the jobs that bring the pages of kept results up to date."""
        standings = [(file, self._standings[file.student, file.assignment]) for file in files]
        jobs = [job for file, standing in standings if (job := self._pages(file, standing))]
        self._in_turn(jobs)
        return jobs

    def files(self) -> list[SubmissionFile]:
        """Return all submissions that the gradebook has of these assignments, by assignment and student."""
        whose = sorted(
            (who for who in self._standings if who[1] in self.assignments), key=lambda who: who[::-1]
        )
        return [
            SubmissionFile(*who, Path(shown), shown) for who in whose if (shown := self._standings[who].path)
        ]

    def rescoring(self) -> tuple[list[Job], list[SubmissionFile]]:
        """Return the jobs that judge kept outputs as the assignments are now.

        Returns
        -------
        jobs : list of Job
            One for each graded result that was judged otherwise.
        outdated : list of SubmissionFile
            Those that were asked something else than is asked now: only running them again can tell.
        """
        asked = {name: asked_digest(assignment) for name, assignment in self.assignments.items()}
        jobs, outdated = [], []
        for file in self.files():
            assignment = self.assignments[file.assignment]
            standing = self._standings[file.student, file.assignment]
            if not standing.graded:
                continue
            if standing.asked != asked[file.assignment]:
                outdated.append(file)
            else:
                jobs.append(Job(file, "judge", assignment.digest, number=standing.number))
        self._in_turn(jobs)
        return jobs, outdated

    def prepare(self, job: Job) -> Job:
        """Read what a job needs of the gradebook, when its turn comes; and what the next few need."""
        if job.number is None:
            return job
        if job.number not in self._read:
            place = self._turns.get(job.number)
            turns = [job.number] if place is None else list(islice(self._turns, place, place + _AHEAD))
            for stored in self._book.stored(turns, with_outputs=True):
                self._read[stored.number] = Kept(stored.entry.result, stored.entry.outputs)
        return replace(job, kept=self._read.pop(job.number))

    def _in_turn(self, jobs: Sequence[Job]) -> None:
        """Note in which order jobs will be prepared: that in which they are handed out."""
        ordered = sorted(jobs, key=lambda job: (job.file.assignment, job.file.student))
        numbers = (job.number for job in ordered if job.number is not None)
        self._turns = {number: place for place, number in enumerate(numbers)}
        self._read.clear()

    def keep(self, batch: Sequence[PackedResult]) -> None:
        """Add results to the gradebook; when this returns they are safe."""
        entries = [result.entry for result in batch if result.entry is not None]
        if not entries:
            return
        if self._run is None:
            self._run = self._book.begin_run(self._versions, self._desk.course)
        for number, entry in zip(self._book.keep(self._run, entries), entries, strict=True):
            attempt = entry.attempt
            outputs = hashlib.sha256(entry.outputs).hexdigest() if entry.outputs else ""
            standing = Standing(number, entry.key, entry.asked, attempt.path, entry.graded, outputs)
            self._standings[attempt.student, attempt.assignment] = standing
        if ungraded := {entry.attempt.student for entry in entries if not entry.graded}:
            self._standings |= self._book.standings(ungraded)  # an earlier grade of the same file may count

    def stands(self, result: PackedResult) -> SubmissionFile | None:
        """Return the submission of a result in whose place an earlier grade counts; None where none does."""
        standing = self._standings.get((result.student, result.assignment))
        if result.graded or standing is None or not standing.graded:
            return None
        return SubmissionFile(result.student, result.assignment, Path(standing.path), standing.path)

    def results(self, files: Sequence[SubmissionFile]) -> Iterator[SubmissionResult]:
        """Yield the results that count, in this order, with what instructors said; memory stays small."""
        whose = [(file.student, file.assignment) for file in files]
        known = [who for who in whose if who in self._standings]
        for stored in self._book.stored([self._standings[who].number for who in known]):
            yield applied(unpack_result(stored.entry.result), self.remarks_on(stored.entry.attempt))

    def before(self, batch: Sequence[PackedResult]) -> Iterator[SubmissionResult]:
        """Yield the results that count of the same submissions, as the grader made them."""
        numbers = [self._standings[result.student, result.assignment].number for result in batch]
        return (unpack_result(stored.entry.result) for stored in self._book.stored(numbers))

    def remarks_on(self, work: SubmissionFile | SubmissionResult | Attempt) -> tuple[Remark, ...]:
        """Return what instructors said of a submission."""
        return self._remarks.get((work.student, work.assignment), ())

    def _standing(self, file: SubmissionFile, assignment: Assignment) -> Standing | None:
        """Return the result that stands because nothing changed; None where there is none."""
        standing = self._standings.get((file.student, file.assignment))
        if standing is None or not standing.graded:
            return None
        submission = read_submission(file, assignment.file.limits.max_bytes)
        content = (submission.sha256, submission.fault)
        key = key_of(content, assignment, self._desk.sandbox, self._versions)
        return standing if standing.key == key else None

    def _pages(self, file: SubmissionFile, standing: Standing) -> Job | None:
        remarks = self.remarks_on(file)
        stamp = stamp_of(standing.key, standing.outputs, remarks)
        if has_pages(self._desk.out, file.student, file.assignment, stamp):
            return None
        digest = self.assignments[file.assignment].digest
        return Job(file, "pages", digest, remarks=remarks, number=standing.number, key=standing.key)
