"""otter-grader without Docker: ``otter run`` with a configuration zip made by ``otter generate``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from benchmarks.others.tool import Desk, Passed
from benchmarks.others.written import CHECK, Test


class OtterRun:
    """A test file for each case, in the exception-based format."""

    name = "otter-grader"
    packages = ("otter-grader", "ipykernel")
    command = "otter run -a autograder.zip -o results {file}"
    limit = "none: only containers have one (otter grade --timeout)"

    def prepare(self, desk: Desk) -> None:
        """Write the test files and have the zip made of them."""
        folder = desk.folder / "tests"
        folder.mkdir()
        (desk.folder / "results").mkdir()
        for test in desk.tests:
            (folder / f"{test.name}.py").write_text(_file(test), encoding="utf-8")
        command = [desk.environment.command("otter"), "generate", "-t", "tests", "-o", "autograder.zip"]
        assert desk.run(command, desk.folder)
        assert (desk.folder / "autograder.zip").exists(), "otter generate wrote nothing"

    def grade(self, desk: Desk, submissions: Mapping[str, str]) -> dict[str, Passed]:
        """Run the command for each file."""
        return {student: self._one(desk, source) for student, source in submissions.items()}

    def _one(self, desk: Desk, source: str) -> Passed:
        results = desk.folder / "results" / "results.json"
        results.unlink(missing_ok=True)
        desk.hand_in(source, desk.folder)
        command = self.command.format(file=f"{desk.assignment}.py").split()
        desk.run([desk.environment.command(command[0]), *command[1:]], desk.folder)
        try:
            found = json.loads(results.read_text(encoding="utf-8"))["tests"]
        except (OSError, ValueError):
            return {}
        names = ((re.match(r"case_\d+", each["name"]), each) for each in found)
        return {name[0]: each.get("score", 0) == each.get("max_score") for name, each in names if name}


def _file(test: Test) -> str:
    function = test.call.partition("(")[0]
    return (
        f'OK_FORMAT = False\n\nfrom otter.test_files import test_case\n\nname = "{test.name}"\npoints = 1\n\n'
        f"{CHECK}\n\n@test_case(points=1, hidden={test.hidden})\n"
        f"def {test.name}({function}):\n{test.body()}"
    )
