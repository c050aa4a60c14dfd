"""Defines, deletes and redefines what is asked for, in more names than anybody reads.

Must hold: names are the file's own affair.
Ends: returned or timed_out or raised or crashed
"""

import numpy as np


def wanted(x, y=2):
    for number in range(300_000):
        globals()[f"name {number}"] = wanted
    return x


def honest(x):
    return np.maximum(x, 0)
