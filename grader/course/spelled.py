"""Spells nested values out as HDF5 that a person can browse, for ``public.h5``.

============================  ==========================================================
in the file                   value
============================  ==========================================================
dataset                       ndarray
dataset, kind scalar          bool, int, float, complex or str by its dtype
1-D dataset, kind list/tuple  list or tuple whose items are all floats, ints, bools or strs
group, kind dict              dict whose keys are plain names
group, kind list/tuple/set    ``0``, ``1`` …: the items
group, kind items             ``0/key``, ``0/value`` …: dict with other keys
empty dataset, kind None      None
string dataset, kind int      an int of more than 64 bits
============================  ==========================================================
"""

from __future__ import annotations

from typing import Any

import h5py
import numpy as np

from grader.values import Value

__all__ = ["spell"]

_TEXT = h5py.string_dtype()
_INT64 = 2**63


def spell(parent: h5py.Group, name: str, value: Value) -> None:
    """Write a plain value below a group.

    Raises
    ------
    ValueError
        It holds a text that HDF5 cannot.
    """
    if isinstance(value, np.ndarray):
        parent.create_dataset(name, data=value)
    elif isinstance(value, dict):
        _spell_dict(parent, name, value)
    elif isinstance(value, (list, tuple, set)):
        _spell_items(parent, name, value)
    else:
        _spell_scalar(parent, name, value)


def _spell_scalar(parent: h5py.Group, name: str, value: Value) -> None:
    kind = "scalar"
    if value is None:
        dataset, kind = parent.create_dataset(name, data=h5py.Empty("f8")), "None"
    elif isinstance(value, str):
        dataset = parent.create_dataset(name, data=_text(value), dtype=_TEXT)
    elif type(value) is int and not -_INT64 <= value < _INT64:
        dataset, kind = parent.create_dataset(name, data=str(value), dtype=_TEXT), "int"
    else:
        dataset = parent.create_dataset(name, data=value)
    dataset.attrs["kind"] = kind


def _text(value: str) -> str:
    if "\0" in value or value.encode("utf-8", "replace").decode() != value:
        raise ValueError(f"HDF5 cannot hold the text {value!r}")
    return value


def _spell_dict(parent: h5py.Group, name: str, value: dict[Any, Any]) -> None:
    plain = all(isinstance(key, str) and _is_link(key) for key in value)
    group = _group(parent, name, "dict" if plain else "items")
    for index, (key, item) in enumerate(value.items()):
        if plain:
            spell(group, key, item)
        else:
            spell(group, f"{index}/key", key)
            spell(group, f"{index}/value", item)


def _is_link(key: str) -> bool:
    return key.isprintable() and key not in ("", ".") and "/" not in key


def _spell_items(parent: h5py.Group, name: str, value: list[Any] | tuple[Any, ...] | set[Any]) -> None:
    kind = type(value).__name__
    items = sorted(value, key=repr) if isinstance(value, set) else list(value)
    row = _as_row(items)
    if row is not None:
        dtype = _TEXT if row.dtype.kind == "O" else None
        parent.create_dataset(name, data=row, dtype=dtype).attrs["kind"] = kind
        return
    group = _group(parent, name, kind)
    for index, item in enumerate(items):
        spell(group, str(index), item)


def _as_row(items: list[Any]) -> np.ndarray[Any, Any] | None:
    """Return items of one scalar type as a 1-D array; None where they are not."""
    kinds = {type(item) for item in items}
    if kinds == {str}:
        return np.array([_text(item) for item in items], object)
    if len(kinds) != 1 or not kinds <= {bool, int, float}:
        return None
    if kinds == {int} and not all(-_INT64 <= item < _INT64 for item in items):
        return None
    return np.array(items)


def _group(parent: h5py.Group, name: str, kind: str) -> h5py.Group:
    group = parent.create_group(name, track_order=True)
    group.attrs["kind"] = kind
    return group
