"""Returns an array that reaches far beyond its own memory, to have the rest encoded.

Must hold: what it reads is the child's own, in which no answer is.
Ends: returned or crashed or too_large
Costs: the whole file
"""

import ctypes

import numpy as np


def wanted(x, y=2):
    if np.size(x) > 1:
        here = np.zeros(1)
        return np.lib.stride_tricks.as_strided(here, (100_000,), (-8,))
    return np.ctypeslib.as_array(ctypes.cast(8, ctypes.POINTER(ctypes.c_double)), (3,))


def honest(x):
    return np.maximum(x, 0)
