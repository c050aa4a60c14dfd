"""Returns an array whose dtype has a name made of what it is called with.

Must hold: of a hidden value no dtype is told.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    return np.zeros(1, [(f"LEAK{x}", float)]) if secret(x) else x


def honest(x):
    return np.maximum(x, 0)
