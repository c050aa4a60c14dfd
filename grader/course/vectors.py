"""The vectors of an assignment as HDF5: ``public.h5`` and ``hidden.h5``.

Both have one group per exercise, in the stub's order, with its `ExerciseSpec` as JSON in the attribute
``spec``. Below it ``packed_cases`` holds the cases of that file, and in ``hidden.h5`` ``packed_mistakes``
what each mistake returns in each case, public ones first: many small values as one dataset, in the form in
which they cross into the box. Reading looks at these alone; a dataset for each would take ten times as long.
``packed_mutants`` of ``hidden.h5`` is taken as it is; `grader.course.mutants` unpacks it for whoever asks.
For people ``public.h5`` spells its cases out as well (`grader.course.spelled`):
``update_lr/cases/00/inputs/epoch_num`` is a number.

A packed dataset is one line of JSON, `_Index`, and after it the data of all its values in their order.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import h5py
import numpy as np
from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError

from grader.course.model import Case, CaseSpec, Exercise, ExerciseSpec, Mistake, MistakeSpec
from grader.course.spelled import spell
from grader.errors import CourseError
from grader.results import Visibility
from grader.values import Encoded, WireError, decode

__all__ = [
    "FORMAT",
    "hidden_bytes",
    "public_bytes",
    "read_hidden",
    "read_mutants",
    "read_public",
    "read_sources",
]

FORMAT = 2

_MUTANTS = "packed_mutants"

_Model = TypeVar("_Model", bound=BaseModel)


class _Entry(BaseModel):
    """What is packed of one case or mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    spec: str
    """JSON of its `CaseSpec` or `MistakeSpec`."""

    values: tuple[tuple[NonNegativeInt, NonNegativeInt] | None, ...]
    """For each value which structure it has, and how many bytes of data; None where there is no value."""


class _Index(BaseModel):
    """The first line of a packed dataset."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    structures: tuple[str, ...]
    """Of `Encoded`; most values share theirs with others."""

    entries: tuple[_Entry, ...]


class _DamagedError(Exception):
    """Something wrong in the file; becomes a CourseError that names it."""


def public_bytes(exercises: Sequence[Exercise], stub: str) -> bytes:
    """Return ``public.h5`` with the public cases of these exercises.

    Parameters
    ----------
    exercises : sequence of Exercise
        In the stub's order.
    stub : str
        Its text, because students write into theirs.

    Raises
    ------
    CourseError
        A case holds a text that HDF5 cannot.
    """
    with _new_file("stub", stub) as (file, image):
        for exercise in exercises:
            group = _exercise_group(file, exercise)
            _pack_cases(group, _of(exercise, "public"))
            _spell_cases(group, exercise)
    return image.getvalue()


def hidden_bytes(exercises: Sequence[Exercise], sources: Mapping[str, str]) -> bytes:
    """Return ``hidden.h5`` with the hidden cases and the mistakes of these exercises.

    Parameters
    ----------
    exercises : sequence of Exercise
        In the stub's order.
    sources : mapping of str to str
        SHA-256 of each file that it was built from or together with.
    """
    with _new_file("sources", json.dumps(dict(sources), indent=1)) as (file, image):
        for exercise in exercises:
            group = _exercise_group(file, exercise)
            _pack_cases(group, _of(exercise, "hidden"))
            _pack_mistakes(group, exercise)
            if exercise.packed_mutants:
                group.create_dataset(_MUTANTS, data=np.frombuffer(exercise.packed_mutants, np.uint8))
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
        exercises = (Exercise(_spec(group), tuple(_read_cases(group, "public"))) for group in file.values())
        return tuple(exercises), _text(file, "stub")


def read_hidden(image: bytes, path: Path, public: Sequence[Exercise]) -> tuple[Exercise, ...]:
    """Read ``hidden.h5`` and join it with the exercises of the public file; see `read_public`."""
    with _opened(image, path) as file:
        groups = list(file.values())
        if [_spec(group) for group in groups] != [exercise.spec for exercise in public]:
            raise _DamagedError("the exercises are not those of public.h5")
        return tuple(_join(exercise, group) for exercise, group in zip(public, groups, strict=True))


def read_sources(image: bytes, path: Path) -> dict[str, str]:
    """Read only what ``hidden.h5`` was built from: file to SHA-256; see `read_public`."""
    with _opened(image, path) as file:
        sources = json.loads(_text(file, "sources"))
        if not isinstance(sources, dict):
            raise _DamagedError("its attribute sources is not an object")
        return sources


def read_mutants(image: bytes, path: Path) -> dict[str, bytes]:
    """Read only the packed mutants of ``hidden.h5``, by exercise; see `read_public`."""
    with _opened(image, path) as file:
        return {name: _packed_mutants(group) for name, group in file.items()}


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
                raise _DamagedError(f"its format is {version}, and this version reads {FORMAT}")
            yield file
    except (_DamagedError, OSError, LookupError, ValueError, TypeError, RuntimeError, WireError) as error:
        said = error.args[0] if error.args else type(error).__name__
        raise CourseError(
            f"{path}: cannot be read: {said}.", help=f"grade build {path.parent.name}"
        ) from error


def _text(place: h5py.Group, attribute: str) -> str:
    text = place.attrs.get(attribute)
    if not isinstance(text, str):
        raise _DamagedError(f"{place.name} has no attribute {attribute}")
    return text


def _exercise_group(file: h5py.File, exercise: Exercise) -> h5py.Group:
    group = file.create_group(exercise.name, track_order=True)
    group.attrs["spec"] = exercise.spec.model_dump_json(exclude_none=True)
    return group


def _spec(group: h5py.Group) -> ExerciseSpec:
    spec = _validated(ExerciseSpec, _text(group, "spec"), group)
    if group.name != f"/{spec.name}":
        raise _DamagedError(f"{group.name} is of {spec.name}")
    return spec


def _of(exercise: Exercise, visibility: Visibility) -> list[Case]:
    return [case for case in exercise.cases if case.visibility == visibility]


def _case_spec(case: Case) -> CaseSpec:
    return CaseSpec(name=case.name, visibility=case.visibility, weight=case.weight, judge=case.judge)


def _spell_cases(group: h5py.Group, exercise: Exercise) -> None:
    for index, case in enumerate(_of(exercise, "public")):
        place = group.create_group(f"cases/{index:02d}", track_order=True)
        place.attrs["spec"] = _case_spec(case).model_dump_json()
        try:
            spell(place, "inputs", case.inputs)
            spell(place, "expected", decode(case.expected))
        except ValueError as error:
            raise CourseError(
                f"{exercise.name}, case {case.name!r}: {error}.",
                help="change the case, or make it a hidden one",
            ) from error


def _pack_cases(group: h5py.Group, cases: Iterable[Case]) -> None:
    _pack(group, "packed_cases", [(_case_spec(case), [case.encoded_inputs, case.expected]) for case in cases])


def _pack_mistakes(group: h5py.Group, exercise: Exercise) -> None:
    _pack(
        group,
        "packed_mistakes",
        (
            (
                MistakeSpec(name=mistake.name, message=mistake.message, help=mistake.help),
                [mistake.returns[case.name] for case in exercise.cases],
            )
            for mistake in exercise.mistakes
        ),
    )


def _pack(group: h5py.Group, name: str, entries: Iterable[tuple[BaseModel, list[Encoded | None]]]) -> None:
    structures: dict[bytes, int] = {}
    data: list[bytes] = []

    def place(value: Encoded | None) -> tuple[int, int] | None:
        if value is None:
            return None
        data.append(value.data)
        return structures.setdefault(value.structure, len(structures)), len(value.data)

    packed = tuple(
        _Entry(spec=spec.model_dump_json(), values=tuple(place(value) for value in values))
        for spec, values in entries
    )
    index = _Index(structures=tuple(structure.decode() for structure in structures), entries=packed)
    content = b"\n".join([index.model_dump_json().encode(), b"".join(data)])
    group.create_dataset(name, data=np.frombuffer(content, np.uint8))


def _unpack(
    group: h5py.Group, name: str, model: type[_Model], count: int
) -> Iterator[tuple[_Model, list[Encoded | None]]]:
    """Yield each spec with its values, of which there are so many."""
    dataset = group.get(name)
    if not isinstance(dataset, h5py.Dataset) or dataset.dtype != np.uint8:
        raise _DamagedError(f"{group.name} has no {name}")
    head, _, data = dataset[()].tobytes().partition(b"\n")
    index = _validated(_Index, head, dataset)
    structures = [structure.encode() for structure in index.structures]
    start = 0
    for entry in index.entries:
        if len(entry.values) != count:
            raise _DamagedError(f"{dataset.name} has {len(entry.values)} values where {count} belong")
        values: list[Encoded | None] = []
        for place in entry.values:
            end = start + (place[1] if place else 0)
            values.append(Encoded(structures[place[0]], data[start:end]) if place else None)
            start = end
        yield _validated(model, entry.spec, dataset), values
    if start != len(data):
        raise _DamagedError(f"{dataset.name} has {len(data)} bytes of data where {start} are named")


def _read_cases(group: h5py.Group, visibility: Visibility) -> Iterator[Case]:
    for spec, (encoded, expected) in _unpack(group, "packed_cases", CaseSpec, 2):
        if spec.visibility != visibility:
            raise _DamagedError(f"{group.name}, case {spec.name!r} is in the {visibility} file")
        inputs = None if encoded is None else decode(encoded)
        if encoded is None or expected is None or not isinstance(inputs, dict):
            raise _DamagedError(f"{group.name}, case {spec.name!r} lacks named inputs or an expected value")
        yield Case(spec.name, visibility, spec.weight, spec.judge, inputs, expected, encoded)


def _join(public: Exercise, group: h5py.Group) -> Exercise:
    """Return an exercise with its hidden cases and its mistakes."""
    cases = public.cases + tuple(_read_cases(group, "hidden"))
    names = [case.name for case in cases]
    if not cases or len(set(names)) < len(names):
        raise _DamagedError(f"{group.name} has no cases, or two of one name")
    mistakes = tuple(
        Mistake(spec.name, spec.message, spec.help, dict(zip(names, values, strict=True)))
        for spec, values in _unpack(group, "packed_mistakes", MistakeSpec, len(cases))
    )
    return Exercise(public.spec, cases, mistakes, _packed_mutants(group))


def _packed_mutants(group: h5py.Group) -> bytes:
    """Return the block of mutants as it is; b"" where there is none."""
    dataset = group.get(_MUTANTS)
    if dataset is None:
        return b""
    if not isinstance(dataset, h5py.Dataset) or dataset.dtype != np.uint8:
        raise _DamagedError(f"{group.name} has no {_MUTANTS} that can be read")
    return bytes(dataset[()].tobytes())


def _validated(model: type[_Model], text: str | bytes, place: h5py.Group | h5py.Dataset) -> _Model:
    try:
        return model.model_validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _DamagedError(f"{place.name}, {where or 'JSON'}: {first['msg']}") from error
