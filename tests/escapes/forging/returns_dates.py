"""Returns an array of dates.

Must hold: dtypes are on a list.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    return np.array(["2020"], "M8")


def honest(x):
    return np.maximum(x, 0)
