"""What a submission costs with other graders, and what they withstand, beside softmark in one run.

::

    python -m benchmarks.others                         all four, in environments that are thrown away
    python -m benchmarks.others --environments FOLDER   kept in a folder, and used again from there
    python -m benchmarks.others --tool pytest --rounds 5 --no-trials

The same submissions (of each hundred 60 right, 30 wrong, 5 crashing, 3 that do not parse; those that loop
are left out of the timing) and the same cases, in the form that each tool's documentation asks for. In each
round every tool has its turn, one submission after the other. Tools that take seconds get the first few
submissions, softmark the same ones and all. That all agree on who is right is checked, case by case.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.cohort import sources
from benchmarks.others.environments import Environment, made
from benchmarks.others.gradescope import GradescopeUtils
from benchmarks.others.nbgrader import NbGrader
from benchmarks.others.otter import OtterRun
from benchmarks.others.plain_pytest import PlainPytest
from benchmarks.others.softmark import Softmark
from benchmarks.others.tool import Batch, Desk, Passed, Tool
from benchmarks.others.trials import tried
from benchmarks.others.written import Test, written_for
from benchmarks.record import json_option, machine, record, spread
from benchmarks.small import small_course
from benchmarks.watched import counted
from grader.course.load import load_assignment

ASSIGNMENT = "optimizers"
TOOLS: tuple[Tool, ...] = (GradescopeUtils(), PlainPytest(), NbGrader(), OtterRun())
#: How many submissions a tool gets in a round, where that is not all: it takes seconds for each.
FEWER = {"nbgrader": 40, "otter-grader": 20}

Turns = dict[str, "list[Turn]"]


def cohort(size: int) -> dict[str, str]:
    """Return the sources of a cohort's files that end, by student."""
    every = enumerate(sources(ASSIGNMENT, size))
    return {f"{kind}-{number:03d}": source for number, (kind, source) in every if kind != "looping"}


def share(tool: Tool, submissions: Mapping[str, str]) -> dict[str, str]:
    """Return those submissions that a tool gets."""
    return dict(itertools.islice(submissions.items(), FEWER.get(tool.name, len(submissions))))


@dataclass
class Turn:
    """One tool's turn: milliseconds, passed and computed, for one submission, and what it found."""

    ms: float
    cpu_ms: float
    found: dict[str, Passed]


def turn(tool: Tool, desk: Desk, submissions: Mapping[str, str]) -> Turn:
    """Give a tool its turn."""
    found: dict[str, Passed] = {}
    batch = isinstance(tool, Batch)
    if batch:
        tool.hand_in(desk, submissions)
    with counted() as cpu:
        started = time.perf_counter()
        if batch:
            tool.run(desk)
        else:
            found = tool.grade(desk, submissions)
        seconds = time.perf_counter() - started
    if batch:
        found = tool.read(desk, list(submissions))
    return Turn(1000 * seconds / len(submissions), 1000 * cpu[0] / len(submissions), found)


def measure(
    softmark: Softmark,
    own: Desk,
    desks: Sequence[tuple[Tool, Desk]],
    submissions: Mapping[str, str],
    rounds: int,
) -> Turns:
    """Give each tool its turn, so many times; "start" is softmark with a single submission."""
    turns: Turns = {name: [] for name in ("start", "softmark", *(tool.name for tool, _ in desks))}
    one = dict(itertools.islice(submissions.items(), 1))
    for _ in range(rounds):
        turns["start"].append(turn(softmark, own, one))
        turns["softmark"].append(turn(softmark, own, submissions))
        for tool, desk in desks:
            turns[tool.name].append(turn(tool, desk, share(tool, submissions)))
    return turns


def further(turns: Turns) -> list[float]:
    """Return the milliseconds of each submission beyond the first, round by round."""
    return [
        (whole.ms * len(whole.found) - start.ms) / (len(whole.found) - 1)
        for start, whole in zip(turns["start"], turns["softmark"], strict=True)
    ]


def agreed(found: Mapping[str, Mapping[str, Passed]], of: Sequence[Test]) -> dict[str, dict[str, int]]:
    """Check that all tools say the same of each case of each submission; return how many are right.

    Of files that end the process the others have nothing to say; there it is compared who is right alone.
    """
    names = [test.name for test in of]
    counts = {}
    for tool, verdicts in found.items():
        for student, passed in verdicts.items():
            ours = found["softmark"][student]
            whole = all(ours.values())
            assert whole == all(passed.get(name, False) for name in names), f"{tool} on {student}"
            if not student.startswith("crashing"):
                assert ours == {name: passed.get(name, False) for name in names}, f"{tool} on {student}"
        right = Counter(
            "right" if all(passed.get(name, False) for name in names) else "not right"
            for passed in verdicts.values()
        )
        counts[tool] = dict(right)
    return counts


def figures(turns: Turns, desks: Sequence[tuple[Tool, Desk]]) -> dict[str, Any]:
    """Return what a submission costs with each tool, and the ratios of each round to softmark's."""
    ours, rest = turns["softmark"], further(turns)
    rows: dict[str, Any] = {}
    for tool, desk in desks:
        theirs = turns[tool.name]
        rows[tool.name] = {
            "command": tool.command.format(assignment=desk.assignment, file="FILE"),
            "limit": tool.limit,
            "versions": desk.environment.versions(tool.packages),
            "ms": spread([each.ms for each in theirs], 0),
            "cpu_ms": spread([each.cpu_ms for each in theirs], 0),
            "ratio": spread([a.ms / b.ms for a, b in zip(theirs, ours, strict=True)], 1),
            "ratio_further": spread([a.ms / b for a, b in zip(theirs, rest, strict=True)], 1),
        }
    return rows


def main() -> None:
    """Read the command line, measure, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tool", action="append", choices=[tool.name for tool in TOOLS])
    parser.add_argument("--environments", type=Path, help="where environments are kept; gone without it")
    parser.add_argument("--patience", type=float, default=60, help="seconds that a submission may take")
    parser.add_argument("--trials", action=argparse.BooleanOptionalAction, default=True)
    json_option(parser)
    words = parser.parse_args()
    described = machine()
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), words)
    record("others", found, words.json, described)


def run(folder: Path, words: argparse.Namespace) -> dict[str, Any]:
    """Set everything up and measure it."""
    course = small_course(folder / "course", ASSIGNMENT)
    every = written_for(load_assignment(course, ASSIGNMENT))
    chosen = [tool for tool in TOOLS if words.tool is None or tool.name in words.tool]
    environments = (words.environments or folder / "environments").resolve()
    softmark = Softmark(course)
    desks = []
    for tool in (softmark, *chosen):
        home = folder / tool.name
        home.mkdir()
        environment = Environment(Path(sys.prefix))
        if tool is not softmark:
            environment = made(environments / tool.name, tool.packages)
        # a command over many submissions has the patience of all
        patience = words.patience * (FEWER["nbgrader"] if tool.name == "nbgrader" else 1)
        desks.append((tool, Desk(home, environment, every, ASSIGNMENT, patience)))
        tool.prepare(desks[-1][1])
    (_, own), *others = desks
    submissions = cohort(words.size)
    turns = measure(softmark, own, others, submissions, words.rounds)
    found = {name: each[-1].found for name, each in turns.items() if name != "start"}
    taken = {
        "ms": spread([each.ms for each in turns["softmark"]], 1),
        "cpu_ms": spread([each.cpu_ms for each in turns["softmark"]], 1),
        "further_ms": spread(further(turns), 1),
        "start_ms": spread([each.ms for each in turns["start"]], 0),
    }
    right = submissions[next(student for student in submissions if student.startswith("right"))]
    return {
        "submissions": len(submissions),
        "cases": len(every),
        "workers": 1,
        "fewer": {tool.name: len(share(tool, submissions)) for tool in chosen},
        "agreed": agreed(found, every),
        "softmark": {"command": softmark.command, **taken},
        "tools": figures(turns, others),
        "trials": {tool.name: tried(tool, desk, right) for tool, desk in desks} if words.trials else {},
    }


if __name__ == "__main__":
    main()
