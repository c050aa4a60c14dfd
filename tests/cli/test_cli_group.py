"""The group: its table of commands, its default, what it imports."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from grader.cli import main
from grader.cli.group import COMMANDS

#: What starting is not to wait for.
HEAVY = {"h5py", "numpy", "jinja2", "pydantic", "rich"}


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_the_summary_that_the_table_promises(name):
    assert command(name).get_short_help_str(limit=200) == COMMANDS[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_has_an_example(call, name):
    shown = call(name, "--help")
    assert shown.exit_code == 0
    assert f"grade {name}" in shown.output.split("Example")[1]


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_the_help_lists_every_command_and_the_exit_statuses(call, option):
    shown = call(option).output
    assert all(f"  {name}" in shown for name in COMMANDS)
    assert "Exit status" in shown


def test_the_version_is_told(call):
    assert call("--version").output.startswith("grade (softmark) 0.")


def modules(code: str) -> set[str]:
    """Return what is imported after some code has run in a process of its own."""
    shown = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(shown.stdout.splitlines()[-1].split())


def packages(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def imported(code: str) -> set[str]:
    return packages(modules(code))


def test_a_students_check_begins_before_anything_heavy_is_imported():
    assert not HEAVY & imported("import grader.cli.check")


@pytest.mark.parametrize(("student", "sandbox"), [("ana", "weak"), ("bo", "weak"), ("bo", "strong")])
def test_a_students_check_imports_nothing_that_it_can_do_without(course, submissions, student, sandbox):
    file = str(submissions / student / "warmup.py")
    words = ["check", file, "--course", str(course), "--sandbox", sandbox]
    loaded = modules(f"from grader.cli import main; main({words}, standalone_mode=False)")
    assert "grader.judging.diagnosis" in loaded
    assert not (HEAVY - {"numpy"}) & packages(loaded)
    assert not {"matplotlib", "markdown_it", "sqlalchemy", "alembic", "asyncio", "logging"} & packages(loaded)
    assert not {"numpy.random", "grader.course.load", "grader.course.vectors"} & loaded


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["check", "--help"], ["run", "--help"]], ids=" ".join
)
def test_what_only_tells_imports_nothing_heavy(words):
    assert not HEAVY & imported(f"from grader.cli import main; main({words}, standalone_mode=False)")


@pytest.mark.parametrize("name", ["doctor", "history", "schema"])
def test_what_does_without_vectors_does_not_import_their_library(name):
    assert "h5py" not in imported(f"import grader.cli.{name}")


def test_a_mistyped_command_is_refused_with_the_nearest_one(call):
    shown = call("biuld")
    assert shown.exit_code == 2
    assert "did you mean 'build'?" in shown.output


def test_a_folder_that_is_named_like_a_mistyped_command_is_graded(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bild").mkdir()
    shown = call("bild")
    assert "did you mean" not in shown.output


@pytest.mark.parametrize("words", [["run"], ["check"], ["run", "x", "--workers", "0"], ["--nonsense"]])
def test_a_wrong_call_exits_with_2(call, words):
    shown = call(*words)
    assert shown.exit_code == 2
    assert "Traceback" not in shown.output
