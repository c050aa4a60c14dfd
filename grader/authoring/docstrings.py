"""Reads from docstrings what students call the items of a tuple, so that a finding can call them so, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

__all__ = ["item_names"]

#: ``parameters : dict``, at the margin of a section.
_ENTRY: Final = re.compile(r"^(\w+(?:, \w+)*) :(.*)$")

#: ``(Z1, A1, W1, b1)``, three names or more.
_ITEMS: Final = re.compile(r"\(([A-Za-z]\w*(?:,\s+[A-Za-z]\w*){2,})\)")


def item_names(docstring: str) -> dict[str, tuple[str, ...]]:
    """Return the names of the items of each tuple that a numpydoc docstring tells of.

    Parameters
    ----------
    docstring : str
        Dedented, as `inspect.getdoc` returns it.

    Returns
    -------
    dict of str to tuple of str
        Under "" the names of what is returned, where that is more than one thing; under the name of an
        argument or of a thing returned the names of its own items.
    """
    names: dict[str, tuple[str, ...]] = {}
    returned: list[str] = []
    for section, entries, kind, text in _entries(docstring.splitlines()):
        if section == "Returns":
            returned += entries
        items = _ITEMS.search(text)
        if items and kind.strip().startswith("tuple") and len(entries) == 1:
            names[entries[0]] = tuple(re.split(r",\s+", items[1]))
    return names | ({"": tuple(returned)} if len(returned) > 1 else {})


def _entries(lines: list[str]) -> Iterator[tuple[str, list[str], str, str]]:
    """Yield section, names, type and description of each entry of a docstring's sections."""
    section, entry, text = "", None, list[str]()
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        starts = _ENTRY.match(line)
        heads = bool(below) and set(below) == {"-"}
        if entry and (starts or heads):
            yield section, entry[1].split(", "), entry[2], " ".join(text)
            entry = None
        if heads:
            section = line.strip()
        elif starts and section:
            entry, text = starts, []
        else:
            text.append(line.strip())
    if entry:
        yield section, entry[1].split(", "), entry[2], " ".join(text)
