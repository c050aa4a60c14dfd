"""What benchmarks rest on: figures that name no machine, tables as measured, hooks that fit."""

from __future__ import annotations

import itertools
import json
import platform
import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks import stages
from benchmarks.all import STEPS
from benchmarks.cohort import MIXES, ROOT, solution
from benchmarks.others.written import CHECK, written_for
from benchmarks.record import RESULTS, machine, record, spread
from benchmarks.small import CASES, small_course
from benchmarks.table import PAGES, TABLES, filled, read, table
from grader.authoring.reference import read_reference
from grader.course.load import load_assignment

HOOKS = sorted({*stages.BOX, *stages.TRUSTED, *stages.BARE})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_tables_say_what_was_measured(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "<!-- benchmarks: " in text
    assert filled(text, read()) == text, "python -m benchmarks.table writes them anew"


def test_the_page_of_benchmarks_has_every_table_but_the_summary() -> None:
    placed = re.findall("<!-- benchmarks: ([a-z]+) -->", PAGES[1].read_text(encoding="utf-8"))
    assert sorted(placed) == sorted(TABLES.keys() - {"summary"})


def test_a_figure_of_several_rounds_comes_with_its_spread() -> None:
    step = {name: spread([1.0, 2.0, 4.0]) for name in ("seconds", "cpu_seconds", "ratio")}
    found = table("again", {"again": {"submissions": 1000, "steps": {"run again": step}}})
    assert found.splitlines()[-1] == (
        "| run again | 2.00 (1.00 to 4.00) | 2.00 (1.00 to 4.00) | 2.00 (1.00 to 4.00) |"
    )


def test_what_was_not_measured_is_said_to_be_so() -> None:
    text = "before\n<!-- benchmarks: again -->\nwhat once stood here\n<!-- end -->\nafter\n"
    made = filled(text, {})
    assert "Not measured yet" in made
    assert "what once stood here" not in made
    assert made.startswith("before\n") and made.endswith("after\n")


def test_figures_describe_the_machine_and_do_not_name_it(tmp_path: Path) -> None:
    record("trial", {"ms": 1}, tmp_path / "new" / "trial.json", machine())
    text = (tmp_path / "new" / "trial.json").read_text(encoding="utf-8")
    assert json.loads(text)["machine"]["cores"] > 0
    assert platform.node() not in text
    assert str(Path.home()) not in text


@pytest.mark.parametrize("path", sorted(RESULTS.glob("*.json")), ids=lambda path: path.stem)
def test_committed_figures_hold_no_path(path: Path) -> None:
    assert path.stem in STEPS
    assert not re.search(r'["= ]/[a-z]', path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("place", HOOKS)
def test_what_is_timed_is_there(place: str) -> None:
    stages.find(place)


def test_a_stage_that_is_gone_is_named() -> None:
    with pytest.raises(AttributeError, match="nothing to be timed: grader"):
        stages.find("grader.grading:weigh")


def test_time_within_a_stage_counts_for_the_stage_that_it_calls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = itertools.count()  # every look at the clock takes a second
    monkeypatch.setattr(stages.time, "process_time", lambda: float(next(ticks)))
    monkeypatch.setattr(stages.os, "register_at_fork", lambda **hooks: None)
    cells = stages.Cells(tmp_path / "cells")
    stopwatch = stages.Stopwatch(cells, "the rest")
    codec = stopwatch.wrap(lambda: None, "codec")
    stopwatch.wrap(codec, "calls")()
    stopwatch.stop()
    spent = {stage: seconds for stage, seconds in cells.read().items() if seconds}
    assert spent == {"the rest": 2.0, "calls": 2.0, "codec": 1.0}


def test_cells_are_shared_with_who_opens_the_same_file(tmp_path: Path) -> None:
    stages.Cells(tmp_path / "cells").add("page", 2.5)
    other = stages.Cells(tmp_path / "cells")
    assert other.read()["page"] == 2.5
    other.clear()
    assert set(stages.Cells(tmp_path / "cells").read().values()) == {0.0}


@pytest.mark.parametrize("mix", MIXES)
def test_every_mix_is_of_a_hundred(mix: str) -> None:
    assert len(MIXES[mix]) == 100


def test_what_other_graders_are_given_accepts_the_reference_and_refuses_a_mistake(tmp_path: Path) -> None:
    written = written_for(load_assignment(small_course(tmp_path / "course"), "optimizers"))
    assert len(written) == CASES
    reference = read_reference(ROOT, "optimizers")
    assert _passed(written, solution(reference)) == {test.name for test in written}
    mistake = next(each for each in reference.mistakes if each.exercise == "update_parameters_with_adam")
    passed = _passed(written, solution(reference, mistake))
    assert {test.exercise for test in written if test.name not in passed} == {mistake.exercise}


def _passed(written: list[Any], source: str) -> set[str]:
    names: dict[str, Any] = {}
    exec(CHECK + source, names)
    passed = set()
    for test in written:
        try:
            exec(test.body(indent=""), names)
        except AssertionError:
            continue
        passed.add(test.name)
    return passed
