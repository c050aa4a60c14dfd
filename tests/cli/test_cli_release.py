"""``grade release``."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import Result

ROOT = Path(__file__).parents[2]


RIGHT = """
def update_lr(learning_rate0, epoch_num, decay_rate=0.1):
    return learning_rate0 / (1 + decay_rate * epoch_num)

def centre(X):
    mu = mean_of_rows(X)
    return X - mu, mu
"""


def check(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run ``grade check`` standing in a folder, where no course is near."""
    return subprocess.run(
        [sys.executable, "-m", "grader", "check", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.fixture
def received(call, tmp_path) -> Path:
    """Return the empty folder in which a student unzipped what was released."""
    call("release", "--out", tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "out" / "warmup.zip") as archive:
        archive.extractall(tmp_path / "student")
    return tmp_path / "student"


def test_releasing_says_what_was_written(call, tmp_path):
    shown = call("release", "--out", tmp_path / "out")
    assert shown.exit_code == 0, shown.output
    assert shown.output.startswith(f"warmup: {tmp_path / 'out' / 'warmup.zip'}, ")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["warmup.zip"]


def test_notes_come_with_a_contents_page(call, tmp_path):
    shown = call("release", "warmup", "--notes", "--out", tmp_path / "out")
    assert f"notes: {tmp_path / 'out' / 'notes' / 'index.html'}\n" in shown.output
    assert {path.name for path in (tmp_path / "out" / "notes").iterdir()} == {"index.html", "warmup.html"}


def test_a_second_release_gives_the_same_bytes(call, tmp_path):
    call("release", "--notes", "--out", tmp_path / "one")
    call("release", "--notes", "--out", tmp_path / "two")
    for path in (tmp_path / "one").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


def test_a_student_unzips_solves_and_checks(received):
    folder = received / "warmup"
    (folder / "warmup.py").write_text(RIGHT)
    shown = check(folder, "warmup.py")
    assert shown.returncode == 0, shown.stderr
    assert "2 of 2 exercises pass their public cases." in shown.stdout


def test_a_student_is_told_what_is_wrong(received):
    (received / "warmup" / "warmup.py").write_text(RIGHT.replace("1 + decay", "1 - decay"))
    shown = check(received, "warmup/warmup.py")
    assert "1 of 2 exercises pass their public cases." in shown.stdout
    assert "next: update_lr" in shown.stdout


def test_the_stub_as_received_is_not_attempted(received):
    shown = check(received / "warmup", "warmup.py")
    assert shown.stdout.count("not attempted") == 2


def test_what_is_received_has_nothing_of_the_reference(received):
    assert not any("reference" in str(path) or "hidden" in path.name for path in received.rglob("*"))


def test_a_real_assignment_can_be_checked_as_received(call, tmp_path):
    call("release", "softmax", "--course", ROOT, "--out", tmp_path)
    with zipfile.ZipFile(tmp_path / "softmax.zip") as archive:
        archive.extractall(tmp_path)
    shown = check(tmp_path / "softmax", str(ROOT / "submissions" / "amara" / "softmax.py"))
    assert "6 of 6 exercises pass" in shown.stdout, shown.stdout + shown.stderr


def refused(shown: Result, out: Path, *said: str) -> None:
    assert shown.exit_code == 2
    assert all(text in shown.stderr for text in said)
    assert not out.exists()


def test_nothing_is_written_where_a_secret_would_be(call, own_course, tmp_path):
    handout = own_course / "assignments" / "warmup" / "handout.md"
    handout.write_text(
        f"# Warm-up\n\n```python\n{(own_course / 'reference/warmup/solution.py').read_text()}\n```\n"
    )
    shown = call("release", "--notes", "--course", own_course, "--out", tmp_path / "out")
    refused(shown, tmp_path / "out", "error: warmup.html would give away", "nothing was written")


def test_nothing_is_written_where_a_build_is_stale(call, own_course, tmp_path):
    path = own_course / "reference" / "warmup" / "cases.py"
    path.write_text(path.read_text().replace("977", "978"))
    shown = call("release", "--course", own_course, "--out", tmp_path / "out")
    refused(shown, tmp_path / "out", "warmup is stale", "help: grade build warmup")


def test_an_unknown_assignment_is_refused_with_the_nearest_name(call, tmp_path):
    refused(call("release", "warmpu", "--out", tmp_path / "out"), tmp_path / "out", "did you mean 'warmup'?")


def test_an_assignment_without_handout_is_named(call, own_course, tmp_path):
    (own_course / "assignments" / "warmup" / "handout.md").unlink()
    assert (
        "kB, without a handout\n" in call("release", "--course", own_course, "--out", tmp_path / "out").output
    )
