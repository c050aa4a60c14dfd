"""Sleeps, which takes no CPU time.

Must hold: sleep counts as time.
Ends: timed_out
"""

import time

import numpy as np


def wanted(x, y=2):
    time.sleep(60)


def honest(x):
    return np.maximum(x, 0)
