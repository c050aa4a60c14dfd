"""Raises through a thousand frames, each with a name of its own.

Must hold: eight frames cross.
Ends: raised
"""

import numpy as np


def wanted(x, y=2, depth=900):
    if depth:
        return wanted(x, y, depth - 1)
    raise ValueError


def honest(x):
    return np.maximum(x, 0)
