"""Runs all benchmarks of speed, one after the other, and writes the tables.

::

    python -m benchmarks.all                          about half an hour on a quiet machine with two cores
    python -m benchmarks.all --quick                  everything once, and small: to see that it runs
    python -m benchmarks.all --only others --only floor --environments FOLDER

Figures go to benchmarks/results/, or to --results; from the former the tables of README.md and of
docs/benchmarks.md are written. A benchmark that fails leaves its last figures as they are; the others go on.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from benchmarks.cohort import ROOT
from benchmarks.record import RESULTS

_LOOPS = ("--name", "loops", "--loops", "one in twenty", "--loops", "every one")
_COHORTS = ("--loops", "none", "--loops", "two in a hundred")

#: By the name of its figures: the module, what it is told, and what it is told instead to be quick.
STEPS: Mapping[str, tuple[str, Sequence[str], Sequence[str]]] = {
    "floor": ("floor", (), ("--size", "20", "--rounds", "1")),
    "breakdown": ("breakdown", (), ("--size", "20", "--rounds", "1")),
    "check": ("check", (), ("--rounds", "2", "--saves", "2")),
    "cohorts": (
        "cohorts",
        ("--size", "100", "--size", "1000", "--size", "10000", *_COHORTS),
        ("--size", "20", "--rounds", "1", *_COHORTS),
    ),
    "loops": ("cohorts", ("--size", "100", *_LOOPS), ("--size", "20", "--rounds", "1", *_LOOPS)),
    "again": ("again", (), ("--size", "20", "--rounds", "1")),
    "dashboard": ("dashboard", (), ("--size", "100")),
    "others": ("others", (), ("--size", "6", "--rounds", "1")),
    "cluster": (
        "cluster",
        (),
        ("--size", "20", "--rounds", "1", "--workers", "1", "--simulated", "2"),
    ),
}
#: What some of them need and development does not.
NEEDS = {"cluster": "distributed"}


def main() -> None:
    """Run what was asked for; exit status 1 where something failed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", action="append", choices=STEPS, help="may be repeated")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where figures are written")
    parser.add_argument("--environments", type=Path, help="where those of other graders are kept")
    words = parser.parse_args()
    failed = [name for name in words.only or STEPS if not run(name, words)]
    if words.results.resolve() == RESULTS:
        subprocess.run([sys.executable, "-m", "benchmarks.table"], check=True, cwd=ROOT)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def run(name: str, words: argparse.Namespace) -> bool:
    """Run one benchmark; False where it failed."""
    module, told, quickly = STEPS[name]
    needed = NEEDS.get(name)
    if needed is not None and find_spec(needed) is None:
        sys.stdout.write(f"{name}: left out, for {needed} is not installed\n")
        return True
    command = [sys.executable, "-m", f"benchmarks.{module}", *(quickly if words.quick else told)]
    if name == "others" and words.environments:
        command += ["--environments", str(words.environments.resolve())]
    started = time.monotonic()
    command += ["--json", str(words.results.resolve() / f"{name}.json")]
    done = subprocess.run(command, check=False, cwd=ROOT, stdout=subprocess.DEVNULL)
    said = "done" if done.returncode == 0 else f"failed with {done.returncode}"
    sys.stdout.write(f"{name}: {said} after {time.monotonic() - started:.0f} s\n")
    sys.stdout.flush()
    return done.returncode == 0


if __name__ == "__main__":
    main()
