"""Handing out over the seam of executors: nothing is lost, whatever an executor does."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

import cohort_work
import pytest

from grader.cohort import handout
from grader.cohort.executors import Ended, Lost, NotBegun
from grader.cohort.handout import Cohort, do_jobs
from grader.cohort.jobs import Job
from grader.cohort.packed import PackedResult
from grader.cohort.patience import LEAST, patience
from grader.cohort.worker import Desk
from grader.course.load import load_assignment
from grader.errors import ClusterError, SandboxUnavailable
from grader.intake.find import SubmissionFile


def right(job: Job) -> PackedResult:
    return PackedResult.of(cohort_work.result_of(job), job)


class Scripted:
    """An executor of three places whose outcomes are told beforehand; what is not told comes out right."""

    shared_fate = False

    def __init__(self, **outcomes: list[object]) -> None:
        self.outcomes = {student: deque(told) for student, told in outcomes.items()}
        self.in_hand: list[Job] = []
        self.submitted: list[tuple[list[str], bool]] = []
        self.abandoned: list[str] = []
        self.closed = False

    def room(self, waiting: int, *, alone: bool) -> int:
        return 0 if self.in_hand else 1 if alone else min(3, waiting)

    def submit(self, jobs: Sequence[Job], *, alone: bool) -> None:
        self.submitted.append(([job.file.student for job in jobs], alone))
        self.in_hand += jobs

    def ended(self, seconds: float) -> list[Ended]:
        jobs, self.in_hand = self.in_hand, []
        return [Ended(job, self._outcome(job)) for job in jobs if not self._hangs(job)]

    def _outcome(self, job: Job):
        told = self.outcomes.get(job.file.student)
        outcome = told.popleft() if told else right(job)
        if isinstance(outcome, ClusterError):
            raise outcome
        return outcome

    def _hangs(self, job: Job) -> bool:
        told = self.outcomes.get(job.file.student)
        if told and told[0] == "hangs":
            self.in_hand.append(job)
            return True
        return False

    def abandon(self, job: Job) -> None:
        self.abandoned.append(job.file.student)
        self.outcomes[job.file.student][0] = Lost()

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def hand_out(course: Path, tmp_path: Path) -> Callable[..., tuple[Cohort, list[str]]]:
    (tmp_path / "reports").mkdir()

    def grade(students: str, executor: Scripted) -> tuple[Cohort, list[str]]:
        seen: list[str] = []
        jobs = [Job(SubmissionFile(student, "warmup", tmp_path / student, student)) for student in students]
        done = do_jobs(
            jobs,
            Desk(course, tmp_path / "reports", "weak"),
            executor=executor,
            on_results=lambda results: seen.extend(result.student for result in results),
        )
        assert executor.closed
        return done, seen

    return grade


def test_jobs_are_handed_out_as_many_at_once_as_there_is_room_for(hand_out):
    executor = Scripted()
    done, seen = hand_out("abcdefg", executor)
    assert executor.submitted == [(["a", "b", "c"], False), (["d", "e", "f"], False), (["g"], False)]
    assert sorted(seen) == [result.student for result in done.results] == list("abcdefg")


def test_one_that_was_not_begun_is_handed_out_again_and_is_no_suspect(hand_out):
    executor = Scripted(b=[NotBegun(), NotBegun(), NotBegun()])
    done, seen = hand_out("abc", executor)
    assert sorted(seen) == list("abc")
    assert all(result.graded for result in done.results)
    assert not any(alone for _, alone in executor.submitted)


def test_one_whose_worker_died_is_run_again_alone_and_the_second_time_it_is_ungraded(hand_out):
    executor = Scripted(a=[Lost()], b=[Lost(), Lost()])
    done, seen = hand_out("abcd", executor)
    assert sorted(seen) == list("abcd")
    assert [result.student for result in done.results if not result.graded] == ["b"]
    assert (["a"], True) in executor.submitted
    assert (["b"], True) in executor.submitted


def test_a_suspect_that_was_not_begun_is_a_suspect_still(hand_out):
    executor = Scripted(a=[Lost(), NotBegun(), Lost()])
    done, _ = hand_out("ab", executor)
    assert [result.graded for result in done.results] == [False, True]
    assert executor.submitted.count((["a"], True)) == 2


def test_when_the_cluster_is_lost_what_is_there_is_kept_and_the_rest_named(hand_out):
    done, seen = hand_out("abcdef", Scripted(e=[ClusterError("the scheduler is lost.")]))
    assert seen == list("abc")
    assert [file.student for file in done.not_reached] == list("def")
    assert "the scheduler is lost" in str(done.error)


def test_a_cluster_that_is_lost_before_there_is_any_result_is_the_operators_error(hand_out):
    with pytest.raises(ClusterError):
        hand_out("abc", Scripted(a=[ClusterError("the scheduler is lost.")]))


def test_an_operators_error_of_one_job_begins_nothing_more(hand_out):
    done, seen = hand_out("abcdef", Scripted(d=[SandboxUnavailable("no box.")]))
    assert sorted(seen) == list("abcef")
    assert [file.student for file in done.not_reached] == ["d"]
    assert "no box" in str(done.error)


def test_a_worker_that_neither_dies_nor_answers_is_ended_and_its_job_is_a_suspect(hand_out, monkeypatch):
    monkeypatch.setattr(handout, "LEAST", 0.05)
    monkeypatch.setattr(handout, "patience", lambda desk, job: 0.1)
    executor = Scripted(b=["hangs", "hangs"])
    done, seen = hand_out("abc", executor)
    assert executor.abandoned == ["b", "b"]
    assert sorted(seen) == list("abc")
    (ungraded,) = [result for result in done.results if not result.graded]
    assert "gave no answer and was ended twice" in ungraded.events[0]


def test_a_worker_process_that_hangs_does_not_hold_a_run(course, tmp_path, monkeypatch):
    monkeypatch.setattr(handout, "LEAST", 0.5)
    monkeypatch.setattr(handout, "patience", lambda desk, job: 1.0)
    (tmp_path / "reports").mkdir()
    jobs = [Job(SubmissionFile(student, "warmup", tmp_path / student, student)) for student in "abc"]
    desk = Desk(course, tmp_path / "reports", "weak")
    done = do_jobs(jobs, desk, workers=2, work=cohort_work.b_hangs)
    assert [result.graded for result in done.results] == [True, False, True]


def test_a_worker_has_all_the_time_that_the_limits_allow(course, tmp_path):
    job = Job(SubmissionFile("a", "warmup", tmp_path / "a", "a"))
    limits = load_assignment(course, "warmup").file.limits
    seconds = patience(Desk(course, tmp_path), job)
    assert seconds > LEAST + 10 * (limits.import_seconds + limits.submission_seconds)
    assert patience(Desk(tmp_path, tmp_path), job) == float("inf")
