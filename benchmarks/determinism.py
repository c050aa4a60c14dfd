"""Grades one cohort in many ways and compares: results.jsonl must be the same bytes, times aside.

::

    python -m benchmarks.determinism                 the sample cohort and 20 files for each assignment, twice
    python -m benchmarks.determinism --size 100 --repeat 5

The files are made of the references and their known mistakes; some crash, loop or do not parse. They are
graded with 1, 2 and 8 workers, in parts that come in a random order, and in runs that are killed and gone on
with.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from benchmarks.cohort import ROOT, write_cohort
from benchmarks.processes import wait_for_end
from benchmarks.timeless import timeless_lines
from grader.authoring.reference import read_reference
from grader.course.load import assignment_names, load_file
from grader.course.requirements import lacking

SAMPLE: Final = ROOT / "submissions"

#: In how many parts a cohort comes, and how often a run of it is killed.
PARTS, KILLS = 5, 3


@dataclass
class Ways:
    """Grades a cohort in many ways.

    Parameters
    ----------
    folder : Path
        A room for what is made.
    seed : int
    graded : dict of str to list of str
        What results.jsonl has, by way.
    """

    folder: Path
    seed: int
    graded: dict[str, list[str]] = field(default_factory=dict)

    @property
    def cohort(self) -> Path:
        """What is graded."""
        return self.folder / "cohort"

    def make(self, size: int) -> int:
        """Write the cohort; return how many files it has."""
        shutil.copytree(SAMPLE, self.cohort)
        for name in assignment_names(ROOT):
            if lacking(load_file(ROOT, name)) is None and read_reference(ROOT, name).mistakes:
                write_cohort(self.cohort, name, size)
        return len(list(self.cohort.rglob("*.py")))

    def go(self, way: str, work: Callable[[str, random.Random], None]) -> None:
        """Grade the cohort in one way, with a gradebook of its own."""
        started = time.monotonic()
        work(way, random.Random(f"{self.seed} {way}"))
        self.graded[way] = timeless_lines(self.folder / "out" / "results.jsonl")
        print(f"  {way}: {len(self.graded[way])} results, {time.monotonic() - started:.0f} s", flush=True)

    def command(self, way: str, folder: Path, workers: int) -> list[str]:
        """Return the words of a run."""
        words = [sys.executable, "-m", "grader", "run", folder, "--course", ROOT, "--workers", workers,
                 "--out", self.folder / "out", "--gradebook", self.folder / f"{way}.sqlite"]  # fmt: skip
        return [str(word) for word in words]

    def run(self, way: str, folder: Path, workers: int) -> None:
        """Run it to its end."""
        done = subprocess.run(self.command(way, folder, workers), capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):  # 1: something needs a module that is not installed
            raise SystemExit(done.stderr)

    def parts(self, way: str, draws: random.Random) -> None:
        """Have the files come a few at a time, in a random order."""
        students = sorted(path.name for path in self.cohort.iterdir())
        draws.shuffle(students)
        part = self.folder / "part"
        part.mkdir(exist_ok=True)
        for number in range(PARTS):
            for name in students[number::PARTS]:
                (part / name).symlink_to(self.cohort / name)
            real = shutil.copytree(part, self.folder / f"part {number}")  # links are passed over
            self.run(way, real, 2)
            shutil.rmtree(real)
        shutil.rmtree(part)
        self.run(way, self.cohort, 2)

    def killed(self, way: str, draws: random.Random) -> None:
        """Kill the whole group of a run at random moments, then let one end."""
        for _ in range(KILLS):
            process = subprocess.Popen(
                self.command(way, self.cohort, 2),
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(draws.uniform(2, 8))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            wait_for_end(process.pid)
        self.run(way, self.cohort, 2)


def differing(graded: dict[str, list[str]]) -> list[str]:
    """Return for each way whose results are not those of the first where they differ."""
    (_, first), *others = graded.items()
    return [
        f"{way}: {'; '.join(_places(json.loads(one), json.loads(other))[:3])}"
        for way, lines in others
        for one, other in zip_longest(first, lines, fillvalue="{}")
        if one != other
    ]


def _places(one: Any, other: Any, place: str = "") -> list[str]:
    """Return where two values read from JSON differ, and what they are there."""
    if isinstance(one, dict) and isinstance(other, dict):
        who = place or f"{one.get('student')} {one.get('assignment')}"
        keys = dict.fromkeys((*one, *other))
        return [found for key in keys for found in _places(one.get(key), other.get(key), f"{who}.{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [found for at, pair in pairs for found in _places(*pair, f"{place}[{at}]")]
    return [] if one == other else [f"{place}: {str(one)[:80]!r}, {str(other)[:80]!r}"]


def main(words: Sequence[str] | None = None) -> int:
    """Read the command line and measure; 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=20, help="files for each assignment [default: 20]")
    parser.add_argument("--repeat", type=int, default=2, help="how often each way is gone [default: 2]")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        ways = Ways(Path(folder), given.seed)
        print(f"{ways.make(given.size)} files")
        for turn in range(1, given.repeat + 1):
            for workers in (1, 2, 8):
                ways.go(
                    f"{workers} workers, {turn}",
                    lambda way, _, workers=workers: ways.run(way, ways.cohort, workers),  # type: ignore[misc]
                )
            ways.go(f"in parts, {turn}", ways.parts)
            ways.go(f"killed, {turn}", ways.killed)
        wrong = differing(ways.graded)
    print("\n".join(wrong) or f"{len(ways.graded)} ways, the same bytes but for times")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
