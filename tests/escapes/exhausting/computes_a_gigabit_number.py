"""Computes a number of gigabits, in one call that cannot be interrupted.

Must hold: the clock runs outside.
Ends: timed_out or raised
"""

import numpy as np


def wanted(x, y=2):
    return 10**10**9


def honest(x):
    return np.maximum(x, 0)
