"""Kills `grade run` at random moments, again and again, and looks whether anything was lost.

::

    python -m benchmarks.kills               200 kills, and a table of them
    python -m benchmarks.kills --kills 20 --seed 7

Processes of a run are killed with SIGKILL: the main one, a worker, the fork server, a box's parent, or the
whole group, as a power cut does. A torn copy goes further: the gradebook's files are copied while they are
written, the log is cut off somewhere, and the next run goes on from there. After a few killed runs one is let
end, what there is is compared with an undisturbed run, and the cohort begins anew. For Linux.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.processes import below, group, kind_of, wait_for_end
from benchmarks.timeless import timeless_lines
from grader.authoring.build import build_assignment

COURSE: Final = Path(__file__).parents[1] / "tests" / "courses" / "small"
KINDS: Final = ("main", "worker", "fork server", "box parent", "group", "torn copy")
PATIENCE: Final = 120
#: Kills in one run.
MOST: Final = 3

RIGHT: Final = """
def update_lr(learning_rate0, epoch_num, decay_rate=0.1):
    return learning_rate0 / (1 + decay_rate * epoch_num)

def centre(X):
    mu = mean_of_rows(X)
    return X - mu, mu
"""
SLOW: Final = "import time\ntime.sleep(0.1)\n" + RIGHT
#: What is handed in, by the beginning of the student's name.
SOURCES: Final = {
    "right": RIGHT,
    "slow": SLOW,
    "wrong": RIGHT.replace("1 + decay_rate", "1 - decay_rate"),
    "broken": "def centre(X:\n",
    "raises": RIGHT.replace("mu = mean_of_rows(X)", "mu = X.missing"),
    "empty": "",
}


@dataclass
class Figures:
    """What came of the kills.

    Parameters
    ----------
    tried, struck : Counter
        By kind of process: how often it was meant to be killed, and how often it was there to be killed.
    survived : Counter
        Runs that graded everything although a process of theirs was killed.
    lost : int
        Results that a run had reported, or that an earlier look had seen, and that are gone.
    broken : list of str
        Other things that do not hold.
    """

    tried: Counter[str] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)
    survived: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    cohorts: int = 0
    broken: list[str] = field(default_factory=list)

    def table(self) -> str:
        """Return the figures as lines."""
        lines = [f"{'killed':<12} {'tried':>6} {'struck':>7} {'run went on':>12}"]
        for kind in KINDS:
            lines.append(f"{kind:<12} {self.tried[kind]:>6} {self.struck[kind]:>7} {self.survived[kind]:>12}")
        struck = sum(self.struck.values())
        lines.append(f"{struck} kills struck in {self.cohorts} cohorts; results lost: {self.lost}")
        return "\n".join([*lines, *(f"BROKEN: {line}" for line in self.broken)])


class Kills:
    """Cohorts that are graded while their processes are killed.

    Parameters
    ----------
    folder : Path
        Empty; all is made in it.
    seed : int
    students : int
    """

    def __init__(self, folder: Path, seed: int, *, students: int = 12) -> None:
        self.folder, self.random, self.figures = folder, random.Random(seed), Figures()
        self.course = shutil.copytree(COURSE, folder / "course")
        build_assignment(self.course, "warmup")
        self.submissions = folder / "submissions"
        kinds = list(SOURCES)
        for number in range(students):
            kind = "slow" if number % 2 else kinds[number // 2 % len(kinds)]
            student = self.submissions / f"{kind}{number:02}"
            student.mkdir(parents=True)
            (student / "warmup.py").write_text(SOURCES[kind])
        self.count = students
        self.new_cohort("undisturbed")
        self.start().communicate(timeout=PATIENCE)
        self.expected = self.results()
        self.seen: set[tuple[Any, ...]] = set()

    def new_cohort(self, name: str) -> None:
        """Begin with an empty gradebook and without reports."""
        self.home = self.folder / name
        self.home.mkdir()
        self.seen = set()

    @property
    def gradebook(self) -> Path:
        """Where the cohort at hand is kept."""
        return self.home / "book" / "gradebook.sqlite"

    @property
    def reports(self) -> Path:
        """Where its reports are."""
        return self.home / "reports"

    def run(self, kills: int, kinds: Sequence[str] = KINDS) -> Figures:
        """Kill so many times, processes of these kinds; return the figures."""
        while sum(self.figures.struck.values()) < kills:
            self.new_cohort(f"cohort{self.figures.cohorts}")
            self.figures.cohorts += 1
            for _ in range(self.random.randint(1, 4)):
                self.disturb(kinds)
                self.look()
                if sum(self.figures.struck.values()) >= kills:
                    break
            self.finish()
            shutil.rmtree(self.home)
        return self.figures

    def start(self) -> subprocess.Popen[str]:
        """Start a run at the head of a group of its own."""
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "grader", "run", str(self.submissions), "--workers", "2"),
                *(
                    "--course",
                    str(self.course),
                    "--out",
                    str(self.reports),
                    "--gradebook",
                    str(self.gradebook),
                ),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )

    def disturb(self, kinds: Sequence[str]) -> None:
        """Start a run, kill processes of it until it has ended or has been hit three times."""
        process, struck = self.start(), list[str]()
        self.wait_until_at_work(process)
        while process.poll() is None and len(struck) < MOST:
            time.sleep(self.random.uniform(0, 0.8))
            kind = self.random.choice(kinds)
            self.figures.tried[kind] += 1
            if self.copy_torn(process) if kind == "torn copy" else self.kill(kind, process):
                struck.append(kind)
        try:
            output, errors = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill("group", process)
            process.communicate()
            self.figures.broken.append(f"after {struck}: the run hangs")
            return
        self.figures.struck.update(struck)
        self.figures.survived.update(struck if process.returncode == 0 else ())
        # Who was in a worker that was killed twice is ungraded, until the next run.
        allowed = 1 if len(struck) > 1 else 0
        if process.returncode > allowed:
            self.figures.broken.append(f"{struck}: exit {process.returncode}: {errors.strip()[-300:]}")
        if "torn copy" not in struck:
            self.check_reported(output)
        wait_for_end(process.pid)

    def wait_until_at_work(self, process: subprocess.Popen[str]) -> None:
        """Wait until there is a gradebook, or the run has ended."""
        until = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < until and len(group(process.pid)) < 3:
            time.sleep(0.01)

    def kill(self, kind: str, process: subprocess.Popen[str]) -> bool:
        """Kill one process, or all; False where there is none of this kind."""
        if process.poll() is not None:
            return False
        if kind == "main":
            process.kill()
            return True
        if kind == "group":
            for number in [process.pid, *below(process.pid)]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
            return True
        victims = [number for number in below(process.pid) if kind_of(number, process.pid) == kind]
        if not victims:
            return False
        try:
            os.kill(self.random.choice(victims), signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def copy_torn(self, process: subprocess.Popen[str]) -> bool:
        """Copy the gradebook while it is written, kill everything, and go on from the copy."""
        if process.poll() is not None or not self.gradebook.exists():
            return False
        copy = self.home / "copy"
        copy.mkdir()
        # The database before its log, as a power cut leaves what was written of both; the index of the log
        # lies in memory, and is made anew.
        for ending in ("", "-wal"):
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(f"{self.gradebook}{ending}", copy / f"gradebook.sqlite{ending}")
        self.kill("group", process)
        process.wait()
        wait_for_end(process.pid)
        log = copy / "gradebook.sqlite-wal"
        if log.exists() and log.stat().st_size:
            with log.open("r+b") as file:
                file.truncate(self.random.randint(0, log.stat().st_size))
        shutil.rmtree(self.gradebook.parent)
        copy.rename(self.gradebook.parent)
        self.seen = set()  # what the cut took was never said to be kept by this copy
        return True

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the finished results; notes where the database is not sound."""
        if not self.gradebook.exists():
            return []
        with contextlib.closing(sqlite3.connect(self.gradebook)) as connection:
            (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
            if sound != "ok":
                self.figures.broken.append(f"integrity_check: {sound}")
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                self.figures.broken.append("foreign_key_check")
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'results'").fetchone():
                return []
            query = "SELECT id, student, key, score, outputs_sha256 FROM results WHERE graded"
            return list(connection.execute(query))

    def look(self) -> None:
        """See that nothing is gone and nothing is there twice."""
        now = set(self.rows())
        self.figures.lost += len(self.seen - now)
        self.seen = now
        for key, count in Counter((row[1], row[2]) for row in now).items():
            if count > 1:
                self.figures.broken.append(f"{key[0]} was graded {count} times")
        for page in self.reports.rglob("*.html"):
            if not whole(page):
                self.figures.broken.append(f"torn page {page.name}")

    def check_reported(self, output: str) -> None:
        """See that what a run printed as graded is kept."""
        kept = {row[1] for row in self.rows()}
        said = {line.split()[0] for line in output.splitlines() if line.endswith("/100")}
        self.figures.lost += len(said - kept)

    def finish(self) -> None:
        """Run undisturbed to the end, and compare."""
        process = self.start()
        output, errors = process.communicate(timeout=PATIENCE)
        if process.returncode != 0:
            self.figures.broken.append(f"the last run ends with {process.returncode}: {errors[-300:]}")
            return
        self.check_reported(output)
        self.look()
        if self.results() != self.expected:
            self.figures.broken.append("results.jsonl differs from that of an undisturbed run")
        if len(self.seen) != self.count:
            self.figures.broken.append(f"{len(self.seen)} results of {self.count} submissions")
        left = [path.name for path in self.reports.rglob("*") if path.name.endswith(".tmp")]
        if left:
            self.figures.broken.append(f"left behind: {left}")
        pages = len(list(self.reports.rglob("warmup.html")))
        if pages != 2 * self.count:
            self.figures.broken.append(f"{pages} pages of {self.count} submissions")

    def results(self) -> list[str]:
        """Return results.jsonl without times."""
        return timeless_lines(self.reports / "results.jsonl")


def whole(page: Path) -> bool:
    """Say whether a page is there to its last byte: the closing tag, and the stamp of a submission's page."""
    end = page.read_text(encoding="utf-8").rstrip()
    if page.name == "index.html":
        return end.endswith("</html>")
    head, _, stamp = end.rpartition("\n")
    return head.rstrip().endswith("</html>") and stamp.startswith("<!-- ") and stamp.endswith(" -->")


def main() -> None:
    """Kill, and print the figures; exit status 1 where anything was lost or broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=KINDS, action="append", help="kill these alone; may be repeated")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = Kills(Path(folder), words.seed).run(words.kills, words.only or KINDS)
    print(figures.table())
    print(json.dumps({"lost": figures.lost, "broken": len(figures.broken)}))
    sys.exit(1 if figures.lost or figures.broken else 0)


if __name__ == "__main__":
    main()
