"""Builds an assignment: runs its reference and mistakes, checks what was declared, writes stub and vectors.

Nothing is written unless everything succeeded, and the same sources give the same bytes on every build.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.authoring.checks import check_declarations
from grader.authoring.exercises import Workshop
from grader.authoring.files import replace_file
from grader.authoring.mutants.make import packed_mutants
from grader.authoring.pictures import check_pictures
from grader.authoring.reference import Reference, read_reference
from grader.authoring.stub import make_stub
from grader.authoring.tolerance import Measured, far_from, takes_part
from grader.authoring.worked import check_worked, work
from grader.course.declare import ExerciseDeclared
from grader.course.load import (
    load_assignment,
    load_file,
    load_settings,
    source_digests,
)
from grader.course.model import Case, Exercise
from grader.course.mutants import MutantCounts, read_head
from grader.course.seal import sealed
from grader.course.vectors import hidden_bytes, public_bytes, read_mutants, read_public
from grader.errors import CourseError
from grader.judging.judge import judge_case
from grader.judging.properties import Property, load_properties
from grader.results import Kind, Outcome, Verdict
from grader.values import Encoded

#: The solution reproduces its stored vectors to this, or to a hundredth of a coarser tolerance, everywhere.
REPRODUCED = 1e-9


@dataclass(frozen=True, slots=True)
class ExerciseReport:
    """What the build found out about one exercise.

    Parameters
    ----------
    name : str
    cases, mistakes : int
    noise, nearest : float
        As in `grader.authoring.tolerance.Measured`.
    tolerance : float
        The relative one, measured or the author's.
    margin : float
        Decades between the tolerance and the nearer of noise and nearest mistake.
    cpu_seconds : float
        What a case is given.
    mutants : MutantCounts
    """

    name: str
    cases: int
    mistakes: int
    noise: float
    nearest: float
    tolerance: float
    margin: float
    cpu_seconds: float
    mutants: MutantCounts = field(default_factory=MutantCounts)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one build did.

    Parameters
    ----------
    assignment : str
    exercises : tuple of ExerciseReport
    written : tuple of Path
        Files whose bytes changed.
    seconds : float
    """

    assignment: str
    exercises: tuple[ExerciseReport, ...]
    written: tuple[Path, ...]
    seconds: float


def build_assignment(root: Path, name: str, *, anew: bool = False) -> BuildReport:
    """Build the stub and the vectors of an assignment.

    Parameters
    ----------
    root : Path
        The course's folder.
    name : str
        The assignment's name.
    anew : bool
        Whether to make all mutants again, also of functions that did not change.

    Returns
    -------
    BuildReport

    Raises
    ------
    CourseError
        Something declared is wrong; nothing was written.
    """
    start = time.perf_counter()
    file, reference = load_file(root, name), read_reference(root, name)
    check_declarations(reference)
    check_worked(reference)
    stub = make_stub(file, reference).encode()
    properties = load_properties(_properties(root, name))
    shop = Workshop(reference, file.limits, properties, _built_seconds(root, name))
    made = [_made(shop, declared) for declared in reference.exercises]
    check_pictures(root / "assignments" / name / "pictures.py", [exercise for exercise, _ in made])
    before = {} if anew else _built_mutants(root, name)
    made = [
        (_with_mutants(shop, declared, exercise, before), measured)
        for declared, (exercise, measured) in zip(reference.exercises, made, strict=True)
    ]
    files = _files(root, reference, stub, [exercise for exercise, _ in made])
    written = tuple(path for path, content in files.items() if replace_file(path, content))
    reports = tuple(_report(exercise, measured) for exercise, measured in made)
    return BuildReport(name, reports, written, time.perf_counter() - start)


def check_assignment(root: Path, name: str) -> None:
    """Refuse a build that is stale, or whose vectors the solution does not reproduce on this machine.

    Raises
    ------
    CourseError
        Names the files that changed, or the case.
    """
    assignment, reference = load_assignment(root, name), read_reference(root, name)
    if make_stub(assignment.file, reference).encode() != assignment.stub:
        path = root / "assignments" / name / f"{name}.py"
        raise CourseError(f"{path}: the stub is not what would be built now.", help=f"grade build {name}")
    check_pictures(root / "assignments" / name / "pictures.py", assignment.exercises)
    properties = load_properties(assignment.properties)
    for exercise in assignment.exercises:
        for case in exercise.cases:
            value = reference.call(exercise.name, case.name, case.encoded_inputs).value
            if value is None or not _is_reproduced(exercise, case, value, properties):
                raise CourseError(
                    f"{name}: {exercise.name}, case {case.name!r}: the solution returns not what is stored.",
                    help=f"see what changed, numpy's version perhaps; then: grade build {name}",
                )


def is_up_to_date(root: Path, name: str) -> bool:
    """Say whether the sources and the stub are those of the last build; no case is run for that.

    Raises
    ------
    CourseError
        The assignment.toml is broken.
    """
    load_file(root, name)
    try:
        built = load_assignment(root, name)
    except CourseError:
        return False
    # a new title or week is no change of the sources, and heads the stub all the same
    return make_stub(built.file, read_reference(root, name)).encode() == built.stub


def _is_reproduced(
    exercise: Exercise, case: Case, value: Encoded, properties: Mapping[str, Property]
) -> bool:
    if takes_part(case):
        return far_from(case.expected, value) <= max(REPRODUCED, exercise.spec.tolerance.relative / 100)
    judged = judge_case(case, exercise, Outcome(Kind.RETURNED, value=value), properties)
    return judged.verdict is Verdict.PASSED


def _properties(root: Path, name: str) -> Path | None:
    path = root / "assignments" / name / "properties.py"
    return path if path.is_file() else None


def _built_seconds(root: Path, name: str) -> dict[str, float]:
    """Return each exercise's CPU seconds as last built; none where there is no build that can be read."""
    path = root / "assignments" / name / "public.h5"
    try:
        exercises, _ = read_public(sealed(path.read_bytes(), path))
    except (OSError, CourseError):
        return {}
    return {exercise.name: exercise.spec.cpu_seconds for exercise in exercises}


def _built_mutants(root: Path, name: str) -> dict[str, bytes]:
    """Return each exercise's mutants as last built; none where there is no build that can be read."""
    path = root / "reference" / name / "hidden.h5"
    try:
        return read_mutants(sealed(path.read_bytes(), path))
    except (OSError, CourseError):
        return {}


def _made(shop: Workshop, declared: ExerciseDeclared) -> tuple[Exercise, Measured]:
    exercise, measured = shop.make(declared)
    return replace(exercise, worked=work(shop.reference, exercise, shop.properties)), measured


def _with_mutants(
    shop: Workshop, declared: ExerciseDeclared, exercise: Exercise, before: Mapping[str, bytes]
) -> Exercise:
    packed = packed_mutants(
        shop.reference, declared, exercise, shop.properties, before.get(exercise.name, b"")
    )
    return replace(exercise, packed_mutants=packed)


def _files(root: Path, reference: Reference, stub: bytes, exercises: Sequence[Exercise]) -> dict[Path, bytes]:
    """Return what is to be written; hidden.h5 last, because it vouches for the others."""
    name, solution = reference.name, "" if reference.answers else reference.solution.text
    folder = root / "assignments" / name
    public = public_bytes(exercises, stub.decode(), load_settings(root, name))
    seal = sealed(public, folder / "public.h5")
    sources = source_digests(root, name, stub=stub, public=seal.digest)
    return {
        folder / f"{name}.py": stub,
        folder / "public.h5": public,
        root / "reference" / name / "hidden.h5": hidden_bytes(exercises, sources, solution),
    }


def _report(exercise: Exercise, measured: Measured) -> ExerciseReport:
    return ExerciseReport(
        name=exercise.name,
        cases=len(exercise.cases),
        mistakes=len(exercise.mistakes),
        noise=measured.noise,
        nearest=measured.nearest,
        tolerance=exercise.spec.tolerance.relative,
        margin=measured.margin,
        cpu_seconds=exercise.spec.cpu_seconds,
        mutants=read_head(exercise.packed_mutants)[1],
    )
