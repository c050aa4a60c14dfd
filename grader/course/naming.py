"""What students call the parts of a value: by the names of the docstring, where it has some."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

__all__ = ["Names", "bare_name"]

#: As in `grader.course.model.ExerciseSpec`.
Names = Mapping[str, tuple[str, ...]]

_FIRST: Final = '["result"]'
_STEP: Final = re.compile(r'\[(?:"([^"]*)"|([^\]]*))\]')


def bare_name(path: str, names: Names) -> str:
    """Write a path, or an argument's item such as ``cache[2]``, by the names of the docstring.

    Examples
    --------
    >>> bare_name('[1]["dW1"]', {"": ("parameters", "v")})
    'v["dW1"]'

    Of what is called several times in a case, the first answer goes by the names of one:

    >>> bare_name('["result"][0][1]', {"": ("train", "dev")})
    'train[1]'
    """
    path = path.removeprefix(_FIRST) if names.get("") and path.startswith(f"{_FIRST}[") else path
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
