"""Returns an object whose class says that it is an array.

Must hold: the codec finds no data in it: the case is wrong.
Ends: raised
"""

import numpy as np


class Liar:
    __class__, nbytes, ndim, dtype = np.ndarray, 8, 1, np.dtype("f8")


def wanted(x, y=2):
    return Liar()


def honest(x):
    return np.maximum(x, 0)
