"""Handing out submissions: nothing is lost, whatever becomes of a worker."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
import zlib
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import cohort_work
import pytest

from grader.cohort import worker
from grader.cohort.handout import Cohort, do_jobs
from grader.cohort.jobs import Done, Job, Kept, stamp_of
from grader.cohort.packed import PackedResult, unpack_result
from grader.cohort.worker import Desk
from grader.errors import BoxFailure, CourseError, GradebookError, OutputError, SandboxUnavailable
from grader.intake.find import SubmissionFile, find_submissions
from grader.report.submission import has_pages
from grader.results import SubmissionResult

RIGHT = """
def update_lr(learning_rate0, epoch_num, decay_rate=0.1):
    return learning_rate0 / (1 + decay_rate * epoch_num)

def centre(X):
    mu = mean_of_rows(X)
    return X - mu, mu
"""


@pytest.fixture
def desk(course: Path, tmp_path: Path) -> Desk:
    (tmp_path / "reports").mkdir()
    return Desk(course, tmp_path / "reports", "weak")


@pytest.fixture
def hand_in(tmp_path):
    def files(*students: str, source: str = RIGHT) -> list[SubmissionFile]:
        for student in students:
            (tmp_path / "in" / student).mkdir(parents=True, exist_ok=True)
            (tmp_path / "in" / student / "warmup.py").write_text(source)
        return list(find_submissions(tmp_path / "in", ["warmup"]).submissions)

    return files


def grade(files: list[SubmissionFile], desk: Desk, **options: Any) -> Cohort:
    return do_jobs([Job(file) for file in files], desk, **options)


def do(desk: Desk, file: SubmissionFile) -> SubmissionResult:
    done: Done = worker.do(desk, Job(file))
    return done.result


def students(results) -> list[str]:
    return [result.student for result in results]


def test_every_submission_is_graded_once_and_results_come_in_the_order_asked_for(desk, hand_in):
    files = hand_in("c", "a", "b")
    seen: list[PackedResult] = []
    done = grade(files[::-1], desk, workers=2, on_results=seen.extend)
    assert students(done.results) == ["c", "b", "a"]
    assert sorted(students(seen)) == ["a", "b", "c"]
    assert [result.score for result in done.results] == [100, 100, 100]
    assert done.not_reached == ()


def test_workers_write_the_pages_of_both_audiences(desk, hand_in):
    grade(hand_in("ana"), desk, workers=1)
    pages = sorted(str(path.relative_to(desk.out)) for path in desk.out.rglob("*.html"))
    assert pages == ["instructor/ana/warmup.html", "students/ana/warmup.html"]


def test_no_submission_no_workers(desk):
    assert grade([], desk, workers=2).results == ()


def test_work_is_spread_over_the_workers(desk, hand_in):
    done = grade(hand_in(*"abcdefgh"), desk, workers=2, work=cohort_work.with_worker)
    assert 1 <= len({result.events for result in done.results}) <= 2


def test_one_who_kills_workers_is_ungraded_and_nobody_else_is_lost(desk, hand_in):
    files = hand_in("a", "b", "killer1", "killer2", "m", "n", "o", "p")
    done = grade(files, desk, workers=2, work=cohort_work.killers_die)
    assert students(done.results) == ["a", "b", "killer1", "killer2", "m", "n", "o", "p"]
    ungraded = [result for result in done.results if not result.graded]
    assert students(ungraded) == ["killer1", "killer2"]
    assert "worker process died twice" in ungraded[0].events[0]
    assert (desk.out / "students" / "killer1" / "warmup.html").is_file()


def test_a_worker_that_dies_once_costs_nobody_anything(desk, hand_in):
    done = grade(hand_in("a", "b", "c"), desk, workers=2, work=cohort_work.b_dies_the_first_time)
    assert students(done.results) == ["a", "b", "c"]
    assert all(result.graded for result in done.results)


def test_a_worker_without_memory_costs_nobody_anything(desk, hand_in):
    done = grade(hand_in("a", "b", "c"), desk, workers=1, work=cohort_work.memory_runs_out_the_first_time)
    assert (desk.out / "b").exists()
    assert students(done.results) == ["a", "b", "c"]
    assert [(result.graded, result.score, result.events) for result in done.results] == [(True, 100, ())] * 3


def test_one_for_whom_memory_never_suffices_is_ungraded_and_nobody_else(desk, hand_in):
    done = grade(hand_in("a", "b", "c"), desk, workers=2, work=cohort_work.no_memory_for_b)
    assert [result.graded for result in done.results] == [True, False, True]
    assert "MemoryError in the worker process twice while it was graded" in done.results[1].events[0]


def test_a_fork_server_that_was_killed_is_started_again(desk, hand_in):
    assert students(grade(hand_in("a"), desk, workers=1, work=cohort_work.slow).results) == ["a"]
    os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)
    done = grade(hand_in("a", "b", "c"), desk, workers=2, work=cohort_work.slow)
    assert [result.graded for result in done.results] == [True] * 3


@pytest.mark.parametrize("times", [1, 9])
def test_a_worker_that_cannot_be_started_is_tried_again_and_then_the_operators_error(
    desk, hand_in, monkeypatch, times
):
    failures = iter([EOFError()] * times)
    submit = ProcessPoolExecutor.submit

    def fails(*words, **options):
        for error in failures:
            raise error
        return submit(*words, **options)

    monkeypatch.setattr(ProcessPoolExecutor, "submit", fails)
    if times == 1:
        done = grade(hand_in("a", "b"), desk, workers=1, work=cohort_work.slow)
        assert students(done.results) == ["a", "b"]
        return
    with pytest.raises(SandboxUnavailable, match="no worker process can be started: EOFError"):
        grade(hand_in("a", "b"), desk, workers=1, work=cohort_work.slow)


def test_pages_that_cannot_be_written_from_what_was_kept_stay_as_they_are(
    desk, hand_in, monkeypatch, in_this_process
):
    (file,) = hand_in("ana")
    done = worker.do(desk, Job(file))
    page = desk.out / "students" / "ana" / "warmup.html"
    before = page.read_bytes()
    kept = Kept(PackedResult.of(done, Job(file)).packed, done.outputs)

    def fail(*_):
        raise KeyError("template")

    monkeypatch.setattr(worker, "write_submission", fail)
    with pytest.raises(GradebookError, match="ana warmup: what was kept cannot be judged again"):
        worker.do(desk, Job(file, "pages", kept=kept, number=1))
    assert page.read_bytes() == before


@pytest.mark.parametrize("key", ["k" * 64, ""], ids=["graded", "ungraded: it has no key"])
def test_pages_written_anew_are_known_by_the_key_under_which_the_result_stands(
    key, desk, hand_in, in_this_process
):
    (file,) = hand_in("ana")
    done = worker.do(desk, Job(file))
    kept = Kept(PackedResult.of(done, Job(file)).packed, done.outputs)
    job = Job(file, "pages", kept=kept, number=1, key=key)
    packed = PackedResult.of(worker.do(desk, job), job)
    assert (packed.score, packed.packed, packed.entry) == (100, b"", None)
    stamp = stamp_of(key, hashlib.sha256(done.outputs).hexdigest(), ())
    assert has_pages(desk.out, "ana", "warmup", stamp)


def test_what_was_run_twice_has_pages_of_its_own(desk, hand_in, in_this_process):
    page, stamps = desk.out / "students" / "ana" / "warmup.html", set()
    for _ in range(2):
        worker.do(desk, Job(hand_in("ana")[0]))
        stamps.add(page.read_text().splitlines()[-1])
    assert len(stamps) == 2  # the time that it took is another


def test_a_result_of_other_fields_is_the_operators_error():
    for packed in (b"no zlib", zlib.compress(b"{}")):
        with pytest.raises(GradebookError, match="a kept result cannot be read"):
            unpack_result(packed)


def test_an_interrupt_does_not_reach_a_worker(desk, hand_in):
    done = grade(hand_in("a", "b"), desk, workers=1, work=cohort_work.ignores_interrupts)
    assert all(result.graded for result in done.results)


def test_a_missing_layer_of_the_box_is_the_operators_error(desk, hand_in):
    with pytest.raises(SandboxUnavailable, match="layer 'files'"):
        grade(hand_in("a", "b"), desk, workers=2, work=cohort_work.no_box)


def test_an_operators_error_midway_does_not_throw_away_what_was_graded(desk, hand_in):
    done = grade(hand_in("a", "b", "c"), desk, workers=1, work=cohort_work.stops_after_the_first)
    assert students(done.results) == ["a"]
    assert [file.student for file in done.not_reached] == ["b", "c"]
    assert "the disk is full" in str(done.error)


def test_results_that_cannot_be_kept_end_the_run(desk, hand_in):
    def full(results: object) -> None:
        raise GradebookError("the disk is full.")

    with pytest.raises(GradebookError):
        grade(hand_in("a", "b"), desk, workers=1, on_results=full, work=cohort_work.slow)
    assert multiprocessing.active_children() == []


def test_a_course_that_was_changed_in_between_is_the_operators_error(desk, hand_in):
    jobs = [Job(file, build="another") for file in hand_in("a", "b")]
    with pytest.raises(CourseError, match="was changed while"):
        do_jobs(jobs, desk, workers=1)


def test_a_job_is_made_ready_when_its_turn_comes(desk, hand_in):
    ready: list[str] = []

    def prepare(job: Job) -> Job:
        ready.append(job.file.student)
        return job

    def stopped() -> bool:
        return len(ready) >= 2

    grade(hand_in(*"abcdefgh"), desk, workers=1, prepare=prepare, stopped=stopped, work=cohort_work.slow)
    assert ready == ["a", "b"]


def test_when_asked_to_stop_what_is_in_hand_is_finished_and_the_rest_named(desk, hand_in):
    files = hand_in(*"abcdefghij")
    seen = []
    done = grade(
        files, desk, workers=1, work=cohort_work.slow, on_results=seen.extend, stopped=lambda: bool(seen)
    )
    assert 1 <= len(done.results) <= 3
    assert len(done.results) + len(done.not_reached) == 10
    assert not {file.student for file in done.not_reached} & set(students(done.results))


def test_a_second_request_to_stop_gives_up_what_is_in_hand(desk, hand_in):
    def impatient() -> bool:
        if time.monotonic() > start + 0.5:
            raise KeyboardInterrupt
        return False

    start = time.monotonic()
    done = grade(hand_in("a", "b"), desk, workers=1, work=cohort_work.endless, stopped=impatient)
    assert time.monotonic() < start + 20
    assert done.results == ()
    assert [file.student for file in done.not_reached] == ["a", "b"]


def test_no_process_is_left_when_a_cohort_is_done(desk, hand_in):
    grade(hand_in("a", "b"), desk, workers=2)
    assert multiprocessing.active_children() == []


@pytest.fixture
def in_this_process():
    yield
    worker._bench().close()
    worker._bench.cache_clear()


@pytest.mark.parametrize(
    ("error", "event"),
    [
        (BoxFailure("the box did not answer."), "the box did not answer."),
        (ZeroDivisionError("secret of a student"), "a fault of the grader: ZeroDivisionError in worker.py"),
    ],
    ids=["box failure", "unexpected"],
)
def test_a_fault_of_ours_leaves_a_submission_ungraded_with_an_event(
    desk, hand_in, monkeypatch, in_this_process, error, event
):
    def fail(*_):
        raise error

    monkeypatch.setattr(worker, "grade", fail)
    result = do(desk, hand_in("ana")[0])
    assert not result.graded
    assert result.max_score == 100
    assert event in result.events[0]
    assert "secret" not in str(result)
    assert (desk.out / "students" / "ana" / "warmup.html").is_file()


def test_a_box_that_breaks_once_costs_the_submission_nothing(desk, hand_in, monkeypatch, in_this_process):
    broken = iter([BoxFailure("the box did not answer.")])
    grade_it = worker.grade

    def fails_once(*words):
        for error in broken:
            raise error
        return grade_it(*words)

    monkeypatch.setattr(worker, "grade", fails_once)
    result = do(desk, hand_in("ana")[0])
    assert (result.graded, result.score, result.events) == (True, 100, ())


def test_a_page_that_cannot_be_made_leaves_a_submission_ungraded(desk, hand_in, monkeypatch, in_this_process):
    def fail(*_):
        raise KeyError("template")

    monkeypatch.setattr(worker, "write_submission", fail)
    result = do(desk, hand_in("ana")[0])
    assert not result.graded
    assert len(result.events) == 2


def test_a_folder_that_cannot_be_written_is_the_operators_error(desk, hand_in, monkeypatch, in_this_process):
    def refuse(*_):
        raise OutputError("the folder cannot be written.")

    monkeypatch.setattr(worker, "write_submission", refuse)
    with pytest.raises(OutputError):
        do(desk, hand_in("ana")[0])


def test_the_box_is_kept_from_one_submission_to_the_next(desk, hand_in, monkeypatch, in_this_process):
    opened = []
    open_box = worker.open_box
    monkeypatch.setattr(worker, "open_box", lambda *a, **k: opened.append(a) or open_box(*a, **k))
    for file in hand_in("a", "b", "c"):
        assert do(desk, file).score == 100
    assert len(opened) == 1


def test_an_empty_file_is_graded_as_nothing_to_run_without_a_box(desk, hand_in, in_this_process):
    result = do(desk, hand_in("ana", source="")[0])
    assert (result.graded, result.score) == (True, 0)
    assert "the file is empty" in result.findings[0].message


def test_the_results_are_what_the_worker_returned_to_the_last_field(desk, hand_in, in_this_process):
    (file,) = hand_in("ana")
    here = json.loads(do(desk, file).model_dump_json(exclude={"seconds"}))
    seen: list[PackedResult] = []
    (slim,) = grade([file], desk, workers=1, on_results=seen.extend).results
    assert slim.packed == b""
    there = json.loads(seen[0].unpack().model_dump_json(exclude={"seconds"}))
    for result in (here, there):
        for exercise in result["exercises"]:
            for case in exercise["cases"]:
                del case["seconds"]
    assert here == there


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("grader.cli.run", "numpy pydantic h5py sqlalchemy"),
        ("grader.cohort.ready", "sqlalchemy alembic matplotlib asyncio distributed"),
        ("grader.cli.running", "alembic matplotlib distributed"),
    ],
    ids=["the command itself", "workers", "the main process"],
)
def test_a_run_starts_without_what_it_does_not_need(module: str, absent: str) -> None:
    code = f"import sys, {module}; print(*sorted(set({absent.split()}) & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert shown.stdout.strip() == ""
