"""Values as a person finds them in public.h5."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np
import pytest

from grader.course.spelled import spell
from grader.values import Value

SEQUENCES = {"list": list, "tuple": tuple, "set": set}


def read_as_a_person(parent: h5py.Group, name: str) -> Value:
    """Follow the table in the module's docstring."""
    item = parent[name]
    kind = item.attrs.get("kind", "array")
    return read_group(item, kind) if isinstance(item, h5py.Group) else read_dataset(item, kind)


def read_group(item: h5py.Group, kind: str) -> Value:
    if kind == "dict":
        return {key: read_as_a_person(item, key) for key in item}
    if kind == "items":
        return {read_as_a_person(pair, "key"): read_as_a_person(pair, "value") for pair in item.values()}
    return SEQUENCES[kind](read_as_a_person(item, str(index)) for index in range(len(item)))


def read_dataset(item: h5py.Dataset, kind: str) -> Value:
    content = item.asstr()[()] if h5py.check_string_dtype(item.dtype) else item[()]
    if kind in SEQUENCES:
        return SEQUENCES[kind](content.tolist())
    if kind == "scalar":
        return content if isinstance(content, str) else content.item()
    return {"None": lambda _: None, "int": int, "array": np.asarray}[kind](content)


VALUES = {
    "None": None,
    "bool": True,
    "int": -3,
    "int of more than 64 bits": 2**70,
    "float": 0.1,
    "complex": 1 + 2j,
    "str": "ReLU → é",
    "empty str": "",
    "list of floats": [0.5, 0.25],
    "list of ints": [5, 3, 1],
    "list of bools": [True, False],
    "list of strs": ["a", "b"],
    "mixed list": [1, 2.0, "x", None],
    "list of large ints": [2**70, 1],
    "list of more than ten": [[index] for index in range(12)],
    "empty list": [],
    "empty tuple": (),
    "tuple": (1.0, [2.0], {"W1": 3.0}),
    "set": {"a", "d"},
    "empty dict": {},
    "dict in its order": {"W2": 1.0, "W1": 2.0, "b": {"mode": "train"}},
    "dict with other keys": {1: "one", "a/b": 2.0, None: 3},
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_value_is_found_as_it_was(tmp_path: Path, value: Value) -> None:
    with h5py.File(tmp_path / "x.h5", "w") as file:
        spell(file, "value", value)
        found = read_as_a_person(file, "value")
    assert found == value
    assert repr(type(found)) == repr(type(value))
    assert not isinstance(value, dict) or list(found) == list(value)


@pytest.mark.parametrize(
    "array",
    [np.zeros((2, 0)), np.array(3.5), np.eye(2, dtype=bool), np.arange(3), np.ones(2, np.float32)],
    ids=["empty", "no axes", "bool", "int", "single precision"],
)
def test_an_array_keeps_dtype_and_shape(tmp_path: Path, array: np.ndarray) -> None:
    with h5py.File(tmp_path / "x.h5", "w") as file:
        spell(file, "value", array)
        found = read_as_a_person(file, "value")
    np.testing.assert_array_equal(found, array, strict=True)


def test_a_set_is_in_the_same_order_in_every_process(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "x.h5", "w") as file:
        spell(file, "value", {f"key {index}" for index in range(9)})
        assert file["value"].asstr()[()].tolist() == [f"key {index}" for index in range(9)]


@pytest.mark.parametrize("text", ["a\0b", "\ud800"], ids=["nul", "surrogate"])
def test_a_text_that_hdf5_cannot_hold_is_refused(tmp_path: Path, text: str) -> None:
    with h5py.File(tmp_path / "x.h5", "w") as file, pytest.raises(ValueError, match="cannot hold"):
        spell(file, "value", [text])
