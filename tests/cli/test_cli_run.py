"""``grade run``, end to end on a small course."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from grader.cli import running
from grader.cohort.handout import Cohort
from grader.cohort.packed import PackedResult
from grader.cohort.worker import give_up
from grader.results import SubmissionResult

WEAK = ("--sandbox", "weak")


@pytest.fixture
def out(tmp_path):
    return tmp_path / "reports"


def test_a_folder_is_graded_and_everything_is_written(call, submissions, out):
    shown = call("run", submissions, "--out", out, *WEAK)
    assert shown.exit_code == 0, shown.output
    assert "ana warmup 100/100" in shown.output
    assert "warmup: graded 2, ungraded 0" in shown.output
    assert shown.output.rstrip().endswith(f"dashboard: {out / 'index.html'}")
    written = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert written >= {"index.html", "grades.csv", "results.jsonl", "students/bo/warmup.html"}


def test_run_may_be_left_out(call, submissions, out):
    assert call(submissions, "--out", out, *WEAK).exit_code == 0
    assert call("--out", out, *WEAK, submissions).exit_code == 0


def test_the_default_folder_for_reports_is_where_one_stands(call, submissions, tmp_path, course, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert call("run", submissions, "--course", course, *WEAK).exit_code == 0
    assert (tmp_path / "reports" / "index.html").is_file()


def test_a_wrong_answer_does_not_change_the_exit_status(call, submissions, out):
    (submissions / "ana" / "warmup.py").unlink()
    assert call("run", submissions, "--out", out, *WEAK).exit_code == 0


def test_json_is_one_result_on_each_line_as_in_the_file(call, submissions, out):
    shown = call("run", submissions, "--out", out, "--json", *WEAK)
    results = [SubmissionResult.model_validate_json(line) for line in shown.stdout.splitlines()]
    assert [result.student for result in results] == ["ana", "bo"]
    assert shown.stdout == (out / "results.jsonl").read_text()


def test_a_single_file_is_graded(call, submissions, out):
    shown = call("run", submissions / "ana" / "warmup.py", "--out", out, *WEAK)
    assert "you warmup 100/100" in shown.output


def test_what_is_passed_over_is_named(call, submissions, out):
    (submissions / "ana" / "warmpu.py").write_text("")
    shown = call("run", submissions, "--out", out, *WEAK)
    assert shown.exit_code == 0
    assert 'ana/warmpu.py: no assignment is named "warmpu", did you mean "warmup"?' in shown.stderr


@pytest.mark.parametrize(
    ("words", "problem", "remedy"),
    [
        (["run", "nowhere"], "path='nowhere' cannot be read", "name the submissions folder"),
        (["run", "assignments", "--assignment", "warmpu"], "assignment='warmpu'", "did you mean 'warmup'?"),
        (["run", "assignments", "--course", "assignments"], "is not a course", "assignments/"),
    ],
    ids=["no folder", "unknown assignment", "no course"],
)
def test_what_the_operator_can_mend_is_one_sentence_and_a_remedy(call, words, problem, remedy):
    shown = call(*words)
    assert shown.exit_code == 2
    error, help_ = shown.stderr.splitlines()[-2:]
    assert error.startswith("error: ")
    assert problem in error
    assert help_.startswith("help: ")
    assert remedy in help_


def test_a_folder_without_submissions_says_what_was_seen_and_how_to_name_files(call, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "notes.txt").touch()
    shown = call("run", tmp_path / "in")
    assert shown.exit_code == 2
    assert "holds no submission (notes.txt: not a .py file)." in shown.stderr
    assert "<student>/<assignment>.py" in shown.stderr


def test_outside_of_a_course_the_error_says_so(call, tmp_path, monkeypatch):
    (tmp_path / "ana").mkdir()
    monkeypatch.chdir(tmp_path)
    shown = call("run", ".")
    assert shown.exit_code == 2
    assert "--course" in shown.stderr


def test_a_stale_course_is_refused_before_anything_runs(call, own_course, submissions, out):
    solution = own_course / "reference" / "warmup" / "solution.py"
    solution.write_text(solution.read_text() + "\n# changed\n")
    shown = call("run", submissions, "--course", own_course, "--out", out)
    assert shown.exit_code == 2
    assert "grade build warmup" in shown.stderr
    assert not out.exists()


def test_an_ungraded_submission_exits_with_1_and_is_named(call, submissions, out, monkeypatch):
    def fails(jobs, desk, *, on_results, **_):
        results = [PackedResult.of(give_up(desk, job, "the box did not answer"), job) for job in jobs]
        on_results(results)
        return Cohort(tuple(results))

    monkeypatch.setattr(running, "do_jobs", fails)
    shown = call("run", submissions, "--out", out)
    assert shown.exit_code == 1
    assert "ungraded: 2" in shown.stderr
    assert "the box did not answer" in shown.stderr


def test_names_cannot_act_on_the_terminal(call, submissions, out):
    (submissions / "ana").rename(submissions / "\x1b[31mred")
    shown = call("run", submissions, "--out", out, *WEAK)
    assert r"\x1b[31mred warmup 100/100" in shown.output
    assert "\x1b" not in shown.output


def test_a_terminal_without_the_letters_of_a_name_is_no_reason_to_stop(submissions, out, course):
    (submissions / "ana").rename(submissions / "王")
    shown = subprocess.run(
        [sys.executable, "-m", "grader", str(submissions), "--out", str(out), *WEAK],
        cwd=course,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert shown.returncode == 0, shown.stderr
    assert "warmup 100/100" in shown.stdout


SLOW = "import time\ntime.sleep(0.4)\n"


def begin(start, submissions, out, count=30, source=SLOW):
    """Start on many slow submissions and wait for the first result."""
    for number in range(count):
        (submissions / f"s{number:02}_warmup.py").write_text(source)
    process = start("run", submissions, "--out", out, "--workers", "2", *WEAK)
    line = process.stdout.readline()
    assert "warmup" in line, process.stderr.read()
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminated"])
def test_a_request_to_stop_writes_the_reports_of_what_there_is(start, submissions, out, number):
    process = begin(start, submissions, out)
    if number == signal.SIGINT:
        os.killpg(process.pid, number)  # as a terminal does: to every process of the group
    else:
        process.send_signal(number)
    printed, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in said + printed
    assert "stopping" in said
    assert "not reached:" in said
    results = [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]
    assert 0 < len(results) < 32
    assert all(result["graded"] for result in results)
    assert (out / "index.html").is_file()


def test_a_second_ctrl_c_gives_up_what_is_in_hand(start, submissions, out):
    process = begin(start, submissions, out)
    os.killpg(process.pid, signal.SIGINT)
    time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    printed, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in said + printed
    assert (out / "index.html").is_file()


def test_workers_end_with_a_killed_main_process(start, submissions, out):
    process = begin(start, submissions, out)
    process.kill()
    process.communicate(timeout=60)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("processes of the group are left")
