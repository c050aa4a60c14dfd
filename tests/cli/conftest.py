"""Runs the command line on a small course, in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader.cli import main

RIGHT = """
def update_lr(learning_rate0, epoch_num, decay_rate=0.1):
    return learning_rate0 / (1 + decay_rate * epoch_num)

def centre(X):
    mu = mean_of_rows(X)
    return X - mu, mu
"""
WRONG = RIGHT.replace("1 + decay_rate", "1 - decay_rate")


@pytest.fixture
def submissions(tmp_path: Path) -> Path:
    """Return a folder with two students' work, one of them right."""
    for student, source in (("ana", RIGHT), ("bo", WRONG)):
        (tmp_path / "submissions" / student).mkdir(parents=True)
        (tmp_path / "submissions" / student / "warmup.py").write_text(source)
    return tmp_path / "submissions"


@pytest.fixture
def call(tmp_path: Path, course: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run ``grade`` in this process, standing in the course."""
    monkeypatch.chdir(course)

    def grade(*words: object) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words], prog_name="grade")

    return grade


@pytest.fixture
def start(course: Path) -> Callable[..., subprocess.Popen[str]]:
    """Start ``grade`` in a process of its own, as a shell starts it on a terminal: at the head of a group."""

    def grade(*words: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "grader", *map(str, words)],
            cwd=course,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )

    return grade
