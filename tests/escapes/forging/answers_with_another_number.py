"""Answers another case than the one that was asked.

Must hold: an answer to what was not asked is tampering.
Ends: tampered
"""

import numpy as np


def wanted(x, y=2):
    put(pack(Tag.RETURNED, 5, encode(7.0)))
    return x


def honest(x):
    return np.maximum(x, 0)
