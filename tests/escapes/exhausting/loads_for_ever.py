"""Loops for ever while it is loaded.

Must hold: loading has its own limit, and nothing is tried twice.
Ends: timed_out
Costs: the whole file
"""

import numpy as np

while True:
    pass


def honest(x):
    return np.maximum(x, 0)
