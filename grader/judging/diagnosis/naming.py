"""What students call the parts of a value: by the names of the docstring, where it has some."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

__all__ = ["THE_VALUE", "Names", "bare_name", "part_name"]

#: As in `grader.course.model.ExerciseSpec`.
Names = Mapping[str, tuple[str, ...]]

THE_VALUE: Final = "the value returned"

_STEP: Final = re.compile(r'\[(?:"([^"]*)"|([^\]]*))\]')


def part_name(path: str, names: Names) -> str:
    """Write a path of the expected value as students read it.

    Parameters
    ----------
    path : str
        Such as ``[1]["dW1"]``.
    names : mapping of str to tuple of str

    Examples
    --------
    >>> part_name('["dW1"]', {})
    '`dW1`'
    >>> part_name('[1]["dW1"]', {"": ("parameters", "v")})
    '`v["dW1"]`'
    >>> part_name('[1]["dW1"]', {})
    'item `[1]["dW1"]`'
    """
    if not path:
        return THE_VALUE
    name = bare_name(path, names)
    return f"item `{name}`" if name.startswith("[") else f"`{name}`"


def bare_name(path: str, names: Names) -> str:
    """Write a path, or an argument's item such as ``cache[2]``, by the names of the docstring."""
    start = path.partition("[")[0]
    name, known = start, names.get(start, ())
    for step in _STEP.finditer(path, len(start)):
        key, index = step[1], step[2]
        if index is not None and index.isdigit() and int(index) < len(known):
            name = known[int(index)]
        elif not name and key is not None and key.isidentifier():
            name = key
        else:
            name += step[0]
        known = names.get(name, ())
    return name
