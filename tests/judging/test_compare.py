import json

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from judging_examples import TIGHT

from grader.course.model import Tolerance
from grader.judging.compare import UNREADABLE, Expectation, alike, compare, distance
from grader.judging.flat import Glance, glance
from grader.values import Encoded, decode, encode, walk


class Thing:
    pass


def judged(expected, returned, *, tail=0, tolerance=TIGHT):
    return compare(encode(expected), encode(returned), tolerance, optional_tail=tail)


def kind_of(expected, returned, **options):
    mismatch = judged(expected, returned, **options)
    return mismatch and mismatch.kind


ARRAY = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
MASK = np.array([[True, False], [False, True]])

ACCEPTED = {
    "an int for a float": (2.0, 2),
    "a numpy float": (2.0, np.float64(2.0)),
    "a 0-d array": (2.0, np.array(2.0)),
    "a 0-d array of ints": (2.0, np.array(2)),
    "a number for a 0-d array": (np.array(2.0), 2.0),
    "a float for an int": (3, 3.0),
    "a complex number without imaginary part": (3.0, 3 + 0j),
    "a complex array without imaginary part": (ARRAY, ARRAY.astype(complex)),
    "single precision of an exact number": (ARRAY, ARRAY.astype(np.float32)),
    "an int for a bool": (True, 1),
    "a float for a bool": (False, 0.0),
    "a numpy bool": (True, np.bool_(True)),
    "a 0-d bool array": (True, np.array(True)),
    "a mask of ints": (MASK, MASK.astype(int)),
    "a mask of floats": (MASK, MASK.astype(float)),
    "a mask of bools for floats": (MASK.astype(float), MASK),
    "a mask as nested lists": (MASK, [[True, False], [False, True]]),
    "a mask of mixed numbers": (MASK, [[1, False], [0.0, True]]),
    "a list of rows": (ARRAY, list(ARRAY)),
    "a list for a tuple": ((1.0, ARRAY), [1.0, ARRAY]),
    "a tuple for a list": ([(1.0, 2.0)], ((1.0, 2.0),)),
    "an array for a list of numbers": ([1.0, 2.0], np.array([1.0, 2.0])),
    "an array of ints for a list of ints": ([1, 2], np.array([1, 2])),
    "an array for a list of pairs": ([(1.0, 2.0), (3.0, 4.0)], np.array([[1.0, 2.0], [3.0, 4.0]])),
    "keys in another order": ({"W1": 1.0, "b1": 2.0}, {"b1": 2.0, "W1": 1.0}),
    "extra keys": ({"W1": 1.0}, {"W1": 1.0, "Z1": ARRAY}),
    "a list of a set's members": ({"a", "d"}, ["d", "a"]),
    "a set": ({"a", "d"}, {"d", "a"}),
    "an empty list for an empty array": (np.zeros(0), []),
    "None": (None, None),
    "a string": ("saddle", "saddle"),
    "NaN where NaN is expected": (np.array([np.nan, 1.0]), np.array([np.nan, 1.0])),
    "infinity where it is expected": (np.array([np.inf, -np.inf]), np.array([np.inf, -np.inf])),
    "a huge int": (1e30, 10**30),
    "a huge int where one is expected": (10**30, 10**30),
    "complex numbers where they are expected": (1 + 2j, np.complex128(1 + 2j)),
    "rounding noise": (ARRAY, ARRAY * (1 + 1e-9)),
    "a rounding error of a zero beside other numbers": (np.array([0.0, 1.0]), np.array([1e-9, 1.0])),
}


@pytest.mark.parametrize(("expected", "returned"), ACCEPTED.values(), ids=ACCEPTED)
def test_a_right_answer_is_accepted_in_any_form(expected, returned):
    assert judged(expected, returned) is None


REFUSED = {
    "a bool for a number": (1.0, True, "type"),
    "a string for a number": (1.0, "1.0", "type"),
    "a list for a number": (1.0, [1.0], "type"),
    "an array of shape (1,) for a number": (1.0, np.array([1.0]), "shape"),
    "a number for an array of shape (1,)": (np.array([1.0]), 1.0, "shape"),
    "an array for a bool": (True, np.array([True]), "shape"),
    "a string for a bool": (True, "True", "type"),
    "a half for a bool": (True, 0.5, "value"),
    "the other bool": (True, 0, "value"),
    "(n,) for (n, 1)": (np.ones((3, 1)), np.ones(3), "shape"),
    "(1, n) for (n,)": (np.ones(3), np.ones((1, 3)), "shape"),
    "transposed": (ARRAY, ARRAY.T, "shape"),
    "a ragged list for an array": (ARRAY, [[1.0, 2.0], [3.0]], "type"),
    "a list with None for an array": (np.ones(2), [1.0, None], "type"),
    "a list with strings for an array": (np.ones(2), ["1", "1"], "type"),
    "a list of the wrong length": (np.ones(2), [1.0], "shape"),
    "a list with an int beyond all floats": (np.ones(1), [10**400], "type"),
    "an int beyond all arrays": (1.0, 10**300, "value"),
    "an int beyond all floats": (1.0, 10**400, "type"),
    "its negative": (1.0, -(10**400), "type"),
    "a list of texts, one of them long": (np.ones(2), ["x" * 120_000, *[""] * 15_000], "type"),
    "a dict for an array": (ARRAY, {}, "type"),
    "an array for a dict": ({"W1": 1.0}, ARRAY, "type"),
    "a missing key": ({"W1": 1.0, "b1": 2.0}, {"W1": 1.0}, "structure"),
    "a shorter tuple": ((1.0, 2.0), (1.0,), "structure"),
    "a longer tuple": ((1.0,), (1.0, 2.0), "structure"),
    "a number for a tuple": ((1.0,), 1.0, "type"),
    "a 0-d array for a tuple": ((1.0,), np.array(1.0), "type"),
    "None for a number": (1.0, None, "type"),
    "a number for None": (None, 1.0, "type"),
    "an object": (1.0, Thing(), "type"),
    "an object where one is expected": (Thing(), Thing(), "type"),
    "another string": ("saddle", "minimum", "value"),
    "another set": ({"a"}, {"b"}, "value"),
    "a list that no set can be made of": ({"a"}, [["a"]], "type"),
    "a string for a set": ({"a"}, "a", "type"),
    "an imaginary part": (1.0, 1.0 + 1e-12j, "dtype"),
    "NaN": (ARRAY, np.where(ARRAY > 5, np.nan, ARRAY), "nan"),
    "no NaN": (np.array([np.nan]), np.array([1.0]), "nan"),
    "infinity": (1.0, np.inf, "inf"),
    "a number where infinity is expected": (np.array([np.inf, 1.0]), np.ones(2), "inf"),
    "the other infinity": (np.inf, -np.inf, "inf"),
    "a wrong number": (ARRAY, ARRAY + 1e-3, "value"),
    "a number that overflows the difference": (1e308, -1e308, "value"),
    "a huge number off by a tenth": (np.array([1e200, 2e200]), np.array([1.1e200, 2e200]), "value"),
    "a bool mask with one entry wrong": (MASK, ~MASK, "value"),
    "a single number for a tiny one": (1e-5, 2e-5, "value"),
}


@pytest.mark.parametrize(("expected", "returned", "kind"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_answer_is_refused_for_the_first_reason(expected, returned, kind):
    assert kind_of(expected, returned) == kind


def test_type_and_structure_come_before_shape_and_shape_before_values():
    expected = (ARRAY, np.ones(2), {"a": 1.0})
    assert kind_of(expected, (ARRAY + 1, np.ones(3), {})) == "structure"
    assert kind_of(expected, (ARRAY + 1, np.ones(3), {"a": np.nan})) == "shape"
    assert kind_of(expected, (ARRAY + 1, np.ones(2) + 1j, {"a": np.nan})) == "dtype"
    assert kind_of(expected, (ARRAY + np.inf, np.ones(2), {"a": np.nan})) == "nan"
    assert kind_of(expected, (ARRAY + 1, np.ones(2), {"a": np.inf})) == "inf"


def test_a_mismatch_of_values_holds_the_facts():
    expected = {"W1": ARRAY, "b1": np.array([1.0, 2.0]), "c": 1.0}
    returned = {"W1": ARRAY + np.array([[0, 0, 0.5], [2.0, 0, 0]]), "b1": np.array([1.0, 2.5]), "c": 1.0}
    mismatch = judged(expected, returned)
    assert (mismatch.path, mismatch.count, mismatch.total) == ('["W1"]', 3, 9)
    assert mismatch.paths == ('["W1"]', '["b1"]')
    assert mismatch.worst == (((1, 0), 4.0, 6.0), ((0, 2), 3.0, 3.5))
    assert (mismatch.expected, mismatch.returned) == ("4", "6")
    scale = np.sqrt(np.mean(ARRAY**2))
    assert mismatch.ratio == pytest.approx(2.0 / (1e-12 + 1e-6 * (4.0 + scale)))


def test_at_most_five_entries_are_shown():
    assert len(judged(np.arange(9.0), np.arange(9.0) + 1).worst) == 5


def test_words_and_numbers_are_counted_together():
    mismatch = judged({"kind": "saddle", "x": 1.0}, {"kind": "minimum", "x": 2.0})
    assert (mismatch.count, mismatch.total, mismatch.paths) == (2, 2, ('["kind"]', '["x"]'))
    mismatch = judged({"kind": "saddle", "x": 1.0}, {"kind": "minimum", "x": 1.0})
    assert (mismatch.path, mismatch.expected, mismatch.returned) == ('["kind"]', "'saddle'", "'minimum'")


def test_a_missing_key_is_named_with_what_belongs_there():
    mismatch = judged([{"dW1": ARRAY}], [{"dw1": ARRAY}])
    assert (mismatch.path, mismatch.expected) == ('[0]["dW1"]', "array of shape (2, 3)")
    assert mismatch.returned == "missing"


def test_bools_are_shown_as_bools():
    mismatch = judged(True, np.bool_(False))
    assert (mismatch.expected, mismatch.returned) == ("True", "False")


def test_an_answer_of_zeros_has_the_scale_one():
    zeros = np.zeros(3)
    assert judged(zeros, zeros + 0.9e-6) is None
    assert kind_of(zeros, zeros + 1.1e-6) == "value"


def test_without_any_tolerance_only_equal_numbers_pass():
    exact = Tolerance(relative=0.0, absolute=0.0)
    assert judged(ARRAY, ARRAY, tolerance=exact) is None
    mismatch = judged(ARRAY, ARRAY + 1.0, tolerance=exact)
    assert (mismatch.count, mismatch.ratio) == (6, float("inf"))


def test_an_optional_tail_may_be_left_out_and_is_judged_where_returned():
    expected = (ARRAY, 1.0, 2.0)
    assert judged(expected, (ARRAY,), tail=2) is None
    assert judged(expected, [ARRAY, 1.0], tail=2) is None
    assert judged(expected, expected, tail=2) is None
    assert kind_of(expected, (ARRAY, 1.0, 3.0), tail=2) == "value"
    assert kind_of(expected, (), tail=2) == "structure"
    assert kind_of(expected, (*expected, 4.0), tail=2) == "structure"
    assert kind_of(expected, ARRAY, tail=2) == "structure"
    assert kind_of(1.0, 2.0, tail=2) == "value"


BROKEN = {
    "no JSON": Encoded(b"{", b""),
    "no UTF-8": Encoded(b"\xff\xff\xff", b""),
    "too little data": Encoded(b'"f"', b"\0"),
    "too much data": Encoded(b'"f"', b"\0" * 16),
    "a dtype that is a list": Encoded(b'["a",[],[1]]', b""),
    "a size beyond all memory": Encoded(json.dumps(["a", "<f8", [0, 10**30]]).encode(), b""),
    "deep nesting": Encoded(b"[" * 100_000, b""),
}


@pytest.mark.parametrize("returned", BROKEN.values(), ids=BROKEN)
def test_bytes_that_are_no_value_are_a_mismatch_and_no_exception(returned):
    mismatch = compare(encode(1.0), returned, TIGHT)
    assert (mismatch.kind, mismatch.returned) == ("type", UNREADABLE)


@settings(max_examples=200)
@given(st.binary(max_size=40), st.binary(max_size=24))
def test_no_bytes_raise(structure, data):
    compare(encode(2.5), Encoded(structure, data), TIGHT)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["f", "c", "s", "a", "l", "t", "d", "e", "x", "<f8"]),
    lambda inner: st.lists(inner, max_size=4) | st.tuples(st.sampled_from("aslteds"), inner).map(list),
    max_leaves=12,
)


@settings(max_examples=200)
@given(JSON, st.binary(max_size=24))
def test_no_well_formed_json_raises(tree, data):
    compare(encode((1.0, ARRAY)), Encoded(json.dumps(tree).encode(), data), TIGHT)


NUMBERS = st.floats(allow_nan=True, allow_infinity=True)
ARRAYS = hnp.arrays(
    st.sampled_from([np.float64, np.float32, np.int64, np.bool_, np.complex128]),
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3),
)
SCALARS = st.none() | st.booleans() | st.integers() | NUMBERS | st.text(max_size=5) | ARRAYS
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=4) | st.integers(), inner, max_size=4)
        | st.sets(st.text(max_size=3), max_size=3)
    ),
    max_leaves=10,
)


@settings(max_examples=300, deadline=None)
@example(np.array(complex(np.inf, np.nan)), None)
@given(VALUES, VALUES)
def test_a_value_equals_itself_and_the_short_cut_changes_no_judgement(value, other):
    expectation = Expectation.of(encode(value), TIGHT)
    assert expectation.compare(encode(value)) is None
    assert expectation.compare_slowly(encode(value)) is None
    assert expectation.compare(encode(other)) == expectation.compare_slowly(encode(other))


FINITE = st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-100)
FLOAT_ARRAYS = hnp.arrays(np.float64, hnp.array_shapes(max_dims=2, max_side=3), elements=FINITE)
FLOAT_VALUES = st.dictionaries(
    st.text(min_size=1, max_size=3),
    FINITE | FLOAT_ARRAYS | st.lists(FINITE | FLOAT_ARRAYS, min_size=1, max_size=3),
    min_size=1,
    max_size=4,
)


@settings(max_examples=200, deadline=None)
@given(FLOAT_VALUES, st.integers(0, 10**6), st.floats(0.0, 4.0), st.booleans())
def test_one_number_moved_beyond_the_tolerance_is_caught_at_its_place(value, choice, ratio, upwards):
    tolerance = Tolerance(relative=1e-6, absolute=1e-9)
    expectation = Expectation.of(encode(value), tolerance)
    copy = decode(encode(value))
    leaves = list(walk(copy))
    path, leaf = leaves[choice % len(leaves)]
    array = np.atleast_1d(leaf)
    place = choice % array.size
    entry = array.flat[place]
    scale = np.sqrt(np.mean(array**2)) or 1.0
    step = ratio * (1e-9 + 1e-6 * (abs(entry) + scale)) * (1 if upwards else -1)
    moved = _with(copy, path, place, entry + step)
    mismatch, slow = expectation.compare(encode(moved)), expectation.compare_slowly(encode(moved))
    assert mismatch == slow
    if ratio > 1.001:
        assert (mismatch.kind, mismatch.path, mismatch.count) == ("value", path, 1)
        assert mismatch.ratio == pytest.approx(ratio, rel=1e-2)
    if ratio < 0.999:
        assert mismatch is None


def _with(value, path, place, number):
    """Set one number at a leaf's path."""

    def walk_in(node, here):
        if here == path:
            if not isinstance(node, np.ndarray):
                return float(number)
            node = node.copy()
            node.flat[place] = number
            return node
        if isinstance(node, dict):
            return {key: walk_in(item, f"{here}[{key!r}]".replace("'", '"')) for key, item in node.items()}
        if isinstance(node, list):
            return [walk_in(item, f"{here}[{index}]") for index, item in enumerate(node)]
        return node

    return walk_in(value, "")


def test_numeric_values_have_the_short_cut_and_others_have_not():
    for value in (1.0, {"W1": ARRAY, "n": 3}, (ARRAY, "text", None), MASK, (ARRAY, MASK, np.arange(3), 2.0)):
        assert Expectation.of(encode(value), TIGHT).flats
    for value in ({1.5: 2.0}, {0.5, 1.5}, 1j, np.ones(2) * 1j, (1.0, Thing()), [1.0, MASK] * 40):
        assert not Expectation.of(encode(value), TIGHT).flats
    assert len(Expectation.of(encode((1.0, 2.0)), TIGHT, 1).flats) == 2


def test_the_short_cut_reads_every_dtype_at_its_place():
    value = (ARRAY, MASK, np.arange(3), np.float32(2.0) * np.ones(2, np.float32), 5.0, ~MASK, MASK)
    expectation = Expectation.of(encode(value), TIGHT)
    assert expectation.flats[encode(value).structure].accepts(encode(value).data)
    for place in range(len(value)):
        wrong = [item if index != place else 1 - item for index, item in enumerate(value)]
        if value[place].__class__ is np.ndarray:
            wrong[place] = wrong[place].astype(value[place].dtype)
        other = encode(tuple(wrong))
        assert other.structure == expectation.encoded.structure
        assert expectation.compare(other) == expectation.compare_slowly(other) is not None


def test_a_bool_of_any_byte_is_true_in_the_short_cut_too():
    one = encode(np.array([True, False]))
    expectation = Expectation.of(one, TIGHT)
    odd = Encoded(one.structure, b"\x07\x00")
    assert expectation.compare(odd) is None and expectation.compare_slowly(odd) is None


def test_the_short_cut_checks_the_size_of_the_data():
    expectation = Expectation.of(encode(1.0), TIGHT)
    for data in (b"", encode(1.0).data * 2):
        assert expectation.compare(Encoded(b'"f"', data)).returned == UNREADABLE


def test_distance_is_the_smallest_relative_tolerance_that_accepts():
    ours, theirs = encode((ARRAY, 2.0)), encode((ARRAY * (1 + 3e-4), 2.0))
    exact = distance(ours, theirs)
    assert compare(ours, theirs, Tolerance(relative=exact * 1.0001, absolute=0.0)) is None
    assert compare(ours, theirs, Tolerance(relative=exact * 0.9999, absolute=0.0)) is not None
    assert distance(ours, ours) == 0.0
    assert distance(encode((1.0, 2.0)), encode((1.0,)), optional_tail=1) == 0.0
    assert distance(encode(()), encode(())) == 0.0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (ARRAY, ARRAY, True),
        (ARRAY, ARRAY * (1 + 1e-9), True),
        (ARRAY, ARRAY + 1, False),
        (ARRAY, ARRAY + 1e-5, False),
        (ARRAY * 1e-9, ARRAY * 0, False),
        (ARRAY * 0, ARRAY * 1e-9, False),
        (ARRAY, ARRAY.T, False),
        (ARRAY, list(ARRAY), True),
        ((ARRAY, MASK), (ARRAY, MASK.astype(int)), True),
        ((ARRAY, MASK), (ARRAY, ~MASK), False),
        (ARRAY * np.nan, ARRAY * np.nan, True),
        (ARRAY * np.nan, ARRAY, False),
        (None, None, True),
        ("a", "a", True),
        ("a", "b", False),
        ((), (), True),
        (1j, 1j + 1, False),
        ({1.5: 1.0}, {2.5: 1.0}, False),
        ({0.5, 1.5}, {0.5, 2.5}, False),
        (Thing(), Thing(), False),
    ],
)
def test_wrong_answers_are_alike_where_their_numbers_are(one, other, same):
    assert alike(encode(one), encode(other), TIGHT) is same


def test_wrong_answers_are_alike_up_to_an_optional_tail():
    assert alike(encode((1.0, 2.0)), encode((1.0,)), TIGHT, optional_tail=1)


def test_a_glance_says_nothing_of_what_zeros_accept():
    zeros = np.zeros(3)
    assert glance(encode(zeros), encode(zeros + 9e-7), TIGHT) is Glance.UNSURE
    assert glance(encode(zeros), encode(zeros + 2e-6), TIGHT) is Glance.FAR


@settings(max_examples=200, deadline=None)
@given(FLOAT_VALUES, st.floats(-1e-5, 1e-5), st.integers(0, 10**6))
def test_what_a_glance_tells_is_what_comparing_finds(value, shift, choice):
    leaves = list(walk(value))
    path, leaf = leaves[choice % len(leaves)]
    entry = np.atleast_1d(leaf).flat[0]
    other = encode(_with(decode(encode(value)), path, 0, entry + shift))
    look = glance(encode(value), other, TIGHT)
    if look is Glance.FAR:
        assert compare(encode(value), other, TIGHT) is not None
    if look is Glance.SAME:
        assert compare(encode(value), other, TIGHT) is None
        assert compare(other, encode(value), TIGHT) is None


@settings(max_examples=100, deadline=None)
@given(FLOAT_VALUES)
def test_rounding_alone_is_seen_through_at_a_glance(value):
    assume(b'"c"' not in encode(value).structure)  # a key that looks like a complex number's place
    noisy = decode(encode(value))
    for path, leaf in walk(value):
        for position, entry in enumerate(np.atleast_1d(leaf).flat):
            noisy = _with(noisy, path, position, entry * (1 + 2e-16))
    assert glance(encode(value), encode(noisy), TIGHT) is Glance.SAME


def test_distance_is_infinite_where_no_tolerance_accepts():
    for expected, returned in (((1.0,), 1.0), (1.0, np.ones(1)), ("a", "b"), (1.0, np.nan)):
        assert distance(encode(expected), encode(returned)) == float("inf")
