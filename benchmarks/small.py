"""Makes a course of one assignment with few cases: the size that comparisons between graders are made with.

::

    python -m benchmarks.small FOLDER          optimizers with 15 cases

It is the built assignment with most of its cases left out: each exercise keeps its first hidden case, and the
first exercises keep the public case that is worked by hand, until there are as many as asked for.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.cohort import ROOT
from grader.course.load import load_assignment, load_settings, source_digests
from grader.course.model import Case, Exercise, Mistake
from grader.course.mutants import pack_mutants, read_head, unpack_mutants, unpack_words
from grader.course.signatures import sign
from grader.course.vectors import hidden_bytes, public_bytes
from grader.values import decode

CASES = 15


def small_course(
    folder: Path,
    assignment: str = "optimizers",
    cases: int = CASES,
    root: Path = ROOT,
    change: Callable[[Exercise], Exercise] = lambda exercise: exercise,
) -> Path:
    """Write a course with one assignment of so many cases, and return its folder.

    Parameters
    ----------
    folder : Path
        Must not exist.
    assignment : str
    cases : int
        At least one for each exercise.
    root : Path
        The course that has the whole assignment.
    change : callable
        Makes of an exercise another one, as an instructor who edits the course.
    """
    for part in ("assignments", "reference"):
        shutil.copytree(root / part / assignment, folder / part / assignment)
    whole = load_assignment(root, assignment)
    exercises = [
        change(_only(each, names))
        for each, names in zip(whole.exercises, _chosen(whole.exercises, cases), strict=True)
    ]
    public = public_bytes(exercises, whole.stub.decode(), load_settings(folder, assignment))
    (folder / "assignments" / assignment / "public.h5").write_bytes(public)
    hidden = hidden_bytes(exercises, source_digests(folder, assignment), whole.solution.decode())
    (folder / "reference" / assignment / "hidden.h5").write_bytes(hidden)
    return folder


def _chosen(exercises: Sequence[Exercise], cases: int) -> list[set[str]]:
    chosen = [{_first(each.cases, "hidden")} for each in exercises]
    left = cases - len(chosen)
    for names, exercise in zip(chosen, exercises, strict=True):
        if left > 0 and exercise.worked is not None:
            names.add(exercise.worked.case)
            left -= 1
    return chosen


def _first(cases: Iterable[Case], visibility: str) -> str:
    return next(case.name for case in cases if case.visibility == visibility)


def _only(exercise: Exercise, names: set[str]) -> Exercise:
    """Return the exercise with these cases alone, its mistakes and mutants cut down to them."""
    worked = exercise.worked if exercise.worked is not None and exercise.worked.case in names else None
    return replace(
        exercise,
        cases=tuple(case for case in exercise.cases if case.name in names),
        mistakes=tuple(_cut(mistake, names) for mistake in exercise.mistakes),
        packed_mutants=_cut_mutants(exercise, names),
        worked=worked,
    )


def _cut(mistake: Mistake, names: set[str]) -> Mistake:
    return replace(mistake, returns={name: value for name, value in mistake.returns.items() if name in names})


def _cut_mutants(exercise: Exercise, names: set[str]) -> bytes:
    mutants = unpack_mutants(exercise.packed_mutants)
    if not mutants:
        return b""
    known = [name for name in mutants[0].signatures if name in names]
    expected = {case.name: sign(decode(case.expected)) for case in exercise.cases if case.name in known}
    made_from, counts = read_head(exercise.packed_mutants)
    return pack_mutants(
        {name: expected[name] for name in known},
        [replace(mutant, signatures={name: mutant.signatures[name] for name in known}) for mutant in mutants],
        made_from=made_from,
        counts=counts,
        words=unpack_words(exercise.packed_mutants),
    )


def main() -> None:
    """Read the command line and write the course."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--assignment", default="optimizers")
    parser.add_argument("--cases", type=int, default=CASES)
    arguments = parser.parse_args()
    small_course(arguments.folder, arguments.assignment, arguments.cases)


if __name__ == "__main__":
    main()
