import numpy as np
import pytest
from judging_examples import case, exercise, returned

from grader.course.model import AtMost, Holds, Magnitude
from grader.errors import CourseError
from grader.judging.judge import judge_case
from grader.judging.properties import load_properties
from grader.results import Outcome, Verdict
from grader.values import Encoded


def judged(one, value, properties=None):
    return judge_case(one, exercise(one), returned(value), properties or {})


def test_a_magnitude_is_judged_in_decades():
    noise = case(2e-9, judge=Magnitude(decades=1.5))
    for value in (2e-9, 5e-8, 1e-10, np.array(3e-9)):
        assert judged(noise, value).verdict is Verdict.PASSED
    for value in (1e-6, 1e-11, 0.0, -2e-9):
        mismatch = judged(noise, value).mismatch
        assert (mismatch.kind, mismatch.expected, mismatch.returned) == ("magnitude", "2e-09", f"{value:.3g}")
    assert judged(noise, np.nan).mismatch.kind == "nan"
    assert judged(noise, "small").mismatch.kind == "type"


def test_each_entry_has_its_magnitude():
    noise = case({"a": np.array([1.0, 10.0, 100.0, 1000.0])}, judge=Magnitude(decades=1))
    mismatch = judged(noise, {"a": np.array([1.0, 10.0, 100.0, 1.0])}).mismatch
    assert (mismatch.path, mismatch.returned) == ('["a"]', "1, 10, 100, …")


def test_an_expected_number_without_magnitude_is_the_authors_fault():
    with pytest.raises(CourseError, match=r"'a case' is judged by its magnitude but expects 0\.0"):
        judged(case(0.0, judge=Magnitude(decades=1)), 0.0)


def test_a_bound_accepts_what_lies_from_zero_to_it():
    near_zero = case(1e-17, judge=AtMost(bound=1e-7))
    for value in (0, 0.0, 1e-7, 3e-12):
        assert judged(near_zero, value).verdict is Verdict.PASSED
    for value in (1.1e-7, -1e-12):
        mismatch = judged(near_zero, value).mismatch
        assert (mismatch.kind, mismatch.expected) == ("bound", "1e-07")
    assert judged(near_zero, np.ones(1)).mismatch.kind == "shape"
    assert judged(near_zero, None).mismatch.kind == "type"


def columns_sum_to_one(inputs, returned):
    """Every column sums to one."""
    return None if np.allclose(returned.sum(axis=0), 1) else "A column sums to something else."


def bare(inputs, returned):
    return "no"


SOFTMAX = case(np.full((2, 3), 0.5), judge=Holds(properties=("columns_sum_to_one",)))
CHECKS = {"columns_sum_to_one": columns_sum_to_one, "bare": bare}


def test_a_property_judges_in_place_of_the_numbers():
    assert judged(SOFTMAX, np.array([[0.1, 0.2, 0.3], [0.9, 0.8, 0.7]]), CHECKS).verdict is Verdict.PASSED
    mismatch = judged(SOFTMAX, np.ones((2, 3)), CHECKS).mismatch
    assert (mismatch.kind, mismatch.expected) == ("property", "Every column sums to one")
    assert (mismatch.note, mismatch.returned) == ("A column sums to something else.", "array of shape (2, 3)")


def test_a_property_without_a_docstring_is_called_by_its_name():
    one = case(1.0, judge=Holds(properties=("bare",)))
    assert judged(one, 1.0, CHECKS).mismatch.expected == "bare"


def test_structure_shapes_and_finite_numbers_come_before_properties():
    for value, kind in ((np.ones(3), "shape"), (None, "type"), (np.full((2, 3), np.nan), "nan")):
        assert judged(SOFTMAX, value, CHECKS).mismatch.kind == kind
    assert judged(SOFTMAX, np.full((2, 3), np.inf), CHECKS).mismatch.kind == "inf"
    assert judged(SOFTMAX, np.full((2, 3), 1j), CHECKS).mismatch.kind == "dtype"


def test_where_the_reference_is_not_finite_the_property_judges():
    one = case(np.array([np.inf, 1.0]), judge=Holds(properties=("fine",)))
    assert (
        judged(one, np.array([1.0, np.nan]), {"fine": lambda inputs, value: None}).verdict is Verdict.PASSED
    )


def test_a_property_sees_the_value_in_the_references_form():
    expected = ({"D": np.array([[True, False]])}, [1, 2.0], np.zeros(2), 1.0, True, {"a"})
    answer = [{"D": [[1.0, 0]], "extra": 1}, (1.0, 2), np.zeros(2, np.float32), np.array(0.1), 1, ["a"]]
    seen = []
    one = case(expected, judge=Holds(properties=("look",)))
    assert judged(one, answer, {"look": lambda inputs, value: seen.append(value)}).verdict is Verdict.PASSED
    first, second, third, fourth, fifth, sixth = seen[0]
    assert type(seen[0]) is tuple and set(first) == {"D"} and first["D"].dtype == bool
    assert (second, type(second), type(second[0]), type(second[1])) == ([1, 2.0], list, int, float)
    assert third.dtype == np.float64
    assert (fourth, fifth, sixth) == (0.1, True, {"a"}) and type(fifth) is bool


def test_a_mask_that_is_no_mask_keeps_its_numbers():
    seen = []
    one = case(np.array([True, False]), judge=Holds(properties=("look",)))
    judged(one, [2, 0], {"look": lambda inputs, value: seen.append(value)})
    assert seen[0].tolist() == [2.0, 0.0] and seen[0].dtype == np.float64


def test_a_property_cannot_change_the_case():
    one = case(1.0, inputs={"x": np.zeros(2)}, judge=Holds(properties=("spoil",)))

    def spoil(inputs, value):
        inputs["x"] += 1

    judged(one, 1.0, {"spoil": spoil})
    assert one.inputs["x"].tolist() == [0.0, 0.0]


def test_warnings_of_a_property_are_not_shown():
    one = case(np.zeros(2), judge=Holds(properties=("divide",)))
    judged(one, np.zeros(2), {"divide": lambda inputs, value: None if (value / value).any() else "no"})


def test_a_property_that_raises_is_the_authors_fault_and_named_with_file_and_case():
    def broken(inputs, value):
        raise ZeroDivisionError("division by zero")

    one = case(1.0, "tiny", judge=Holds(properties=("broken",)))
    with pytest.raises(
        CourseError, match=r"test_properties.py: property 'broken' raises Zero.* on case 'tiny'"
    ):
        judged(one, 1.0, {"broken": broken})


def test_a_property_must_answer_with_none_or_a_sentence():
    one = case(1.0, judge=Holds(properties=("closed",)))
    with pytest.raises(CourseError, match=r"properties.py: property 'closed' returns True"):
        judged(one, 1.0, {"closed": _Closed()})


class _Closed:
    def __call__(self, inputs, value):
        return True


def test_a_property_that_is_not_defined_is_the_authors_fault():
    with pytest.raises(CourseError) as caught:
        judged(SOFTMAX, np.full((2, 3), 0.5), {"bare": bare})
    assert "columns_sum_to_one" in caught.value.problem and "bare" in caught.value.help


def test_without_the_check_of_shapes_a_property_sees_anything_and_may_stumble():
    one = case([1.0], judge=Holds(properties=("length",), shapes=False))
    checks = {"length": lambda inputs, value: None if len(value) > 1 else "too short"}
    assert judged(one, [1.0, 2.0], checks).verdict is Verdict.PASSED
    assert judged(one, [], checks).mismatch.note == "too short"
    mismatch = judged(one, None, checks).mismatch
    assert mismatch.note == "The value returned has no form that can be judged."


def test_without_the_check_of_shapes_tampering_is_still_seen():
    one = case([1.0], judge=Holds(properties=("bare",), shapes=False))
    outcome = Outcome(returned(1.0).kind, value=Encoded(b"{", b""))
    assert judge_case(one, exercise(one), outcome, CHECKS).verdict is Verdict.CRASHED


def test_properties_are_the_public_callables_of_the_file(tmp_path):
    path = tmp_path / "properties.py"
    path.write_text(
        "import math\nclass A: pass\nx = 1\ndef _f(i, r): ...\ndef holds(i, r): return str(math.pi)\n"
    )
    loaded = load_properties(path)
    assert list(loaded) == ["holds"]
    assert loaded["holds"]({}, 1) == "3.141592653589793"
    assert list(tmp_path.iterdir()) == [path]


def test_an_assignment_may_have_no_properties():
    assert load_properties(None) == {}


@pytest.mark.parametrize("source", ["def", "1 / 0", None])
def test_a_properties_file_that_does_not_run_is_named(tmp_path, source):
    path = tmp_path / "properties.py"
    if source is not None:
        path.write_text(source)
    with pytest.raises(CourseError, match=r"properties\.py cannot be run"):
        load_properties(path)
