"""Loads what students have of an assignment, without a library that takes long to import."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Final

from grader.course.contents import read_contents
from grader.course.model import Assignment, AssignmentFile, Exercise
from grader.course.places import built, check_name, read_if_there
from grader.course.seal import Sealed
from grader.errors import CourseError

__all__ = ["POINTS", "Parts", "check_points", "load_public"]

POINTS: Final = 100.0


def load_public(root: Path, name: str) -> Assignment:
    """Load what students have of a built assignment: public cases only.

    Parameters
    ----------
    root : Path
        The course's folder; of it ``reference/`` is never looked at.
    name : str
        The assignment's name.

    Returns
    -------
    Assignment
        Without hidden cases, mistakes, worked examples and solution.

    Raises
    ------
    CourseError
        The assignment is missing or broken.
    """
    check_name(root / "assignments" / name)
    parts = Parts.of(root, name)
    contents = read_contents(parts.public)
    if contents is None or contents.settings.digest != hashlib.sha256(parts.settings).hexdigest():
        # settings that changed since the build are validated, and that takes as long as all the rest
        found: Assignment = import_module("grader.course.load").load_assignment(root, name, public_only=True)
        return found
    return parts.assembled(contents.settings.file, contents.exercises, contents.stub)


@dataclass(frozen=True, slots=True)
class Parts:
    """The files of an assignment that students have, as bytes."""

    root: Path
    name: str
    settings: bytes
    calls: bytes
    properties: bytes
    public: Sealed

    @classmethod
    def of(cls, root: Path, name: str) -> Parts:
        """Read them; CourseError where the assignment was not built."""
        folder = root / "assignments" / name
        settings, calls, properties = (
            read_if_there(folder / each) for each in ("assignment.toml", "calls.py", "properties.py")
        )
        return cls(root, name, settings, calls, properties, built(folder / "public.h5", name))

    def assembled(
        self,
        file: AssignmentFile,
        exercises: Sequence[Exercise],
        stub: str,
        *,
        hidden: Sealed | None = None,
        solution: str = "",
    ) -> Assignment:
        """Return the assignment that these files make, or these and the hidden ones.

        Raises
        ------
        CourseError
            The exercises' points do not add up.
        """
        check_points(self.public.path, [exercise.spec.points for exercise in exercises])
        digests = [hashlib.sha256(part).digest() for part in (self.settings, self.calls, self.properties)]
        digests += [bytes.fromhex(each.digest) for each in (self.public, hidden) if each is not None]
        folder = self.root / "assignments" / self.name
        return Assignment(
            name=self.name,
            file=file,
            exercises=tuple(_with_limit(exercise, file.limits.case_seconds) for exercise in exercises),
            stub=stub.encode(),
            calls=self.calls,
            properties=_if_there(folder / "properties.py"),
            pictures=_if_there(folder / "pictures.py"),
            digest=hashlib.sha256(b"".join(digests)).hexdigest(),
            root=self.root.resolve(),
            solution=solution.encode(),
        )


def check_points(path: Path, points: Sequence[float]) -> None:
    """Refuse exercises whose points do not add up to 100."""
    total = sum(points)
    if not math.isclose(total, POINTS, abs_tol=1e-9):
        raise CourseError(
            f"{path}: the exercises' points add up to {total:g}.", help=f"make them add up to {POINTS:g}"
        )


def _if_there(path: Path) -> Path | None:
    return path if path.is_file() else None


def _with_limit(exercise: Exercise, least: float) -> Exercise:
    """Give each case at least the seconds that assignment.toml says; a change of it needs no build."""
    if exercise.spec.cpu_seconds >= least:
        return exercise
    return replace(exercise, spec=exercise.spec.model_copy(update={"cpu_seconds": least}))
