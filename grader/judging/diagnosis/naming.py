"""What students call the parts of a value: by the names of the docstring, where it has some."""

from __future__ import annotations

from typing import Final

from grader.course.naming import Names, bare_name

__all__ = ["THE_VALUE", "Names", "bare_name", "part_name"]

THE_VALUE: Final = "the value returned"


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
