"""Looks for what students must never see in the bytes that are about to be handed out.

A release is put together from files that hold no secret; this is the second look, and knows nothing of how
the release came about. Looked for are whole files of ``reference/``, code of right answers and of the cases'
generators, and the numbers of hidden cases.
"""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from grader.authoring.source import Source
from grader.course.model import Assignment
from grader.errors import CourseError
from grader.results import Visibility
from grader.values import Array, decode, walk

#: Files of a reference whose code is looked for, function by function. Mistakes may be handed out.
CODE = ("solution.py", "alternatives.py", "worked.py", "cases.py", "quiz.py")
#: So many lines of a function in a row are taken from it; fewer may be anybody's.
LINES = 3
#: Functions and files of fewer letters than this may be anybody's, too.
LETTERS = 5
#: Numbers of fewer digits than this are everybody's, such as 0.5.
DIGITS = 9

_OPTION = re.compile(r"(?:right|wrong)\(.{4}")
_NUMBER = re.compile(r"\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+")


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not occur in what is handed out.

    Parameters
    ----------
    files : mapping of bytes to str
        Files of ``reference/``, all assignments', to their names.
    code : mapping of str to str
        Pieces of code, without white space, to where they come from.
    numbers : ndarray of float
        Absolute values of the numbers of hidden cases that no public case has.
    """

    files: Mapping[bytes, str]
    code: Mapping[str, str]
    numbers: Array


def secrets_of(root: Path, assignment: Assignment) -> Secrets:
    """Collect the secrets of a built assignment.

    Raises
    ------
    CourseError
        A file of the reference cannot be read.
    """
    return Secrets(
        files=dict(_files(root)),
        code=dict(_pieces(root, assignment)),
        numbers=_telling(_numbers(assignment, "hidden"), _numbers(assignment, "public")),
    )


def refuse_leaks(files: Mapping[str, bytes], secrets: Secrets) -> None:
    """Refuse to hand out files in which a secret occurs.

    Parameters
    ----------
    files : mapping of str to bytes
        Name to content.
    secrets : Secrets

    Raises
    ------
    CourseError
        Names the file, and the secret by where it comes from.
    """
    for name, content in files.items():
        found = _leak(content, secrets)
        if found is not None:
            raise CourseError(
                f"{name} would give away {found}.", help="take it out of assignments/; nothing was written"
            )


def _leak(content: bytes, secrets: Secrets) -> str | None:
    text = content.decode("utf-8", "replace")
    # as it is, as its page shows it, and without the comments that may stand between lines
    shown = html.unescape(re.sub(r"<[^<>]*>", "", text))
    squeezed = [squeeze(each) for each in (text, shown, re.sub(r"#[^\n]*", "", text))]
    return (
        next((place for secret, place in secrets.files.items() if secret in content), None)
        or next(
            (place for secret, place in secrets.code.items() if any(secret in each for each in squeezed)),
            None,
        )
        or _number_in_text(text, secrets.numbers)
        or _number_in_bytes(content, secrets.numbers)
    )


def squeeze(text: str) -> str:
    """Take all white space out of a text."""
    return "".join(text.split())


def _files(root: Path) -> Iterator[tuple[bytes, str]]:
    for path in sorted((root / "reference").rglob("*")):
        if path.is_file() and len(content := path.read_bytes().strip()) >= LETTERS:
            yield content, path.relative_to(root).as_posix()


def _pieces(root: Path, assignment: Assignment) -> Iterator[tuple[str, str]]:
    """Yield the code that is no student's: whole functions, and each few lines of them in a row."""
    written = _written(assignment.stub)
    exercises = {exercise.name for exercise in assignment.exercises}
    for path in (root / "reference" / assignment.name / file for file in CODE):
        for name, lines in _code(Source.read(path)) if path.is_file() else ():
            if name in written - exercises:
                continue  # a helper that students are given
            pieces = ["".join(lines)]
            if name not in written:  # an exercise to repair has most of its lines in the stub
                pieces += ["".join(lines[start : start + LINES]) for start in range(len(lines) - LINES + 1)]
            place = f"{name} of {path.relative_to(root).as_posix()}"
            yield from ((piece, place) for piece in pieces if len(piece) >= LETTERS)


def _written(stub: bytes) -> set[str]:
    """Return the functions of a stub that have a body: helpers that are given, and exercises to repair."""
    functions = (node for node in ast.parse(stub).body if isinstance(node, ast.FunctionDef))
    return {node.name for node in functions if ast.unparse(node.body[-1]) != "raise NotImplementedError"}


def _code(source: Source) -> Iterator[tuple[str, list[str]]]:
    """Yield the name and the lines of each function's body, and what is right and wrong in a quiz."""
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, _lines(source.body(node))
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            lines = _lines(source.cut(node))
            yield from ((ast.unparse(node.targets[0]), [line]) for line in lines if _OPTION.match(line))


def _lines(code: str) -> list[str]:
    lines = (squeeze(re.sub(r"#.*", "", line)) for line in code.split("\n"))
    return [line for line in lines if line]


def _numbers(assignment: Assignment, visibility: Visibility) -> Array:
    """Return all numbers of cases, inputs and answers, that are not whole."""
    leaves = (
        np.ravel(leaf).astype(float)
        for exercise in assignment.exercises
        for case in exercise.cases
        if case.visibility == visibility
        for value in (case.inputs, decode(case.expected))
        for _, leaf in walk(value)
        if isinstance(leaf, float) or (isinstance(leaf, np.ndarray) and leaf.dtype.kind == "f")
    )
    numbers: Array = np.concatenate([np.zeros(0), *leaves])
    return np.abs(numbers)


def _telling(hidden: Array, public: Array) -> Array:
    """Return the numbers with many digits that are hidden, and not public as well."""
    known = set(_rounded(public))
    kept = [
        number
        for number, rounded in zip(hidden, _rounded(hidden), strict=True)
        if np.isfinite(number) and float(rounded) != number and rounded not in known
    ]
    return np.unique(np.array(kept, dtype=float))


def _rounded(numbers: Iterable[float]) -> list[str]:
    return [f"{number:.{DIGITS}g}" for number in numbers]


def _number_in_text(text: str, secrets: Array) -> str | None:
    written = [number for number in _NUMBER.findall(text) if sum(map(str.isdigit, number)) >= DIGITS]
    found = set(_rounded(map(float, written))) & set(_rounded(secrets)) if written else None
    return f"the number {min(found)}… of a hidden case" if found else None


def _number_in_bytes(content: bytes, secrets: Array) -> str | None:
    """Look for the numbers as HDF5 and numpy store them, at any place."""
    for start in range(min(8, len(content))):
        stored = np.frombuffer(content, "<f8", (len(content) - start) // 8, start)
        found = np.intersect1d(np.abs(stored), secrets)
        if found.size:
            return f"the number {found[0]:.{DIGITS}g}… of a hidden case"
    return None
