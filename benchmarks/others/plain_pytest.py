"""Plain pytest: one process per submission, test functions that import the student's file."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

from benchmarks.others.tool import TIMEOUT, Desk, Passed
from benchmarks.others.written import CHECK


class PlainPytest:
    """A test module beside the submission."""

    name = "pytest"
    packages = ("pytest", "pytest-timeout")
    command = f"python -m pytest -q --timeout {TIMEOUT} --junitxml results.xml"
    limit = f"--timeout {TIMEOUT} (pytest-timeout)"

    def prepare(self, desk: Desk) -> None:
        """Write the test module."""
        functions = (f"def test_{test.name}():\n{test.body(f'{desk.assignment}.')}" for test in desk.tests)
        text = f"import {desk.assignment}\n\n{CHECK}\n\n" + "\n\n".join(functions)
        (desk.folder / f"test_{desk.assignment}.py").write_text(text, encoding="utf-8")

    def grade(self, desk: Desk, submissions: Mapping[str, str]) -> dict[str, Passed]:
        """Copy each file beside the test module and run this."""
        return {student: self._one(desk, source) for student, source in submissions.items()}

    def _one(self, desk: Desk, source: str) -> Passed:
        results = desk.folder / "results.xml"
        results.unlink(missing_ok=True)
        desk.hand_in(source, desk.folder)
        desk.run([desk.environment.python, *self.command.split()[1:]], desk.folder)
        try:
            cases = ElementTree.parse(results).getroot().iter("testcase")
        except (OSError, ElementTree.ParseError):
            return {}
        found = {each.get("name", "").removeprefix("test_"): len(each) == 0 for each in cases}
        return {name: passed for name, passed in found.items() if name.startswith("case_")}
