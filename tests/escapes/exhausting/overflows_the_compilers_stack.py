"""Overflows the stack of the parser.

Must hold: a crash costs the case.
Ends: raised or crashed
"""

import numpy as np


def wanted(x, y=2):
    return eval("-" * 10**6 + "1")


def honest(x):
    return np.maximum(x, 0)
