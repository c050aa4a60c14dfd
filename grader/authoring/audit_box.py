"""Audits an assignment through the real box, by the command that grades students."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from grader.authoring.audit_model import Complaint
from grader.authoring.audit_submissions import submission
from grader.authoring.reference import Reference
from grader.course.model import Assignment
from grader.errors import GraderError

__all__ = ["audit_through_box"]

_BLAS: Final = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")

#: Mistakes that are graded again and again.
FEW: Final = 3

#: The result of one submission, without times: what is compared.
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to grade the same submissions."""

    said: str
    workers: int = 1
    reverse: bool = False
    threads: int = 1


_FIRST: Final = _Way("with one worker")
_OTHERS: Final = (
    _Way("a second time"),
    _Way("with two workers and in reverse order", workers=2, reverse=True),
    _Way("with two BLAS threads", threads=2),
)


def audit_through_box(
    root: Path, assignment: Assignment, reference: Reference, sandbox: str = "strong"
) -> Iterator[Complaint]:
    """Grade reference, stub, alternatives and a few mistakes, some of them in several ways.

    Parameters
    ----------
    root : Path
        The course's folder.
    assignment : Assignment
        As it was built.
    reference : Reference
    sandbox : str
        "strong" or "weak".

    Yields
    ------
    Complaint
        A score that is wrong, or a result that depends on how it was come by.
    """
    few = _few(assignment, reference)
    alternatives = {
        f"alternative {each.name} of {each.exercise}": submission(reference, each)
        for each in reference.alternatives
    }
    first = _graded(root, assignment.name, few | alternatives, _FIRST, sandbox)
    yield from _about_scores(first)
    for way in _OTHERS:
        again = _graded(root, assignment.name, few, way, sandbox)
        for name in few:
            if again.get(name) != first.get(name):
                yield Complaint(
                    exercise="",
                    kind="repeat",
                    message=f"{name}: another result {way.said} than {_FIRST.said}: "
                    f"{_difference(first.get(name), again.get(name))}",
                    help="look for what a case draws, or rounds, by chance",
                )


def _few(assignment: Assignment, reference: Reference) -> dict[str, bytes]:
    first = {each.exercise: each for each in reversed(reference.mistakes)}
    used = {name for each in assignment.exercises for name in each.spec.uses}
    # of exercises that others use to begin with: these have the reference answer in the box
    names = sorted((each.name for each in assignment.exercises), key=lambda name: name not in used)
    chosen = [first[name] for name in names if name in first][:FEW]
    mistakes = {f"mistake {each.name} of {each.exercise}": submission(reference, each) for each in chosen}
    return {"reference": submission(reference), "stub": assignment.stub} | mistakes


def _about_scores(lines: Mapping[str, Line]) -> Iterator[Complaint]:
    for name, line in lines.items():
        if not line["graded"]:
            wanted = "a score"
        elif name == "stub":
            wanted = "" if line["score"] == 0 else "0"
        elif name.startswith("mistake"):
            wanted = "" if line["score"] < line["max_score"] else f"less than {line['max_score']:g}"
        else:
            wanted = "" if line["score"] == line["max_score"] else f"{line['max_score']:g}"
        if wanted:
            yield Complaint(
                exercise="",
                kind="score",
                message=f"{name}: {_summary(line)}, and should get {wanted}",
                help="run it by hand: grade run",
            )
        elif line["events"]:
            yield Complaint(
                exercise="",
                kind="event",
                message=f"{name}: {'; '.join(line['events'])}",
                help="nothing that the course brings along should be an event",
            )


def _summary(line: Line) -> str:
    wrong = [
        f"{exercise['name']}, case {case['name']!r} {case['verdict']}"
        for exercise in line["exercises"]
        for case in exercise["cases"]
        if case["verdict"] != "passed"
    ]
    said = f" ({wrong[0]}{f' and {len(wrong) - 1} more' if wrong[1:] else ''})" if wrong else ""
    events = f" ({'; '.join(line['events'])})" if line["events"] else ""
    return f"gets {line['score']:g} of {line['max_score']:g}{said}{events}"


def _difference(one: Line | None, other: Line | None) -> str:
    if one is None or other is None:
        return "no result"
    keys = [key for key in one if one[key] != other.get(key)]
    return ", ".join(keys)


def _graded(
    root: Path, assignment: str, sources: Mapping[str, bytes], way: _Way, sandbox: str
) -> dict[str, Line]:
    """Grade submissions in a process of its own; by the name that each has here."""
    with tempfile.TemporaryDirectory(prefix="audit-") as folder:
        places = {f"s{number:04d}": name for number, name in enumerate(_ordered(sources, way))}
        for student, name in places.items():
            file = Path(folder, "submissions", student, f"{assignment}.py")
            file.parent.mkdir(parents=True)
            file.write_bytes(sources[name])
        _run(root, Path(folder), way, sandbox)
        text = Path(folder, "out", "results.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    return {places[line.pop("student")]: _without_times(line) for line in lines}


def _ordered(sources: Mapping[str, bytes], way: _Way) -> list[str]:
    return list(sources)[:: -1 if way.reverse else 1]


def _run(root: Path, folder: Path, way: _Way, sandbox: str) -> None:
    words = [sys.executable, "-m", "grader", "run", str(folder / "submissions"), "--course", str(root)]
    words += ["--out", str(folder / "out"), "--workers", str(way.workers), "--sandbox", sandbox]
    # a gradebook of its own: the course's is about students, and would have results from another way
    words += ["--gradebook", str(folder / "gradebook.sqlite")]
    threads = dict.fromkeys(_BLAS, str(way.threads))
    done = subprocess.run(words, capture_output=True, text=True, env=os.environ | threads, check=False)
    if done.returncode == 2 or not (folder / "out" / "results.jsonl").exists():
        lines = done.stderr.strip().splitlines() or ["it said nothing"]
        problem = next((line for line in lines if line.startswith("error: ")), lines[-1])
        remedy = next((line for line in lines if line.startswith("help: ")), "")
        raise GraderError(problem.removeprefix("error: "), help=remedy.removeprefix("help: "))


def _without_times(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_times(item) for key, item in value.items() if key != "seconds"}
    return [_without_times(item) for item in value] if isinstance(value, list) else value
