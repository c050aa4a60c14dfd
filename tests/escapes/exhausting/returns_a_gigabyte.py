"""Returns an array of a gigabyte.

Must hold: the value is too large before it is copied.
Ends: too_large or raised
"""

import numpy as np


def wanted(x, y=2):
    return np.zeros(10**8)


def honest(x):
    return np.maximum(x, 0)
