"""Empties the list of modules, and of those who find them.

Must hold: only the file itself suffers.
Ends: anything
Costs: the whole file
"""

import sys

import numpy as np

sys.meta_path[:] = [None]
sys.modules.clear()


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
