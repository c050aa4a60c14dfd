"""Loops for ever.

Must hold: two cases are timed, the rest of the exercise is skipped.
Ends: timed_out
"""

import numpy as np


def wanted(x, y=2):
    while True:
        pass


def honest(x):
    return np.maximum(x, 0)
