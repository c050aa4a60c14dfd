"""The last line of ``public.h5``: what a check needs of the file, and where in it that lies.

To import the HDF5 library and pydantic takes longer than all else that ``grade check`` does. So the build
ends the file with a line of JSON, behind all that HDF5 reads: the stub, the specs, where each packed dataset
of cases begins, and the settings that ``assignment.toml`` had. Nothing of it is validated again: it was when
it was written, and the seal tells whether these are the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from grader.course.model import (
    Answered,
    AssignmentFile,
    AtMost,
    Case,
    Equal,
    Exercise,
    ExerciseSpec,
    Holds,
    Judge,
    Limits,
    Magnitude,
    Question,
    Tolerance,
)
from grader.course.seal import Sealed
from grader.errors import CourseError
from grader.values import Encoded, decode

__all__ = ["Contents", "Settings", "contents_line", "read_contents"]

_JUDGES: Final[Mapping[str, type[Judge]]] = {
    "equal": Equal,
    "magnitude": Magnitude,
    "at_most": AtMost,
    "holds": Holds,
    "answered": Answered,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``assignment.toml`` said when the assignment was built.

    Parameters
    ----------
    digest : str
        SHA-256 of its bytes, hexadecimal.
    file : AssignmentFile
    """

    digest: str
    file: AssignmentFile


@dataclass(frozen=True, slots=True)
class Contents:
    """What `grader.course.vectors.read_public` returns, and the settings."""

    settings: Settings
    exercises: tuple[Exercise, ...]
    stub: str


def contents_line(
    settings: Settings, stub: str, exercises: Iterable[Exercise], places: Mapping[str, tuple[int, int]]
) -> bytes:
    """Return what is put behind HDF5's own bytes.

    Parameters
    ----------
    settings : Settings
    stub : str
    exercises : iterable of Exercise
    places : mapping of exercise name to (int, int)
        Where the packed dataset of its public cases begins and ends, in bytes from the start of the file.
    """
    # each part as its record writes it: with the numbers and the omissions that reading it takes for granted
    specs = [
        {"spec": json.loads(each.spec.model_dump_json()), "cases": places[each.name]} for each in exercises
    ]
    line = {
        "settings": json.loads(settings.file.model_dump_json()),
        "settings_sha256": settings.digest,
        "stub": stub,
        "exercises": specs,
    }
    return b"\n" + json.dumps(line, separators=(",", ":")).encode("ascii")


def read_contents(file: Sealed) -> Contents | None:
    """Read the last line of ``public.h5``; None where it has none.

    Raises
    ------
    CourseError
        It is not such a line.
    """
    line = file.image[file.image.rfind(b"\n") + 1 :]
    if not line.startswith(b'{"settings":'):
        return None
    try:
        data = json.loads(line)
        settings = Settings(data["settings_sha256"], _settings(data["settings"]))
        return Contents(settings, tuple(_exercises(file.image, data["exercises"])), data["stub"])
    except Exception as error:  # what a file that was sealed by others holds makes this raise of every kind
        raise CourseError(
            f"{file.path}: cannot be read: its last line is damaged.",
            help=f"grade build {file.path.parent.name}",
        ) from error


def _settings(data: dict[str, Any]) -> AssignmentFile:
    return AssignmentFile(**_tuples(data) | {"limits": Limits(**data["limits"])})


def _exercises(image: bytes, entries: list[dict[str, Any]]) -> Iterator[Exercise]:
    for entry in entries:
        start, end = entry["cases"]
        yield Exercise(_spec(entry["spec"]), tuple(_cases(image[start:end])))


def _spec(data: dict[str, Any]) -> ExerciseSpec:
    question = data["question"]
    records = {
        "tolerance": Tolerance(**data["tolerance"]),
        "question": None if question is None else Question(**_tuples(question)),
        "names": _tuples(data["names"]),
    }
    return ExerciseSpec(**_tuples(data) | records)


def _cases(packed: bytes) -> Iterator[Case]:
    """Read a packed dataset as `grader.course.packed` describes it."""
    head, _, values = packed.partition(b"\n")
    index = json.loads(head)
    structures = [structure.encode("ascii") for structure in index["structures"]]
    start = 0
    for entry in index["entries"]:
        pair = []
        for number, size in entry["values"]:
            pair.append(Encoded(structures[number], values[start : start + size]))
            start += size
        inputs, expected = pair
        spec = json.loads(entry["spec"])
        yield Case(
            spec["name"],
            spec["visibility"],
            spec["weight"],
            _judge(spec["judge"]),
            decode(inputs),
            expected,
            inputs,
        )


def _judge(data: dict[str, Any]) -> Judge:
    judge: Judge = _JUDGES[data["kind"]](**_tuples(data))
    return judge


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    """Return a record's fields, with tuples where JSON has lists."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
