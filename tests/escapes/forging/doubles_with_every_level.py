"""Returns a structure of 30 levels, each of which holds the next one twice.

Must hold: a value has so many parts and no more.
Ends: too_large or timed_out
"""

import numpy as np


def wanted(x, y=2):
    value = 1.0
    for _ in range(30):
        value = [value, value]
    return value


def honest(x):
    return np.maximum(x, 0)
