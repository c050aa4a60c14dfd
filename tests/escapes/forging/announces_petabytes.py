"""Announces an answer of petabytes.

Must hold: sizes are checked before anything is kept for them.
Ends: tampered
"""

import numpy as np


def wanted(x, y=2):
    put(HEADER.pack(4, 0, 1 << 40, 1 << 50))


def honest(x):
    return np.maximum(x, 0)
