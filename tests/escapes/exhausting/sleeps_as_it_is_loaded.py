"""Sleeps while it is loaded.

Must hold: sleep counts as time.
Ends: timed_out
Costs: the whole file
"""

import time

import numpy as np

time.sleep(60)


def honest(x):
    return np.maximum(x, 0)
