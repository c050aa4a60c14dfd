"""Modules that an assignment has loaded beside numpy."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from grader.course.model import Assignment, Submission
from grader.errors import BoxFailure
from grader.results import Run
from grader.sandbox.box import open_box
from tests.sandbox.conftest import small_assignment, value

#: Installed wherever the tests run, and not loaded by the box for itself.
IMPORTS = "import iniconfig\ndef add(x, y=2):\n    return iniconfig.IniConfig.__name__\n"


def with_modules(calls: bytes = b"", **keys: object) -> Assignment:
    small = small_assignment()
    return replace(small, file=small.file.model_copy(update=keys), calls=calls or small.calls)


def run(assignment: Assignment, kind: str, source: str) -> Run:
    with open_box(assignment, kind) as box:
        return box.run(Submission("someone", "small", source.encode()))


@pytest.mark.parametrize(
    "keys", [{"requires": {"iniconfig": "pip install it"}}, {"preload": ("iniconfig",)}], ids=str
)
def test_what_is_required_or_preloaded_can_be_imported(kind: str, keys: dict[str, object]):
    found = run(with_modules(**keys), kind, IMPORTS)
    assert value(found.outcomes["add", "defaults"]) == "IniConfig"
    assert found.load.notes == ()


def test_what_is_neither_is_not_there_even_where_it_is_installed(kind: str):
    found = run(with_modules(), kind, IMPORTS)
    assert any("iniconfig" in note for note in found.load.notes)


#: Stands for a module that reads the environment when it is loaded, and leaves something in it.
CALLS = b"""
import os
THREADS = os.environ.get("OMP_NUM_THREADS")
os.environ["LEFT"] = "behind"
def driven(student, x):
    return THREADS
"""


def test_modules_are_told_to_use_one_thread_and_leave_no_environment(kind: str):
    source = "import os\ndef add(x, y=2):\n    return len(os.environ)\ndef driven(x): ...\n"
    outcomes = run(with_modules(CALLS), kind, source).outcomes
    assert value(outcomes["driven", "one"]) == "1"
    assert value(outcomes["add", "defaults"]) == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the strong box needs Linux")
def test_the_limit_on_memory_is_on_top_of_what_modules_take(monkeypatch: pytest.MonkeyPatch):
    from grader.sandbox.inside import warm

    monkeypatch.delitem(sys.modules, "wave", raising=False)
    monkeypatch.setattr(warm.confine, "Confinement", lambda *_, **__: "wave" in sys.modules)
    fields = {"assignment": {"preload": ["wave"]}, "cpu_seconds": 1, "memory_bytes": 1}
    assert warm._prepare(fields, [], "")[0], "the address space was measured before the module was loaded"


def test_a_module_that_cannot_be_loaded_is_the_authors_to_mend():
    with pytest.raises(BoxFailure, match="no_such_module"):
        run(with_modules(preload=("no_such_module",)), "strong", "")
