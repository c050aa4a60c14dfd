"""gradescope-utils: a unittest suite that runs in the student's process and writes results.json."""

from __future__ import annotations

import json
from collections.abc import Mapping

from benchmarks.others.tool import TIMEOUT, Desk, Passed
from benchmarks.others.written import CHECK, Test

_RUN_TESTS = """\
import unittest

from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner

if __name__ == "__main__":
    suite = unittest.defaultTestLoader.discover("tests")
    with open("../results/results.json", "w") as file:
        JSONTestRunner(visibility="visible", stream=file).run(suite)
"""


class GradescopeUtils:
    """The layout of its documentation: source/ with run_tests.py, tests/ and the submission; results/."""

    name = "gradescope-utils"
    packages = ("gradescope-utils", "timeout-decorator")
    command = "python run_tests.py"
    limit = f"a timeout of {TIMEOUT} s around each test (timeout-decorator)"

    def prepare(self, desk: Desk) -> None:
        """Write run_tests.py and the tests."""
        source = desk.folder / "source"
        (source / "tests").mkdir(parents=True)
        (desk.folder / "results").mkdir()
        (source / "run_tests.py").write_text(_RUN_TESTS, encoding="utf-8")
        (source / "tests" / f"test_{desk.assignment}.py").write_text(_suite(desk), encoding="utf-8")

    def grade(self, desk: Desk, submissions: Mapping[str, str]) -> dict[str, Passed]:
        """Copy each file beside the tests and run these, as run_autograder does."""
        return {student: self._one(desk, source) for student, source in submissions.items()}

    def _one(self, desk: Desk, source: str) -> Passed:
        results = desk.folder / "results" / "results.json"
        results.unlink(missing_ok=True)
        desk.hand_in(source, desk.folder / "source")
        desk.run([desk.environment.python, "run_tests.py"], desk.folder / "source")
        try:
            found = json.loads(results.read_text(encoding="utf-8"))["tests"]
        except (OSError, ValueError):
            return {}
        return {each["number"]: each["status"] == "passed" for each in found if "number" in each}


def _suite(desk: Desk) -> str:
    head = (
        "import unittest\n\n"
        "from gradescope_utils.autograder_utils.decorators import number, visibility, weight\n"
        "from timeout_decorator import timeout\n\n"
        f"import {desk.assignment}\n\n{CHECK}\n\nclass TestAssignment(unittest.TestCase):\n"
    )
    return head + "\n".join(_method(test, desk.assignment) for test in desk.tests)


def _method(test: Test, module: str) -> str:
    shown = "hidden" if test.hidden else "visible"
    return (
        f'    @weight(1)\n    @number("{test.name}")\n    @visibility("{shown}")\n    @timeout({TIMEOUT})\n'
        f"    def test_{test.name}(self):\n" + test.body(f"{module}.", "        ")
    )
