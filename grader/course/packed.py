"""Packs many values into one dataset of HDF5, in the form in which they cross into the box.

A packed dataset is one line of JSON, `_Index`, and after it the data of all its values in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import h5py
import numpy as np
from pydantic import NonNegativeInt, ValidationError

from grader.records import Record
from grader.values import Encoded

__all__ = ["DamagedError", "pack", "unpack", "validated"]

_Record = TypeVar("_Record", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry(Record):
    """What is packed of one case, mistake or worked example."""

    spec: str
    """JSON of what is stored of it beside its values."""

    values: tuple[tuple[NonNegativeInt, NonNegativeInt] | None, ...]
    """For each value which structure it has, and how many bytes of data; None where there is no value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index(Record):
    """The first line of a packed dataset."""

    structures: tuple[str, ...]
    """Of `Encoded`; most values share theirs with others."""

    entries: tuple[_Entry, ...]


class DamagedError(Exception):
    """Something wrong in the file; becomes a CourseError that names it."""


def pack(group: h5py.Group, name: str, entries: Iterable[tuple[Record, list[Encoded | None]]]) -> None:
    """Add a dataset with each spec and its values."""
    structures: dict[bytes, int] = {}
    data: list[bytes] = []

    def place(value: Encoded | None) -> tuple[int, int] | None:
        if value is None:
            return None
        data.append(value.data)
        return structures.setdefault(value.structure, len(structures)), len(value.data)

    packed = tuple(
        _Entry(spec=spec.model_dump_json(), values=tuple(place(value) for value in values))
        for spec, values in entries
    )
    index = _Index(structures=tuple(structure.decode() for structure in structures), entries=packed)
    content = b"\n".join([index.model_dump_json().encode(), b"".join(data)])
    group.create_dataset(name, data=np.frombuffer(content, np.uint8))


def unpack(
    group: h5py.Group, name: str, model: type[_Record], count: int | None
) -> Iterator[tuple[_Record, list[Encoded | None]]]:
    """Yield each spec with its values, of which there are so many; None leaves it to the caller."""
    dataset = group.get(name)
    if not isinstance(dataset, h5py.Dataset) or dataset.dtype != np.uint8:
        raise DamagedError(f"{group.name} has no {name}")
    head, _, data = dataset[()].tobytes().partition(b"\n")
    index = validated(_Index, head, dataset)
    structures = [structure.encode() for structure in index.structures]
    start = 0
    for entry in index.entries:
        if count is not None and len(entry.values) != count:
            raise DamagedError(f"{dataset.name} has {len(entry.values)} values where {count} belong")
        values: list[Encoded | None] = []
        for place in entry.values:
            end = start + (place[1] if place else 0)
            values.append(Encoded(structures[place[0]], data[start:end]) if place else None)
            start = end
        yield validated(model, entry.spec, dataset), values
    if start != len(data):
        raise DamagedError(f"{dataset.name} has {len(data)} bytes of data where {start} are named")


def validated(model: type[_Record], text: str | bytes, place: h5py.Group | h5py.Dataset) -> _Record:
    """Return the model that a text is JSON of; DamagedError names the place."""
    try:
        return model.model_validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DamagedError(f"{place.name}, {where or 'JSON'}: {first['msg']}") from error
