"""Replaces the function by which answers are written.

Must hold: no answer comes, and the clock runs.
Ends: anything
Costs: the whole file
"""

import os

import numpy as np

os.write = lambda *_: 0


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
