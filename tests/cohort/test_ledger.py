"""What the gradebook has is handed to the jobs that need it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.cohort.jobs import Job, Kept
from grader.cohort.ledger import Ledger
from grader.cohort.worker import Desk
from grader.course.asked import asked_digest
from grader.course.load import load_assignment
from grader.gradebook.book import Gradebook
from grader.gradebook.entries import Attempt, Entry

STUDENTS = [f"s{number:02}" for number in range(70)]


def kept(student: str) -> Kept:
    return Kept(f"result of {student}".encode(), f"outputs of {student}".encode())


@pytest.fixture
def ledger(course: Path, tmp_path: Path) -> Iterator[Ledger]:
    assignment = load_assignment(course, "warmup")
    with Gradebook(tmp_path / "gradebook.sqlite") as book:
        entries = [
            Entry(
                attempt=Attempt(student, "warmup", "a" * 64, f"{student}/warmup.py"),
                key="k" * 64,
                build="b" * 64,
                asked=asked_digest(assignment),
                score=50.0,
                max_score=100.0,
                graded=True,
                result=kept(student).result,
                outputs=kept(student).outputs,
            )
            for student in reversed(STUDENTS)
        ]
        book.keep(book.begin_run(), entries)
        yield Ledger(book, Desk(course, tmp_path / "reports"), {"warmup": assignment})


def rescoring(ledger: Ledger) -> dict[str, Job]:
    jobs, outdated = ledger.rescoring()
    assert outdated == []
    return {job.file.student: job for job in jobs}


def test_each_job_is_given_what_was_kept_of_its_own_submission_in_whatever_order(ledger: Ledger) -> None:
    jobs = rescoring(ledger)
    assert sorted(jobs) == STUDENTS
    for student in [*STUDENTS[::7], *STUDENTS[::-1], *STUDENTS]:
        assert ledger.prepare(jobs[student]).kept == kept(student)


def test_jobs_prepared_in_turn_are_read_from_the_gradebook_many_at_once(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs, reads, stored = rescoring(ledger), [], Gradebook.stored
    monkeypatch.setattr(Gradebook, "stored", lambda *a, **k: reads.append(a) or stored(*a, **k))
    for student in STUDENTS:
        ledger.prepare(jobs[student])
    assert len(reads) < len(STUDENTS) / 10
