"""The vectors on disk: what is written is read, people can browse it, damage is told."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from grader.course.model import Case, CaseSpec, Equal, Exercise, ExerciseSpec, Holds, Mistake
from grader.course.seal import Sealed, seal, sealed
from grader.course.vectors import hidden_bytes, public_bytes, read_hidden, read_public, read_sources
from grader.course.worked import WorkedExample, WorkedStep
from grader.errors import CourseError
from grader.results import Visibility
from grader.values import Value, decode, encode

PATH = Path("assignments/warmup/public.h5")
HIDDEN = Path("reference/warmup/hidden.h5")


def make_case(name: str, visibility: Visibility, inputs: dict[str, Value], expected: Value) -> Case:
    judge = Holds(properties=("positive",)) if visibility == "hidden" else Equal()
    encoded = encode(inputs)
    return Case(name, visibility, 1.5, judge, decode(encoded), encode(expected), encoded)


def make_exercise(name: str = "double") -> Exercise:
    cases = (
        make_case("small", "public", {"x": 2.0}, 4.0),
        make_case("large", "hidden", {"x": np.arange(6.0).reshape(2, 3)}, np.arange(6.0).reshape(2, 3) * 2),
    )
    mistakes = (
        Mistake("tripled", "It is tripled.", ("Count.",), {"small": encode(6.0), "large": None}),
        Mistake("same", "It is as it was.", (), {"small": encode(2.0), "large": encode(np.zeros((2, 3)))}),
    )
    spec = ExerciseSpec(
        name=name, title="Double it.", points=100.0, signature="double(x)", parameters=("x",), cpu_seconds=0.5
    )
    steps = (WorkedStep("Twice 2 is 4: once", encode(2.0)), WorkedStep("and again.", encode(4.0)))
    return Exercise(spec, cases, mistakes, worked=WorkedExample("small", steps))


def public_file(exercises: Sequence[Exercise], stub: str = "") -> Sealed:
    return sealed(public_bytes(exercises, stub), PATH)


def hidden_file(
    exercises: Sequence[Exercise], sources: Mapping[str, str] | None = None, solution: str = ""
) -> Sealed:
    return sealed(hidden_bytes(exercises, sources or {}, solution), HIDDEN)


def as_json(exercise: Exercise) -> Any:
    """A form of an exercise that can be compared: arrays have no single truth."""
    return repr(exercise)


def test_what_is_written_is_what_is_read() -> None:
    exercises = [make_exercise(), make_exercise("another")]
    public, stub = read_public(public_file(exercises, "def double(x): ...\n"))
    hidden, solution = read_hidden(hidden_file(exercises, {}, "def double(x): return 2 * x\n"), public)
    assert solution == "def double(x): return 2 * x\n"
    assert stub == "def double(x): ...\n"
    assert [as_json(exercise) for exercise in hidden] == [as_json(exercise) for exercise in exercises]


def test_an_exercise_without_a_worked_example_has_none_when_it_is_read() -> None:
    exercise = replace(make_exercise(), worked=None)
    public, _ = read_public(public_file([exercise]))
    (hidden,), _ = read_hidden(hidden_file([exercise]), public)
    assert hidden.worked is None


def test_the_public_file_holds_no_hidden_case_no_mistake_and_no_worked_example() -> None:
    image = public_bytes([make_exercise()], "")
    (exercise,), _ = read_public(sealed(image, PATH))
    assert [case.name for case in exercise.cases] == ["small"]
    assert exercise.mistakes == ()
    assert exercise.worked is None
    assert b"large" not in image
    assert b"and again" not in image
    assert b"tripled" not in image


def test_exercises_keep_the_order_of_the_stub() -> None:
    names = ["zeta", "alpha", "omega", "beta", "mu", "nu", "xi", "pi", "rho", "tau"]
    public, _ = read_public(public_file([make_exercise(name) for name in names]))
    assert [exercise.name for exercise in public] == names


def test_the_same_vectors_are_the_same_bytes() -> None:
    assert public_bytes([make_exercise()], "x") == public_bytes([make_exercise()], "x")
    assert hidden_bytes([make_exercise()], {"a": "b"}) == hidden_bytes([make_exercise()], {"a": "b"})


def test_a_stub_of_any_length_fits() -> None:
    stub = "# é\n" * 50_000
    assert read_public(public_file([make_exercise()], stub))[1] == stub


def test_sources_are_read_without_the_rest() -> None:
    assert read_sources(hidden_file([make_exercise()], {"solution.py": "ab12"})) == {"solution.py": "ab12"}


def test_a_person_reads_inputs_and_answer_with_h5py() -> None:
    with h5py.File(io.BytesIO(public_bytes([make_exercise()], ""))) as file:
        case = file["double/cases/00"]
        assert case["inputs/x"][()] == 2.0
        assert case["expected"][()] == 4.0
        assert CaseSpec.model_validate_json(case.attrs["spec"]).name == "small"


def test_a_text_that_hdf5_cannot_hold_is_refused() -> None:
    spec = make_exercise().spec
    exercise = Exercise(spec, (make_case("odd text", "public", {"x": "a\0b"}, 1.0),))
    with pytest.raises(CourseError, match=r"double, case 'odd text': HDF5 cannot hold the text 'a\\x00b'"):
        public_bytes([exercise], "")


def damaged(whole: Sealed, damage: Callable[[h5py.File], None]) -> Sealed:
    """A file that somebody changed and sealed again."""
    stream = io.BytesIO(whole.image)
    with h5py.File(stream, "r+") as file:
        damage(file)
    return sealed(seal(stream.getvalue()), whole.path)


def repacked(
    name: str, change: Callable[[dict[str, Any]], None], tail: bytes = b""
) -> Callable[[h5py.File], None]:
    """Change the first line of a packed dataset."""

    def damage(file: h5py.File) -> None:
        head, _, data = file[f"double/{name}"][()].tobytes().partition(b"\n")
        index = json.loads(head)
        change(index)
        del file[f"double/{name}"]
        content = json.dumps(index).encode() + b"\n" + data + tail
        file["double"].create_dataset(name, data=np.frombuffer(content, np.uint8))

    return damage


def remove_attribute(place: str, name: str) -> Callable[[h5py.File], None]:
    return lambda file: file[place].attrs.__delitem__(name)


def set_attribute(place: str, name: str, value: object) -> Callable[[h5py.File], None]:
    return lambda file: file[place].attrs.__setitem__(name, value)


def put(name: str, value: object) -> Callable[[h5py.File], None]:
    """Have something else stand in a place."""

    def damage(file: h5py.File) -> None:
        del file[name]
        file[name] = value

    return damage


def swap_visibility(index: dict[str, Any]) -> None:
    index["entries"][0]["spec"] = index["entries"][0]["spec"].replace('"public"', '"hidden"')


PUBLIC_DAMAGE = {
    "no stub": (remove_attribute("/", "stub"), "/ has no attribute stub"),
    "no spec": (remove_attribute("double", "spec"), "/double has no attribute spec"),
    "spec of a wrong type": (
        set_attribute("double", "spec", make_exercise().spec.model_dump_json().replace("100.0", '"many"')),
        "/double, points: Input should be a valid number",
    ),
    "spec that is not JSON": (set_attribute("double", "spec", "{"), "/double, JSON: Invalid JSON"),
    "no packed cases": (
        lambda file: file["double"].__delitem__("packed_cases"),
        "/double has no packed_cases",
    ),
    "unknown key": (
        repacked("packed_cases", lambda index: index.update(more=1)),
        "/double/packed_cases, more: Unexpected keyword",
    ),
    "a hidden case": (repacked("packed_cases", swap_visibility), "case 'small' is in the public file"),
    "a missing value": (
        repacked("packed_cases", lambda index: index["entries"][0]["values"].pop()),
        "has 1 values where 2 belong",
    ),
    "a value of None": (
        repacked("packed_cases", lambda index: index["entries"][0]["values"].__setitem__(1, None)),
        "case 'small' lacks named inputs or an expected value",
    ),
    "data too many": (
        repacked("packed_cases", lambda _: None, b"12345"),
        "21 bytes of data where 16 are named",
    ),
    "data too few": (
        repacked("packed_cases", lambda index: index["entries"][0]["values"][1].__setitem__(1, 99)),
        "16 bytes of data where 107 are named",
    ),
    "inputs that do not decode": (
        repacked("packed_cases", lambda index: index["structures"].__setitem__(0, '["q",1]')),
        "a node of no known form",
    ),
    "an expected value that is none": (
        repacked("packed_cases", lambda index: index["structures"].__setitem__(1, '["q",1]')),
        "a node of no known form",
    ),
    "a weight without end": (
        repacked(
            "packed_cases",
            lambda index: index["entries"][0].update(
                spec=index["entries"][0]["spec"].replace('"weight":1.5', '"weight":1e999')
            ),
        ),
        "weight: Input should be a finite number",
    ),
    "a number in an exercise's place": (put("double", 3), "/double has no attribute spec"),
    "a link to nowhere": (put("double", h5py.SoftLink("/nowhere")), "cannot be read"),
    "cases without content": (put("double/packed_cases", h5py.Empty("u1")), "cannot be read"),
}


@pytest.mark.parametrize(("damage", "problem"), PUBLIC_DAMAGE.values(), ids=PUBLIC_DAMAGE)
def test_damage_to_the_public_file_is_told_with_its_place(
    damage: Callable[[h5py.File], None], problem: str
) -> None:
    file = damaged(public_file([make_exercise()], "stub"), damage)
    with pytest.raises(CourseError, match=problem) as caught:
        read_public(file)
    assert caught.value.problem.startswith(f"{PATH}: cannot be read: ")
    assert caught.value.help == "grade build warmup"


WORKED_ELSEWHERE = json.dumps({"case": "large", "sentences": ["Once", "and again."]})
HIDDEN_DAMAGE = {
    "a renamed exercise": (lambda file: file.move("double", "triple"), "/triple is of double"),
    "no mistakes": (lambda file: file["double"].__delitem__("packed_mistakes"), "has no packed_mistakes"),
    "a mistake that lacks a case": (
        repacked("packed_mistakes", lambda index: index["entries"][0]["values"].pop()),
        "has 1 values where 2 belong",
    ),
    "two cases of one name": (
        repacked("packed_cases", lambda index: index["entries"].append(index["entries"][0]), b"\0" * 96),
        "/double has no cases, or two of one name",
    ),
    "a worked example of another case": (
        repacked("packed_worked", lambda index: index["entries"][0].update(spec=WORKED_ELSEWHERE)),
        "packed_worked is of 'large', which is no public case",
    ),
    "a worked example that lacks a value": (
        repacked("packed_worked", lambda index: index["entries"][0]["values"].pop()),
        "/double/packed_worked has",
    ),
    "no worked example where one belongs": (
        repacked("packed_worked", lambda index: index["entries"].clear()),
        "/double/packed_worked has",
    ),
    "mutants without content": (
        lambda file: file["double"].create_dataset("packed_mutants", data=h5py.Empty("u1")),
        "cannot be read",
    ),
    "no solution": (remove_attribute("/", "solution"), "has no attribute solution"),
    "a structure that is not there": (
        repacked("packed_cases", lambda index: index["structures"].clear()),
        "index out of range",
    ),
}


@pytest.mark.parametrize(("damage", "problem"), HIDDEN_DAMAGE.values(), ids=HIDDEN_DAMAGE)
def test_damage_to_the_hidden_file_is_told(damage: Callable[[h5py.File], None], problem: str) -> None:
    public, _ = read_public(public_file([make_exercise()]))
    file = damaged(hidden_file([make_exercise()]), damage)
    with pytest.raises(CourseError, match=problem):
        read_hidden(file, public)


def test_a_hidden_file_of_other_exercises_is_refused() -> None:
    public, _ = read_public(public_file([make_exercise("another")]))
    with pytest.raises(CourseError, match=r"the exercises are not those of public\.h5"):
        read_hidden(hidden_file([make_exercise()]), public)


def test_sources_that_are_no_object_are_refused() -> None:
    file = damaged(hidden_file([make_exercise()]), set_attribute("/", "sources", "[]"))
    with pytest.raises(CourseError, match="sources is not an object"):
        read_sources(file)
