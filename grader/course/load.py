"""Finds courses and loads built assignments, refusing what is broken, stale or missing."""

from __future__ import annotations

import hashlib
import json
import math
import reprlib
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from grader.course.model import Assignment, AssignmentFile, Exercise
from grader.course.seal import Sealed, sealed
from grader.course.vectors import read_hidden, read_public, read_sources
from grader.errors import CourseError

POINTS = 100.0


def find_course(start: Path, *, public_only: bool = False) -> Path:
    """Find the course that a path lies in, upward as git does.

    Parameters
    ----------
    start : Path
        A folder, or a file in it.
    public_only : bool
        Whether ``assignments/`` is enough, as in what students receive.

    Returns
    -------
    Path
        The folder that has ``assignments/`` and ``reference/``.

    Raises
    ------
    CourseError
        No folder from there to the root of the file system is a course.
    """
    start = start.resolve()
    wanted = ("assignments",) if public_only else ("assignments", "reference")
    for folder in (start, *start.parents):
        if all((folder / name).is_dir() for name in wanted):
            return folder
    raise CourseError(
        f"{start}: neither this folder nor one above it is a course.",
        help=f"go to the folder that has {'/ and '.join(wanted)}/, or name it with --course",
    )


def assignment_names(root: Path) -> list[str]:
    """Return the names of a course's assignments, by week and then by name.

    Raises
    ------
    CourseError
        A folder's name is not a Python identifier, or its assignment.toml is broken.
    """
    folders = [path.parent for path in (root / "assignments").glob("*/assignment.toml")]
    for folder in folders:
        check_name(folder)
    weeks = {folder.name: load_file(root, folder.name).week for folder in folders}
    return sorted(weeks, key=lambda name: (weeks[name], name))


def check_name(folder: Path) -> None:
    """Refuse a folder whose name could not be a module's."""
    if not folder.name.isidentifier():
        raise CourseError(
            f"{folder}: the name of an assignment is the name of a Python file.",
            help="use letters, digits and underscores only",
        )


def load_file(root: Path, name: str) -> AssignmentFile:
    """Read and check the ``assignment.toml`` of an assignment."""
    path = root / "assignments" / name / "assignment.toml"
    check_name(path.parent)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        # JSON, because strict validation of Python objects would refuse a list for a tuple
        text = json.dumps(data, default=str)
    except FileNotFoundError:
        known = sorted(other.parent.name for other in path.parent.parent.glob("*/assignment.toml"))
        raise CourseError(
            f"{path}: there is no such assignment.", help=f"the course has: {', '.join(known) or 'none'}"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise CourseError(f"{path}: {error}.", help="mend the file; it is TOML") from error
    except (ValueError, RecursionError) as error:
        raise CourseError(
            f"{path}: a number is too long, or a value nested too deeply.", help="mend the file; it is TOML"
        ) from error
    try:
        return AssignmentFile.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise invalid(path, error, data) from error


def invalid(path: Path, error: ValidationError, data: dict[str, Any]) -> CourseError:
    """Make one operator's sentence of a validation error: file, key, value and remedy."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    more = f" ({error.error_count() - 1} more)" if error.error_count() > 1 else ""
    value = f" = {reprlib.repr(_at(data, first['loc']))}" if first["type"] != "missing" else ""
    message = first["msg"][:1].lower() + first["msg"][1:]
    if first["type"] == "unexpected_keyword_argument":
        message = "no such key"
    remedies = {"unexpected_keyword_argument": f"remove or rename {where}", "missing": f"add {where} = …"}
    return CourseError(
        f"{path}: {where}{value}: {message}{more}.", help=remedies.get(first["type"], f"change {where}")
    )


def _at(data: Any, loc: Iterable[int | str]) -> Any:
    for part in loc:
        try:
            data = data[part]
        except (LookupError, TypeError):
            break
    return data


def check_points(path: Path, points: Sequence[float]) -> None:
    """Refuse exercises whose points do not add up to 100."""
    total = sum(points)
    if not math.isclose(total, POINTS, abs_tol=1e-9):
        raise CourseError(
            f"{path}: the exercises' points add up to {total:g}.", help=f"make them add up to {POINTS:g}"
        )


def source_digests(
    root: Path, name: str, *, stub: bytes | None = None, public: str | None = None
) -> dict[str, str]:
    """Return the SHA-256 of everything that ``hidden.h5`` was built from or together with.

    Parameters
    ----------
    root : Path
        The course's folder.
    name : str
        The assignment's name.
    stub : bytes, optional
        The stub where it is not that on disk.
    public : str, optional
        What ``public.h5`` is sealed with, where that is known.

    Returns
    -------
    dict of str to str
        File below the course's root to hexadecimal digest; "" for a file that does not exist.

    Raises
    ------
    CourseError
        A file cannot be read.
    """
    given, secret = Path("assignments") / name, Path("reference") / name
    files = [secret / f"{part}.py" for part in ("solution", "cases", "mistakes", "alternatives", "worked")]
    if (root / secret / "quiz.py").exists():
        files.append(secret / "quiz.py")
    files += [given / "calls.py", given / "properties.py"]
    digests = {file: _digest(root / file) for file in files}
    written = given / f"{name}.py"
    digests[written] = _digest(root / written) if stub is None else hashlib.sha256(stub).hexdigest()
    vectors = root / given / "public.h5"
    if public is None and vectors.exists():
        public = sealed(_read(vectors), vectors).digest
    digests[given / "public.h5"] = public or ""
    return {file.as_posix(): digest for file, digest in digests.items()}


def _digest(path: Path) -> str:
    return hashlib.sha256(_read(path)).hexdigest() if path.exists() else ""


def load_assignment(root: Path, name: str, *, public_only: bool = False) -> Assignment:
    """Load a built assignment.

    Parameters
    ----------
    root : Path
        The course's folder.
    name : str
        The assignment's name.
    public_only : bool
        Whether to load only what students have; ``reference/`` is then never looked at.

    Returns
    -------
    Assignment
        With ``public_only``: public cases only, no mistakes, no worked examples and no solution.

    Raises
    ------
    CourseError
        The assignment is missing, broken, or was changed after it was built.
    """
    file, folder = load_file(root, name), root / "assignments" / name
    parts = {each: _optional(folder / each) for each in ("assignment.toml", "calls.py", "properties.py")}
    digests = [hashlib.sha256(part).digest() for part in parts.values()]
    public = _built(folder / "public.h5", name)
    exercises, stub = read_public(public)
    digests.append(bytes.fromhex(public.digest))
    solution = ""
    if not public_only:
        hidden = _built(root / "reference" / name / "hidden.h5", name)
        _refuse_stale(root, name, read_sources(hidden), public.digest)
        exercises, solution = read_hidden(hidden, exercises)
        digests.append(bytes.fromhex(hidden.digest))
    check_points(public.path, [exercise.spec.points for exercise in exercises])
    return Assignment(
        name=name,
        file=file,
        exercises=tuple(_with_limit(exercise, file.limits.case_seconds) for exercise in exercises),
        stub=stub.encode(),
        calls=parts["calls.py"],
        properties=_if_there(folder / "properties.py"),
        pictures=_if_there(folder / "pictures.py"),
        digest=hashlib.sha256(b"".join(digests)).hexdigest(),
        root=root.resolve(),
        solution=solution.encode(),
    )


def stale(root: Path, name: str) -> list[str]:
    """Return the files, below the course's root, that are not those of the build.

    Raises
    ------
    CourseError
        There is no build, or it cannot be read.
    """
    path = root / "reference" / name / "hidden.h5"
    return _changed(root, name, read_sources(_built(path, name)), None)


def _changed(root: Path, name: str, sources: dict[str, str], public: str | None) -> list[str]:
    now = source_digests(root, name, public=public)
    return [file for file, digest in now.items() if sources.get(file, "") != digest]


def _refuse_stale(root: Path, name: str, sources: dict[str, str], public: str) -> None:
    changed = _changed(root, name, sources, public)
    if changed:
        raise CourseError(
            f"{name} is stale: changed since it was built: {', '.join(changed)}.", help=f"grade build {name}"
        )


def _built(path: Path, name: str) -> Sealed:
    if not path.exists():
        raise CourseError(f"{path}: {name} was not built.", help=f"grade build {name}")
    return sealed(_read(path), path)


def _if_there(path: Path) -> Path | None:
    return path if path.is_file() else None


def _optional(path: Path) -> bytes:
    return _read(path) if path.is_file() else b""


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CourseError(f"{path}: {error.strerror}.", help="make it a file that can be read") from error


def _with_limit(exercise: Exercise, least: float) -> Exercise:
    """Give each case at least the seconds that assignment.toml says; a change of it needs no build."""
    if exercise.spec.cpu_seconds >= least:
        return exercise
    return replace(exercise, spec=exercise.spec.model_copy(update={"cpu_seconds": least}))
