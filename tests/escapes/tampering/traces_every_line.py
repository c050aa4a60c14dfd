"""Traces and profiles every line of the runner, and raises there.

Must hold: only the file itself suffers.
Ends: anything
Costs: the whole file
"""

import sys

import numpy as np

sys.settrace(lambda *_: 1 / 0)
sys.setprofile(lambda *_: 1 / 0)


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
