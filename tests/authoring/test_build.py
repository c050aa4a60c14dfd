"""The build: the same bytes each time, all or nothing, and a check that it still holds."""

from __future__ import annotations

import hashlib
import math
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from authoring_edits import Edit

from grader.authoring.build import build_assignment, check_assignment
from grader.authoring.calling import Called
from grader.authoring.reference import Reference, read_reference
from grader.course.load import load_assignment, source_digests
from grader.course.model import Exercise, Tolerance
from grader.course.vectors import hidden_bytes
from grader.errors import CourseError
from grader.judging.compare import compare
from grader.values import Encoded, decode, encode

SOLUTION = "reference/warmup/solution.py"
CASES = "reference/warmup/cases.py"
MISTAKES = "reference/warmup/mistakes.py"
TOML = "assignments/warmup/assignment.toml"
BUILT = ["assignments/warmup/warmup.py", "assignments/warmup/public.h5", "reference/warmup/hidden.h5"]


def digests(root: Path) -> dict[str, str]:
    return {file: hashlib.sha256((root / file).read_bytes()).hexdigest() for file in BUILT}


def unbuilt(course: Path, to: Path) -> Path:
    root = shutil.copytree(course, to)
    for file in BUILT:
        (root / file).unlink()
    return root


def test_the_same_sources_give_the_same_bytes_in_any_process(course: Path, tmp_path: Path) -> None:
    root = unbuilt(course, tmp_path / "again")
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    command = [sys.executable, "-m", "grader", "build"]
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    assert digests(root) == digests(course)


def test_a_second_build_writes_nothing(own_course: Path) -> None:
    times = {file: (own_course / file).stat().st_mtime_ns for file in BUILT}
    assert build_assignment(own_course, "warmup").written == ()
    assert {file: (own_course / file).stat().st_mtime_ns for file in BUILT} == times


def test_a_first_build_writes_three_files_and_leaves_no_other(course: Path, tmp_path: Path) -> None:
    root = unbuilt(course, tmp_path / "fresh")
    before = set(root.rglob("*"))
    report = build_assignment(root, "warmup")
    assert set(report.written) == {root / file for file in BUILT}
    assert set(root.rglob("*")) - before == set(report.written)
    assert all((root / file).stat().st_mode & 0o777 == 0o644 for file in BUILT)


def test_the_report_says_what_was_found(own_course: Path) -> None:
    report = build_assignment(own_course, "warmup")
    update_lr, centre = report.exercises
    assert report.assignment == "warmup"
    assert report.seconds > 0
    assert (update_lr.name, update_lr.cases, update_lr.mistakes) == ("update_lr", 3, 2)
    assert update_lr.tolerance == centre.tolerance == 1e-7
    assert update_lr.noise < 1e-14
    assert update_lr.nearest > 0.1
    assert 5 < update_lr.margin < 9
    assert update_lr.cpu_seconds == 0.5


def test_the_reference_is_what_is_expected(course: Path) -> None:
    exercise = load_assignment(course, "warmup").exercise("update_lr")
    by_name = {case.name: decode(case.expected) for case in exercise.cases}
    assert by_name["default decay"] == pytest.approx(0.7 / (1 + 0.1 * 11))
    assert exercise.spec.signature == "update_lr(learning_rate0, epoch_num, decay_rate=1e-1)"
    assert exercise.spec.parameters == ("learning_rate0", "epoch_num", "decay_rate")
    assert exercise.spec.title == "Decay the learning rate with the number of epochs."
    assert [case.weight for case in exercise.cases] == [1, 1, 2]


def test_inputs_are_in_the_order_of_the_signature(own_course: Path, edit: Edit) -> None:
    edit(CASES, '"learning_rate0": 0.5, "epoch_num": 3', '"epoch_num": 3, "learning_rate0": 0.5')
    build_assignment(own_course, "warmup")
    case = load_assignment(own_course, "warmup").exercise("update_lr").cases[0]
    assert list(case.inputs) == ["learning_rate0", "epoch_num", "decay_rate"]


def test_a_tolerance_of_the_authors_own_is_taken(own_course: Path, edit: Edit) -> None:
    edit(CASES, "Cases, Holds", "Cases, Holds, Tolerance")
    edit(CASES, "points=40", "points=40, tolerance=Tolerance(relative=1e-3, absolute=1e-4)")
    assert build_assignment(own_course, "warmup").exercises[0].tolerance == 1e-3
    spec = load_assignment(own_course, "warmup").exercise("update_lr").spec
    assert spec.tolerance == Tolerance(relative=1e-3, absolute=1e-4)


def test_a_slow_reference_gets_a_hundred_times_its_time_as_a_power_of_two(
    own_course: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    # its mutants would be as slow, and are not what is asked for
    monkeypatch.setattr("grader.authoring.build.packed_mutants", lambda *_: b"")
    edit(SOLUTION, "    return learning_rate0 /", "    sum(range(10**6))\n    return learning_rate0 /")
    seconds = build_assignment(own_course, "warmup").exercises[0].cpu_seconds
    assert seconds in (1.0, 2.0, 4.0, 8.0, 16.0)


def test_a_mistake_that_only_a_property_notices_does_not_make_the_tolerance_finer(
    own_course: Path, edit: Edit
) -> None:
    edit(MISTAKES, "return X - np.mean(X), mu", "return X - (np.mean(X) if X.shape == (3, 5) else mu), mu")
    centre = build_assignment(own_course, "warmup").exercises[1]
    assert (centre.nearest, centre.tolerance) == (math.inf, 1e-7)


def test_the_limit_of_the_last_build_is_asked_for(own_course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.authoring.exercises.case_limit", lambda seconds, least, built: built + 1)
    limits = [build_assignment(own_course, "warmup").exercises[0].cpu_seconds for _ in range(2)]
    assert limits == [1.5, 2.5]


def test_a_limit_shrinks_with_the_assignments_least(own_course: Path) -> None:
    path = own_course / TOML
    path.write_text(path.read_text() + "[limits]\ncase_seconds = 4.0\n")
    assert build_assignment(own_course, "warmup").exercises[0].cpu_seconds == 4.0
    path.write_text(path.read_text().replace("4.0", "0.25"))
    assert build_assignment(own_course, "warmup").exercises[0].cpu_seconds == 0.25


def test_a_mistake_that_raises_returns_nothing_in_that_case(own_course: Path, edit: Edit) -> None:
    edit(MISTAKES, "return learning_rate0 * (", "return learning_rate0 * [1, 2, 3, 4][epoch_num] * (")
    build_assignment(own_course, "warmup")
    grows = load_assignment(own_course, "warmup").exercise("update_lr").mistakes[0]
    assert [value is None for value in grows.returns.values()] == [False, True, True]


def test_a_failed_build_leaves_the_last_one_alone(own_course: Path, edit: Edit) -> None:
    before = digests(own_course)
    edit(MISTAKES, "return X - np.mean(X), mu", "return X - mu, mu")
    with pytest.raises(CourseError):
        build_assignment(own_course, "warmup")
    assert digests(own_course) == before
    assert not [path for path in own_course.rglob(".*") if path.is_file()]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_not_writable_is_told(course: Path, tmp_path: Path) -> None:
    root = unbuilt(course, tmp_path / "locked")
    (root / "assignments/warmup").chmod(0o500)
    with pytest.raises(CourseError, match="Permission denied"):
        build_assignment(root, "warmup")


def test_a_place_that_cannot_be_written_is_told(own_course: Path) -> None:
    path = own_course / "assignments/warmup/warmup.py"
    path.unlink()
    path.mkdir()
    with pytest.raises(CourseError, match=r"warmup\.py: Is a directory"):
        build_assignment(own_course, "warmup")
    assert not [path for path in own_course.rglob(".*") if path.is_file()]


def test_a_fresh_build_passes_the_check(course: Path) -> None:
    check_assignment(course, "warmup")


@pytest.mark.parametrize("file", [SOLUTION, CASES, MISTAKES, "assignments/warmup/calls.py"])
def test_the_check_refuses_what_changed_after_the_build(own_course: Path, edit: Edit, file: str) -> None:
    edit(file, "X", "X ")
    with pytest.raises(CourseError, match=f"changed since it was built: {file}"):
        check_assignment(own_course, "warmup")


def test_the_check_refuses_a_stub_of_another_title(own_course: Path, edit: Edit) -> None:
    edit(TOML, "Warm-up", "Warming up")
    with pytest.raises(CourseError, match=r"warmup\.py: the stub is not what would be built now") as caught:
        check_assignment(own_course, "warmup")
    assert caught.value.help == "grade build warmup"


def forge(root: Path, factor: float) -> None:
    """Store other numbers than the reference's, with all hashes as they should be."""
    exercises = []
    for exercise in load_assignment(root, "warmup").exercises:
        cases = list(exercise.cases)
        if exercise.name == "update_lr":
            last = cases[-1]
            value = encode(decode(last.expected) * factor)
            cases[-1] = type(last)(
                last.name, last.visibility, last.weight, last.judge, last.inputs, value, last.encoded_inputs
            )
        exercises.append(Exercise(exercise.spec, tuple(cases), exercise.mistakes))
    image = hidden_bytes(exercises, source_digests(root, "warmup"))
    (root / "reference/warmup/hidden.h5").write_bytes(image)


def test_the_check_refuses_vectors_that_the_solution_does_not_reproduce(own_course: Path) -> None:
    forge(own_course, 1 + 1e-8)
    with pytest.raises(CourseError, match="update_lr, case 'default decay': the solution returns not"):
        check_assignment(own_course, "warmup")


def test_the_check_lets_the_last_bits_differ(own_course: Path) -> None:
    forge(own_course, 1 + 1e-12)
    check_assignment(own_course, "warmup")


def test_the_check_judges_by_properties_where_cases_are(
    own_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drifted(self: Reference, exercise: str, case: str, inputs: Encoded) -> Called:
        called = call(self, exercise, case, inputs)
        assert called.value is not None
        if case != "any":
            return called
        value = decode(called.value)
        return Called(encode({**value, "X": value["X"] + drift}), None, 0.0)

    call = Reference.call
    monkeypatch.setattr(Reference, "call", drifted)
    drift = 1e-11
    check_assignment(own_course, "warmup")
    drift = 0.1
    with pytest.raises(CourseError, match="centre, case 'any': the solution returns not what is stored"):
        check_assignment(own_course, "warmup")


def test_the_check_refuses_a_solution_that_raises_here(
    own_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reference, "call", lambda *_: Called(None, ValueError(), 0.0))
    with pytest.raises(CourseError, match="update_lr, case 'three epochs': the solution returns not"):
        check_assignment(own_course, "warmup")


def test_mistakes_are_told_from_each_other_by_what_they_return(course: Path) -> None:
    exercise = load_assignment(course, "warmup").exercise("update_lr")
    reference = read_reference(course, "warmup")
    for mistake in exercise.mistakes:
        for case in exercise.cases:
            stored = mistake.returns[case.name]
            assert stored is not None
            declared = reference.mistakes_of("update_lr")[mistake.name]
            again = reference.call("update_lr", case.name, case.encoded_inputs, declared).value
            assert again is not None
            assert compare(stored, again, Tolerance()) is None
