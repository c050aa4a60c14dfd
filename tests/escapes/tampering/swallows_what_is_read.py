"""Replaces the function by which cases are read.

Must hold: no answer comes, and every case is lost.
Ends: anything
Costs: the whole file
"""

import os

import numpy as np

os.read = lambda *_: b""


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
