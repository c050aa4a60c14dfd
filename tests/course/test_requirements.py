"""Modules that an assignment requires: what is said to be missing, and how it is installed."""

import sys
import types

import pytest

from grader.course.model import AssignmentFile
from grader.course.requirements import lacking, refuse_lacking
from grader.errors import CourseError


def file(requires: dict[str, str] | None = None, preload: tuple[str, ...] = ()) -> AssignmentFile:
    return AssignmentFile(title="T", week=1, requires=requires or {}, preload=preload)


def test_an_assignment_that_requires_nothing_lacks_nothing():
    assert lacking(file()) is None


def test_what_is_installed_is_not_lacking_and_is_not_imported_for_that():
    sys.modules.pop("numpy.testing", None)
    assert lacking(file({"numpy.testing": "pip install numpy"}, ("sqlite3", "math"))) is None
    assert "numpy.testing" not in sys.modules


def test_a_module_that_is_missing_is_named_with_its_remedy():
    found = lacking(file({"numpy": "pip install numpy", "no_such_module": "pip install 'softmark[extra]'"}))
    assert found is not None
    assert found.reason == "no_such_module is not installed"
    assert found.help == "pip install 'softmark[extra]'"


def test_of_a_module_that_is_only_preloaded_the_name_is_the_remedy():
    found = lacking(file(preload=("no_such_module.part",)))
    assert found is not None
    assert (found.reason, found.help) == ("no_such_module is not installed", "pip install no_such_module")


def test_several_modules_of_one_remedy_are_named_together():
    found = lacking(file({"no_such_one": "pip install both", "no_such_other": "pip install both"}))
    assert found is not None
    assert found.reason == "no_such_one and no_such_other are not installed"
    assert found.help == "pip install both"


def test_a_folder_of_that_name_is_no_module(tmp_path, monkeypatch):
    (tmp_path / "no_such_module").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert lacking(file({"no_such_module": "pip install it"})) is not None


def test_a_module_without_a_spec_counts_as_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "no_such_module", types.ModuleType("no_such_module"))
    assert lacking(file({"no_such_module": "pip install it"})) is not None


def test_running_what_lacks_a_module_is_refused():
    with pytest.raises(
        CourseError, match="frameworks cannot be run here: no_such_module is not installed"
    ) as refused:
        refuse_lacking("frameworks", file({"no_such_module": "pip install it"}))
    assert refused.value.help == "pip install it"
    refuse_lacking("frameworks", file({"numpy": "pip install numpy"}))


def test_the_box_loads_what_is_required_and_what_is_preloaded_each_once():
    assert file({"torch": ""}, ("numpy.fft", "torch")).modules == ("torch", "numpy.fft")
