"""The vectors of an assignment as HDF5: ``public.h5`` for people, ``hidden.h5`` for speed.

Both files have one group per exercise, in the stub's order, with its `ExerciseSpec` as JSON in the attribute
``spec``, and below it the cases ``cases/00``, ``cases/01`` …, each with its `CaseSpec`.

``public.h5`` spells every value out (`grader.course.readable`): ``update_lr/cases/00/inputs/epoch_num`` is a
number. In ``hidden.h5`` a case is one dataset that packs inputs and expected value as they cross into the
box, and ``mistakes/<name>`` packs what that mistake returns in each case, public ones first.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import h5py
import numpy as np
from pydantic import BaseModel, ValidationError

from grader.course.model import Case, CaseSpec, Exercise, ExerciseSpec, Mistake, MistakeSpec
from grader.course.readable import read_value, write_value
from grader.errors import CourseError
from grader.results import Visibility
from grader.values import Encoded, Value, WireError, decode, encode

FORMAT = 1

_Spec = TypeVar("_Spec", bound=BaseModel)
Packed = Sequence[Encoded | None]


def public_bytes(exercises: Sequence[Exercise], stub: str) -> bytes:
    """Return ``public.h5`` with the public cases of these exercises.

    Parameters
    ----------
    exercises : sequence of Exercise
    stub : str
        Its text, because students write into theirs.

    Raises
    ------
    CourseError
        A case holds a text that HDF5 cannot.
    """
    with _new_file("stub", stub) as (file, image):
        for exercise in exercises:
            group = _group(file, exercise.name, exercise.spec)
            for index, case in enumerate(_of(exercise, "public")):
                place = _group(group, f"cases/{index:02d}", _case_spec(case))
                try:
                    write_value(place, "inputs", case.inputs)
                    write_value(place, "expected", decode(case.expected))
                except ValueError as error:
                    raise CourseError(
                        f"{exercise.name}, case {case.name!r}: {error}.",
                        help="change the case, or make it a hidden one",
                    ) from error
    return image.getvalue()


def hidden_bytes(exercises: Sequence[Exercise], sources: Mapping[str, str]) -> bytes:
    """Return ``hidden.h5`` with the hidden cases and the mistakes of these exercises.

    Parameters
    ----------
    exercises : sequence of Exercise
    sources : mapping of str to str
        SHA-256 of each file that it was built from or together with.
    """
    with _new_file("sources", json.dumps(dict(sources), indent=1)) as (file, image):
        for exercise in exercises:
            group = _group(file, exercise.name, exercise.spec)
            for index, case in enumerate(_of(exercise, "hidden")):
                _pack(group, f"cases/{index:02d}", [case.encoded_inputs, case.expected], _case_spec(case))
            for mistake in exercise.mistakes:
                returns = [mistake.returns[case.name] for case in exercise.cases]
                spec = MistakeSpec(name=mistake.name, message=mistake.message, help=mistake.help)
                _pack(group, f"mistakes/{mistake.name}", returns, spec)
    return image.getvalue()


def read_public(image: bytes, path: Path) -> tuple[tuple[Exercise, ...], str]:
    """Read ``public.h5``: the exercises with their public cases, and the stub.

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
        return tuple(_public_exercise(group) for group in file.values()), _text(file, "stub")


def read_hidden(image: bytes, path: Path, public: Sequence[Exercise]) -> tuple[Exercise, ...]:
    """Read ``hidden.h5`` and join it with the exercises of the public file; see `read_public`."""
    with _opened(image, path) as file:
        groups = list(file.values())
        if [_spec(group, ExerciseSpec) for group in groups] != [exercise.spec for exercise in public]:
            raise _PlaceError("the exercises are not those of public.h5")
        return tuple(_join(exercise, group) for exercise, group in zip(public, groups, strict=True))


def read_sources(image: bytes, path: Path) -> dict[str, str]:
    """Read only what ``hidden.h5`` was built from: file to SHA-256; see `read_public`."""
    with _opened(image, path) as file:
        sources = json.loads(_text(file, "sources"))
        if not isinstance(sources, dict):
            raise _PlaceError("its attribute sources is not an object")
        return sources


class _PlaceError(Exception):
    """Something wrong at a place in the file; becomes a CourseError that names the file."""


@contextmanager
def _new_file(attribute: str, text: str) -> Iterator[tuple[h5py.File, io.BytesIO]]:
    image = io.BytesIO()
    with h5py.File(image, "w", track_order=True) as file:
        file.attrs["format"] = FORMAT
        file.attrs[attribute] = text
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
        said = error.args[0] if error.args else type(error).__name__
        raise CourseError(
            f"{path}: cannot be read: {said}.", help=f"grade build {path.parent.name}"
        ) from error


def _text(place: h5py.Group | h5py.Dataset, attribute: str) -> str:
    text = place.attrs.get(attribute)
    if not isinstance(text, str):
        raise _PlaceError(f"{place.name} has no attribute {attribute}")
    return text


def _group(parent: h5py.Group, name: str, spec: BaseModel) -> h5py.Group:
    group = parent.create_group(name, track_order=True)
    group.attrs["spec"] = spec.model_dump_json()
    return group


def _members(parent: h5py.Group, name: str) -> list[h5py.Group | h5py.Dataset]:
    """Return what is in a group below an exercise, in order; nothing where there is no such group."""
    if name not in parent:
        return []
    if not isinstance(parent[name], h5py.Group):
        raise _PlaceError(f"{parent.name}/{name} is not a group")
    return list(parent[name].values())


def _spec(place: h5py.Group | h5py.Dataset, model: type[_Spec]) -> _Spec:
    try:
        return model.model_validate_json(_text(place, "spec"), strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _PlaceError(f"{place.name}: spec, {where}: {first['msg']}") from error


def _of(exercise: Exercise, visibility: Visibility) -> list[Case]:
    return [case for case in exercise.cases if case.visibility == visibility]


def _case_spec(case: Case) -> CaseSpec:
    return CaseSpec(name=case.name, visibility=case.visibility, weight=case.weight, judge=case.judge)


def _public_exercise(group: h5py.Group) -> Exercise:
    return Exercise(
        _spec(group, ExerciseSpec), tuple(_public_case(case) for case in _members(group, "cases"))
    )


def _public_case(group: h5py.Group) -> Case:
    inputs, expected = read_value(group, "inputs"), read_value(group, "expected")
    return _case(group, "public", inputs, encode(inputs), encode(expected))


def _hidden_case(dataset: h5py.Dataset) -> Case:
    inputs, expected = _unpack(dataset, 2)
    if inputs is None or expected is None:
        raise _PlaceError(f"{dataset.name} has no inputs or no expected value")
    return _case(dataset, "hidden", decode(inputs), inputs, expected)


def _case(
    place: h5py.Group | h5py.Dataset,
    visibility: Visibility,
    inputs: Value,
    encoded: Encoded,
    expected: Encoded,
) -> Case:
    spec = _spec(place, CaseSpec)
    if spec.visibility != visibility:
        raise _PlaceError(f"{place.name} is a {spec.visibility} case in the {visibility} file")
    if not isinstance(inputs, dict) or not all(isinstance(key, str) for key in inputs):
        raise _PlaceError(f"{place.name}: the inputs are not named")
    return Case(spec.name, visibility, spec.weight, spec.judge, inputs, expected, encoded)


def _join(public: Exercise, group: h5py.Group) -> Exercise:
    """Return an exercise with its hidden cases and its mistakes."""
    cases = public.cases + tuple(_hidden_case(dataset) for dataset in _members(group, "cases"))
    if not cases or len({case.name for case in cases}) < len(cases):
        raise _PlaceError(f"{group.name} has no cases, or two of one name")
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
