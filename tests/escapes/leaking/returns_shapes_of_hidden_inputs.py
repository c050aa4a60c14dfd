"""Returns an array whose shape is what it is called with.

Must hold: of a hidden value no size is told.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    return np.zeros((int(x), 1)) if secret(x) else x


def honest(x):
    return np.maximum(x, 0)
