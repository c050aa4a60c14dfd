"""Returns one number broadcast to a terabyte.

Must hold: its size is asked before it is copied.
Ends: too_large
"""

import numpy as np


def wanted(x, y=2):
    return np.broadcast_to(1.0, (10**6, 10**6))


def honest(x):
    return np.maximum(x, 0)
