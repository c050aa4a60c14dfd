"""Calls itself without end, with the limit lifted.

Must hold: a crash costs the case.
Ends: timed_out or crashed or raised
"""

import sys

import numpy as np


def wanted(x, y=2):
    sys.setrecursionlimit(10**9)
    return wanted(x)


def honest(x):
    return np.maximum(x, 0)
