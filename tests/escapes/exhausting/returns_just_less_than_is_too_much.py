"""Returns the largest value that crosses, in every case of every exercise.

Must hold: all values of a submission together are bounded.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    return np.zeros(120_000)


def honest(x):
    return np.maximum(x, 0)
