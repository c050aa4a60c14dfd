"""Raises a SyntaxError that says it arose in its file, in a line beyond all numbers.

Must hold: lines have an upper bound.
Ends: tampered or raised
"""

import numpy as np


def wanted(x, y=2):
    error = SyntaxError("no")
    error.filename, error.lineno, error.msg = "small.py", 10**400, np.arange(3)
    raise error


def honest(x):
    return np.maximum(x, 0)
