"""Reads from address 0 while the file is loaded.

Must hold: every case is lost; the parent lives on.
Ends: crashed
Costs: the whole file
"""

import ctypes

import numpy as np

ctypes.string_at(0)


def honest(x):
    return np.maximum(x, 0)
