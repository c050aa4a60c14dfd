"""Returns as many empty tuples as cross.

Must hold: structures of all values together are bounded.
Ends: returned or too_large or timed_out
"""

import numpy as np


def wanted(x, y=2):
    return [()] * 30_000


def honest(x):
    return np.maximum(x, 0)
