"""Returns a set whose members share one hash.

Must hold: members are few.
Ends: too_large
"""

import numpy as np


def wanted(x, y=2):
    return {n * (2**61 - 1) for n in range(1200)}


def honest(x):
    return np.maximum(x, 0)
