"""What the gradebook is for, as an instructor uses it: run again, judge again, give points, look back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from grader.authoring.build import build_assignment
from grader.cohort.handout import Cohort, do_jobs
from grader.cohort.packed import PackedResult
from grader.cohort.worker import give_up
from grader.gradebook.book import Gradebook
from grader.gradebook.lock import alone

Call = Callable[..., Result]
WEAK = ("--sandbox", "weak", "--workers", "1")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "reports"


def lines(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]


def scores(out: Path) -> dict[object, object]:
    return {line["student"]: line["score"] for line in lines(out)}


def pages(out: Path) -> dict[str, int]:
    return {str(path.relative_to(out)): path.stat().st_mtime_ns for path in out.rglob("warmup.html")}


def test_what_did_not_change_is_not_run_again(call: Call, submissions: Path, out: Path) -> None:
    call("run", submissions, "--out", out, *WEAK)
    first, written = (out / "results.jsonl").read_bytes(), pages(out)
    shown = call("run", submissions, "--out", out, *WEAK)
    assert "0 run, 2 kept" in shown.output
    assert (out / "results.jsonl").read_bytes() == first
    assert pages(out) == written


def test_only_the_file_that_changed_is_run(call: Call, submissions: Path, out: Path) -> None:
    call("run", submissions, "--out", out, *WEAK)
    (submissions / "bo" / "warmup.py").write_bytes((submissions / "ana" / "warmup.py").read_bytes())
    shown = call("run", submissions, "--out", out, *WEAK)
    assert "1 run, 1 kept" in shown.output
    assert "ana warmup" not in shown.output
    assert scores(out) == {"ana": 100.0, "bo": 100.0}


def test_fresh_runs_all(call: Call, submissions: Path, out: Path) -> None:
    call("run", submissions, "--out", out, *WEAK)
    shown = call("run", submissions, "--out", out, "--fresh", *WEAK)
    assert "kept" not in shown.output
    assert "ana warmup 100/100" in shown.output


def test_another_box_is_another_result(call: Call, submissions: Path, out: Path) -> None:
    call("run", submissions, "--out", out, *WEAK)
    shown = call("run", submissions, "--out", out, "--workers", "1")
    assert "kept" not in shown.output
    assert {line["sandbox"] for line in lines(out)} == {"strong"}


def test_pages_that_went_missing_are_written_again_without_running(
    call: Call, submissions: Path, out: Path
) -> None:
    call("run", submissions, "--out", out, *WEAK)
    page = out / "students" / "bo" / "warmup.html"
    before = page.read_text()
    page.unlink()
    shown = call("run", submissions, "--out", out, *WEAK)
    assert "0 run, 2 kept" in shown.output
    assert page.read_text() == before


def test_reports_are_rebuilt_from_the_gradebook_alone(call: Call, submissions: Path, out: Path) -> None:
    call("run", submissions, "--out", out, *WEAK)
    again = out.with_name("again")
    assert call("report", "--out", again).exit_code == 0
    for name in ("results.jsonl", "grades.csv", "students/bo/warmup.html", "instructor/bo/warmup.html"):
        assert (again / name).read_text() == (out / name).read_text(), name


def test_points_that_an_instructor_gave_survive_every_run(call: Call, submissions: Path, out: Path) -> None:
    call("run", submissions, "--out", out, *WEAK)
    before = scores(out)["bo"]
    shown = call("override", "bo", "update_lr", 40, "--reason", "right idea", "--author", "ada")
    assert shown.exit_code == 0, shown.output
    call("run", submissions, "--out", out, *WEAK)
    after = scores(out)["bo"]
    assert after != before
    call("run", submissions, "--out", out, "--fresh", *WEAK)
    assert scores(out)["bo"] == after
    call("override", "bo", "update_lr", "--withdraw", "--reason", "a slip")
    call("run", submissions, "--out", out, *WEAK)
    assert scores(out)["bo"] == before


def test_points_and_comments_stand_on_the_students_page(call: Call, submissions: Path, out: Path) -> None:
    call("run", submissions, "--out", out, *WEAK)
    call("override", "bo", "update_lr", 40, "--reason", "right <b>idea</b>", "--author", "ada")
    call("comment", "bo", "well explained", "--author", "ada")
    call("report", "--out", out)
    page = (out / "students" / "bo" / "warmup.html").read_text()
    assert "right &lt;b&gt;idea&lt;/b&gt;" in page
    assert "well explained" in page


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["override", "boo", "update_lr", "4", "--reason", "r"], "did you mean 'bo'"),
        (["override", "bo", "update_rl", "4", "--reason", "r"], "did you mean 'update_lr'"),
        (["override", "bo", "update_lr", "4000", "--reason", "r"], "more than the"),
        (["override", "bo", "update_lr", "-1", "--reason", "r"], "-1"),
        (["override", "bo", "update_lr", "--reason", "r"], "Give POINTS"),
        (["override", "bo", "update_lr", "4"], "--reason"),
        (["override", "bo", "update_lr", "nan", "--reason", "r"], "no number of points"),
        (["override", "bo", "update_lr", "4", "--reason", " "], "it is empty"),
        (["comment", "bo", ""], "it is empty"),
        (["history", "bo", "--restore", str(2**70)], "is not in the range"),
        (["comment", "nobody at all", "text"], "nobody named"),
        (["history", "boo"], "did you mean 'bo'"),
        (["history", "bo", "--restore", "99"], "no result 99"),
        (["comment", "bo", "text", "--assignment", "warmpu"], "warmpu"),
    ],
    ids=["student", "exercise", "too many", "negative", "no points", "no reason", "not a number",
         "empty reason", "empty comment", "vast number", "nobody", "history",
         "no result", "assignment"],
)  # fmt: skip
def test_a_slip_is_named(call: Call, submissions: Path, out: Path, words: list[str], problem: str) -> None:
    call("run", submissions, "--out", out, *WEAK)
    shown = call(*words)
    assert shown.exit_code == 2
    assert problem in shown.stderr


def test_without_a_gradebook_there_is_nothing_to_look_at(call: Call) -> None:
    for words in (["history", "ana"], ["report"], ["rescore"]):
        shown = call(*words)
        assert shown.exit_code == 2
        assert "there is no gradebook" in shown.stderr


def test_an_earlier_result_is_restored_and_stands(call: Call, submissions: Path, out: Path) -> None:
    call("run", submissions, "--out", out, *WEAK)
    (submissions / "ana" / "warmup.py").write_text("")
    call("run", submissions, "--out", out, *WEAK)
    assert scores(out)["ana"] == 0
    told = [json.loads(line) for line in call("history", "ana", "--json").stdout.splitlines()]
    first = next(event["number"] for event in told if event["what"] == "result")
    shown = call("history", "ana", "--restore", first, "--reason", "handed in the wrong file")
    assert "handed in the wrong file" in shown.output
    shown = call("run", submissions, "--out", out, *WEAK)
    assert "0 run, 2 kept" in shown.output
    assert scores(out)["ana"] == 100
    assert call("history", "bo", "--restore", first).exit_code == 2


def reweighted(course: Path) -> None:
    """Give the cases of an exercise other weights, and build."""
    cases = course / "reference" / "warmup" / "cases.py"
    text = cases.read_text()
    assert "points=" in text
    first, second = text.replace("points=40", "points=@").split("points=@")
    cases.write_text(f"{first}points=50{second.replace('points=60', 'points=50')}")
    build_assignment(course, "warmup")


def test_judging_again_names_who_changes_and_keeps_only_when_told(
    call: Call, submissions: Path, out: Path, own_course: Path
) -> None:
    here = ("--course", own_course)
    call("run", submissions, "--out", out, *here, *WEAK)
    before = scores(out)
    assert "0 of 2 grades change" in call("rescore", *here).output
    reweighted(own_course)
    # Source code that would fail if it were run.
    (submissions / "bo" / "warmup.py").write_text("raise SystemExit")
    shown = call("rescore", "--out", out, *here)
    assert shown.exit_code == 0, shown.output
    assert "bo warmup: " in shown.output
    assert "ana warmup" not in shown.output
    assert "1 of 2 grades change; nothing is kept without --apply" in shown.output
    assert scores(out) == before
    shown = call("rescore", "--apply", "--out", out, *here)
    assert "1 of 2 grades change" in shown.output
    assert scores(out) != before
    assert "0 of 2 grades change" in call("rescore", *here).output


def test_what_was_asked_something_else_is_not_judged_again(
    call: Call, submissions: Path, out: Path, own_course: Path
) -> None:
    here = ("--course", own_course)
    call("run", submissions, "--out", out, *here, *WEAK)
    calls = own_course / "assignments" / "warmup" / "calls.py"
    calls.write_text((calls.read_text() if calls.exists() else "") + "\n# changed\n")
    build_assignment(own_course, "warmup")
    shown = call("rescore", *here)
    assert "2 were asked something else" in shown.stderr
    assert "0 of 0 grades change" in shown.output


def test_a_second_run_waits_or_says_so(call: Call, submissions: Path, out: Path) -> None:
    place = os.environ["GRADE_GRADEBOOK"]
    with Gradebook(place) as book, alone(book.url, lambda sentence: None):
        shown = call("run", submissions, "--out", out, "--no-wait", *WEAK)
    assert shown.exit_code == 2
    assert "another run is at work" in shown.stderr


def test_a_killed_run_is_gone_on_with(
    call: Call, start: Callable[..., subprocess.Popen[str]], submissions: Path, out: Path
) -> None:
    for number in range(8):
        (submissions / f"s{number:02}_warmup.py").write_text("import time\ntime.sleep(0.2)\n")
    process = start("run", submissions, "--out", out, *WEAK)
    assert process.stdout is not None
    for _ in range(3):
        process.stdout.readline()
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    time.sleep(0.1)
    shown = call("run", submissions, "--out", out, *WEAK)
    assert shown.exit_code == 0, shown.output
    kept = int(shown.output.split(" run, ")[1].split(" kept")[0])
    assert kept >= 3
    assert len(scores(out)) == 10


def test_hostile_words_act_on_no_terminal_and_pass_for_no_line(
    call: Call, submissions: Path, out: Path
) -> None:
    hostile = "\x1b[2J\x9b31m\x07right\n2026-01-01T00:00:00Z warmup attempt forged"
    call("run", submissions, "--out", out, *WEAK)
    for words in (
        ["comment", "bo", hostile, "--author", hostile],
        ["override", "bo", "update_lr", 4, "--reason", hostile, "--author", hostile],
        ["history", "bo"],
        ["history", "bo", "--json"],
        ["history", hostile],
        ["report", "--out", out],
        ["run", submissions, "--out", out, "--json", *WEAK],
        ["rescore", "--assignment", hostile],
    ):
        shown = call(*words)
        assert not {letter for letter in shown.output if not letter.isprintable()} - {"\n"}, words
    lines_ = call("history", "bo").stdout.splitlines()
    assert len(lines_) == 4
    assert not {letter for letter in (out / "results.jsonl").read_text() if not letter.isprintable()} - {"\n"}


def test_judging_again_what_the_weak_box_brought_back_stays_the_weak_boxs(
    call: Call, submissions: Path, out: Path
) -> None:
    call("run", submissions, "--out", out, *WEAK)
    assert call("rescore", "--apply", "--out", out).exit_code == 0
    assert "0 run, 2 kept" in call("run", submissions, "--out", out, *WEAK).output
    assert "kept" not in call("run", submissions, "--out", out, "--workers", "1").output


def test_other_limits_are_another_question(
    call: Call, submissions: Path, out: Path, own_course: Path
) -> None:
    here = ("--course", own_course)
    call("run", submissions, "--out", out, *here, *WEAK)
    settings = own_course / "assignments" / "warmup" / "assignment.toml"
    settings.write_text(settings.read_text() + "\n[limits]\nsubmission_seconds = 9.0\n")
    build_assignment(own_course, "warmup")
    assert "2 were asked something else" in call("rescore", *here).stderr


def test_what_killed_processes_left_is_taken_away(call: Call, submissions: Path, out: Path) -> None:
    call("run", submissions, "--out", out, *WEAK)
    folder = out / "students" / "bo"
    left, ours = folder / ".warmup.html.999999999.tmp", folder / f".warmup.html.{os.getpid()}.tmp"
    others = folder / ".notes.tmp"
    for path in (left, ours, others):
        path.touch()
    call("run", submissions, "--out", out, *WEAK)
    assert [path.exists() for path in (left, ours, others)] == [False, True, True]


def test_a_fault_of_ours_takes_no_grade_away(
    call: Call, submissions: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("run", submissions, "--out", out, *WEAK)
    before = {path: path.read_bytes() for path in out.rglob("warmup.html")}
    assert len(before) == 4
    (submissions / "bo" / "warmup.py").write_text("# another file")

    def fails(jobs: Any, desk: Any, *, on_results: Any = None, **rest: Any) -> Cohort:
        if jobs[0].task == "pages":
            return do_jobs(jobs, desk, **rest)
        results = [PackedResult.of(give_up(desk, job, "the box did not answer"), job) for job in jobs]
        on_results(results)
        return Cohort(tuple(results))

    with monkeypatch.context() as patch:
        patch.setattr("grader.cli.running.do_jobs", fails)
        shown = call("run", submissions, "--out", out, "--fresh", *WEAK)
    assert shown.exit_code == 1
    assert "ungraded: 2" in shown.stderr
    told = {
        line.split()[0]: "the grade that it had stands" in line for line in shown.stderr.splitlines()[1:3]
    }
    assert told == {"ana": True, "bo": False}
    lines = (json.loads(line) for line in (out / "results.jsonl").read_text().splitlines())
    assert {line["student"]: (line["score"], line["graded"]) for line in lines} == {
        "ana": (100.0, True),
        "bo": (0.0, False),
    }
    changed = {path.parent.name for path, content in before.items() if path.read_bytes() != content}
    assert changed == {"bo"}
    shown = call("run", submissions, "--out", out, *WEAK)
    assert (shown.exit_code, "1 run, 1 kept" in shown.output) == (0, True)


def test_another_course_has_a_gradebook_of_its_own(
    call: Call, submissions: Path, out: Path, own_course: Path
) -> None:
    call("run", submissions, "--out", out, *WEAK)
    for words in (["run", submissions, "--out", out, *WEAK], ["history", "ana"], ["rescore"]):
        shown = call(*words, "--course", own_course)
        assert shown.exit_code == 2
        assert "is for the course in" in shown.stderr
        assert "help: name another one with --gradebook" in shown.stderr
