"""A cohort graded by a Dask cluster: the same results, whatever becomes of workers and scheduler."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import sysconfig
import tempfile
from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="the extra 'cluster' is not installed: make test-cluster")

import cluster_work
from cluster_processes import Cluster, running, wait_until, why_no_networks

from grader.cohort import handout
from grader.cohort.executors.dask import DaskExecutor
from grader.cohort.handout import do_jobs
from grader.cohort.jobs import Job
from grader.cohort.worker import Desk
from grader.course.load import load_assignment
from grader.errors import ClusterError
from grader.intake.find import find_submissions

# Dask's own warnings are no business of this project's.
pytestmark = pytest.mark.filterwarnings("default")

RIGHT = """
def update_lr(learning_rate0, epoch_num, decay_rate=0.1):
    return learning_rate0 / (1 + decay_rate * epoch_num)

def centre(X):
    mu = mean_of_rows(X)
    return X - mu, mu
"""
KINDS = (
    RIGHT,
    RIGHT.replace("1 + decay", "2 + decay"),
    RIGHT + "\nimport ctypes\nctypes.string_at(0)\n",
    "def update_lr(:\n",
    RIGHT.replace("    mu =", "    while True: pass\n    mu ="),
    "",
)


@pytest.fixture
def hand_in(tmp_path: Path):
    """Hand in files of every kind, each of which takes a moment."""

    def files(count: int, seconds: float = 0.0) -> Path:
        wait = f"import time\ntime.sleep({seconds})\n" if seconds else ""
        for number in range(count):
            folder = tmp_path / "in" / f"student{number:02}"
            folder.mkdir(parents=True)
            source = KINDS[number % len(KINDS)] if not seconds else RIGHT
            (folder / "warmup.py").write_text(wait + source if source else "")
        return tmp_path / "in"

    return files


class Run:
    """One ``grade run``, its gradebook and its reports."""

    def __init__(self, tmp_path: Path, course: Path, submissions: Path, name: str) -> None:
        self.out, self.book = tmp_path / name, tmp_path / f"{name}.sqlite"
        self._words = [sys.executable, "-m", "grader", "run", str(submissions), "--course", str(course)]
        self._words += ["--out", str(self.out), "--gradebook", f"sqlite:///{self.book}", "--workers", "2"]

    def start(self, *options: str) -> subprocess.Popen:
        return subprocess.Popen(
            [*self._words, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def go(self, *options: str) -> subprocess.CompletedProcess:
        return subprocess.run([*self._words, *options], capture_output=True, text=True, check=False)

    def on(self, cluster: Cluster, *options: str) -> subprocess.Popen:
        return self.start("--executor", "dask", "--scheduler", cluster.address, *options)

    def rows(self) -> Counter[str]:
        """Count the results of each student in the gradebook."""
        query = "select attempts.student from results join attempts on attempts.id = results.attempt_id"
        with sqlite3.connect(self.book) as book:
            return Counter(student for (student,) in book.execute(query))

    def results(self) -> dict[str, object]:
        lines = (self.out / "results.jsonl").read_text().splitlines()
        results = [json.loads(line) for line in lines]
        assert len({result["student"] for result in results}) == len(lines)
        return {result["student"]: timeless(result) for result in results}

    def pages(self) -> set[str]:
        return {str(path.relative_to(self.out)) for path in self.out.rglob("*.html")}


def timeless(value):
    """Leave out how long things took."""
    if isinstance(value, dict):
        return {key: timeless(part) for key, part in value.items() if key != "seconds"}
    return [timeless(part) for part in value] if isinstance(value, list) else value


@pytest.fixture
def run_named(tmp_path, course):
    return lambda submissions, name: Run(tmp_path, course, submissions, name)


def networks(*, own: bool) -> list[int | None]:
    return [1, 2, 3] if own else [None, None, None]


@pytest.mark.parametrize("own", [False, True], ids=["one network", "networks of their own"])
def test_a_cohort_is_graded_as_here_though_a_worker_is_killed(tmp_path, hand_in, run_named, own):
    if own and (reason := why_no_networks()):
        pytest.skip(reason)
    submissions = hand_in(36)
    here, there = run_named(submissions, "here"), run_named(submissions, "there")
    assert here.go().returncode == 0
    cluster = Cluster(tmp_path / "cluster")
    try:
        workers = [cluster.add(network=network) for network in networks(own=own)]
        run = there.on(cluster)
        for _ in range(3):
            assert "warmup" in run.stdout.readline()
        workers[1].send_signal(signal.SIGKILL)
        told, errors = run.communicate(timeout=300)
        assert run.returncode == 0, errors
        assert len(cluster.left()) <= 1  # what the killed one had, which Dask removes with its folder
    finally:
        cluster.close()
    assert there.results() == here.results()
    assert there.rows() == here.rows() == Counter({f"student{number:02}": 1 for number in range(36)})
    assert there.pages() == here.pages()
    assert "graded 36, ungraded 0" in told


def test_a_worker_that_cannot_grade_refuses_and_the_others_do_its_part(tmp_path, hand_in, run_named):
    changed = tmp_path / "other_version.py"
    changed.write_text("import grader\ngrader.__version__ = '0.0.0'\n")
    run = run_named(hand_in(6), "there")
    with running(tmp_path / "cluster", 1) as cluster, readable_folder() as readable:
        cluster.add("--nthreads", "2")
        cluster.add("--preload", str(changed))
        cluster.add(folder=readable)
        told, errors = run.on(cluster).communicate(timeout=300)
    assert "graded 6, ungraded 0" in told, errors
    assert "refuses: it has 2 threads" in errors
    assert "refuses: it has softmark 0.0.0" in errors
    assert "refuses: layer 'files' of the box would leave" in errors
    assert run.rows().total() == 6


def test_where_no_worker_can_grade_the_run_ends_with_the_layer_and_the_remedy(tmp_path, hand_in, run_named):
    run = run_named(hand_in(3), "there")
    with running(tmp_path / "cluster", 0) as cluster, readable_folder() as readable:
        for _ in range(2):
            cluster.add(folder=readable)
        grading = run.on(cluster)
        _, errors = grading.communicate(timeout=300)
    assert grading.returncode == 2
    assert "no worker of the cluster can grade: " in errors
    assert "layer 'files' of the box would leave" in errors
    assert "help: move the course, submissions and reports out of the interpreter's folders" in errors


def readable_folder():
    """Return a folder that every submission may read: the interpreter's."""
    return TemporaryFolder(dir=sysconfig.get_paths()["purelib"])


class TemporaryFolder(tempfile.TemporaryDirectory):
    def __enter__(self) -> Path:
        return Path(super().__enter__())


def test_a_scheduler_that_does_not_answer_is_the_operators_error(hand_in, run_named):
    told = run_named(hand_in(1), "there").go("--executor", "dask", "--scheduler", "tcp://127.0.0.1:9")
    assert told.returncode == 2
    assert "error: the scheduler at 'tcp://127.0.0.1:9' does not answer" in told.stderr
    assert "dask scheduler" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_scheduler_that_is_lost_ends_the_run_and_the_next_one_goes_on(tmp_path, hand_in, run_named):
    run = run_named(hand_in(24, seconds=0.3), "there")
    with running(tmp_path / "cluster", 2) as cluster:
        grading = run.on(cluster)
        for _ in range(3):
            grading.stdout.readline()
        cluster.scheduler.kill()
        _, errors = grading.communicate(timeout=300)
        assert grading.returncode == 2, errors
        assert "is lost" in errors and "the same command goes on" in errors
        done = len(run.results())
        assert 3 <= done < 24
        wait_until(lambda: all(worker.poll() is not None for worker in cluster.workers))
        assert cluster.left() == []
    again = run.go()
    assert again.returncode == 0, again.stderr
    assert f"{24 - done} run, {done} kept" in again.stdout
    assert run.rows() == Counter({f"student{number:02}": 1 for number in range(24)})


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_finishes_what_is_in_hand_and_a_second_one_gives_it_up(tmp_path, hand_in, run_named, times):
    run = run_named(hand_in(40, seconds=0.5), "there")
    with running(tmp_path / "cluster", 2) as cluster:
        grading = run.on(cluster)
        grading.stdout.readline()
        grading.send_signal(signal.SIGINT)
        for line in grading.stderr:
            if "stopping" in line:
                break
        if times == 2:
            grading.send_signal(signal.SIGINT)
        _, errors = grading.communicate(timeout=120)
        assert grading.returncode == 1
        assert "not reached" in errors
        assert 1 <= run.rows().total() < 40
        assert set(run.results()) == set(run.rows())
        wait_until(lambda: cluster.left() == [])
        again = run.on(cluster)
        told, _ = again.communicate(timeout=300)
    assert "kept: unchanged since they were run" in told
    assert run.rows() == Counter({f"student{number:02}": 1 for number in range(40)})


def test_who_kills_two_workers_is_ungraded_and_nobody_else(tmp_path, course, hand_in):
    submissions = hand_in(9)
    (submissions / "student04").rename(submissions / "killer")
    desk = Desk(course, tmp_path / "reports", "weak")
    files = find_submissions(submissions, ["warmup"]).submissions
    with running(tmp_path / "cluster", 3) as cluster:
        executor = DaskExecutor(
            cluster.address,
            desk,
            {"warmup": load_assignment(course, "warmup")},
            work=cluster_work.killers_die,
        )
        done = do_jobs([Job(file) for file in files], desk, executor=executor)
        dead = [worker for worker in cluster.workers if worker.poll() is not None]
    assert len(dead) == 2
    assert done.not_reached == ()
    ungraded = [result for result in done.results if not result.graded]
    assert [result.student for result in ungraded] == ["killer"]
    assert "the worker process died twice while it was graded" in ungraded[0].events[0]


@pytest.mark.parametrize("options", [(), ("--nanny",)], ids=["without a nanny", "with one"])
def test_a_worker_that_hangs_is_ended_and_does_not_hold_a_run(
    tmp_path, course, hand_in, monkeypatch, options
):
    monkeypatch.setattr(handout, "LEAST", 1.0)
    monkeypatch.setattr(handout, "patience", lambda desk, job: 6.0)
    submissions = hand_in(6, seconds=0.01)
    (submissions / "student00").rename(submissions / "hanger")
    desk = Desk(course, tmp_path / "reports", "weak")
    files = find_submissions(submissions, ["warmup"]).submissions
    noted: list[str] = []
    cluster = Cluster(tmp_path / "cluster")
    try:
        for _ in range(3):
            cluster.add(*options)
        loaded = {"warmup": load_assignment(course, "warmup")}
        executor = DaskExecutor(
            cluster.address, desk, loaded, note=noted.append, work=cluster_work.hangers_hang
        )
        done = do_jobs([Job(file) for file in files], desk, executor=executor)
    finally:
        cluster.close()
    assert done.not_reached == ()
    assert [result.student for result in done.results if not result.graded] == ["hanger"]
    assert sum("gives no answer, and is ended" in line for line in noted) == 2


def test_a_worker_that_joins_late_grades_too(tmp_path, course, hand_in):
    desk = Desk(course, tmp_path / "reports", "weak")
    files = find_submissions(hand_in(24), ["warmup"]).submissions
    with running(tmp_path / "cluster", 1) as cluster:
        executor = DaskExecutor(
            cluster.address,
            desk,
            {"warmup": load_assignment(course, "warmup")},
            work=cluster_work.slow_and_named,
        )
        late: list[int] = []

        def join(results) -> None:
            if not late:
                late.append(cluster.add().pid)

        done = do_jobs([Job(file) for file in files], desk, executor=executor, on_results=join)
    assert {result.events for result in done.results} == {(str(worker.pid),) for worker in cluster.workers}


def test_a_cluster_without_workers_is_waited_for_and_then_an_error(tmp_path, course, hand_in, monkeypatch):
    monkeypatch.setattr("grader.cohort.executors.dask.GRACE_SECONDS", 1.0)
    desk = Desk(course, tmp_path / "reports", "weak")
    (file,) = find_submissions(hand_in(1), ["warmup"]).submissions
    with running(tmp_path / "cluster", 0) as cluster:
        executor = DaskExecutor(cluster.address, desk, {"warmup": load_assignment(course, "warmup")})
        with pytest.raises(ClusterError, match="no worker has been with the scheduler"):
            do_jobs([Job(file)], desk, executor=executor)


def test_a_submission_cannot_read_the_copy_of_the_course(tmp_path, hand_in, run_named):
    submissions = hand_in(2)
    look = "import pathlib\nFOUND = [str(p) for p in pathlib.Path(PLACE).rglob('*')]\nprint('found', FOUND)\n"
    source = look.replace("PLACE", repr(str(tmp_path / "cluster"))) + RIGHT
    for path in submissions.rglob("*.py"):
        path.write_text(source)
    run = run_named(submissions, "there")
    with running(tmp_path / "cluster", 1) as cluster:
        _, errors = run.on(cluster).communicate(timeout=300)
    page = (run.out / "instructor" / "student00" / "warmup.html").read_text()
    assert "hidden.h5" not in page
    assert "found []" in page or "PermissionError" in page, errors
