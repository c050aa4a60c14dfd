"""What is said of each kind of failure; the sentences are pinned in goldens/."""

import inspect
import json
from fnmatch import fnmatch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging_examples import case, ended, exercise, mistake, raised, returned

from grader.course.model import AtMost, Holds, Magnitude
from grader.judging.diagnosis import CODES, REGISTRY, diagnose
from grader.judging.diagnosis.evidence import NOTHING, Evidence, clean
from grader.judging.diagnosis.meanings import BY_TYPE, MEANINGS
from grader.judging.diagnosis.types import part_at
from grader.judging.judge import judge_exercise
from grader.results import Frame, Kind, Load, Outcome, Raised, Verdict
from grader.values import Encoded, Opaque

A = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
B = np.array([[0.5, -2.0], [3.5, 7.0], [1.5, 2.5], [0.25, 9.0]])


def diagnosed(one, outcomes, *, properties=None, load=None):
    """Findings for outcomes given in the order of the cases."""
    pairs = {(one.name, each.name): outcome for each, outcome in zip(one.cases, outcomes, strict=True)}
    judged = judge_exercise(one, pairs, properties or {})
    found = diagnose(one, judged, load)
    failing = [each.name for each in judged if each.verdict is not Verdict.PASSED]
    explained = [name for finding in found for name in finding.cases]
    assert sorted(explained) == sorted(failing), "each failing case is explained once"
    named = [finding.code for finding in found if any(fnmatch(finding.code, code) for code in CODES)]
    assert named == [finding.code for finding in found], "each code is one of CODES"
    return found


def text(findings):
    lines = []
    for finding in findings:
        lines += [finding.code, f"  {finding.message}", *(f"  help: {step}" for step in finding.help)]
        lines += [f"  cases: {', '.join(finding.cases)}"] if finding.cases else []
        lines += [f"  details: {line}" for line in finding.details.splitlines()]
    return "\n".join(lines) + "\n"


def two(public, hidden=None, **options):
    """An exercise with a public and a hidden case that expect these."""
    hidden = public if hidden is None else hidden
    return exercise(case(public, "small"), case(hidden, "large", visibility="hidden"), **options)


def hidden_alone(expected, **options):
    return exercise(case(expected, "large", visibility="hidden"), **options)


GRADS = {"dW1": A, "db1": np.array([[1.0], [2.0]])}
COLUMN = np.array([[1.0], [2.0], [4.0]])

STRUCTURE = {
    "returned_none": (two(A), [None, None]),
    "part_is_none": (two(GRADS), [{**GRADS, "db1": None}, GRADS]),
    "generator": (two(A), [Opaque("generator"), Opaque("generator")]),
    "object_hidden": (hidden_alone(A), [Opaque("generator")]),
    "coroutine": (two(A), [Opaque("coroutine"), Opaque("coroutine")]),
    "missing_key": (two(GRADS), [{"dW1": A}, {"dW1": A}]),
    "missing_key_in_another_case": (two(GRADS), [{"DW1": A, "db1": 1.0}] * 2),
    "missing_key_empty": (two(GRADS), [{}, {}]),
    "missing_key_near": (two({"gamma": 1.0}), [{"gama": 1.0}] * 2),
    "missing_key_nested": (two([GRADS, 1.0]), [[{"dW1": A}, 1.0]] * 2),
    "missing_key_hidden": (hidden_alone(GRADS), [{"dW1": A}]),
    "longer_tuple": (two((A, B)), [(A, B, 1.0)] * 2),
    "shorter_tuple_hidden": (hidden_alone((A, B)), [(A,)]),
    "value_of_a_tuple": (two((A, B)), [B, B]),
    "value_with_more": (two(A), [(A, {"extra": 1})] * 2),
    "wrong_values_in_a_tuple": (two(A), [(A + 1, B)] * 2),
    "number_for_a_tuple": (two((A, B)), [3.0, 3.0]),
    "list_for_a_dict": (two(GRADS), [[A, B]] * 2),
    "string_for_an_array": (two(A), ["A", "A"]),
    "type_of_a_part_hidden": (hidden_alone(GRADS), [{**GRADS, "db1": "x"}]),
    "type_of_a_part_in_rows": (two([(A, 1.0), (A, 2.0)]), [[(A, 1.0), (A, "x")]] * 2),
    "swapped": (two((A, B, COLUMN)), [(B, A, COLUMN)] * 2),
    "swapped_list": (two([A, B, COLUMN]), [[COLUMN, B, A]] * 2),
    "rotated": (two((A, B, COLUMN)), [(B, COLUMN, A)] * 2),
    "flat": (two(COLUMN), [COLUMN.ravel()] * 2),
    "flat_hidden": (hidden_alone({"b1": COLUMN}), [{"b1": COLUMN.ravel()}]),
    "extra_axis": (two(COLUMN.ravel()), [COLUMN, COLUMN]),
    "transposed": (two({"W1": A}), [{"W1": A.T}] * 2),
    "array_for_a_number": (two(2.0), [np.array([[2.0]])] * 2),
    "array_not_reduced": (two(2.0), [A, A]),
    "number_for_an_array": (two(A), [2.0, 2.0]),
    "outer": (two(COLUMN), [COLUMN + COLUMN.T] * 2),
    "wrong_shape": (two(A), [np.ones((4, 5))] * 2),
    "complex": (two(A), [A + 1j] * 2),
    "not_finite": (two({"loss": 2.0}), [{"loss": np.nan}, {"loss": np.inf}]),
    "finite_where_it_should_not_be": (two(np.array([np.inf, 1.0])), [np.ones(2)] * 2),
    "not_finite_hidden": (two(2.0), [2.0, np.nan]),
}


@pytest.mark.parametrize("name", STRUCTURE)
def test_structure(name, golden):
    one, values = STRUCTURE[name]
    found = diagnosed(
        one, [returned(value) if not isinstance(value, Opaque) else opaque(value) for value in values]
    )
    assert all(finding.code.startswith("structure.") for finding in found)
    golden(f"structure_{name}.txt", text(found))


def opaque(value):
    return Outcome(Kind.RETURNED, value=Encoded(json.dumps(["x", value.type_name]).encode(), b""))


def test_the_other_axis_is_named_where_a_matrix_of_the_inputs_has_both_sizes(golden):
    one = exercise(case(np.zeros(3), "small", inputs={"x": {"X": np.zeros((4, 3))}}))
    golden("structure_wrong_axis.txt", text(diagnosed(one, [returned(np.zeros(4))])))
    one = exercise(case(np.zeros((1, 1)), inputs={"W1": np.zeros((1, 4))}))
    assert diagnosed(one, [returned(np.zeros((4, 1)))])[0].code == "structure.wrong_axis"
    for expected, value in ((np.zeros(3), np.zeros(5)), (np.zeros((3, 2)), np.zeros(4))):
        one = exercise(case(expected, inputs={"x": np.zeros((4, 3)), "y": np.zeros(4), "n": 3}))
        assert diagnosed(one, [returned(value)])[0].code == "structure.wrong_shape"


@pytest.mark.parametrize(
    ("expected", "value", "path", "part"),
    [
        ({"a": [1.0, 2.0]}, {"a": (3.0, 4.0)}, '["a"][1]', 4.0),
        ([1.0, 2.0], np.array([3.0, 4.0]), "[1]", 4.0),
        ([1.0, 2.0], [3.0], "[1]", NOTHING),
        ([1.0, 2.0], np.array(3.0), "[1]", NOTHING),
        ({"a": 1.0}, {"b": 1.0}, '["a"]', NOTHING),
        ({"a": 1.0}, [1.0], '["a"]', NOTHING),
        (1.0, 2.0, "[0]", NOTHING),
    ],
)
def test_parts_are_found_by_their_paths(expected, value, path, part):
    assert part_at(expected, value, path) is part or part_at(expected, value, path) == part


def test_items_that_are_alike_are_not_called_swapped():
    one = two((1.0, 1.0, 2.0))
    assert diagnosed(one, [returned((1.0, 1.0, 3.0))] * 2)[0].code == "facts.values_differ"
    one = two((1.0, 2.0, 3.0))
    assert diagnosed(one, [returned((1.0, 1.0, 2.0))] * 2)[0].code == "facts.values_differ"


def test_cases_of_which_different_things_are_found_are_different_findings():
    found = diagnosed(two(COLUMN), [returned(COLUMN.ravel()), returned(COLUMN.T)])
    assert [(one.code, one.cases) for one in found] == [
        ("structure.lost_axis", ("small",)),
        ("structure.transposed", ("large",)),
    ]


RAISED = {
    "not_aligned": ("ValueError", "shapes (2,3) and (2,3) not aligned: 3 (dim 1) != 2 (dim 0)"),
    "matmul": (
        "ValueError",
        "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature "
        "(n?,k),(k,m?)->(n?,m?) (size 2 is different from 3)",
    ),
    "broadcast": ("ValueError", "operands could not be broadcast together with shapes (2,3) (3,2) "),
    "broadcast_in_place": (
        "ValueError",
        "non-broadcastable output operand with shape (3,) doesn't match the broadcast shape (2,3)",
    ),
    "assignment": ("ValueError", "could not broadcast input array from shape (2,) into shape (3,)"),
    "condition": (
        "ValueError",
        "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
    ),
    "reshape": ("ValueError", "cannot reshape array of size 6 into shape (4,2)"),
    "unpacking": ("ValueError", "not enough values to unpack (expected 3, got 2)"),
    "too_many": ("ValueError", "too many values to unpack (expected 2)"),
    "concatenation": (
        "ValueError",
        "all the input array dimensions except for the concatenation axis must match",
    ),
    "axis": ("AxisError", "axis 1 is out of bounds for array of dimension 1", "ValueError"),
    "singular": ("LinAlgError", "Singular matrix", "ValueError"),
    "domain": ("ValueError", "math domain error"),
    "other_value": ("ValueError", "learning rate is negative"),
    "none_arithmetic": ("TypeError", "unsupported operand type(s) for *: 'NoneType' and 'float'"),
    "none_attribute": ("AttributeError", "'NoneType' object has no attribute 'shape'"),
    "own_helper": ("TypeError", "sigmoid() takes 1 positional argument but 2 were given"),
    "not_callable": ("TypeError", "'numpy.ndarray' object is not callable"),
    "list_called": ("TypeError", "'list' object is not callable"),
    "array_for_number": ("TypeError", "only 0-dimensional arrays can be converted to Python scalars"),
    "float_for_int": ("TypeError", "'float' object cannot be interpreted as an integer"),
    "tuple_as_dict": ("TypeError", "tuple indices must be integers or slices, not str"),
    "subscript": ("TypeError", "'float' object is not subscriptable"),
    "iterate": ("TypeError", "cannot unpack non-iterable float object"),
    "operands": ("TypeError", "unsupported operand type(s) for -: 'dict' and 'float'"),
    "list_arithmetic": ("TypeError", "can't multiply sequence by non-int of type 'float'"),
    "other_type": ("TypeError", "something else"),
    "too_many_indices": (
        "IndexError",
        "too many indices for array: array is 1-dimensional, but 2 were indexed",
    ),
    "index": ("IndexError", "index 3 is out of bounds for axis 0 with size 3"),
    "list_index": ("IndexError", "list index out of range"),
    "key": ("KeyError", "'W4'"),
    "name": ("NameError", "name 'relu' is not defined"),
    "unbound": (
        "UnboundLocalError",
        "cannot access local variable 'A3' where it is not associated with a value",
    ),
    "numpy_lacks": ("AttributeError", "module 'numpy' has no attribute 'sigmoid'"),
    "attribute": ("AttributeError", "'dict' object has no attribute 'shape'"),
    "odd_attribute": ("AttributeError", "no such thing"),
    "zero": ("ZeroDivisionError", "float division by zero"),
    "module": ("ModuleNotFoundError", "No module named 'torchvision.models'"),
    "import": ("ImportError", "cannot import name 'x' from 'numpy'"),
    "recursion": ("RecursionError", "maximum recursion depth exceeded"),
    "memory": ("MemoryError", "Unable to allocate 74.5 GiB for an array"),
    "exit": ("SystemExit", "0"),
    "file": ("FileNotFoundError", "[Errno 2] No such file or directory: 'data.h5'"),
    "overflow": ("OverflowError", "math range error"),
    "assertion": ("AssertionError", ""),
    "stop_iteration": ("StopIteration", ""),
    "own_class": ("ShapeError", "W1 has the wrong shape", "ValueError"),
}


@pytest.mark.parametrize("name", RAISED)
def test_exceptions_in_a_public_case(name, golden):
    type_name, message, *nearest = RAISED[name]
    outcome = raised(type_name, message, nearest=nearest[0] if nearest else None)
    found = diagnosed(two(A), [outcome, outcome])
    assert [finding.cases for finding in found] == [("small", "large")]
    golden(f"raised_{name}.txt", text(found))


@pytest.mark.parametrize(
    "nearest", sorted({kind for each in BY_TYPE for kind in each.types} | {"StopIteration"})
)
def test_exceptions_in_hidden_cases_alone(nearest, golden):
    outcome = raised("Secret", "SECRET", nearest=nearest, function="SECRET", text="SECRET", line=77)
    found = diagnosed(two(A), [returned(A), outcome])
    assert not leaks(found, "SECRET", "Secret", "77")
    golden(f"hidden_{nearest}.txt", text(found))


def test_every_meaning_is_met_in_these_tests():
    met = set()
    for type_name, message, *nearest in RAISED.values():
        found = diagnosed(two(A), [raised(type_name, message, nearest=nearest[0] if nearest else None)] * 2)
        met.add(found[0].code.removeprefix("raised."))
    assert {each.code for each in (*MEANINGS, *BY_TYPE)} - met == {"not_implemented"}


def test_a_nearest_type_that_python_does_not_have_is_not_repeated():
    found = diagnosed(two(A), [returned(A), raised("Secret", nearest="SECRET")])
    assert (found[0].code, leaks(found, "SECRET")) == ("raised.exception", False)
    assert diagnosed(two(A), [returned(A), raised("Secret", nearest="print")])[0].code == "raised.exception"


def test_exceptions_of_one_type_and_line_are_one_finding_and_others_are_others():
    one = exercise(*(case(1.0, name) for name in "abcd"))
    outcomes = [raised("KeyError", "'a'"), raised("KeyError", "'b'"), raised("KeyError", "'a'", line=9)]
    found = diagnosed(one, [*outcomes, raised("IndexError", line=9)])
    assert [finding.cases for finding in found] == [("a", "b"), ("c",), ("d",)]


CALLS = {
    "call_does_not_fit": raised(
        "TypeError", "solve() takes 1 positional argument but 2 were given", function=None
    ),
    "call_of_no_function": raised("TypeError", "'float' object is not callable", function=None),
    "return_does_not_fit": raised("TypeError", "cannot unpack non-iterable NoneType object", function=None),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_call_that_fails_outside_of_the_students_lines(name, golden):
    golden(f"{name}.txt", text(diagnosed(two(A), [CALLS[name]] * 2)))


def test_in_hidden_cases_alone_it_is_not_guessed_which_of_them_it_is(golden):
    golden("call_hidden.txt", text(diagnosed(two(A), [returned(A), CALLS["call_does_not_fit"]])))


ATTEMPTED = {
    "missing": (two(A), [ended(Kind.MISSING)] * 2),
    "stub": (two(A), [raised("NotImplementedError")] * 2),
    "part": (two(A), [raised("NotImplementedError"), returned(A)]),
    "needs_unwritten": (two(A), [raised("NotImplementedError", function="helper")] * 2),
    "needs_missing": (
        two(A),
        [raised("AttributeError", "module 'optimizers' has no attribute 'other'", function=None)] * 2,
    ),
    "needs_hidden": (two(A), [returned(A), raised("NotImplementedError", function="SECRET")]),
}


@pytest.mark.parametrize("name", ATTEMPTED)
def test_what_was_not_written(name, golden):
    found = diagnosed(*ATTEMPTED[name])
    assert found[0].code.startswith("attempted.") and not leaks(found, "SECRET")
    golden(f"attempted_{name}.txt", text(found))


def test_a_file_that_stops_early_is_the_reason_for_what_is_missing(golden):
    load = Load(Kind.RAISED, raised=Raised("NameError", "NameError", "x"))
    golden("attempted_file_stopped.txt", text(diagnosed(two(A), [ended(Kind.MISSING)] * 2, load=load)))


ENDS = [kind for kind in Kind if kind not in (Kind.RETURNED, Kind.RAISED, Kind.MISSING)]


@pytest.mark.parametrize("kind", ENDS)
def test_cases_that_did_not_come_to_an_end(kind, golden):
    found = diagnosed(two(A), [returned(A), ended(kind, "SECRET 77")])
    assert not leaks(found, "SECRET", "77")
    golden(f"stopped_{kind}.txt", text(found))


def test_a_file_that_could_not_be_loaded_is_not_blamed_on_the_function(golden):
    load = Load(Kind.TIMED_OUT, reason="slow")
    golden("stopped_not_loaded.txt", text(diagnosed(two(A), [ended(Kind.TIMED_OUT)] * 2, load=load)))


def test_a_file_that_later_ended_otherwise_is_explained_all_the_same():
    load = Load(Kind.TIMED_OUT)
    assert diagnosed(two(A), [ended(Kind.CRASHED)] * 2, load=load)[0].code == "stopped.crashed"
    load = Load(Kind.NOT_RUN)
    assert diagnosed(two(A), [ended(Kind.NOT_RUN)] * 2, load=load)[0].code == "stopped.not_run"


def known_exercise(*mistakes, expected=(A, B), **options):
    public, hidden = expected
    return two(public, hidden, mistakes=mistakes, **options)


SIGN = mistake("wrong_sign", {"small": -A, "large": -B}, "The sign of the step is wrong.")


def test_a_known_mistake_is_found_by_its_numbers(golden):
    found = diagnosed(known_exercise(SIGN), [returned(-A * (1 + 1e-12)), returned(-B)])
    golden("known.txt", text(found))


def test_a_known_mistake_may_pass_some_cases_where_it_is_right():
    only_large = mistake("only_large", {"small": A, "large": -B})
    assert diagnosed(known_exercise(only_large), [returned(A), returned(-B)])[0].code == "known.only_large"


def code_of(one, *values):
    outcomes = [raised("KeyError", "'x'") if isinstance(value, type) else returned(value) for value in values]
    return diagnosed(one, outcomes)[0].code


def test_a_known_mistake_is_not_named_where_any_case_speaks_against_it():
    one = known_exercise(SIGN)
    assert code_of(one, -A, -2 * B) != "known.wrong_sign"
    assert code_of(one, -A, B) != "known.wrong_sign"  # the mistake would fail here
    assert code_of(one, -A, KeyError) != "known.wrong_sign"
    assert code_of(one, -A, B.T) != "known.wrong_sign"
    assert code_of(known_exercise(mistake("unknown_case", {"small": -A})), -A, -B) == "relation.sign"


def test_a_known_mistake_that_raises_in_some_cases_is_found_by_the_others():
    one = known_exercise(mistake("two_layers_only", {"small": -A, "large": KeyError}))
    assert code_of(one, -A, KeyError) == "known.two_layers_only"
    assert code_of(one, -A, -B) == "relation.sign"


def test_exceptions_alone_are_no_evidence_for_a_known_mistake():
    one = known_exercise(mistake("always_raises", {"small": KeyError, "large": KeyError}))
    assert code_of(one, KeyError, KeyError) == "raised.key_missing"


def test_a_known_mistake_that_gives_the_right_answer_explains_nothing():
    harmless = mistake("harmless", {"small": A, "large": B})
    assert code_of(known_exercise(harmless), A + 1e-3, B) == "facts.values_differ"
    nearly = mistake("nearly", {"small": A * (1 + 1.5e-6), "large": B})
    assert code_of(known_exercise(nearly), A * (1 + 3e-6), B) == "facts.values_differ"


def test_of_two_mistakes_with_the_same_numbers_the_first_is_named():
    twin = mistake("twin", {"small": -A, "large": -B})
    assert code_of(known_exercise(SIGN, twin), -A, -B) == "known.wrong_sign"


def test_a_known_mistake_may_be_one_of_structure():
    one = known_exercise(mistake("nothing", {"small": None, "large": None}))
    found = diagnosed(one, [returned(None)] * 2)
    assert found[0].code == "known.nothing"
    one = known_exercise(mistake("word", {"small": "a", "large": "b"}), expected=("b", "a"))
    assert code_of(one, "a", "b") == "known.word"
    assert code_of(one, "a", "c") == "facts.wrong_answer"


def test_small_numbers_are_not_taken_for_a_mistake_that_returns_zeros():
    zeros = mistake("zeros", {"small": A * 0, "large": B * 0})
    one = known_exercise(zeros, expected=(A * 1e-5, B * 1e-5))
    assert code_of(one, A * 3e-8, B * 3e-8) == "relation.factor"
    assert code_of(one, A * 0, B * 0) == "known.zeros"


def test_time_outs_are_not_explained_by_a_known_mistake_but_skipped_cases_do_not_hide_it():
    one = known_exercise(SIGN)
    assert diagnosed(one, [returned(-A), ended(Kind.TIMED_OUT)])[0].code == "stopped.timed_out"
    found = diagnosed(one, [returned(-A), ended(Kind.SKIPPED)])
    assert [finding.code for finding in found] == ["known.wrong_sign", "stopped.skipped"]


def test_where_right_answers_differ_a_passing_case_is_no_evidence():
    cases = (case(A, "small"), case(1e-9, "noise", judge=Magnitude(decades=2)))
    one = exercise(*cases, mistakes=(mistake("wrong", {"small": -A, "noise": 1.0}),))
    assert code_of(one, -A, 3e-9) == "known.wrong"
    one = exercise(*cases, mistakes=(mistake("wrong", {"small": A, "noise": 0.5}),))
    assert code_of(one, A, 0.5) == "known.wrong"


FACTS = {
    "number": (two(0.25, 0.5), [0.5, 0.75]),
    "array": (two(A, B), [A + np.eye(2, 3), B + 1]),
    "parts": (two(GRADS), [{**GRADS, "dW1": 2 * A}, {**GRADS, "db1": COLUMN[:2] + 7}]),
    "hidden": (two(A, B), [A, 2 * B]),
    "hidden_part": (two(GRADS), [GRADS, {**GRADS, "dW1": 2 * A}]),
    "many_parts": (
        hidden_alone({str(n): float(n) for n in range(1, 8)}),
        [{str(n): 1.0 for n in range(1, 7)} | {"7": 7.0}],
    ),
    "bool": (
        two({"high_bias": True, "high_variance": False}),
        [{"high_bias": False, "high_variance": False}] * 2,
    ),
    "string": (two("saddle", "minimum"), ["maximum", "maximum"]),
    "string_part": (two({"kind": "saddle", "n": 2}), [{"kind": "maximum", "n": 2}] * 2),
    "string_hidden": (two("saddle", "minimum"), ["saddle", "SECRET"]),
    "set": (two({"a", "d"}), [{"a"}] * 2),
    "numbers_and_words": (two({"kind": "saddle", "n": 2.0}), [{"kind": "maximum", "n": 3.0}] * 2),
}


@pytest.mark.parametrize("name", FACTS)
def test_numeric_facts(name, golden):
    one, values = FACTS[name]
    found = diagnosed(one, [returned(value) for value in values])
    assert found[0].code.startswith("facts.") and not leaks(found, "SECRET")
    golden(f"facts_{name}.txt", text(found))


def test_the_smallest_public_case_is_the_one_to_follow():
    big, small = (case(1.0, name, inputs={"x": np.zeros(size)}) for name, size in (("big", 9), ("tiny", 2)))
    assert 'case "tiny"' in diagnosed(exercise(big, small), [returned(2.0)] * 2)[0].message


def test_a_case_is_as_large_as_its_inputs_and_its_answer():
    long, short = case(np.ones(200), "long"), case(np.ones(3), "short", inputs={"x": np.zeros(9)})
    found = diagnosed(exercise(long, short), [returned(np.full(200, 2.5)), returned(np.array([2.5, 3, 1]))])
    assert 'case "short"' in found[0].message and "by hand" in found[0].help[-1]
    found = diagnosed(exercise(long), [returned(np.cos(np.arange(200)))])
    assert "Print" in found[0].help[-1]


def test_outputs_that_are_right_are_named():
    expected = (dict.fromkeys(("W1", "b1"), A), {"dW1": A}, {"dW1": A})
    wrong = (dict.fromkeys(("W1", "b1"), A + np.cos(A)), {"dW1": A}, {"dW1": np.cos(A)})
    found = diagnosed(exercise(case(expected, "a"), case(expected, "b")), [returned(wrong)] * 2)
    assert "values in `[0]` and `[2]`" in found[0].message
    assert found[0].help[0].startswith("`[1]` is right in that case")
    hidden = case(expected, "a", visibility="hidden")
    found = diagnosed(exercise(hidden), [returned(wrong)])
    assert any(step.startswith("`[1]` is right in all of these cases") for step in found[0].help)


def test_an_output_that_is_wrong_in_some_hidden_layer_is_not_called_right():
    one, two = ({f"b{layer}": A for layer in range(1, layers + 1)} for layers in (1, 2))
    cases = [case(value, name, visibility="hidden") for value, name in ((one, "1"), (two, "2"))]
    wrong = [{name: np.cos(A) for name in one}, two | {"b1": np.cos(A)}]
    found = diagnosed(exercise(*cases), [returned(value) for value in wrong])
    assert not any("right in" in step for step in found[0].help)


def test_what_may_be_left_out_is_not_called_right():
    one = exercise(case((A, A, A), "a"), optional_tail=1)
    found = diagnosed(one, [returned((A, np.cos(A)))])
    assert found[0].help[0].startswith("`[0]` is right")


def test_a_key_that_lacks_in_each_case_is_named_for_one_of_them():
    cases = [case({f"dW{layer}": A for layer in range(1, layers + 1)}, str(layers)) for layers in (1, 2)]
    values = [{f"dW{layer}": A for layer in range(layers)} for layers in (1, 2)]
    found = diagnosed(exercise(*cases), [returned(value) for value in values])
    assert [one.message for one in found] == [
        'solve: in case "1" the dict returned lacks the key "dW1"; it has "dW0" instead.'
    ]


def by_chance(*sizes):
    """What one exercise of chance expects, or what a mistake returns, in its cases."""
    return [np.zeros(size) for size in sizes]


@pytest.mark.parametrize(
    ("returns", "code"),
    [
        (by_chance(4, 9, 2), "known.longer"),
        (by_chance(4, 9, 3), "structure.wrong_shape"),
        (by_chance(5, 9, 2), "structure.wrong_shape"),
    ],
)
def test_where_chance_decides_a_mistake_is_known_by_its_shapes(returns, code):
    judge, names = Holds(properties=("sums_to_one",)), ("a", "b", "c")
    cases = [case(value, name, judge=judge) for value, name in zip(by_chance(3, 8, 2), names, strict=True)]
    known = mistake("longer", dict(zip(names, by_chance(4, 9, 2), strict=True)))
    one = exercise(*cases, mistakes=(known,))
    values = [returned(value + 0.5) for value in returns]
    holds = {"sums_to_one": lambda inputs, value: None}
    assert diagnosed(one, values, properties=holds)[0].code == code
    one = exercise(*cases, mistakes=(known, known))
    assert diagnosed(one, values, properties=holds)[0].code == "structure.wrong_shape"


def test_a_name_that_an_author_begins_with_is_code():
    one = exercise(case(1.0), mistakes=(mistake("m", {"a case": 2.0}, "dx is doubled."),))
    assert diagnosed(one, [returned(2.0)])[0].message == "solve: `dx` is doubled."


def sums_to_one(inputs, value):
    """Every column sums to one."""
    return f"column 0 sums to {value}"


@pytest.mark.parametrize(
    ("name", "judge", "value"),
    [
        ("magnitude", Magnitude(decades=1), 0.5),
        ("bound", AtMost(bound=1e-7), 0.5),
        ("property", Holds(properties=("sums_to_one",)), np.float64(77.0)),
    ],
)
def test_what_is_not_compared_by_its_digits(name, judge, value, golden):
    public, hidden = case(1e-9, "small", judge=judge), case(1e-9, "large", visibility="hidden", judge=judge)
    checks = {"sums_to_one": sums_to_one}
    found = diagnosed(exercise(public, hidden), [returned(value)] * 2, properties=checks)
    golden(f"facts_{name}.txt", text(found))
    found = diagnosed(exercise(hidden), [returned(value)], properties=checks)
    assert not leaks(found, "0.5", "77")
    golden(f"facts_{name}_hidden.txt", text(found))


def test_different_properties_are_different_findings():
    judges = [Holds(properties=(name,)) for name in ("sums_to_one", "bare")]
    one = exercise(*(case(1.0, str(index), judge=judge) for index, judge in enumerate(judges)))
    checks = {"sums_to_one": sums_to_one, "bare": lambda inputs, value: "no"}
    assert len(diagnosed(one, [returned(2.0)] * 2, properties=checks)) == 2


def leaks(findings, *secrets):
    return any(
        secret in part
        for finding in findings
        for part in (finding.code, finding.message, *finding.help)
        for secret in secrets
    )


SECRET = "SECRET"
WAYS_TO_TELL = {
    "a message": raised("ValueError", f"operands could not be broadcast together with shapes ({SECRET})"),
    "a class name": raised(SECRET, SECRET, nearest="KeyError"),
    "a function's name": raised("NotImplementedError", SECRET, function=SECRET),
    "a module's attribute": raised(
        "AttributeError", f"module 'm' has no attribute '{SECRET}'", function=None
    ),
    "a string": returned(SECRET),
    "a dict key": returned({SECRET: 1.0}),
    "a type's name": opaque(Opaque(SECRET)),
    "a number": returned({"W1": np.full((2, 3), 7777.0), "k": "x"}),
    "a shape": returned({"W1": np.zeros((7777, 1)), "k": "x"}),
    "a length": returned([0.0] * 7777),
    "a string in a dict": returned({"W1": A, "k": SECRET}),
    "an imaginary part": returned({"W1": A + 7777j, "k": "x"}),
    "NaN": returned({"W1": A * np.nan, "k": SECRET}),
    "a reason": ended(Kind.CRASHED, SECRET),
    "a size": ended(Kind.TOO_LARGE, "an array of shape (7777,)"),
}


@pytest.mark.parametrize("way", WAYS_TO_TELL)
@pytest.mark.parametrize(
    "expected", [{"W1": A, "k": "x"}, (A, B), A, 2.0], ids=["dict", "tuple", "array", "number"]
)
def test_nothing_that_hidden_cases_bring_out_reaches_the_student(way, expected):
    secret = np.array(123.456)  # the hidden answer's own numbers are none of the page's business either
    one = two(expected, {"W1": A * secret, "k": "x"} if isinstance(expected, dict) else expected)
    right = returned(expected)
    found = diagnosed(one, [right, WAYS_TO_TELL[way]])
    assert found
    assert not leaks(found, SECRET, "7777", "123", "(2, 3)", "493")


def test_right_answers_have_no_findings():
    assert diagnosed(two(A), [returned(A)] * 2) == ()


def test_students_text_is_made_fit_to_be_stored():
    text = "a\ud800b\x1b[31m\n" + "x" * 1000
    found = diagnosed(two(A), [raised("ValueError", text)] * 2)
    assert "\ud800" not in found[0].model_dump_json() and "\x1b" not in found[0].details
    assert clean("a\nb\x00") == "a b " and clean("a\nb", keep="\n") == "a\nb" and clean("abc", 2) == "ab…"


def test_an_outcome_that_contradicts_itself_is_explained_all_the_same():
    assert diagnosed(two(A), [Outcome(Kind.RAISED)] * 2)[0].code == "raised.exception"
    assert diagnosed(two(A), [Outcome(Kind.RETURNED)] * 2)[0].code == "stopped.not_run"


def test_each_kind_of_evidence_is_a_module_with_a_docstring():
    for kind in REGISTRY:
        assert inspect.ismodule(kind) and kind.__doc__ and {"CODES", "explain"} <= set(kind.__all__)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.floats(-3, 3)
    | st.text(max_size=3)
    | st.sampled_from([A, B, COLUMN, A.T, A * np.nan]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.sampled_from(["W1", "b1"]), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(VALUES, VALUES, VALUES)
def test_whatever_is_returned_each_failing_case_is_explained_once(expected, first, second):
    diagnosed(two(expected), [returned(first), returned(second)])


def test_long_lines_and_many_frames_are_kept_short():
    frames = tuple(Frame("f" * 100, line, "x" * 1000) for line in range(9))
    outcome = Outcome(Kind.RAISED, raised=Raised("E" * 500, "ValueError", "m" * 5000, frames))
    found = diagnosed(two(A), [outcome] * 2)
    assert (
        len(found[0].message) < 400 and max(map(len, found[0].help)) < 400 and len(found[0].details) <= 4001
    )


def test_evidence_keeps_what_passed_apart():
    one = two(A)
    outcomes = {("solve", "small"): returned(A), ("solve", "large"): returned(B)}
    evidence = Evidence.of(one, judge_exercise(one, outcomes, {}))
    assert [case.name for case, _ in evidence.passing] == ["small"]
    assert [item.case.name for item in evidence.failing] == ["large"] and not evidence.failing[0].public
