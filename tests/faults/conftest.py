"""Runs of the small course on machines that fail."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import RIGHT, call, start, submissions

__all__ = ["call", "slow_submissions", "start", "submissions"]

SLOW = "import time\ntime.sleep(0.2)\n" + RIGHT


@pytest.fixture
def slow_submissions(submissions: Path) -> Path:
    """Return a folder of ten students' work, eight of them slow."""
    for number in range(8):
        (submissions / f"s{number}").mkdir()
        (submissions / f"s{number}" / "warmup.py").write_text(SLOW)
    return submissions


@pytest.fixture
def mounted(course: Path) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Run a shell script that may mount; in it, ``grade`` is the command, standing in the course."""
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("user namespaces are not allowed here")

    def script(text: str) -> subprocess.CompletedProcess[str]:
        grade = f'grade() {{ {shlex.quote(sys.executable)} -m grader "$@"; echo "exit $?"; }}\n'
        return subprocess.run(
            ["unshare", "-rm", "sh", "-c", grade + text],
            cwd=course,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )

    return script
