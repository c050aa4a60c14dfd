"""Allows so little recursion that the codec cannot work.

Must hold: only the file itself suffers.
Ends: anything
Costs: the whole file
"""

import sys

import numpy as np

sys.setrecursionlimit(60)


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
