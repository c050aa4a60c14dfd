"""What attackers have at hand: the stub of the gallery's assignment, whose names are in scope of every file.

None of it is secret: whoever can run Python in a box can write it.
"""

import os
import sys

import numpy as np

from grader.sandbox.inside.wire import HEADER, Encoded, Tag, encode, pack  # noqa: F401 - for the files

#: A folder with a file `hidden.h5`, as if its place had been guessed.
WATCHED = "@WATCHED@"


def succeeds(attempts):
    """Return the names of the attempts that were not held back, with what came of them."""
    found = []
    for name, attempt in attempts.items():
        try:
            result = attempt()
        except (OSError, ValueError, ImportError, RuntimeError):
            continue
        found.append((name, str(result)))
    return found


def secret(x):
    """Say whether this is a hidden case."""
    return np.size(x) == 1 and x > 60000


def way_out():
    """Return the descriptor of the channel to the grader, out of the runner's frames."""
    frame = sys._getframe()
    while "channel" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["channel"]._send


def put(data):
    """Write on the channel."""
    line, data = way_out(), memoryview(data)
    while data:
        data = data[os.write(line, data) :]


def claim(**fields):
    """Say that the first case raised an exception."""
    honest = {"type_name": "E", "nearest": "E", "message": "m", "frames": []}
    put(pack(Tag.RAISED, 0, encode(honest | fields)))


def loaded(**fields):
    """Say that the file was run."""
    put(pack(Tag.LOADED, 0, encode({"raised": None, "notes": []} | fields)))


def wanted(x, y=2):
    """Return ``x + y``: what attacks want points for, without being able to."""
    raise NotImplementedError


def honest(x):
    """Return ``x`` where it is positive, else 0."""
    raise NotImplementedError
