"""What a tool is to the comparison: set up once, then given submissions, and asked which tests they pass."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.others.environments import Environment
from benchmarks.others.written import Test

#: Name of a test, and whether it was passed. Empty where the tool brought nothing back.
Passed = dict[str, bool]

#: Seconds that a test or a cell may take, for tools that can limit them.
TIMEOUT = 10


@dataclass(frozen=True)
class Desk:
    """Where a tool works.

    Parameters
    ----------
    folder : Path
        Its own, empty at first.
    environment : Environment
    tests : sequence of Test
    assignment : str
        Submissions are files of this name.
    patience : float
        Seconds after which a process is killed by the benchmark: the tool's own limit did not end it.
    """

    folder: Path
    environment: Environment
    tests: Sequence[Test]
    assignment: str
    patience: float

    def hand_in(self, source: str, folder: Path) -> None:
        """Put a submission into a folder, as if nothing had been there before."""
        file = folder / f"{self.assignment}.py"
        # compiled files are told apart by size and second: two submissions may have both in common
        for compiled in (folder / "__pycache__").glob(f"{self.assignment}.*"):
            compiled.unlink()
        file.write_text(source, encoding="utf-8")

    def run(self, command: Sequence[str], folder: Path) -> bool:
        """Run a command with everything that it starts; say whether it ended well."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=self.environment.variables(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        # no wait with a time limit: that looks twenty times a second, which is too seldom to time by
        patience = threading.Timer(self.patience, _end, (process.pid,))
        patience.start()
        process.wait()
        patience.cancel()
        _end(process.pid)  # kernels and the like outlive the command where it was killed
        return process.returncode == 0


def _end(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


class Tool(Protocol):
    """A grader, set up as its documentation says.

    Parameters
    ----------
    name : str
    packages : tuple of str
        What is installed from the registry.
    command : str
        What is run, for the table.
    limit : str
        What it does about code that does not end.
    """

    name: str
    packages: tuple[str, ...]
    command: str
    limit: str

    def prepare(self, desk: Desk) -> None:
        """Write its tests and its configuration."""

    def grade(self, desk: Desk, submissions: Mapping[str, str]) -> dict[str, Passed]:
        """Grade sources by student, one after the other."""


class Batch:
    """A tool that is given all submissions at once; handing in and reading are no part of what it takes."""

    def grade(self, desk: Desk, submissions: Mapping[str, str]) -> dict[str, Passed]:
        """Hand in, run, read."""
        self.hand_in(desk, submissions)
        self.run(desk)
        return self.read(desk, list(submissions))

    def hand_in(self, desk: Desk, submissions: Mapping[str, str]) -> None:
        """Write what students handed in, in place of what was there before."""
        raise NotImplementedError

    def run(self, desk: Desk) -> None:
        """Grade it."""
        raise NotImplementedError

    def read(self, desk: Desk, students: Sequence[str]) -> dict[str, Passed]:
        """Return what was found."""
        raise NotImplementedError
