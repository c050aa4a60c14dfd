"""Announces sizes whose sum does not fit into 64 bits.

Must hold: sizes are added as whole numbers of any size.
Ends: tampered
"""

import numpy as np


def wanted(x, y=2):
    put(HEADER.pack(4, 0, 2**64 - 1, 2**64 - 1))


def honest(x):
    return np.maximum(x, 0)
