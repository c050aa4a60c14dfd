"""nbgrader: a notebook with a cell for the solution and a cell for each test, ``nbgrader autograde``."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.others.tool import TIMEOUT, Batch, Desk, Passed
from benchmarks.others.written import CHECK, Test

_CONFIGURATION = f"""\
c = get_config()
c.CourseDirectory.course_id = "course"
c.ExecutePreprocessor.timeout = {TIMEOUT}
"""

#: Prints what the gradebook has: student to cell to whether it has all its points.
_READ = """\
import json, sys
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    print(json.dumps({
        submission.student.id: {
            grade.cell.name: grade.auto_score == grade.max_score
            for notebook in submission.notebooks for grade in notebook.grades
        }
        for submission in book.assignment_submissions(sys.argv[1])
    }))
"""


class NbGrader(Batch):
    """A course folder: source, release, submitted, autograded; one command for all submissions."""

    name = "nbgrader"
    packages = ("nbgrader", "ipykernel")
    command = "nbgrader autograde {assignment}"
    limit = f"ExecutePreprocessor.timeout = {TIMEOUT} for each cell (30 by default)"

    def prepare(self, desk: Desk) -> None:
        """Write the notebook with its tests and have the release made of it."""
        (desk.folder / "nbgrader_config.py").write_text(_CONFIGURATION, encoding="utf-8")
        source = desk.folder / "source" / desk.assignment / f"{desk.assignment}.ipynb"
        source.parent.mkdir(parents=True)
        cells = [_solution("### BEGIN SOLUTION\npass\n### END SOLUTION"), _given(CHECK)]
        cells += [_test(test) for test in desk.tests]
        source.write_text(json.dumps(_notebook(cells)), encoding="utf-8")
        assert desk.run(
            [desk.environment.command("nbgrader"), "generate_assignment", desk.assignment], desk.folder
        )
        assert self._released(desk).exists(), "nbgrader generate_assignment wrote nothing"

    def hand_in(self, desk: Desk, submissions: Mapping[str, str]) -> None:
        """Write submitted notebooks, in place of those of before."""
        for folder in ("submitted", "autograded"):
            shutil.rmtree(desk.folder / folder, ignore_errors=True)
        release = json.loads(self._released(desk).read_text(encoding="utf-8"))
        for student, source in submissions.items():
            release["cells"][0]["source"] = source
            path = desk.folder / "submitted" / student / desk.assignment / f"{desk.assignment}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(json.dumps(release), encoding="utf-8")

    def run(self, desk: Desk) -> None:
        """Run the command over all submissions."""
        command = self.command.format(assignment=desk.assignment).split()
        desk.run([desk.environment.command(command[0]), *command[1:]], desk.folder)

    def read(self, desk: Desk, students: Sequence[str]) -> dict[str, Passed]:
        """Ask nbgrader's own gradebook."""
        said = subprocess.run(
            [desk.environment.python, "-c", _READ, desk.assignment],
            cwd=desk.folder,
            env=desk.environment.variables(desk.folder / "home"),
            capture_output=True,
            check=True,
        )
        found: dict[str, Passed] = json.loads(said.stdout)
        # of what was not executed to its end nothing is written
        graded = {each.parent.parent.name for each in desk.folder.glob("autograded/*/*/*.ipynb")}
        return {student: found.get(student, {}) if student in graded else {} for student in students}

    def _released(self, desk: Desk) -> Path:
        return desk.folder / "release" / desk.assignment / f"{desk.assignment}.ipynb"


def _test(test: Test) -> dict[str, Any]:
    body = test.body(indent="")
    hidden = f"### BEGIN HIDDEN TESTS\n{body}### END HIDDEN TESTS" if test.hidden else body
    return _cell(test.name, hidden, grade=True, points=1, locked=True, solution=False)


def _solution(source: str) -> dict[str, Any]:
    return _cell("solution", source, grade=False, locked=False, solution=True)


def _given(source: str) -> dict[str, Any]:
    return _cell("given", source, grade=False, locked=True, solution=False)


def _cell(name: str, source: str, **fields: Any) -> dict[str, Any]:
    about = {"grade_id": name, "schema_version": 3, "task": False, "cell_type": "code", **fields}
    return {
        "id": name.replace("_", "-"),
        "cell_type": "code",
        "execution_count": None,
        "metadata": {"nbgrader": about},
        "outputs": [],
        "source": source,
    }


def _notebook(cells: list[dict[str, Any]]) -> dict[str, Any]:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
