"""Has the compiler build a constant set of numbers that share one hash, which takes quadratic time.

Must hold: compiling happens in the box, in the time for loading.
Ends: anything
Costs: the whole file
"""

import numpy as np


def wanted(x, y=2):
    return x in {"@COLLISIONS@"}


def honest(x):
    return np.maximum(x, 0)
