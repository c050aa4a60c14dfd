"""Changes small integers and floats where they lie in memory.

Must hold: only the file itself suffers.
Ends: anything
Costs: the whole file
"""

import ctypes

import numpy as np

ctypes.memmove(id(3) + 24, b"\x07\0\0\0", 4)
ctypes.memmove(id(1) + 24, b"\0\0\0\0", 4)


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
