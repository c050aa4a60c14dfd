"""Returns lists whose lengths are what it is called with.

Must hold: of a hidden value no size is told.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    return [[0] * (int(x) // 10)] if secret(x) else x


def honest(x):
    return np.maximum(x, 0)
