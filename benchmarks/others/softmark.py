"""softmark itself, as a command with one worker: the same seam as the other tools."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.cohort import ROOT
from benchmarks.others.tool import Batch, Desk, Passed


class Softmark(Batch):
    """A course, a folder of submissions, a gradebook and reports; all made anew for each call."""

    name = "softmark"
    packages: tuple[str, ...] = ()
    command = "grade run submissions/ --workers 1"
    limit = "the assignment's limits: 0.5 s of CPU time for each case"

    def __init__(self, course: Path) -> None:
        self.course = course

    def prepare(self, desk: Desk) -> None:
        """Nothing is to be set up."""

    def hand_in(self, desk: Desk, submissions: Mapping[str, str]) -> None:
        """Write the files of submissions, in place of those of before."""
        for name in ("submissions", "reports"):
            shutil.rmtree(desk.folder / name, ignore_errors=True)
        for path in desk.folder.glob("gradebook.sqlite*"):
            path.unlink()
        for student, source in submissions.items():
            path = desk.folder / "submissions" / student / f"{desk.assignment}.py"
            path.parent.mkdir(parents=True)
            path.write_text(source, encoding="utf-8")

    def run(self, desk: Desk) -> None:
        """Grade what was handed in."""
        options = {
            "--workers": "1",
            "--course": str(self.course),
            "--out": str(desk.folder / "reports"),
            "--gradebook": str(desk.folder / "gradebook.sqlite"),
        }
        command = [sys.executable, "-m", "grader", "run", str(desk.folder / "submissions")]
        command += [word for pair in options.items() for word in pair]
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True)

    def read(self, desk: Desk, students: Sequence[str]) -> dict[str, Passed]:
        """Return what the command found."""
        names = {(test.exercise, test.case): test.name for test in desk.tests}
        with (desk.folder / "reports" / "results.jsonl").open(encoding="utf-8") as lines:
            results = [json.loads(line) for line in lines]
        return {
            result["student"]: {
                names[exercise["name"], case["name"]]: case["verdict"] == "passed"
                for exercise in result["exercises"]
                for case in exercise["cases"]
            }
            for result in results
        }
