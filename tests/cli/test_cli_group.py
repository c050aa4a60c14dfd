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


def imported(code: str) -> set[str]:
    shown = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in shown.stdout.splitlines()[-1].split()}


def test_help_imports_nothing_heavy():
    assert not HEAVY & imported("from grader.cli import main; main(['--help'], standalone_mode=False)")


def test_a_students_check_imports_neither_templates_nor_tables():
    assert not HEAVY & imported("import grader.cli.check")
    assert not {"jinja2", "rich", "markdown_it", "matplotlib"} & imported("import grader.cli.checking")


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
