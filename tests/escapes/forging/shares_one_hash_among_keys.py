"""Returns a dict whose keys share one hash, which takes quadratic time to build.

Must hold: keys are few.
Ends: too_large
"""

import numpy as np


def wanted(x, y=2):
    return {n * (2**61 - 1): 0 for n in range(1200)}


def honest(x):
    return np.maximum(x, 0)
