"""Returns an array of as many dimensions as numpy can make.

Must hold: more than 32 do not cross; its description does.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    return np.zeros((1,) * (64 if np.lib.NumpyVersion(np.__version__) >= "2.0.0" else 32))


def honest(x):
    return np.maximum(x, 0)
