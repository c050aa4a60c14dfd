"""The vectors of an assignment as HDF5: ``public.h5`` and ``hidden.h5``.

Both have one group per exercise, in the stub's order, with its `ExerciseSpec` as JSON in the attribute
``spec``. Below it ``packed_cases`` holds the cases of that file, and in ``hidden.h5`` ``packed_mistakes``
what each mistake returns in each case, public ones first: many small values as one dataset, in the form in
which they cross into the box. Reading looks at these alone; a dataset for each would take ten times as long.
``packed_worked`` of ``hidden.h5`` holds the steps of a case worked by hand, where there are any.
``packed_mutants`` of ``hidden.h5`` is taken as it is; `grader.course.mutants` unpacks it for whoever asks.
For people ``public.h5`` spells its cases out as well (`grader.course.spelled`):
``update_lr/cases/00/inputs/epoch_num`` is a number. `grader.course.seal` tells damage
before HDF5 reads any of it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import h5py
import numpy as np

from grader.course.contents import Settings, contents_line
from grader.course.model import (
    Case,
    CaseSpec,
    Exercise,
    ExerciseSpec,
    Mistake,
    MistakeSpec,
)
from grader.course.packed import DamagedError, pack, unpack, validated
from grader.course.seal import FORMAT, HEAD, Sealed, seal
from grader.course.spelled import spell
from grader.course.worked import WorkedExample, WorkedStep
from grader.errors import CourseError
from grader.records import Record
from grader.results import Visibility
from grader.values import decode

__all__ = [
    "hidden_bytes",
    "public_bytes",
    "read_hidden",
    "read_mutants",
    "read_public",
    "read_sources",
]

_MUTANTS, _WORKED = "packed_mutants", "packed_worked"


@dataclass(frozen=True, slots=True, kw_only=True)
class _WorkedSpec(Record):
    """What is packed of a worked example beside its values."""

    case: str
    sentences: tuple[str, ...]


def public_bytes(exercises: Sequence[Exercise], stub: str, settings: Settings | None = None) -> bytes:
    """Return ``public.h5`` with the public cases of these exercises.

    Parameters
    ----------
    exercises : sequence of Exercise
        In the stub's order.
    stub : str
        Its text, because students write into theirs.
    settings : Settings, optional
        With them the file ends in the line of `grader.course.contents`.

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
        file.flush()
        places = {name: _place(group["packed_cases"]) for name, group in file.items()}
    line = contents_line(settings, stub, exercises, places) if settings is not None else b""
    return seal(image.getvalue() + line)


def hidden_bytes(exercises: Sequence[Exercise], sources: Mapping[str, str], solution: str = "") -> bytes:
    """Return ``hidden.h5`` with the hidden cases, the mistakes and the worked examples of these exercises.

    Parameters
    ----------
    exercises : sequence of Exercise
        In the stub's order.
    sources : mapping of str to str
        SHA-256 of each file that it was built from or together with.
    solution : str
        Source of ``solution.py``; "" for a quiz.
    """
    with _new_file("sources", json.dumps(dict(sources), indent=1)) as (file, image):
        file.attrs["solution"] = solution
        for exercise in exercises:
            group = _exercise_group(file, exercise)
            _pack_cases(group, _of(exercise, "hidden"))
            _pack_mistakes(group, exercise)
            if exercise.packed_mutants:
                group.create_dataset(_MUTANTS, data=np.frombuffer(exercise.packed_mutants, np.uint8))
            if exercise.worked is not None:
                _pack_worked(group, exercise.worked)
    return seal(image.getvalue())


def read_public(file: Sealed) -> tuple[tuple[Exercise, ...], str]:
    """Read ``public.h5``: the exercises with their public cases, and the stub.

    Parameters
    ----------
    file : Sealed

    Raises
    ------
    CourseError
        Names the file and the place in it.
    """
    with _opened(file) as root:
        exercises = (Exercise(_spec(group), tuple(_read_cases(group, "public"))) for group in root.values())
        return tuple(exercises), _text(root, "stub")


def read_hidden(file: Sealed, public: Sequence[Exercise]) -> tuple[tuple[Exercise, ...], str]:
    """Read ``hidden.h5``: its exercises joined with the public ones, and the solution; see `read_public`."""
    with _opened(file) as root:
        groups = list(root.values())
        if [_spec(group) for group in groups] != [exercise.spec for exercise in public]:
            raise DamagedError("the exercises are not those of public.h5")
        joined = tuple(_join(exercise, group) for exercise, group in zip(public, groups, strict=True))
        return joined, _text(root, "solution")


def read_sources(file: Sealed) -> dict[str, str]:
    """Read only what ``hidden.h5`` was built from: file to SHA-256; see `read_public`."""
    with _opened(file) as root:
        sources = json.loads(_text(root, "sources"))
        if not isinstance(sources, dict):
            raise DamagedError("its attribute sources is not an object")
        return sources


def read_mutants(file: Sealed) -> dict[str, bytes]:
    """Read only the packed mutants of ``hidden.h5``, by exercise; see `read_public`."""
    with _opened(file) as root:
        return {name: _packed_mutants(group) for name, group in root.items()}


@contextmanager
def _new_file(attribute: str, text: str) -> Iterator[tuple[h5py.File, io.BytesIO]]:
    image = io.BytesIO()
    with h5py.File(image, "w", track_order=True, userblock_size=HEAD) as file:
        file.attrs["format"] = FORMAT
        file.attrs[attribute] = text
        yield file, image


@contextmanager
def _opened(sealed: Sealed) -> Iterator[h5py.File]:
    """Open a file as HDF5; whatever goes wrong within is the file's fault."""
    try:
        with h5py.File(h5py.h5f.open_file_image(sealed.image)) as file:
            yield file
    except (
        Exception
    ) as error:  # what a file that was sealed by others holds makes readers raise of every kind
        raise CourseError(
            f"{sealed.path}: cannot be read: {_said(error)}.", help=f"grade build {sealed.path.parent.name}"
        ) from error


def _said(error: Exception) -> str:
    """Return an exception's words, no more than a line of them."""
    words = error.args[0] if isinstance(error, KeyError) and error.args else error
    return str(words)[:300] or type(error).__name__


def _text(place: h5py.Group, attribute: str) -> str:
    text = place.attrs.get(attribute)
    if not isinstance(text, str):
        raise DamagedError(f"{place.name} has no attribute {attribute}")
    return text


def _place(dataset: h5py.Dataset) -> tuple[int, int]:
    """Return where in the file a dataset begins and ends."""
    start = dataset.id.get_offset()
    return start, start + dataset.nbytes


def _exercise_group(file: h5py.File, exercise: Exercise) -> h5py.Group:
    group = file.create_group(exercise.name, track_order=True)
    group.attrs["spec"] = exercise.spec.model_dump_json(exclude_none=True)
    return group


def _spec(group: h5py.Group) -> ExerciseSpec:
    spec = validated(ExerciseSpec, _text(group, "spec"), group)
    if group.name != f"/{spec.name}":
        raise DamagedError(f"{group.name} is of {spec.name}")
    return spec


def _of(exercise: Exercise, visibility: Visibility) -> list[Case]:
    return [case for case in exercise.cases if case.visibility == visibility]


def _case_spec(case: Case) -> CaseSpec:
    spec = CaseSpec(name=case.name, visibility=case.visibility, weight=case.weight, judge=case.judge)
    return spec.checked()


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
    pack(group, "packed_cases", [(_case_spec(case), [case.encoded_inputs, case.expected]) for case in cases])


def _pack_mistakes(group: h5py.Group, exercise: Exercise) -> None:
    pack(
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


def _pack_worked(group: h5py.Group, worked: WorkedExample) -> None:
    spec = _WorkedSpec(case=worked.case, sentences=tuple(step.sentence for step in worked.steps))
    pack(group, _WORKED, [(spec, [step.value for step in worked.steps])])


def _read_cases(group: h5py.Group, visibility: Visibility) -> Iterator[Case]:
    for spec, (encoded, expected) in unpack(group, "packed_cases", CaseSpec, 2):
        if spec.visibility != visibility:
            raise DamagedError(f"{group.name}, case {spec.name!r} is in the {visibility} file")
        inputs = None if encoded is None else decode(encoded)
        if encoded is None or expected is None or not isinstance(inputs, dict):
            raise DamagedError(f"{group.name}, case {spec.name!r} lacks named inputs or an expected value")
        decode(expected)  # damage is told here, not in the middle of grading
        yield Case(spec.name, visibility, spec.weight, spec.judge, inputs, expected, encoded)


def _join(public: Exercise, group: h5py.Group) -> Exercise:
    """Return an exercise with its hidden cases and its mistakes."""
    cases = public.cases + tuple(_read_cases(group, "hidden"))
    names = [case.name for case in cases]
    if not cases or len(set(names)) < len(names):
        raise DamagedError(f"{group.name} has no cases, or two of one name")
    mistakes = tuple(
        Mistake(spec.name, spec.message, spec.help, dict(zip(names, values, strict=True)))
        for spec, values in unpack(group, "packed_mistakes", MistakeSpec, len(cases))
    )
    return Exercise(public.spec, cases, mistakes, _packed_mutants(group), _read_worked(group, public))


def _read_worked(group: h5py.Group, public: Exercise) -> WorkedExample | None:
    """Return the case that is worked by hand; None where there is none."""
    if _WORKED not in group:
        return None
    entries = list(unpack(group, _WORKED, _WorkedSpec, None))
    if len(entries) != 1:
        raise DamagedError(f"{group.name}/{_WORKED} has {len(entries)} entries where one belongs")
    ((spec, values),) = entries
    steps = tuple(map(WorkedStep, spec.sentences, [value for value in values if value is not None]))
    if not len(steps) == len(spec.sentences) == len(values):
        raise DamagedError(f"{group.name}/{_WORKED} has {len(values)} values for its sentences")
    if spec.case not in [case.name for case in public.cases]:
        raise DamagedError(f"{group.name}/{_WORKED} is of {spec.case!r}, which is no public case")
    return WorkedExample(spec.case, steps)


def _packed_mutants(group: h5py.Group) -> bytes:
    """Return the block of mutants as it is; b"" where there is none."""
    dataset = group.get(_MUTANTS)
    if dataset is None:
        return b""
    if not isinstance(dataset, h5py.Dataset) or dataset.dtype != np.uint8:
        raise DamagedError(f"{group.name} has no {_MUTANTS} that can be read")
    return bytes(dataset[()].tobytes())
