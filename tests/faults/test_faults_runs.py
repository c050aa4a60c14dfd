"""What may happen to a run: it is interrupted, its course is edited, its clock is put back."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from benchmarks.kills import Kills
from benchmarks.processes import below, kind_of
from benchmarks.timeless import timeless_lines
from grader.authoring.build import build_assignment

Call = Callable[..., Result]
Start = Callable[..., subprocess.Popen[str]]
WEAK = ("--sandbox", "weak", "--workers", "1")

CLOCK = """
import datetime, itertools, time
_seconds = itertools.count(2_000_000_000, -3600)  # an hour back at every look
time.time = lambda: float(next(_seconds))
class _Backwards(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
datetime.datetime = _Backwards
"""


def graded(out: Path) -> list[str]:
    return timeless_lines(out / "results.jsonl")


def read_lines(process: subprocess.Popen[str], count: int) -> None:
    assert process.stdout is not None
    for _ in range(count):
        process.stdout.readline()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "reports"


def test_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("kills read /proc")
    figures = Kills(tmp_path, 4, students=6).run(6)
    assert sum(figures.struck.values()) >= 6
    assert (figures.lost, figures.broken) == (0, []), figures.table()


@pytest.mark.parametrize("number", [1, 2], ids=["once", "twice"])
def test_what_ctrl_c_left_is_named_and_graded_by_the_next_run(
    call: Call, start: Start, slow_submissions: Path, out: Path, number: int
) -> None:
    process = start("run", slow_submissions, "--out", out, *WEAK)
    read_lines(process, 2)
    for _ in range(number):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.05)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 1, errors
    assert number == 2 or "stopping: what is in hand is finished; Ctrl-C again gives it up" in errors
    assert "not reached: " in errors
    assert (out / "index.html").read_text().endswith("</html>")
    before = graded(out)
    assert 2 <= len(before) < 10
    shown = call("run", slow_submissions, "--out", out, *WEAK)
    assert shown.exit_code == 0, shown.output
    assert f"{10 - len(before)} run, {len(before)} kept" in shown.output
    assert set(before) < set(graded(out))


def retolerated(course: Path) -> None:
    """Give an exercise other points, and build: another build of the same questions."""
    cases = course / "reference" / "warmup" / "cases.py"
    cases.write_text(cases.read_text().replace("points=40", "points=50").replace("points=60", "points=50"))
    build_assignment(course, "warmup")


def edited(course: Path) -> None:
    """Change a source, and leave it at that."""
    solution = course / "reference" / "warmup" / "solution.py"
    solution.write_text(solution.read_text() + "\n# changed\n")


@pytest.mark.parametrize("edit", [retolerated, edited])
def test_a_course_that_is_edited_during_a_run_is_one_course_for_all(
    call: Call,
    start: Start,
    slow_submissions: Path,
    own_course: Path,
    out: Path,
    edit: Callable[[Path], None],
) -> None:
    here = ("--course", own_course)
    process = start("run", slow_submissions, "--out", out, *here, *WEAK)
    read_lines(process, 2)
    edit(own_course)
    _, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, ""), errors
    points = {each["max_score"] for line in graded(out) for each in json.loads(line)["exercises"]}
    assert points == {40.0, 60.0}
    shown = call("run", slow_submissions, "--out", out, *here, *WEAK)
    if edit is edited:
        assert shown.exit_code == 2
        assert "warmup is stale" in shown.stderr
        return
    assert shown.exit_code == 0, shown.output
    points = {each["max_score"] for line in graded(out) for each in json.loads(line)["exercises"]}
    assert points == {50.0}


def test_a_worker_that_reads_another_course_than_the_run_ends_it(
    call: Call, start: Start, slow_submissions: Path, own_course: Path, out: Path
) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("workers are found in /proc")
    here = ("--course", own_course)
    process = start("run", slow_submissions, "--out", out, *here, *WEAK)
    read_lines(process, 2)
    retolerated(own_course)
    workers = [each for each in below(process.pid) if kind_of(each, process.pid) == "worker"]
    assert workers
    for worker in workers:
        os.kill(worker, signal.SIGKILL)  # the one in its place reads the course as it is now
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 2, errors
    assert "warmup was changed while it was graded" in errors
    assert "help: run the command again" in errors
    kept = graded(out)
    assert 2 <= len(kept) < 10
    assert {each["max_score"] for line in kept for each in json.loads(line)["exercises"]} == {40.0, 60.0}
    shown = call("run", slow_submissions, "--out", out, *here, *WEAK)
    assert shown.exit_code == 0, shown.output
    points = {each["max_score"] for line in graded(out) for each in json.loads(line)["exercises"]}
    assert (len(graded(out)), points) == (10, {50.0})


def test_a_clock_that_runs_backwards_changes_nothing(
    call: Call,
    start: Start,
    slow_submissions: Path,
    out: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(CLOCK)
    call("run", slow_submissions, "--out", out, *WEAK)
    expected = graded(out)
    monkeypatch.setenv("GRADE_GRADEBOOK", str(tmp_path / "backwards.sqlite"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    for _ in range(2):
        process = start("run", slow_submissions, "--out", out, "--fresh", *WEAK)
        _, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, "")
    assert graded(out) == expected
    events = [json.loads(line) for line in call("history", "ana", "--json").stdout.splitlines()]
    assert [event["what"] for event in events] == ["attempt", "result", "result"]
    numbers = [event["number"] for event in events if event["what"] == "result"]
    assert numbers == sorted(numbers)
    assert events[0]["when"] > events[1]["when"]  # the clock did run backwards


def test_the_same_cohort_is_the_same_bytes_however_it_was_graded(
    call: Call, submissions: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, wrong = ((submissions / who / "warmup.py").read_text() for who in ("ana", "bo"))
    random_words = "import random; raise ValueError({'z', 'y', 'x'}, random.random())"
    sources = [
        *(ana, wrong, "def centre(X:", ""),
        wrong.replace("return", "print(hash('x'), {'b', 'a'})\n    return"),
        ana.replace("mu = mean", f"{random_words}\n    mu = mean"),
    ]
    for number, source in enumerate(sources):
        (submissions / f"s{number}_warmup.py").write_text(source)
    found: dict[str, list[str]] = {}

    def run(name: str, folder: Path, *words: object) -> None:
        monkeypatch.setenv("GRADE_GRADEBOOK", str(tmp_path / f"{name}.sqlite"))
        shown = call("run", folder, "--out", out, *words)
        assert shown.exit_code == 0, shown.output
        found[name] = graded(out)

    for workers in (1, 2, 8):
        run(f"{workers} workers", submissions, "--workers", workers)
    parts = sorted(path.name for path in submissions.iterdir())
    random.Random(1).shuffle(parts)
    for count in (3, 6):
        part = tmp_path / f"part{count}"
        part.mkdir()
        for name in parts[:count]:
            path = submissions / name
            (shutil.copytree if path.is_dir() else shutil.copy)(path, part / name)
        run("resumed", part, "--workers", 2)
    run("resumed", submissions, "--workers", 2)
    assert len(found["1 workers"]) == 8
    assert found["2 workers"] == found["1 workers"]
    assert found["8 workers"] == found["1 workers"]
    assert found["resumed"] == found["1 workers"]
