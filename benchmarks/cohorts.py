"""What whole cohorts cost, as a command: time, processor time, memory of each process, size of the output.

::

    python -m benchmarks.cohorts                                   100 and 1,000 submissions
    python -m benchmarks.cohorts --size 10000 --loops none --loops "two in a hundred"
    python -m benchmarks.cohorts --size 100 --loops "one in twenty" --loops "every one"

`grade run` grades a generated cohort of optimizers (15 cases) into a new gradebook, with both pages of each
submission and the dashboard. A submission that loops does so in one function, for ever.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.cohort import MIXES, ROOT, write_cohort
from benchmarks.record import json_option, machine, record, spread
from benchmarks.small import CASES, small_course
from benchmarks.watched import Watched, watch

ASSIGNMENT = "optimizers"


def grade(command: str, course: Path, folder: Path, *words: str) -> Watched:
    """Run a command of `grade` on what lies in a folder, and watch it."""
    places = {"--course": course, "--out": folder / "reports", "--gradebook": folder / "gradebook.sqlite"}
    options = [str(word) for pair in places.items() for word in pair]
    return watch([sys.executable, "-m", "grader", command, *words, *options], ROOT)


def measure(course: Path, size: int, loops: str, workers: int, rounds: int) -> dict[str, Any]:
    """Grade a cohort, several times."""
    runs, written = [], {}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_cohort(folder / "submissions", ASSIGNMENT, size, mix=MIXES[loops])
            runs.append(grade("run", course, folder, str(folder / "submissions"), "--workers", str(workers)))
            written = _written(folder)
    kinds = sorted({kind for run in runs for kind in run.peaks})
    return {
        "submissions": size,
        "loops": loops,
        "workers": workers,
        "seconds": spread([run.seconds for run in runs]),
        "cpu_seconds": spread([run.cpu_seconds for run in runs]),
        "ms_each": spread([1000 * run.seconds / size for run in runs], 1),
        "peak_mib": {kind: round(max(run.peaks.get(kind, 0.0) for run in runs)) for kind in kinds},
        "written_mib": written,
    }


def _written(folder: Path) -> dict[str, float]:
    """Return the size of what a run left behind, in MiB."""
    parts = {
        "pages": [*folder.glob("reports/students/**/*.html"), *folder.glob("reports/instructor/**/*.html")],
        "dashboard": [folder / "reports" / "index.html"],
        "reports": [path for path in folder.glob("reports/**/*") if path.is_file()],
        "gradebook": list(folder.glob("gradebook.sqlite*")),
    }
    return {
        name: round(sum(path.stat().st_size for path in paths) / 2**20, 1) for name, paths in parts.items()
    }


def main() -> None:
    """Read the command line, measure, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, action="append", dest="sizes")
    parser.add_argument("--loops", action="append", choices=MIXES, help="how many loop for ever")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, help="3 of up to 1,000 submissions, 1 of more")
    parser.add_argument("--name", default="cohorts", help="what the figures are recorded as")
    json_option(parser)
    words = parser.parse_args()
    described = machine()
    with tempfile.TemporaryDirectory() as folder:
        course = small_course(Path(folder) / "course", ASSIGNMENT, CASES)
        found = [
            measure(course, size, loops, words.workers, words.rounds or (3 if size <= 1000 else 1))
            for size in words.sizes or (100, 1000)
            for loops in words.loops or ("two in a hundred",)
        ]
    record(words.name, {"cases": CASES, "cohorts": found}, words.json, described)


if __name__ == "__main__":
    main()
