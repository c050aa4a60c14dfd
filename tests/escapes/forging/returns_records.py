"""Returns an array of records.

Must hold: dtypes are on a list.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    return np.zeros(2, "f8,i4")


def honest(x):
    return np.maximum(x, 0)
