"""Returns a billion rows without entries, for whoever goes through them.

Must hold: nothing on the trusted side grows with a size that holds no data.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    return np.zeros((10**9, 0))


def honest(x):
    return np.maximum(x, 0)
