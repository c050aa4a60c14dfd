"""Nested values as HDF5 that a person can browse: how ``public.h5`` spells out inputs and expected values.

============================  ==========================================================
in the file                   value
============================  ==========================================================
dataset                       ndarray
dataset, kind scalar          bool, int, float, complex, str by its dtype; ``empty``: None
1-D dataset, kind list/tuple  list or tuple whose items are all floats, ints, bools or strs
group, kind dict              dict whose keys are plain names
group, kind list/tuple        ``0``, ``1`` …: the items
group, kind set               the members, in an order of no meaning
group, kind items             ``0/key``, ``0/value`` …: dict with other keys
string dataset, kind int      an int of more than 64 bits
============================  ==========================================================
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import h5py
import numpy as np

from grader.values import Opaque, Value

_SEQUENCES: dict[str, Callable[[list[Any]], Any]] = {"list": list, "tuple": tuple, "set": set}
_TEXT = h5py.string_dtype()
_INT64 = 2**63


def write_value(parent: h5py.Group, name: str, value: Value) -> None:
    """Write a plain value below a group.

    Raises
    ------
    ValueError
        The value is not plain, or holds a text that HDF5 cannot.
    """
    if isinstance(value, Opaque):
        raise ValueError(f"{parent.name}/{name}: a {value.type_name} is not plain data")
    if isinstance(value, np.ndarray):
        parent.create_dataset(name, data=value)
    elif isinstance(value, dict):
        _write_dict(parent, name, value)
    elif isinstance(value, (list, tuple, set)):
        _write_sequence(parent, name, value)
    else:
        _write_scalar(parent, name, value)


def read_value(parent: h5py.Group, name: str) -> Value:
    """Read what `write_value` wrote; ValueError or KeyError names the place otherwise."""
    item = parent[name]
    kind = item.attrs.get("kind")
    if isinstance(item, h5py.Dataset):
        return _read_dataset(item, kind)
    if kind == "dict":
        return {key: read_value(item, key) for key in item}
    if kind == "items":
        return {read_value(pair, "key"): read_value(pair, "value") for pair in item.values()}
    if kind in _SEQUENCES:
        return _SEQUENCES[kind]([read_value(item, str(index)) for index in range(len(item))])
    raise ValueError(f"{item.name}: kind={kind!r} is none that is known")


def _write_scalar(parent: h5py.Group, name: str, value: Value) -> None:
    if value is None:
        dataset, kind = parent.create_dataset(name, data=h5py.Empty("f8")), "empty"
    elif isinstance(value, str):
        dataset, kind = parent.create_dataset(name, data=_text(value), dtype=_TEXT), "scalar"
    elif type(value) is int and not -_INT64 <= value < _INT64:
        dataset, kind = parent.create_dataset(name, data=str(value), dtype=_TEXT), "int"
    else:
        dataset, kind = parent.create_dataset(name, data=value), "scalar"
    dataset.attrs["kind"] = kind


def _text(value: str) -> str:
    if "\0" in value or value.encode("utf-8", "replace").decode() != value:
        raise ValueError(f"text={value!r} cannot be stored")
    return value


def _write_dict(parent: h5py.Group, name: str, value: dict[Any, Any]) -> None:
    plain = all(isinstance(key, str) and _is_link(key) for key in value)
    group = _new_group(parent, name, "dict" if plain else "items")
    for index, (key, item) in enumerate(value.items()):
        if plain:
            write_value(group, key, item)
        else:
            pair = group.create_group(f"{index:06d}")
            write_value(pair, "key", key)
            write_value(pair, "value", item)


def _is_link(key: str) -> bool:
    return key.isprintable() and key not in ("", ".") and "/" not in key


def _write_sequence(parent: h5py.Group, name: str, value: list[Any] | tuple[Any, ...] | set[Any]) -> None:
    kind = type(value).__name__
    items = sorted(value, key=repr) if isinstance(value, set) else list(value)
    flat = _as_array(items)
    if flat is not None:
        text = {"dtype": _TEXT} if flat.dtype.kind == "O" else {}
        parent.create_dataset(name, data=flat, **text).attrs["kind"] = kind
        return
    group = _new_group(parent, name, kind)
    for index, item in enumerate(items):
        write_value(group, str(index), item)


def _as_array(items: list[Any]) -> np.ndarray[Any, Any] | None:
    """Return items of one scalar type as a 1-D array; None where they are not."""
    kinds = {type(item) for item in items}
    if len(kinds) != 1 or not kinds <= {bool, int, float, str}:
        return None
    if kinds == {int} and not all(-_INT64 <= item < _INT64 for item in items):
        return None
    if kinds == {str}:
        return np.array([_text(item) for item in items], object)
    return np.array(items)


def _new_group(parent: h5py.Group, name: str, kind: str) -> h5py.Group:
    group = parent.create_group(name, track_order=True)
    group.attrs["kind"] = kind
    return group


def _read_dataset(item: h5py.Dataset, kind: str | None) -> Value:
    is_text = h5py.check_string_dtype(item.dtype) is not None
    if kind == "empty":
        return None
    content = item.asstr()[()] if is_text else item[()]
    if kind is None and item.dtype.kind in "biufc":
        return np.asarray(content)
    if kind == "int" and is_text:
        return int(content)
    if kind == "scalar" and item.shape == ():
        return content if is_text else content.item()
    if kind in _SEQUENCES and len(item.shape) == 1:
        return _SEQUENCES[kind](content.tolist())
    raise ValueError(f"{item.name}: kind={kind!r} does not fit a dataset of shape {item.shape}")
