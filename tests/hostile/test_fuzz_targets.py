"""What is asked of whatever reads what others wrote holds: of seeds, and of seeds with something changed.

``make fuzz`` asks the same of millions of inputs; this keeps the targets running and finds what is shallow.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz import holds, targets
from fuzz.targets.vectors import images
from grader.course.seal import sealed
from grader.errors import CourseError

NAMES = sorted(module.name for module in pkgutil.iter_modules(targets.__path__))

#: Inputs of targets that grade, which takes a hundred times as long as to decode; and of all others.
FEW, MANY = 5, 30
GRADING = ("judging", "pages", "tables")

EDITS = st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 4), st.binary(max_size=4)), max_size=4)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allow for a machine that does other things, too."""
    monkeypatch.setattr(holds, "slowness", 4.0)


def target(name: str) -> ModuleType:
    return importlib.import_module(f"fuzz.targets.{name}")


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    return tuple(target(name).seeds())


def edited(data: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    for place, length, piece in edits:
        start = place % (len(data) + 1)
        data = data[:start] + piece + data[start + length :]
    return data


@pytest.mark.parametrize("name", NAMES)
def test_it_holds_of_seeds(name: str) -> None:
    step = max(1, len(seeds(name)) // (2 * FEW)) if name in GRADING else 1
    for seed in (b"", *seeds(name)[::step]):
        target(name).check(seed)


@pytest.mark.parametrize("name", NAMES)
def test_it_holds_of_seeds_with_something_changed(name: str) -> None:
    @settings(max_examples=FEW if name in GRADING else MANY, deadline=None)
    @given(st.sampled_from(seeds(name)), EDITS)
    def check(seed: bytes, edits: list[tuple[int, int, bytes]]) -> None:
        target(name).check(edited(seed, edits))

    check()


def test_a_file_over_which_hdf5_runs_in_circles_is_refused() -> None:
    """Found by flipping bits: without its seal, reading this file does not end."""
    image = bytearray(images()[0])
    for place, bit in ((9047, 7), (9129, 2), (8605, 2), (1508, 3)):
        image[place] ^= 1 << bit
    with pytest.raises(CourseError, match="it is damaged"):
        sealed(bytes(image), Path("one/public.h5"))
