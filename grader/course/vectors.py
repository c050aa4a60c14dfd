"""The vectors of an assignment as HDF5: ``public.h5`` for people, ``hidden.h5`` for speed.

Both files have one group per exercise, in the stub's order, with its `ExerciseSpec` as JSON in the attribute
``spec``, and below it the cases ``cases/00``, ``cases/01`` …, each with its `CaseSpec`.

``public.h5`` spells every value out (`grader.course.readable`): ``update_lr/cases/00/inputs/epoch_num`` is a
number. In ``hidden.h5`` a case is one dataset that packs inputs and expected value as they cross into the box,
and ``mistakes/<name>`` packs what that mistake returns in each case, public ones first.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import h5py
import numpy as np
from pydantic import BaseModel, ValidationError

from grader.course.model import Case, CaseSpec, Exercise, ExerciseSpec, Mistake, MistakeSpec
from grader.course.readable import read_value, write_value
from grader.errors import CourseError
from grader.results import Visibility
from grader.values import Encoded, WireError, decode, encode

FORMAT = 1

_Spec = TypeVar("_Spec", bound=BaseModel)
Packed = Sequence[Encoded | None]


@dataclass(frozen=True, slots=True)
class Stored:
    """What one file holds: its root attributes, and exercises with the cases of one visibility."""

    attributes: Mapping[str, Any]
    exercises: tuple[Exercise, ...]


def public_bytes(exercises: Sequence[Exercise], attributes: Mapping[str, Any]) -> bytes:
    """Return ``public.h5`` with the public cases of these exercises.

    Parameters
    ----------
    exercises : sequence of Exercise
    attributes : dict of str to JSON value
        Stored on the file's root.
    """
    with _new_file(attributes) as (file, image):
        for exercise in exercises:
            group = _group(file, exercise.name, exercise.spec)
            for index, case in enumerate(_of(exercise, "public")):
                place = _group(group, f"cases/{index:02d}", _case_spec(case))
                write_value(place, "inputs", case.inputs)
                write_value(place, "expected", decode(case.expected))
    return image.getvalue()


def hidden_bytes(exercises: Sequence[Exercise], attributes: Mapping[str, Any]) -> bytes:
    """Return ``hidden.h5`` with the hidden cases and the mistakes of these exercises."""
    with _new_file(attributes) as (file, image):
        for exercise in exercises:
            group = _group(file, exercise.name, exercise.spec)
            for index, case in enumerate(_of(exercise, "hidden")):
                _pack(group, f"cases/{index:02d}", [case.encoded_inputs, case.expected], _case_spec(case))
            for mistake in exercise.mistakes:
                returns = [mistake.returns[case.name] for case in exercise.cases]
                spec = MistakeSpec(name=mistake.name, message=mistake.message, help=mistake.help)
                _pack(group, f"mistakes/{mistake.name}", returns, spec)
    return image.getvalue()


def read_public(image: bytes, path: Path) -> Stored:
    """Read ``public.h5``.

    Parameters
    ----------
    image : bytes
        The file's bytes.
    path : Path
        Where they were read, for messages.

    Raises
    ------
    CourseError
        Names the file and the place in it.
    """
    with _opened(image, path) as file:
        exercises = tuple(
            Exercise(
                _spec(group, ExerciseSpec), tuple(_public_case(case) for case in _members(group, "cases"))
            )
            for group in _members(file)
        )
        return Stored(_attributes(file), exercises)


def read_hidden(image: bytes, path: Path, public: Sequence[Exercise]) -> Stored:
    """Read ``hidden.h5`` and join it with the exercises of the public file."""
    with _opened(image, path) as file:
        groups = list(_members(file))
        specs = [_spec(group, ExerciseSpec) for group in groups]
        if specs != [exercise.spec for exercise in public]:
            raise _PlaceError("the exercises are not those of public.h5")
        exercises = tuple(_join(exercise, group) for exercise, group in zip(public, groups, strict=True))
        return Stored(_attributes(file), exercises)


class _PlaceError(Exception):
    """Something wrong at a place in the file; becomes a CourseError that names the file."""


@contextmanager
def _new_file(attributes: Mapping[str, Any]) -> Iterator[tuple[h5py.File, io.BytesIO]]:
    image = io.BytesIO()
    with h5py.File(image, "w", track_order=True) as file:
        file.attrs["format"] = FORMAT
        for key, value in attributes.items():
            file.attrs[key] = json.dumps(value, ensure_ascii=False)
        yield file, image


@contextmanager
def _opened(image: bytes, path: Path) -> Iterator[h5py.File]:
    """Open bytes as an HDF5 file; whatever goes wrong within is the file's fault."""
    try:
        with h5py.File(h5py.h5f.open_file_image(image)) as file:
            version = file.attrs.get("format")
            if version != FORMAT:
                raise _PlaceError(f"its format is {version!r} where this version reads {FORMAT}")
            yield file
    except (_PlaceError, OSError, KeyError, ValueError, TypeError, RuntimeError, WireError) as error:
        raise CourseError(
            f"{path}: cannot be read as vectors: {_sentence(error)}", help="rebuild it with: grade build"
        ) from error


def _sentence(error: Exception) -> str:
    return str(error.args[0]) if error.args else type(error).__name__


def _attributes(file: h5py.File) -> dict[str, Any]:
    return {key: json.loads(value) for key, value in file.attrs.items() if key != "format"}


def _group(parent: h5py.Group, name: str, spec: BaseModel) -> h5py.Group:
    group = parent.create_group(name, track_order=True)
    group.attrs["spec"] = spec.model_dump_json()
    return group


def _members(parent: h5py.Group, name: str = "") -> Iterator[h5py.Group | h5py.Dataset]:
    """Yield what is in a group, in order; nothing where an optional group is missing."""
    if not name:
        yield from parent.values()
    elif name in parent:
        yield from parent[name].values()


def _spec(place: h5py.Group | h5py.Dataset, model: type[_Spec]) -> _Spec:
    text = place.attrs.get("spec")
    if not isinstance(text, str):
        raise _PlaceError(f"{place.name} has no attribute spec")
    try:
        return model.model_validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _PlaceError(f"{place.name}: spec, {where}: {first['msg']}") from error


def _of(exercise: Exercise, visibility: Visibility) -> list[Case]:
    return [case for case in exercise.cases if case.visibility == visibility]


def _case_spec(case: Case) -> CaseSpec:
    return CaseSpec(name=case.name, visibility=case.visibility, weight=case.weight, judge=case.judge)


def _case(spec: CaseSpec, inputs: Any, encoded: Encoded, expected: Encoded, place: str) -> Case:
    if not isinstance(inputs, dict) or not all(isinstance(key, str) for key in inputs):
        raise _PlaceError(f"{place}: the inputs are not named")
    return Case(spec.name, spec.visibility, spec.weight, spec.judge, inputs, expected, encoded)


def _public_case(group: h5py.Group) -> Case:
    spec = _spec(group, CaseSpec)
    inputs, expected = read_value(group, "inputs"), read_value(group, "expected")
    return _case(spec, inputs, encode(inputs), encode(expected), str(group.name))


def _hidden_case(dataset: h5py.Dataset) -> Case:
    inputs, expected = _unpack(dataset, 2)
    if inputs is None or expected is None:
        raise _PlaceError(f"{dataset.name}: no inputs or no expected value")
    return _case(_spec(dataset, CaseSpec), decode(inputs), inputs, expected, str(dataset.name))


def _join(public: Exercise, group: h5py.Group) -> Exercise:
    cases = public.cases + tuple(_hidden_case(dataset) for dataset in _members(group, "cases"))
    mistakes = tuple(_mistake(dataset, cases) for dataset in _members(group, "mistakes"))
    return Exercise(public.spec, cases, mistakes)


def _mistake(dataset: h5py.Dataset, cases: Sequence[Case]) -> Mistake:
    spec = _spec(dataset, MistakeSpec)
    returns = _unpack(dataset, len(cases))
    return Mistake(
        spec.name,
        spec.message,
        spec.help,
        {case.name: value for case, value in zip(cases, returns, strict=True)},
    )


def _pack(parent: h5py.Group, name: str, values: Packed, spec: BaseModel) -> None:
    """Write encoded values as one dataset: a line of JSON with their lengths, then their bytes."""
    lengths = [None if value is None else [len(value.structure), len(value.data)] for value in values]
    parts = [json.dumps(lengths).encode() + b"\n"]
    parts += [value.structure + value.data for value in values if value is not None]
    dataset = parent.create_dataset(name, data=np.frombuffer(b"".join(parts), np.uint8))
    dataset.attrs["spec"] = spec.model_dump_json()


def _unpack(dataset: h5py.Dataset, count: int) -> list[Encoded | None]:
    if not isinstance(dataset, h5py.Dataset) or dataset.dtype != np.uint8:
        raise _PlaceError(f"{dataset.name}: not packed values")
    head, _, body = dataset[()].tobytes().partition(b"\n")
    lengths = json.loads(head)
    if len(lengths) != count or sum(sum(pair) for pair in lengths if pair) != len(body):
        raise _PlaceError(f"{dataset.name}: not {count} packed values")
    values: list[Encoded | None] = []
    offset = 0
    for pair in lengths:
        if pair is None:
            values.append(None)
            continue
        middle, end = offset + pair[0], offset + pair[0] + pair[1]
        values.append(Encoded(body[offset:middle], body[middle:end]))
        offset = end
    return values
