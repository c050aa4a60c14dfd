from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.intake.sketch import SIZE, _shingles, _Stub, sketch

STUB = b"".join(
    b'def step_%d(W, dW):\n    """Do step %d."""\n    raise NotImplementedError\n\n' % (n, n)
    for n in range(30)
)


def code(seed: int, lines: int = 40) -> list[bytes]:
    rng = np.random.default_rng(seed)
    return [b"    v%d = np.dot(W%d, A%d) + b%d\n" % tuple(rng.integers(0, 9999, 4)) for _ in range(lines)]


def alike(one: bytes, other: bytes) -> float:
    return float(np.mean(np.array(sketch(one, STUB)) == np.array(sketch(other, STUB))))


def test_a_sketch_is_64_numbers_of_32_bits_the_same_every_time() -> None:
    found = sketch(b"".join(code(1)), STUB)
    assert len(found) == SIZE == 64
    assert all(0 <= number < 2**32 for number in found)
    assert found == sketch(b"".join(code(1)), STUB)


def test_numbers_are_those_of_every_machine_and_version() -> None:
    assert sketch(bytes(range(256)) * 2)[:3] == (8351935, 30736142, 24487723)


def test_the_share_of_equal_numbers_is_about_that_of_lines_in_common() -> None:
    first, other = code(1, 200), code(2, 200)
    half = b"".join(first[:100] + other[:100])
    assert alike(b"".join(first), b"".join(other)) < 0.1
    assert 0.2 < alike(b"".join(first), half) < 0.5  # a third of all lines is in both


@pytest.mark.parametrize("stub", [b"", b"short", STUB], ids=["no stub", "stub without shingles", "stub"])
def test_the_stub_s_shingles_are_left_out_one_by_one(stub: bytes) -> None:
    source = STUB + b"".join(code(6)) * 2
    own = np.unique(_shingles(source))
    own = own[~np.isin(own, _shingles(stub))]
    assert _Stub.of(stub).without(_shingles(source)).tolist() == own.tolist()


def test_white_space_makes_no_difference() -> None:
    text = b"".join(code(3))
    assert sketch(text, STUB) == sketch(text.replace(b" ", b"  ").replace(b"\n", b"\r\n\t\n"), STUB)


def test_what_everyone_was_given_does_not_count() -> None:
    assert alike(STUB + b"".join(code(4)), b"".join(code(4))) > 0.9
    assert alike(STUB + b"".join(code(4)), STUB + b"".join(code(5))) < 0.1


def test_a_file_with_hardly_anything_of_its_own_has_none() -> None:
    answers = b"".join(b"Q%d = 'b'\n" % number for number in range(20))
    assert sketch(b"", STUB) == sketch(STUB, STUB) == sketch(answers) == ()


@given(st.binary(max_size=400))
def test_any_bytes_have_a_sketch(source: bytes) -> None:
    assert len(sketch(source, STUB)) in (0, SIZE)


def test_a_file_of_a_mebibyte_takes_no_longer_than_its_beginning() -> None:
    noise = np.random.default_rng(0).bytes(2**20)
    started = time.process_time()
    assert len(sketch(noise, STUB)) == SIZE
    assert time.process_time() - started < 0.5
