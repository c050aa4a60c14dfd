"""Signatures and the packed block of mutants."""

import zlib

import numpy as np
import pytest

from grader.course.model import Mutant, MutantEdit
from grader.course.mutants import MutantCounts, pack_mutants, read_head, unpack_mutants
from grader.course.signatures import leaves, same_leaves, sign
from grader.errors import CourseError

X = np.arange(6.0).reshape(2, 3)


def alike(one, other):
    return all(same_leaves(sign(one), sign(other)).values())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (X, X * (1 + 1e-12)),
        (3, 3.0),
        (np.float64(0.5), 0.5),
        ([1.0, 2.0], np.array([1.0, 2.0])),
        ((X, 1.0), [X, 1.0]),
        ({"a": X, "b": 1}, {"b": 1, "a": X}),
        (np.array([True, False]), np.array([1, 0])),
        (np.array([np.nan, 1.0]), np.array([np.inf, 1.0])),
    ],
)
def test_what_judging_takes_for_the_same_signs_alike(one, other):
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (X, X * (1 + 1e-4)),
        (X, X.T),
        (X, X[:, ::-1]),
        (np.array([1.0, 2.0]), np.array([2.0, 1.0])),
        (np.array([1.0]), np.array([[1.0]])),
        ({"a": X}, {"b": X}),
        ("saddle", "minimum"),
        (None, 0.0),
        (np.array([1j]), np.array([1.0])),
    ],
)
def test_what_differs_signs_differently(one, other):
    assert not alike(one, other)


def test_the_order_of_keys_is_no_part_of_a_form():
    assert sign({"a": X, "b": 1}).form == sign({"b": 1, "a": X}).form


def test_a_signature_says_which_leaf_differs():
    one, other = {"W1": X, "b1": X[:1]}, {"W1": X, "b1": X[:1] + 1}
    assert same_leaves(sign(one), sign(other)) == {'["W1"]': True, '["b1"]': False}


def test_leaves_name_their_shapes_and_numbers():
    first, second, third = leaves(sign({"a": X, "b": 2.0, "c": "text"}).form)
    assert (first.path, first.what, first.start, first.stop) == ('["a"]', (2, 3), 0, 2)
    assert (second.what, second.start, second.stop) == ((), 2, 3)
    assert third.what == "'text'"


def edit(name):
    return MutantEdit(function="f", operator="drop_operand", line=3, scope="one", before=name, after="b")


def test_a_block_gives_back_what_was_packed():
    expected = {"one": sign(X), "two": sign(2.0)}
    mutants = [
        Mutant((edit("p"), edit("q")), {"one": sign(X + 1), "two": None}),
        Mutant((edit("r"),), {"one": sign(X), "two": sign([1.0, 2.0])}),
    ]
    counts = MutantCounts(made=5, equivalent=1, caught=3, surviving=1)
    packed = pack_mutants(expected, mutants, made_from="digest", counts=counts)
    assert read_head(packed) == ("digest", counts)
    assert packed == pack_mutants(expected, mutants, made_from="digest", counts=counts)
    for ours, theirs in zip(unpack_mutants(packed), mutants, strict=True):
        assert ours.edits == theirs.edits
        for name, signature in theirs.signatures.items():
            again = ours.signatures[name]
            assert (again and (again.form, again.numbers.tolist())) == (
                signature and (signature.form, signature.numbers.tolist())
            )


def test_a_block_without_mutants_keeps_its_counts():
    packed = pack_mutants({"one": sign(X)}, [], made_from="digest")
    assert unpack_mutants(packed) == ()
    assert read_head(packed) == ("digest", MutantCounts())
    assert read_head(b"") == ("", MutantCounts())


@pytest.mark.parametrize("packed", [b"nonsense", pack_mutants({"one": sign(X)}, [])[:-5]])
def test_a_damaged_block_is_refused_only_when_it_is_asked_for(packed):
    with pytest.raises(CourseError, match=r"mutants in hidden\.h5 cannot be read"):
        unpack_mutants(packed)


def repacked(old: bytes, new: bytes) -> bytes:
    block = zlib.decompress(pack_mutants({"one": sign(X)}, [Mutant((edit("p"),), {"one": sign(-X)})]))
    assert old in block
    return zlib.compress(block.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"sizes":[2]', b'"sizes":[-2]'),
        (b'"sizes":[2]', b'"sizes":[9]'),
        (b'"cases":["one"]', b'"cases":["one","two"]'),
        (b"}\n\0\0", b"}\n\xfe\xff"),
        (b"}\n\0\0", b"}\n\0\0\0\0\0\0"),
    ],
    ids=["negative", "larger", "case", "form", "longer"],
)
def test_a_block_that_names_other_numbers_than_it_has_is_refused(old: bytes, new: bytes):
    with pytest.raises(CourseError, match=r"mutants in hidden\.h5 cannot be read"):
        unpack_mutants(repacked(old, new))
